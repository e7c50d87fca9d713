#include "engine/network/audit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/core/disjoint_sets.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::uint8_t kFromCore = 1;
constexpr std::uint8_t kToCore = 2;

bool is_open(const Road& road) {
  return road.forward_ms != kClosed || road.backward_ms != kClosed;
}

/// Open roads at every node; a road from a node to itself stands twice.
class RoadsAtNodes {
 public:
  explicit RoadsAtNodes(const RoadNetwork& network) : first_(network.nodes.size() + 1, 0) {
    for (const Road& road : network.roads) {
      if (is_open(road)) {
        ++first_[road.from.value() + 1];
        ++first_[road.to.value() + 1];
      }
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    roads_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t road = 0; road < network.roads.size(); ++road) {
      if (is_open(network.roads[road])) {
        roads_[next[network.roads[road].from.value()]++] = road;
        roads_[next[network.roads[road].to.value()]++] = road;
      }
    }
  }
  [[nodiscard]] std::span<const std::uint32_t> at(const RoadNodeIndex node) const {
    return std::span{roads_}.subspan(first_[node.value()], first_[node.value() + 1] - first_[node.value()]);
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> roads_;
};

/// Sets `mark` on every node that can be driven to from the core, or from which it can be driven to.
void mark_connected(const RoadNetwork& network, const RoadsAtNodes& roads_at, const bool from_core,
                    IndexedVector<RoadNodeIndex, std::uint8_t>& marks) {
  const std::uint8_t mark = from_core ? kFromCore : kToCore;
  std::vector<RoadNodeIndex> open;
  for (const RoadNodeIndex node : marks.indices()) {
    if ((marks[node] & mark) != 0) {
      open.push_back(node);
    }
  }
  while (!open.empty()) {
    const RoadNodeIndex node = open.back();
    open.pop_back();
    for (const std::uint32_t road : roads_at.at(node)) {
      for (const ArcIndex arc : {forward_arc(RoadIndex{road}), backward_arc(RoadIndex{road})}) {
        const RoadNodeIndex near = from_core ? network.tail(arc) : network.head(arc);
        const RoadNodeIndex far = from_core ? network.head(arc) : network.tail(arc);
        if (near == node && network.time_ms(arc) != kClosed && (marks[far] & mark) == 0) {
          marks[far] |= mark;
          open.push_back(far);
        }
      }
    }
  }
}

void add_speed(const Road& road, RoadFinding& finding) {
  for (const std::uint32_t time_ms : {road.forward_ms, road.backward_ms}) {
    if (time_ms != kClosed && time_ms > 0) {
      constexpr std::uint64_t kPerHour = 36'000;  // centimetres per millisecond -> metres per hour
      const std::uint64_t speed_m_h = road.length_cm * kPerHour / time_ms;
      finding.slowest_m_h = finding.fastest_m_h == 0 ? speed_m_h : std::min(finding.slowest_m_h, speed_m_h);
      finding.fastest_m_h = std::max(finding.fastest_m_h, speed_m_h);
    }
  }
}

class Auditor {
 public:
  Auditor(const RoadNetwork& network, const RoadComponents& components, const RoadAuditOptions& options)
      : network_(network), components_(components), options_(options), roads_at_(network) {}

  RoadAudit run() {
    audit_.standing = IndexedVector<RoadIndex, RoadStanding>(network_.roads.size(), RoadStanding::closed);
    set_standing();
    count();
    find_parts();
    find_dead_ferries();
    find_speeds();
    std::ranges::sort(audit_.findings, [](const RoadFinding& a, const RoadFinding& b) {
      return std::tuple{a.fault, b.length_cm, a.roads.front()} < std::tuple{b.fault, a.length_cm, b.roads.front()};
    });
    return std::move(audit_);
  }

 private:
  [[nodiscard]] bool in_core(const RoadNodeIndex node) const {
    return components_.strong_of[node] == components_.biggest_strong;
  }

  void set_standing() {
    marks_ = IndexedVector<RoadNodeIndex, std::uint8_t>(network_.nodes.size(), 0);
    for (const RoadNodeIndex node : marks_.indices()) {
      if (in_core(node)) {
        marks_[node] = kFromCore | kToCore;
        // The mainland is where the core is, which need not be the weak component of most nodes.
        mainland_ = components_.weak_of[node];
      }
    }
    mark_connected(network_, roads_at_, true, marks_);
    mark_connected(network_, roads_at_, false, marks_);
    for (const RoadIndex road : audit_.standing.indices()) {
      audit_.standing[road] = standing(road);
    }
  }

