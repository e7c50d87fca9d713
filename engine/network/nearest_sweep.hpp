#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/core/csr.hpp"
#include "engine/core/large_array.hpp"
#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/travel_costs.hpp"

namespace maillage {

/// A facility and the distance to it; the order of these is by distance, then by facility.
struct FacilityDistance {
  std::uint32_t distance = kNoPath;
  FacilityIndex facility;
  friend constexpr auto operator<=>(const FacilityDistance&, const FacilityDistance&) = default;
};

/// The same number of nearest facilities for every place of a hierarchy.
class NearestFacilities {
 public:
  /// What is nearer is greater: distance and facility, as one number, subtracted from the greatest; zero is nobody.
  using Closeness = std::int64_t;

  /// \param entries  per place its ranks, nearest first
  NearestFacilities(std::size_t places, std::size_t ranks, LargeArray<Closeness> entries)
      : places_(places), ranks_(ranks), entries_(std::move(entries)) {}

  [[nodiscard]] std::size_t places() const { return places_; }
  [[nodiscard]] std::size_t ranks() const { return ranks_; }
  /// kNoPath and no facility where fewer than `rank` + 1 can be reached.
  [[nodiscard]] FacilityDistance at(std::size_t place, std::size_t rank = 0) const;

 private:
  std::size_t places_;
  std::size_t ranks_;
  LargeArray<Closeness> entries_;
};

/// The `k` nearest facilities of every place of a hierarchy, ties to the lower facility: one upward search from all
/// facilities, then one sweep down over all places (PHAST, Delling et al. 2013, doi:10.1016/j.jpdc.2012.02.007).
/// \param direction  forward: distances from the places to the facilities; backward: from the facilities
/// \param k  at least 1
/// \throws ArgumentError if k is 0.
/// Cost: O(k x arcs of the hierarchy) whatever the number of facilities; memory: 8 k bytes a place.
[[nodiscard]] NearestFacilities nearest_of_all_places(const ContractionHierarchy& hierarchy,
                                                      const Csr<FacilityIndex, Terminal>& facilities, Direction direction,
                                                      std::size_t k);

}  // namespace maillage
