#include "engine/coverage/next_openings.hpp"

#include <algorithm>
#include <tuple>

#include "engine/core/error.hpp"
#include "engine/coverage/demand_origins.hpp"

namespace maillage {

IndexedVector<CommuneIndex, std::optional<NextOpening>> next_openings(const Territory& territory, const Placements& placed,
                                                                      const ContinuityDefinition& definition,
                                                                      const std::int32_t from_minute) {
  const TimeAxis& axis = definition.axis;
  if (axis.is_week || definition.hours.size() != definition.structures.size()) {
    throw ArgumentError("next_openings: a dated axis and hours parallel to structures are needed");
  }
  const std::int32_t from = (from_minute + axis.step_minutes - 1) / axis.step_minutes;
  std::vector<Point> facilities;
  std::vector<std::uint32_t> keys;
  for (const StructureIndex structure : definition.structures) {
    facilities.push_back(placed.of[structure].position);
    keys.push_back(structure.value());
  }
  const DemandOrigins origins = demand_origins(territory);
  const CostUnit unit = cost_unit(definition.travel);
  IndexedVector<CommuneIndex, std::optional<NextOpening>> result(territory.communes.size());
  std::vector<MomentRange> runs;
  stream_reach(definition.travel, origins.places(), TravelPlaces{facilities, keys}, definition.limit,
               [&](const OriginIndex first, const Csr<OriginIndex, Reach>& reached) {
                 for (const OriginIndex position : reached.indices()) {
                   const std::size_t origin = first.value() + position.value();
                   if (origin >= territory.communes.size()) {  // people of a commune that live elsewhere than its point
                     continue;
                   }
                   std::optional<NextOpening>& best = result[origins.commune(origin)];
                   for (const Reach& reach : reached[position]) {
                     runs.clear();
                     leave_moments(definition.hours[reach.facility.value()].open, axis, definition.stay_minutes,
                                   seconds_of(reach.cost, unit), runs);
                     const auto run =
                         std::ranges::find_if(runs, [from](const MomentRange& one) { return one.end > from; });
                     if (run == runs.end()) {
                       continue;
                     }
                     const NextOpening next{.leave_minute = std::max(run->begin, from) * axis.step_minutes,
                                            .structure = definition.structures[reach.facility.value()],
                                            .cost = reach.cost};
                     const auto rank = [](const NextOpening& one) {
                       return std::tuple{one.leave_minute, one.cost, one.structure.value()};
                     };
                     if (!best || rank(next) < rank(*best)) {
                       best = next;
                     }
                   }
                 }
               });
  return result;
}

}  // namespace maillage
