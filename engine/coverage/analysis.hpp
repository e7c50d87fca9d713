#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "engine/coverage/gaps.hpp"
#include "engine/coverage/geometric_gaps.hpp"

namespace maillage {

/// Everything that one coverage definition says of a territory.
struct CoverageAnalysis {
  Coverage coverage;
  IndexedVector<CommuneIndex, std::uint8_t> without_structure;  ///< 1 for each commune where none of the structures stands
  std::vector<GapComponent> gaps_without_structure;
  std::vector<GapComponent> gaps_beyond_limit;
  RemoteCommunes remote;             ///< no structure at home nor next door
  ContiguousPairs contiguous_pairs;  ///< of communes with a structure
  std::vector<Discontinuity> discontinuities;
  std::optional<GeometricGaps>
      geometric_gaps;  ///< none by a cost matrix, which tells of its places alone, or where no contour is known
};

/// Answers one definition in every way. Same result for any number of threads.
/// \throws ArgumentError as `compute_coverage` does
[[nodiscard]] CoverageAnalysis analyse_coverage(const Territory& territory, const StructureSet& structures,
                                                const Placements& placed, const CoverageDefinition& definition,
                                                const Progress& progress = {});

}  // namespace maillage
