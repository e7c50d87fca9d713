#include "engine/network/road_travel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/hilbert.hpp"
#include "engine/network/nearest_sweep.hpp"
#include "engine/network/travel_table.hpp"

namespace maillage {

namespace {

constexpr double kMillisecondsPerHour = 3'600'000;
constexpr std::uint32_t kParts = 1000;       // milliseconds of a second
constexpr std::uint32_t kCentimetres = 100;  // of a metre

std::uint32_t parts_of_unit(const RoadModel& model) {
  return model.metric == RoadMetric::travel_time_ms ? kParts : kCentimetres;
}

std::uint32_t arc_weight(const RoadModel& model, const ArcIndex arc) {
  return model.metric == RoadMetric::travel_time_ms ? model.network.time_ms(arc)
                                                    : model.network.road(road_of(arc)).length_cm;
}

/// Sum of two weights, kNoPath where it is no path any more.
std::uint32_t sum_of(const std::uint32_t a, const std::uint32_t b) {
  return std::min(a + b, kNoPath);
}

/// Places by the road they are on: who may be reached without leaving one's own road.
class SameRoad {
 public:
  explicit SameRoad(const std::span<const Snap> snaps) {
    for (std::size_t k = 0; k < snaps.size(); ++k) {
      if (!snaps[k].road.is_none()) {
        on_road_.emplace_back(snaps[k].road, static_cast<std::uint32_t>(k));
      }
    }
    std::sort(on_road_.begin(), on_road_.end());
  }
  template <typename Visit>
  void each_on(const RoadIndex road, const Visit& visit) const {
    if (road.is_none()) {
      return;
    }
    const auto first = std::lower_bound(on_road_.begin(), on_road_.end(), std::pair{road, 0U});
    for (auto it = first; it != on_road_.end() && it->first == road; ++it) {
      visit(std::size_t{it->second});
    }
  }

 private:
  std::vector<std::pair<RoadIndex, std::uint32_t>> on_road_;
};

std::uint32_t along_one_road(const RoadModel& model, const Snap& origin, const Snap& facility, const Direction direction) {
  return direction == Direction::forward ? along_one_road(model, origin, facility) : along_one_road(model, facility, origin);
}

TripEnd end_of_origin(const Direction direction) {
  return direction == Direction::forward ? TripEnd::start : TripEnd::end;
}

struct SnappedEnds {
  std::vector<Snap> origins;
  std::vector<Snap> facilities;
};

SnappedEnds snap_ends(const RoadTravel& travel, const std::span<const Point> origins,
                      const std::span<const Point> facilities) {
  const RoadModel& model = *travel.model;
  return {model.locator.snap_all(origins, model.access.snap), model.locator.snap_all(facilities, model.access.snap)};
}

/// The facilities of one row within the cutoff, in order.
void reach_of_row(const RoadModel& model, const std::span<const std::uint32_t> row,
                  std::vector<std::pair<std::uint32_t, std::uint32_t>>& within, std::vector<Reach>& reached) {
  within.clear();
  reached.clear();
  for (std::uint32_t facility = 0; facility < row.size(); ++facility) {
    if (row[facility] != kNoPath) {
      within.emplace_back(row[facility], facility);
    }
  }
  std::sort(within.begin(), within.end());
  for (const auto& [weight, facility] : within) {
    reached.push_back({FacilityIndex{std::size_t{facility}}, whole_cost(model, weight)});
  }
}

}  // namespace

Cost whole_cost(const RoadModel& model, const std::uint32_t weight) {
  const std::uint32_t parts = parts_of_unit(model);
  return weight == kNoPath ? kUnreachable : weight / parts + (weight % parts == 0 ? 0 : 1);
}

std::uint32_t largest_weight(const RoadModel& model, const Cost limit) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{limit} * parts_of_unit(model), kNoPath - 1));
}

std::uint32_t access_weight(const RoadModel& model, const Snap& snap) {
  if (model.metric == RoadMetric::length_cm) {
    return static_cast<std::uint32_t>(std::ceil(snap.access_m * kCentimetres));
  }
  const double weight = snap.access_m / 1000 / model.access.access_speed_kmh * kMillisecondsPerHour;
  return static_cast<std::uint32_t>(std::min(std::ceil(weight), static_cast<double>(kLongestArc)));
}

std::uint32_t position_along(const RoadModel& model, const ArcIndex arc, const Snap& snap) {
  const double fraction = is_backward(arc) ? 1 - snap.fraction : snap.fraction;
  return static_cast<std::uint32_t>(std::lround(fraction * arc_weight(model, arc)));
}

void append_arc_terminals(const RoadModel& model, const Snap& snap, const ArcIndex arc, const TripEnd end,
                          std::vector<Terminal>& terminals) {
  if (model.network.time_ms(arc) == kClosed) {
    return;
  }
  const std::uint32_t access = access_weight(model, snap);
  const std::uint32_t position = position_along(model, arc, snap);
  const SearchGraph& graph = model.graph;
  if (end == TripEnd::start) {
    terminals.push_back({graph.arrival[arc.value()], access + arc_weight(model, arc) - position});
    return;
  }
  const auto add_from = [&](const std::uint32_t state) {
    for (std::uint32_t move = graph.first_out[state]; move < graph.first_out[state + 1]; ++move) {
      if (graph.arc[move] == arc.value()) {
        const bool turns = model.metric == RoadMetric::travel_time_ms && !graph.turn_ms.empty();
        terminals.push_back({state, access + position + (turns ? graph.turn_ms[move] : 0)});
      }
    }
  };
  const std::uint32_t node = model.network.tail(arc).value();
  add_from(node);
  const auto begun = graph.node.view().subspan(model.network.nodes.size());
  for (auto it = std::lower_bound(begun.begin(), begun.end(), node); it != begun.end() && *it == node; ++it) {
    add_from(static_cast<std::uint32_t>(model.network.nodes.size() + static_cast<std::size_t>(it - begun.begin())));
  }
}