  [[nodiscard]] RoadStanding standing(const RoadIndex road) const {
    if (!is_open(network_.road(road))) {
      return RoadStanding::closed;
    }
    if (components_.weak_of[network_.road(road).from] != mainland_) {
      return RoadStanding::island;
    }
    bool entry = false;
    bool exit = false;
    for (const ArcIndex arc : {forward_arc(road), backward_arc(road)}) {
      if (network_.time_ms(arc) != kClosed) {
        entry = entry || (marks_[network_.tail(arc)] & kFromCore) != 0;
        exit = exit || (marks_[network_.head(arc)] & kToCore) != 0;
      }
    }
    // Both, and the road lies in the core: what can be driven to from the core and back to it belongs to it.
    return entry ? (exit ? RoadStanding::joined : RoadStanding::no_exit)
                 : (exit ? RoadStanding::no_entry : RoadStanding::cut_off);
  }

  void count() {
    for (const RoadIndex road : audit_.standing.indices()) {
      if (audit_.standing[road] != RoadStanding::closed) {
        ++audit_.roads;
        audit_.length_cm += network_.road(road).length_cm;
        audit_.core_length_cm += audit_.standing[road] == RoadStanding::joined ? network_.road(road).length_cm : 0;
      }
    }
    for (const RoadNodeIndex node : marks_.indices()) {
      audit_.core_nodes += in_core(node) ? 1U : 0U;
      audit_.lone_nodes += roads_at_.at(node).empty() ? 1U : 0U;
    }
  }

  void add(const RoadIndex road, RoadFinding& finding) const {
    finding.roads.push_back(road);
    finding.length_cm += network_.road(road).length_cm;
    add_speed(network_.road(road), finding);
  }

  /// Islands and traps: roads of one standing that meet outside the core.
  void find_parts() {
    constexpr std::array kParts{
        std::pair{RoadStanding::island, RoadFault::island}, std::pair{RoadStanding::no_exit, RoadFault::no_exit},
        std::pair{RoadStanding::no_entry, RoadFault::no_entry}, std::pair{RoadStanding::cut_off, RoadFault::cut_off}};
    for (const auto& [standing, fault] : kParts) {
      DisjointSets groups{network_.nodes.size()};
      std::vector<std::pair<std::uint32_t, RoadIndex>> roads;  // one of its nodes outside the core, road
      for (const RoadIndex road : audit_.standing.indices()) {
        if (audit_.standing[road] == standing) {
          const RoadNodeIndex from = network_.road(road).from;
          const RoadNodeIndex to = network_.road(road).to;
          roads.emplace_back(in_core(from) ? to.value() : from.value(), road);
          if (!in_core(from) && !in_core(to)) {
            groups.unite(from.value(), to.value());
          }
        }
      }
      for (auto& [node, road] : roads) {
        node = groups.lowest(node);
      }
      std::ranges::sort(roads);
      for (std::size_t begin = 0; begin < roads.size();) {
        RoadFinding finding{.fault = fault};
        std::size_t end = begin;
        for (; end < roads.size() && roads[end].first == roads[begin].first; ++end) {
          add(roads[end].second, finding);
        }
        finding.nodes = nodes_outside(finding.roads);
        audit_.findings.push_back(std::move(finding));
        begin = end;
      }
    }
  }

  [[nodiscard]] std::uint32_t nodes_outside(const std::vector<RoadIndex>& roads) const {
    std::vector<RoadNodeIndex> nodes;
    for (const RoadIndex road : roads) {
      for (const RoadNodeIndex node : {network_.road(road).from, network_.road(road).to}) {
        if (!in_core(node)) {
          nodes.push_back(node);
        }
      }
    }
    std::ranges::sort(nodes);
    return static_cast<std::uint32_t>(std::ranges::unique(nodes).begin() - nodes.begin());
  }

  [[nodiscard]] bool is_ferry(const std::uint32_t road) const { return network_.roads[road].road_class == RoadClass::ferry; }

