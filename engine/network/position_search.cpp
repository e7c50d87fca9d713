#include "engine/network/position_search.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <optional>
#include <utility>

#include "engine/core/parallel.hpp"

namespace maillage {

namespace {

TripEnd end_at_place(const Direction direction) {
  return direction == Direction::forward ? TripEnd::start : TripEnd::end;
}

ServiceOrigin origin_at(const RoadModel& model, const Snap& place) {
  return {place, place.road.is_none() ? 0 : access_weight(model, place)};
}

}  // namespace

PositionCosts road_position_costs(const RoadModel& model, const std::span<const Snap> places, const Direction direction,
                                  const std::uint32_t cutoff) {
  std::vector<Terminal> terminals;
  std::vector<ServiceOrigin> origins;
  for (const Snap& place : places) {
    append_terminals(model, place, end_at_place(direction), terminals);
    origins.push_back(origin_at(model, place));
  }
  const MoveLists lists = make_move_lists(model.graph, move_weights(model.network, model.graph, model.metric), direction);
  DijkstraQuery query(lists);
  query.run(terminals, cutoff);
  std::vector<Terminal> reached;
  reached.reserve(query.reached().size());
  for (const std::uint32_t state : query.reached()) {
    reached.push_back({state, query.distance(state)});
  }
  return {model.network, StateArcs(model.network, model.graph, direction, model.metric).costs(reached), origins};
}

PositionSearch::PositionSearch(const RoadModel& model, const Direction direction, const std::uint32_t cutoff)
    : model_(model),
      direction_(direction),
      cutoff_(cutoff),
      arcs_(model.network, model.graph, direction, model.metric),
      downward_(CatchmentSweep::make_downward_arcs(model.hierarchy, direction)) {}

std::vector<PositionCosts> PositionSearch::each(const std::span<const Snap> places) const {
  const auto terminals = make_terminals<OriginIndex>(model_, places, end_at_place(direction_));
  tbb::enumerable_thread_specific<CatchmentSweep> sweeps([&] { return CatchmentSweep(model_.hierarchy, downward_); });
  std::vector<std::vector<Terminal>> reached(places.size());
  parallel_for_blocks(places.size(), kLanes, [&](const std::size_t begin, const std::size_t end) {
    std::vector<std::span<const Terminal>> starts;
    for (std::size_t place = begin; place < end; ++place) {
      starts.push_back(terminals[OriginIndex{place}]);
    }
    sweeps.local().run(starts, cutoff_, [&](const std::span<const std::uint32_t> states, const std::span<const Lanes> rows) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t lane = 0; lane < starts.size(); ++lane) {
          if (const std::uint32_t distance = rows[row].at[lane]; distance != kNoPath) {
            reached[begin + lane].push_back({states[row], distance});
          }
        }
      }
    });
  });
  std::vector<std::optional<PositionCosts>> found(places.size());
  parallel_for_blocks(places.size(), 1, [&](const std::size_t begin, const std::size_t) {
    const ServiceOrigin origin = origin_at(model_, places[begin]);
    found[begin].emplace(model_.network, arcs_.costs(std::exchange(reached[begin], {})), std::span{&origin, 1});
  });
  std::vector<PositionCosts> costs;
  costs.reserve(found.size());
  for (std::optional<PositionCosts>& each : found) {
    costs.push_back(std::move(*each));
  }
  return costs;
}

}  // namespace maillage
