#pragma once

#include <utility>
#include <vector>

#include "adapters/cli/console.hpp"
#include "adapters/config/study.hpp"
#include "adapters/publish/quality_report.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/planes.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// Everything a study computes from, read, checked and joined, with the report of what was found on the way.
struct StudyInputs {
  Territory territory;
  Planes planes;
  StructureSet structures;  ///< those of the territory
  Placements placements;
  QualityReport quality;
};

/// Reads all files of a study and joins structures with communes. Steps and guesses are said on the console.
/// \throws InputError, StudyError
[[nodiscard]] StudyInputs read_inputs(const Study& study, Console& console);

}  // namespace maillage
