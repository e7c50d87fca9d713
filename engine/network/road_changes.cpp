#include "engine/network/road_changes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace maillage {

namespace {

/// Where a new road joins the network.
struct Joint {
  RoadNodeIndex node{};  ///< none: inside `road`
  RoadIndex road{};
  double fraction = 0;
};

class Planner {
 public:
  Planner(const RoadNetwork& network, const RoadLocator& locator, const RoadChangeOptions& options)
      : network_(network), locator_(locator), options_(options) {}

  Reading<RoadScenario> run(const std::span<const RoadChange> changes) {
    reading_.rows_in = static_cast<std::int64_t>(changes.size());
    name_roads(changes);
    for (const RoadChange& change : changes) {
      if (change.action == RoadChange::Action::add) {
        plan_addition(change);
      } else {
        plan_change(change);
      }
    }
    cut_roads();
    add_roads();
    for (const std::uint32_t road : closed_) {
      close(road);
    }
    for (const auto& [road, factor] : factor_) {
      reading_.value.time_factors.push_back({forward_arc(RoadIndex{std::size_t{road}}), factor});
      reading_.value.time_factors.push_back({backward_arc(RoadIndex{std::size_t{road}}), factor});
    }
    return std::move(reading_);
  }

 private:
  struct Addition {
    const RoadChange* change;
    Joint from;
    Joint to;
  };

  void name_roads(const std::span<const RoadChange> changes) {
    for (const RoadChange& change : changes) {
      if (change.source_id) {
        roads_of_id_[*change.source_id];
      }
    }
    for (std::uint32_t road = 0; road < network_.roads.size() && !roads_of_id_.empty(); ++road) {
      if (const auto found = roads_of_id_.find(network_.roads[road].source_id); found != roads_of_id_.end()) {
        found->second.push_back(road);
      }
    }
  }

  void note(std::vector<RowNote>& notes, const RoadChange& change, const char* reason) {
    RowNote said;
    said.row = change.row;
    said.key = change.source_id ? std::to_string(*change.source_id) : "";
    said.reason = reason;
    notes.push_back(std::move(said));
  }

  [[nodiscard]] Snap nearest(const Point& place) const {
    return locator_.snap(place,
                         {.max_access_m = options_.max_distance_m, .component_tolerance_m = 0, .excluded_classes = 0});
  }

  void plan_change(const RoadChange& change) {
    std::vector<std::uint32_t> roads;
    if (change.source_id) {
      roads = roads_of_id_.at(*change.source_id);
    } else if (const Snap snap = nearest(change.place); !snap.road.is_none()) {
      roads.push_back(snap.road.value());
    }
    if (roads.empty()) {
      note(reading_.rejections, change, change.source_id ? "unknown_road" : "no_road_near");
      return;
    }
    for (const std::uint32_t road : roads) {
      if (change.action == RoadChange::Action::close) {
        closed_.insert(road);
      } else {
        factor_.emplace(road, 1).first->second *= change.factor;
      }
    }
  }

  Joint joint_at(const Point& place, const RoadChange& change) {
    const Snap snap = nearest(place);
    if (snap.road.is_none()) {
      note(reading_.repairs, change, "new_dead_end");
      return {.node = new_node(place)};
    }
    const Road& road = network_.road(snap.road);
    if (distance_m(snap.position, network_.nodes[road.from.value()]) <= options_.node_m) {
      return {.node = road.from};
    }
    if (distance_m(snap.position, network_.nodes[road.to.value()]) <= options_.node_m) {
      return {.node = road.to};
    }
    cuts_[snap.road.value()].emplace(snap.fraction, RoadNodeIndex::none());
    return {.node = RoadNodeIndex::none(), .road = snap.road, .fraction = snap.fraction};
  }

  RoadNodeIndex new_node(const Point& place) {
    const auto [found, is_new] = node_at_.emplace(std::pair{place.x, place.y}, RoadNodeIndex::none());
    if (is_new) {
      found->second = RoadNodeIndex{network_.nodes.size() + reading_.value.added_nodes.size()};
      reading_.value.added_nodes.push_back(place);
    }
    return found->second;
  }

  void plan_addition(const RoadChange& change) {
    if (change.place == change.end) {
      note(reading_.rejections, change, "same_ends");
      return;
    }
    const Joint from = joint_at(change.place, change);
    const Joint to = joint_at(change.end, change);
    additions_.push_back({&change, from, to});
  }

  /// Time of a direction of a road after closing and slowing.
  [[nodiscard]] std::uint32_t changed_ms(const std::uint32_t road, const std::uint32_t time_ms) const {
    const auto factor = factor_.find(road);
    return time_ms == kClosed || closed_.contains(road) ? kClosed
           : factor == factor_.end()                    ? time_ms
                                                        : static_cast<std::uint32_t>(
                                           std::min(std::round(time_ms * factor->second), static_cast<double>(kLongestArc)));
  }

