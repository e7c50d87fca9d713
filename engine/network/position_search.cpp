#include "engine/network/position_search.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "engine/core/parallel.hpp"
#include "engine/geometry/hilbert.hpp"

namespace maillage {

namespace {

TripEnd end_at_place(const Direction direction) {
  return direction == Direction::forward ? TripEnd::start : TripEnd::end;
}

ServiceOrigin origin_at(const RoadModel& model, const Snap& place) {
  return {place, place.road.is_none() ? 0 : access_weight(model, place)};
}

/// Places along the Hilbert curve.
std::vector<std::size_t> neighbours_in_a_row(const std::span<const Snap> places) {
  std::vector<Point> positions;
  for (const Snap& place : places) {
    positions.push_back(place.position);
  }
  const std::vector<std::uint64_t> keys = hilbert_keys(positions);
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](const std::size_t a, const std::size_t b) { return keys[a] < keys[b]; });
  return order;
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

void PositionSearch::each(const std::span<const Snap> places, const Visit& visit, const Progress& progress) const {
  constexpr std::size_t kMostBytes = std::size_t{256} << 20U;
  constexpr std::size_t kBytesPerArc = 3 * sizeof(ArcCost);  // the cost, its entry before it is sorted, the state's distance
  constexpr std::size_t kMostAtATime = 2 * kLanes;
  const std::vector<std::size_t> order = neighbours_in_a_row(places);
  std::size_t at_a_time = 4;  // until it is known how far they reach
  for (std::size_t first = 0; first < order.size();) {
    const std::span<const std::size_t> now = std::span{order}.subspan(first, std::min(at_a_time, order.size() - first));
    std::vector<Snap> neighbours;
    for (const std::size_t place : now) {
      neighbours.push_back(places[place]);
    }
    const std::vector<PositionCosts> costs = costs_of(neighbours);
    parallel_for_blocks(now.size(), 1, [&](const std::size_t k, const std::size_t) { visit(now[k], costs[k]); });
    std::size_t most_arcs = 1;
    for (const PositionCosts& each : costs) {
      most_arcs = std::max(most_arcs, each.reached_arcs());
    }
    at_a_time = std::clamp(kMostBytes / (most_arcs * kBytesPerArc), std::size_t{1}, kMostAtATime);
    first += now.size();
    if (progress) {
      progress("isochrones", first, order.size());
    }
  }
}

std::vector<PositionCosts> PositionSearch::costs_of(const std::span<const Snap> places) const {
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
