#include "engine/network/road_path.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <span>
#include <utility>

#include "engine/network/stretch_lines.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNone = 0xffffffffU;

/// How a search first came to a place at its least distance.
struct Visit {
  std::uint32_t distance = kNoPath;
  std::uint32_t from = kNone;      ///< place before; none at a start
  std::uint32_t terminal = kNone;  ///< at a start: which
};
/// Descending: places are settled in the order of the hierarchy, and a search only ever adds places further on.
using Visits = std::map<std::uint32_t, Visit, std::greater<>>;

Visits search_up(const ContractionHierarchy& hierarchy, const std::vector<Terminal>& starts, const Direction direction) {
  const bool forward = direction == Direction::forward;
  const Column<std::uint32_t>& first = forward ? hierarchy.up_first : hierarchy.down_first;
  const Column<HierarchyArc>& arcs = forward ? hierarchy.up_arcs : hierarchy.down_arcs;
  Visits visits;
  for (std::uint32_t k = 0; k < starts.size(); ++k) {
    Visit& visit = visits[hierarchy.place_of_state[starts[k].state]];
    if (starts[k].weight < visit.distance) {
      visit = {starts[k].weight, kNone, k};
    }
  }
  for (const auto& [place, settled] : visits) {
    for (std::uint32_t k = first[place]; k < first[place + 1]; ++k) {
      Visit& visit = visits[arcs[k].place];
      const std::uint32_t distance = settled.distance + arcs[k].weight;
      if (distance < std::min(visit.distance, kNoPath)) {
        visit = {distance, place, kNone};
      }
    }
  }
  return visits;
}

/// Moves of the arc from `tail` to `head`, one of which lies above the other.
class Unpacker {
 public:
  explicit Unpacker(const ContractionHierarchy& hierarchy) : hierarchy_(hierarchy) {}

  void append(const std::uint32_t tail, const std::uint32_t head, std::vector<std::uint32_t>& moves) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> stack{{tail, head}};
    while (!stack.empty()) {
      const auto [from, to] = stack.back();
      stack.pop_back();
      const std::uint32_t via = via_of(from, to);
      if ((via & ContractionHierarchy::kShortcut) == 0) {
        moves.push_back(via);
        continue;
      }
      const std::uint32_t middle = via & ~ContractionHierarchy::kShortcut;
      stack.emplace_back(middle, to);
      stack.emplace_back(from, middle);
    }
  }

 private:
  [[nodiscard]] std::uint32_t via_of(const std::uint32_t from, const std::uint32_t to) const {
    return to < from ? find(hierarchy_.up_first, hierarchy_.up_arcs, hierarchy_.up_via, from, to)
                     : find(hierarchy_.down_first, hierarchy_.down_arcs, hierarchy_.down_via, to, from);
  }
  [[nodiscard]] static std::uint32_t find(const Column<std::uint32_t>& first, const Column<HierarchyArc>& arcs,
                                          const Column<std::uint32_t>& via, const std::uint32_t lower,
                                          const std::uint32_t higher) {
    const auto row = arcs.view().subspan(first[lower], first[lower + 1] - first[lower]);
    const auto found =
        std::lower_bound(row.begin(), row.end(), higher,
                         [](const HierarchyArc& arc, const std::uint32_t place) { return arc.place < place; });
    return via[first[lower] + static_cast<std::size_t>(found - row.begin())];
  }

  const ContractionHierarchy& hierarchy_;
};

/// Places of a search from its start to `place`, and the terminal it started at.
std::pair<std::vector<std::uint32_t>, std::uint32_t> trace(const Visits& visits, std::uint32_t place) {
  std::vector<std::uint32_t> places;
  while (true) {
    places.push_back(place);
    const Visit& visit = visits.at(place);
    if (visit.from == kNone) {
      std::reverse(places.begin(), places.end());
      return {std::move(places), visit.terminal};
    }
    place = visit.from;
  }
}

double share_of_length(const RoadModel& model, const Snap& snap, const ArcIndex arc) {
  return (is_backward(arc) ? 1 - snap.fraction : snap.fraction) * model.network.road(road_of(arc)).length_cm;
}

std::uint32_t path_length_cm(const RoadModel& model, const Snap& from, const Snap& to, const std::vector<ArcIndex>& arcs) {
  constexpr double kCentimetres = 100;
  double length_cm = (from.access_m + to.access_m) * kCentimetres;
  for (const ArcIndex arc : arcs) {
    length_cm += model.network.road(road_of(arc)).length_cm;
  }
  length_cm -= share_of_length(model, from, arcs.front());
  length_cm -= model.network.road(road_of(arcs.back())).length_cm - share_of_length(model, to, arcs.back());
  // Below zero: places at one position of an arc, as positions are rounded, that lie in the other order on the road.
  return static_cast<std::uint32_t>(std::clamp<double>(std::round(length_cm), 0, kNoPath));
}