  void close(const std::uint32_t road) {
    reading_.value.closed.push_back(forward_arc(RoadIndex{std::size_t{road}}));
    reading_.value.closed.push_back(backward_arc(RoadIndex{std::size_t{road}}));
  }

  /// Every road with joints inside gives way to its pieces.
  void cut_roads() {
    for (auto& [number, nodes] : cuts_) {
      const RoadIndex road{std::size_t{number}};
      std::vector<Point> line;
      for (std::size_t k = 0; k <= road_segments(network_, road); ++k) {
        line.push_back(road_vertex(network_, road, k));
      }
      std::vector<double> until{0};
      for (std::size_t k = 1; k < line.size(); ++k) {
        until.push_back(until.back() + distance_m(line[k - 1], line[k]));
      }
      double begin = 0;
      RoadNodeIndex tail = network_.road(road).from;
      for (auto& [fraction, node] : nodes) {
        const double at = fraction * until.back();
        const auto after = std::clamp<std::ptrdiff_t>(std::upper_bound(until.begin(), until.end(), at) - until.begin(), 1,
                                                      static_cast<std::ptrdiff_t>(until.size()) - 1);
        const auto k = static_cast<std::size_t>(after);
        const double part = until[k] > until[k - 1] ? (at - until[k - 1]) / (until[k] - until[k - 1]) : 0;
        node = new_node(
            {line[k - 1].x + part * (line[k].x - line[k - 1].x), line[k - 1].y + part * (line[k].y - line[k - 1].y)});
        add_piece(number, {begin, fraction}, {tail, node}, line, until);
        begin = fraction;
        tail = node;
      }
      add_piece(number, {begin, 1}, {tail, network_.road(road).to}, line, until);
      close(number);
    }
  }

  void add_piece(const std::uint32_t number, const std::array<double, 2>& range, const std::array<RoadNodeIndex, 2>& ends,
                 const std::vector<Point>& line, const std::vector<double>& until) {
    if (closed_.contains(number)) {
      return;
    }
    const Road& whole = network_.roads[number];
    // Both ends of a piece are rounded alike, so that the pieces add up to the whole.
    const auto share = [&](const std::uint32_t total) {
      return total == kClosed ? kClosed
                              : static_cast<std::uint32_t>(std::round(range[1] * total)) -
                                    static_cast<std::uint32_t>(std::round(range[0] * total));
    };
    RoadScenario::AddedRoad piece;
    piece.road = whole;
    piece.road.from = ends[0];
    piece.road.to = ends[1];
    piece.road.forward_ms = share(changed_ms(number, whole.forward_ms));
    piece.road.backward_ms = share(changed_ms(number, whole.backward_ms));
    piece.road.length_cm = share(whole.length_cm);
    for (std::size_t k = 1; k + 1 < line.size(); ++k) {
      if (until[k] > range[0] * until.back() && until[k] < range[1] * until.back()) {
        piece.shape.push_back(line[k]);
      }
    }
    reading_.value.added_roads.push_back(std::move(piece));
  }

  void add_roads() {
    const auto node_of = [&](const Joint& joint) {
      return joint.node.is_none() ? cuts_.at(joint.road.value()).at(joint.fraction) : joint.node;
    };
    for (const Addition& addition : additions_) {
      RoadScenario::AddedRoad added;
      added.road.from = node_of(addition.from);
      added.road.to = node_of(addition.to);
      if (added.road.from == added.road.to) {
        note(reading_.rejections, *addition.change, "same_ends");
        continue;
      }
      const double time_ms = addition.change->length_m / addition.change->speed_kmh * 3600;
      added.road.forward_ms = static_cast<std::uint32_t>(std::min(std::round(time_ms), static_cast<double>(kLongestArc)));
      added.road.backward_ms = addition.change->one_way ? kClosed : added.road.forward_ms;
      added.road.length_cm = static_cast<std::uint32_t>(std::round(addition.change->length_m * 100));
      added.road.source_id = -addition.change->row;
      reading_.value.added_roads.push_back(std::move(added));
    }
  }

  const RoadNetwork& network_;
  const RoadLocator& locator_;
  const RoadChangeOptions& options_;
  Reading<RoadScenario> reading_;
  std::map<std::int64_t, std::vector<std::uint32_t>> roads_of_id_;
  std::set<std::uint32_t> closed_;
  std::map<std::uint32_t, double> factor_;
  std::map<std::uint32_t, std::map<double, RoadNodeIndex>> cuts_;  ///< per road: the node at each fraction
  std::map<std::pair<double, double>, RoadNodeIndex> node_at_;
  std::vector<Addition> additions_;
};

}  // namespace

Reading<RoadScenario> plan_road_changes(const RoadNetwork& network, const RoadLocator& locator,
                                        const std::span<const RoadChange> changes, const RoadChangeOptions& options) {
  return Planner(network, locator, options).run(changes);
}

}  // namespace maillage
