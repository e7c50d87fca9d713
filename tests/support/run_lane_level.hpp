/// Body of LANE_LEVEL_RUN, one of the functions of lane_levels.hpp, over the kernels that `maillage` names where this is
/// included. No include guard: every file that is one level includes it once.
#include <algorithm>
#include <iterator>

#include "engine/network/catchment_sweep.hpp"
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
  sweep.run(starts, input.cutoff, [&](const std::uint32_t state, const Lanes& lanes) {
    output.catchments.push_back(state);
    output.catchments.insert(output.catchments.end(), std::begin(lanes.at), std::end(lanes.at));
  });
  return output;
}

}  // namespace lane_levels
