#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/coverage/coverage.hpp"

namespace maillage {

/// A maximal set of communes in the same want, connected over shared borders.
struct GapComponent {
  std::vector<CommuneIndex> communes;  ///< ascending
  std::int64_t population = 0;
  double area_m2 = 0;
  StructureIndex nearest;            ///< the structure nearest to any of its communes' points
  Cost nearest_cost = kUnreachable;  ///< its cost from that commune
  CommuneIndex nearest_from;         ///< that commune
};

/// Connected components over the contiguity graph of the communes where `in_gap` holds, largest population first, then by
/// lowest commune. \param coverage gives the nearest offer of each commune.
[[nodiscard]] std::vector<GapComponent> gap_components(const Territory& territory, const Coverage& coverage,
                                                       const IndexedVector<CommuneIndex, std::uint8_t>& in_gap);

/// 1 for each commune where none of the definition's structures stands.
[[nodiscard]] IndexedVector<CommuneIndex, std::uint8_t> communes_without_structure(const Territory& territory,
                                                                                   const Placements& placed,
                                                                                   const CoverageDefinition& definition);
/// 1 for each commune that is not covered.
[[nodiscard]] IndexedVector<CommuneIndex, std::uint8_t> communes_beyond_limit(const Coverage& coverage);

/// Communes without a structure at home nor in a contiguous commune: count and population.
struct RemoteCommunes {
  std::int64_t communes = 0;
  std::int64_t population = 0;
  friend bool operator==(const RemoteCommunes&, const RemoteCommunes&) = default;
};
[[nodiscard]] RemoteCommunes communes_without_structure_nearby(const Territory& territory,
                                                               const IndexedVector<CommuneIndex, std::uint8_t>& without);

/// Contiguous pairs by what their two communes have: join counts of a yes/no variable.
/// Source: Cliff & Ord (1973), Spatial Autocorrelation, Pion.
struct ContiguousPairs {
  std::int64_t both = 0;     ///< BB
  std::int64_t one = 0;      ///< BW
  std::int64_t neither = 0;  ///< WW
  friend bool operator==(const ContiguousPairs&, const ContiguousPairs&) = default;
};
/// \param has  1 for each commune that has it
[[nodiscard]] ContiguousPairs contiguous_pairs(const Territory& territory,
                                               const IndexedVector<CommuneIndex, std::uint8_t>& has);

/// The jump of cost across the border of two contiguous communes.
struct Discontinuity {
  CommuneIndex first;  ///< first < second
  CommuneIndex second;
  Cost absolute = 0;    ///< max - min of the two costs to the nearest structure
  double relative = 0;  ///< max / min; 0 when min is 0 (not defined), see Brunet & Dollfus (1990)
  double border_m = 0;
};

/// One entry for every contiguous pair whose two costs are known, by (first, second).
[[nodiscard]] std::vector<Discontinuity> discontinuities(const Territory& territory, const Coverage& coverage);

}  // namespace maillage