void append_terminals(const RoadModel& model, const Snap& snap, const TripEnd end, std::vector<Terminal>& terminals) {
  if (snap.road.is_none()) {
    return;
  }
  append_arc_terminals(model, snap, forward_arc(snap.road), end, terminals);
  append_arc_terminals(model, snap, backward_arc(snap.road), end, terminals);
}

std::uint32_t along_one_road(const RoadModel& model, const Snap& from, const Snap& to) {
  std::uint32_t least = kNoPath;
  if (from.road.is_none() || from.road != to.road) {
    return least;
  }
  for (const ArcIndex arc : {forward_arc(from.road), backward_arc(from.road)}) {
    if (model.network.time_ms(arc) == kClosed) {
      continue;
    }
    const std::uint32_t start = position_along(model, arc, from);
    const std::uint32_t end = position_along(model, arc, to);
    if (start <= end) {
      least = std::min(least, access_weight(model, from) + (end - start) + access_weight(model, to));
    }
  }
  return least;
}

void stream_road_table(const RoadModel& model, const std::span<const Snap> origins, const std::span<const Snap> facilities,
                       const Direction direction, const std::uint32_t cutoff,
                       const std::function<void(OriginIndex, std::span<const std::uint32_t>)>& visit) {
  const SameRoad same_road(facilities);
  const auto keys_of = [](const std::span<const Snap> snaps) {
    std::vector<Point> positions;
    for (const Snap& snap : snaps) {
      positions.push_back(snap.position);
    }
    return hilbert_keys(positions);
  };
  const std::vector<std::uint64_t> origin_keys = keys_of(origins);
  const std::vector<std::uint64_t> facility_keys = keys_of(facilities);
  stream_table(model.hierarchy, make_terminals<OriginIndex>(model, origins, end_of_origin(direction)),
               make_terminals<FacilityIndex>(model, facilities, end_of_origin(opposite(direction))),
               {.direction = direction, .cutoff = cutoff, .origin_keys = origin_keys, .facility_keys = facility_keys},
               [&](const OriginIndex first, const std::span<std::uint32_t> rows) {
                 for (std::size_t row = 0; row < rows.size() / facilities.size(); ++row) {
                   const Snap& origin = origins[first.value() + row];
                   same_road.each_on(origin.road, [&](const std::size_t facility) {
                     const std::uint32_t direct = along_one_road(model, origin, facilities[facility], direction);
                     std::uint32_t& cell = rows[row * facilities.size() + facility];
                     cell = direct <= cutoff ? std::min(cell, direct) : cell;
                   });
                 }
                 visit(first, rows);
               });
}

void stream_road_reach(const RoadTravel& travel, const std::span<const Point> origins,
                       const std::span<const Point> facilities, const Cost limit, const ReachBlock& visit) {
  const RoadModel& model = *travel.model;
  const SnappedEnds ends = snap_ends(travel, origins, facilities);
  if (facilities.empty()) {
    Csr<OriginIndex, Reach> nothing;
    for (std::size_t origin = 0; origin < origins.size(); ++origin) {
      nothing.push_row({});
    }
    if (!origins.empty()) {
      visit(OriginIndex{0}, nothing);
    }
    return;
  }
  stream_road_table(model, ends.origins, ends.facilities, travel.direction, largest_weight(model, limit),
                    [&](const OriginIndex first, const std::span<const std::uint32_t> rows) {
                      Csr<OriginIndex, Reach> block;
                      std::vector<std::pair<std::uint32_t, std::uint32_t>> within;
                      std::vector<Reach> reached;
                      for (std::size_t begin = 0; begin < rows.size(); begin += facilities.size()) {
                        reach_of_row(model, rows.subspan(begin, facilities.size()), within, reached);
                        block.push_row(reached);
                      }
                      visit(first, block);
                    });
}

std::vector<Reach> nearest_by_road(const RoadTravel& travel, const std::span<const Point> origins,
                                   const std::span<const Point> facilities) {
  const RoadModel& model = *travel.model;
  const SnappedEnds ends = snap_ends(travel, origins, facilities);
  const auto terminals = make_terminals<FacilityIndex>(model, ends.facilities, end_of_origin(opposite(travel.direction)));
  const NearestFacilities nearest = nearest_of_all_places(model.hierarchy, terminals, travel.direction, 1);
  const SameRoad same_road(ends.facilities);
  std::vector<Reach> result(origins.size());
  parallel_for_blocks(origins.size(), 1024, [&](const std::size_t begin, const std::size_t end) {
    std::vector<Terminal> row;
    for (std::size_t origin = begin; origin < end; ++origin) {
      FacilityDistance best;
      row.clear();
      append_terminals(model, ends.origins[origin], end_of_origin(travel.direction), row);
      for (const Terminal& terminal : row) {
        const FacilityDistance there = nearest.at(model.hierarchy.place_of_state[terminal.state]);
        if (const std::uint32_t distance = sum_of(there.distance, terminal.weight); distance != kNoPath) {
          best = std::min(best, FacilityDistance{distance, there.facility});
        }
      }
      same_road.each_on(ends.origins[origin].road, [&](const std::size_t facility) {
        best = std::min(best, {along_one_road(model, ends.origins[origin], ends.facilities[facility], travel.direction),
                               FacilityIndex{facility}});
      });
      result[origin] = best.distance == kNoPath ? Reach{} : Reach{best.facility, whole_cost(model, best.distance)};
    }
  });
  return result;
}

}  // namespace maillage
