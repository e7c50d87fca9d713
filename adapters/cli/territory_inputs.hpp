#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cli/console.hpp"
#include "adapters/config/study.hpp"
#include "adapters/publish/quality_report.hpp"
#include "engine/territory/commune_register.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// The sources of a territory as read, before they are joined.
struct TerritoryInputs {
  std::vector<TerritorySource> sources;  ///< the user's contours, the user's tables, then the built-in France
  TerritorySelection selection;          ///< codes
  std::string name;
  std::vector<InputReport> reports;  ///< one per file
};

/// What the territory of a study is called: its own name, or those of the zones it selects.
[[nodiscard]] std::string territory_name(const TerritoryStudy& study);

/// Reads the contours, tables and histories that the study names, and the part of the built-in France it needs.
/// \param guess  the built-in selection found from the structures, when the study names no territory
[[nodiscard]] TerritoryInputs read_territory_inputs(const TerritoryStudy& study, const std::optional<TerritoryStudy>& guess,
                                                    Console& console);

}  // namespace maillage