/// The direction along one road whose cost along_one_road gives.
ArcIndex arc_along_one_road(const RoadModel& model, const Snap& from, const Snap& to) {
  const auto driven = [&](const ArcIndex arc) -> std::int64_t {
    const std::int64_t parts = std::int64_t{position_along(model, arc, to)} - position_along(model, arc, from);
    return model.network.time_ms(arc) == kClosed || parts < 0 ? std::int64_t{kNoPath} : parts;
  };
  const ArcIndex forward = forward_arc(from.road);
  const ArcIndex backward = backward_arc(from.road);
  const std::int64_t ahead = driven(forward);
  const std::int64_t back = driven(backward);
  return ahead < back || (ahead == back && from.fraction <= to.fraction) ? forward : backward;
}

/// Where trips start or end on a road, those of its forward arc first.
struct RoadTerminals {
  std::vector<Terminal> terminals;
  std::size_t on_forward = 0;
  RoadIndex road;

  RoadTerminals(const RoadModel& model, const Snap& snap, const TripEnd end) : road(snap.road) {
    if (road.is_none()) {
      return;
    }
    append_arc_terminals(model, snap, forward_arc(road), end, terminals);
    on_forward = terminals.size();
    append_arc_terminals(model, snap, backward_arc(road), end, terminals);
  }
  [[nodiscard]] ArcIndex arc_of(const std::size_t which) const {
    return which < on_forward ? forward_arc(road) : backward_arc(road);
  }
};

}  // namespace

std::optional<RoadPath> find_road_path(const RoadModel& model, const Snap& from, const Snap& to) {
  const RoadTerminals starts(model, from, TripEnd::start);
  const RoadTerminals ends(model, to, TripEnd::end);
  const Visits up = search_up(model.hierarchy, starts.terminals, Direction::forward);
  const Visits down = search_up(model.hierarchy, ends.terminals, Direction::backward);
  RoadPath path{.weight = along_one_road(model, from, to), .arcs = {}, .length_cm = 0};
  std::uint32_t meeting = kNone;
  for (const auto& [place, visit] : up) {
    if (const auto other = down.find(place); other != down.end() && visit.distance + other->second.distance < path.weight) {
      path.weight = visit.distance + other->second.distance;
      meeting = place;
    }
  }
  if (path.weight == kNoPath) {
    return std::nullopt;
  }
  if (meeting == kNone) {
    path.arcs = {arc_along_one_road(model, from, to)};
  } else {
    auto [places, start] = trace(up, meeting);
    const auto [places_down, end] = trace(down, meeting);
    places.insert(places.end(), places_down.rbegin() + 1, places_down.rend());
    std::vector<std::uint32_t> moves;
    const Unpacker unpacker(model.hierarchy);
    for (std::size_t k = 0; k + 1 < places.size(); ++k) {
      unpacker.append(places[k], places[k + 1], moves);
    }
    path.arcs.push_back(starts.arc_of(start));
    for (const std::uint32_t move : moves) {
      path.arcs.push_back(ArcIndex{std::size_t{model.graph.arc[move]}});
    }
    path.arcs.push_back(ends.arc_of(end));
  }
  path.length_cm = path_length_cm(model, from, to, path.arcs);
  return path;
}

std::vector<Point> road_path_line(const RoadNetwork& network, const RoadPath& path, const Snap& from, const Snap& to) {
  std::vector<Point> line{from.position};
  const auto add = [&](const Point& point) {
    if (line.back() != point) {
      line.push_back(point);
    }
  };
  for (std::size_t k = 0; k < path.arcs.size(); ++k) {
    const ArcIndex arc = path.arcs[k];
    RoadStretch part{.road = road_of(arc)};
    double& entered = is_backward(arc) ? part.end : part.begin;
    double& left = is_backward(arc) ? part.begin : part.end;
    entered = k == 0 ? from.fraction : entered;
    left = k + 1 == path.arcs.size() ? to.fraction : left;
    LineSet driven;
    if (part.begin < part.end && append_stretch_line(network, part, driven)) {
      if (is_backward(arc)) {
        std::reverse(driven.vertices.begin(), driven.vertices.end());
      }
      std::for_each(driven.vertices.begin(), driven.vertices.end(), add);
    }
  }
  add(to.position);
  if (line.size() == 1) {
    line.push_back(to.position);
  }
  return line;
}

}  // namespace maillage