  /// From every end at which there is but one ferry, back along the crossing to land or to a fork of ferries.
  void find_dead_ferries() {
    std::vector<std::uint8_t> found(network_.roads.size(), 0);
    for (const RoadNodeIndex node : marks_.indices()) {
      const auto at_end = roads_at_.at(node);
      if (at_end.size() != 1 || !is_ferry(at_end.front()) || found[at_end.front()] != 0) {
        continue;
      }
      std::vector<RoadIndex> crossing;
      RoadNodeIndex at = node;
      std::uint32_t road = at_end.front();
      while (found[road] == 0) {
        found[road] = 1;
        crossing.emplace_back(std::size_t{road});
        at = network_.roads[road].from == at ? network_.roads[road].to : network_.roads[road].from;
        const auto next = roads_at_.at(at);
        if (next.size() == 2 && is_ferry(next[0]) && is_ferry(next[1])) {
          road = next[0] == road ? next[1] : next[0];
        }
      }
      std::ranges::sort(crossing);
      RoadFinding finding{.fault = RoadFault::dead_ferry};
      for (const RoadIndex each : crossing) {
        add(each, finding);
      }
      audit_.findings.push_back(std::move(finding));
    }
  }

  [[nodiscard]] bool is_implausible(const Road& road) const {
    const double length_m = road.length_cm / 100.0;
    if (length_m < options_.least_checked_m) {
      return false;
    }
    const auto wrong = [&](const std::uint32_t time_ms) {
      constexpr double kHour_ms = 3'600'000;
      if (time_ms == kClosed) {
        return false;
      }
      const double km_ms = length_m / 1'000 * kHour_ms;
      return km_ms > options_.fastest_kmh * time_ms ||
             (road.road_class != RoadClass::ferry && km_ms < options_.slowest_kmh * time_ms);
    };
    return wrong(road.forward_ms) || wrong(road.backward_ms);
  }

  void find_speeds() {
    for (const RoadFault fault : {RoadFault::assumed_speed, RoadFault::suspicious_speed}) {
      RoadFinding finding{.fault = fault};
      const auto close = [&] {
        if (!finding.roads.empty()) {
          audit_.findings.push_back(std::exchange(finding, RoadFinding{.fault = fault}));
        }
      };
      for (const RoadIndex road : audit_.standing.indices()) {
        const Road& each = network_.road(road);
        const bool faulty = fault == RoadFault::assumed_speed ? (each.flags & kAssumedSpeed) != 0
                                                              : (each.flags & kSuspiciousSpeed) != 0 || is_implausible(each);
        if (!faulty || !is_open(each)) {
          continue;
        }
        // 0 is no feature: formats without numbers leave it so.
        if (!finding.roads.empty() &&
            (each.source_id == 0 || network_.road(finding.roads.back()).source_id != each.source_id)) {
          close();
        }
        add(road, finding);
      }
      close();
    }
  }

  const RoadNetwork& network_;
  const RoadComponents& components_;
  const RoadAuditOptions& options_;
  RoadsAtNodes roads_at_;
  IndexedVector<RoadNodeIndex, std::uint8_t> marks_;
  WeakComponentIndex mainland_;
  RoadAudit audit_;
};

}  // namespace

RoadAudit audit_roads(const RoadNetwork& network, const RoadComponents& components, const RoadAuditOptions& options) {
  if (components.strong_of.size() != network.nodes.size() || components.weak_of.size() != network.nodes.size()) {
    throw ArgumentError("audit_roads: the components are not the network's");
  }
  if (!(options.least_checked_m >= 0) || !(options.fastest_kmh >= 0) || !(options.slowest_kmh >= 0)) {
    throw ArgumentError("audit_roads: lengths and speeds must not be negative");
  }
  return Auditor{network, components, options}.run();
}

RoadClass main_class(const RoadNetwork& network, const RoadFinding& finding) {
  std::array<std::uint64_t, kRoadClasses> length_cm{};
  for (const RoadIndex road : finding.roads) {
    // One more, so that roads of no length have a class too.
    length_cm.at(static_cast<std::size_t>(network.road(road).road_class)) += network.road(road).length_cm + std::uint64_t{1};
  }
  return static_cast<RoadClass>(std::ranges::max_element(length_cm) - length_cm.begin());
}

std::vector<RoadStanding> standing_of(const RoadAudit& audit, const std::span<const Snap> places) {
  std::vector<RoadStanding> standings;
  standings.reserve(places.size());
  for (const Snap& place : places) {
    standings.push_back(place.road.is_none() ? RoadStanding::closed : audit.standing[place.road]);
  }
  return standings;
}

}  // namespace maillage
