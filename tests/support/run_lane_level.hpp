/// Body of LANE_LEVEL_RUN, one of the functions of lane_levels.hpp, over the kernels that `maillage` names where this is
/// included. No include guard: every file that is one level includes it once.
#include <algorithm>
#include <iterator>

#include "engine/network/catchment_sweep.hpp"
#include "engine/network/nearest_sweep.hpp"
#include "engine/network/travel_table.hpp"
#include "tests/support/lane_levels.hpp"

namespace lane_levels {

Output LANE_LEVEL_RUN(const Input& input) {
  using namespace maillage;
  const auto arcs_of = [](const Pairs& pairs) {
    std::vector<HierarchyArc> arcs;
    for (const auto& [place, weight] : pairs) {
      arcs.push_back({place, weight});
    }
    return arcs;
  };
  const auto terminals_of = [](const Pairs& pairs) {
    std::vector<Terminal> terminals;
    for (const auto& [state, weight] : pairs) {
      terminals.push_back({state, weight});
    }
    return terminals;
  };
  ContractionHierarchy hierarchy;
  hierarchy.place_of_state = input.place_of_state;
  hierarchy.state_of_place = input.state_of_place;
  hierarchy.up_first = input.up_first;
  hierarchy.up_arcs = arcs_of(input.up_arcs);
  hierarchy.down_first = input.down_first;
  hierarchy.down_arcs = arcs_of(input.down_arcs);
  Csr<OriginIndex, Terminal> origins;
  Csr<FacilityIndex, Terminal> facilities;
  for (const Pairs& row : input.origins) {
    origins.push_row(terminals_of(row));
  }
  for (const Pairs& row : input.facilities) {
    facilities.push_row(terminals_of(row));
  }
  Output output;
  stream_table(hierarchy, origins, facilities, {.cutoff = input.cutoff},
               [&](OriginIndex, const std::span<const std::uint32_t> rows) {
                 output.table.insert(output.table.end(), rows.begin(), rows.end());
               });
  const auto arcs = CatchmentSweep::make_downward_arcs(hierarchy, Direction::forward);
  CatchmentSweep sweep(hierarchy, arcs);
  std::vector<std::span<const Terminal>> starts;
  for (std::size_t k = 0; k < std::min(kLanes, origins.rows()); ++k) {
    starts.push_back(origins[OriginIndex{k}]);
  }
  sweep.run(starts, input.cutoff, [&](const std::span<const std::uint32_t> states, const std::span<const Lanes> rows) {
    for (std::size_t k = 0; k < states.size(); ++k) {
      output.catchments.push_back(states[k]);
      output.catchments.insert(output.catchments.end(), std::begin(rows[k].at), std::end(rows[k].at));
    }
  });
  for (const std::size_t k : {std::size_t{1}, std::size_t{3}}) {
    const NearestFacilities nearest = nearest_of_all_places(hierarchy, facilities, Direction::forward, k);
    for (std::size_t place = 0; place < nearest.places(); ++place) {
      for (std::size_t rank = 0; rank < k; ++rank) {
        const FacilityDistance entry = nearest.at(place, rank);
        output.nearest.emplace_back(entry.distance, entry.facility.value());
      }
    }
  }
  return output;
}

}  // namespace lane_levels
