#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/network/line_roads_detail.hpp"
#include "engine/network/pair_arcs.hpp"

namespace maillage::detail {

namespace {

/// Shorter keys first: whole numbers in their own order.
bool key_before(const std::string_view a, const std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

class EdgeRoads {
 public:
  EdgeRoads(const PlacedLines& lines, const RoadAttributes& attributes, const TravelProfile& profile)
      : lines_(lines), attributes_(attributes), obeys_one_way_(profile.obeys_one_way_signs()) {
    collect_nodes();
  }

  [[nodiscard]] Reading<ImportedRoads> run() {
    arcs_.shape_first.push_back(0);
    for (std::size_t row = 0; row < lines_.table.rows(); ++row) {
      ++reading_.rows_in;
      add_edge(row);
    }
    const bool undirected = is_undirected();
    const std::size_t edges = arcs_.arcs.size();
    for (std::size_t k = 0; k < edges; ++k) {
      // Who does not obey one-way signs walks back along an edge that nothing leads back on.
      if (one_way_[k] != 0 ? !obeys_one_way_ : undirected) {
        add_opposite(k);
      }
    }
    PairedRoads paired = pair_arcs(arcs_);
    RoadNetworkParts& parts = reading_.value.parts;
    for (const NamedNode& node : nodes_) {
      parts.nodes.push_back(node.position);
    }
    parts.roads = std::move(paired.roads);
    parts.shape_first = std::move(paired.shape_first);
    parts.shape_points = std::move(paired.shape_points);
    reading_.value.counts = {{"closed_to_mode", closed_},
                             {"edges", static_cast<std::int64_t>(edges)},
                             {"arcs", static_cast<std::int64_t>(arcs_.arcs.size())},
                             {"two_way_roads", static_cast<std::int64_t>(paired.two_way)},
                             {"undirected", undirected ? 1 : 0}};
    return std::move(reading_);
  }

 private:
  [[nodiscard]] std::span<const Point> line_of(const std::size_t row) const {
    const LineSet& lines = lines_.table.lines;
    const bool one = lines.feature_first[row + 1] == lines.feature_first[row] + 1;
    return one ? lines.line(lines.feature_first[row]) : std::span<const Point>{};
  }
  void collect_nodes() {
    nodes_.assign(lines_.nodes.begin(), lines_.nodes.end());
    for (std::size_t row = 0; lines_.nodes.empty() && row < lines_.table.rows(); ++row) {
      if (const auto line = line_of(row); line.size() >= 2) {
        nodes_.push_back({std::string{attributes_.cell(row, "u")}, line.front()});
        nodes_.push_back({std::string{attributes_.cell(row, "v")}, line.back()});
      }
    }
    std::erase_if(nodes_, [](const NamedNode& node) { return node.key.empty(); });
    std::sort(nodes_.begin(), nodes_.end(), [](const NamedNode& a, const NamedNode& b) {
      return a.key != b.key ? key_before(a.key, b.key) : a.position < b.position;
    });
    nodes_.erase(std::unique(nodes_.begin(), nodes_.end(), [](const auto& a, const auto& b) { return a.key == b.key; }),
                 nodes_.end());
  }
  [[nodiscard]] std::optional<RoadNodeIndex> node_of(const std::string_view key) const {
    const auto found =
        std::lower_bound(nodes_.begin(), nodes_.end(), key,
                         [](const NamedNode& node, const std::string_view k) { return key_before(node.key, k); });
    return found == nodes_.end() || found->key != key
               ? std::nullopt
               : std::optional{RoadNodeIndex{static_cast<std::size_t>(found - nodes_.begin())}};
  }
  void add_edge(const std::size_t row) {
    const std::string_view u = attributes_.cell(row, "u");
    const std::string_view v = attributes_.cell(row, "v");
    const auto tail = node_of(u);
    const auto head = node_of(v);
    if (!tail || !head) {
      reject(reading_, lines_.table, row,
             {.reason = "unknown_node", .column = tail ? "v" : "u", .value = std::string{tail ? v : u}});
      return;
    }
    const auto line = line_of(row);
    if (line.size() < 2) {
      reject(reading_, lines_.table, row, {.reason = "no_line", .column = "geometry", .value = {}});
      return;
    }
    const RoadTraffic traffic = attributes_.read(row, reading_.repairs);
    if (traffic.is_closed()) {
      ++closed_;
      return;
    }
    const double metres = traffic.length_m.value_or(lines_.ground_m[lines_.table.lines.feature_first[row]]);
    arcs_.arcs.push_back({.tail = *tail,
                          .head = *head,
                          .time_ms = time_ms(traffic, metres, traffic.forward_kmh),
                          .length_cm = length_cm(metres),
                          .road_class = traffic.road_class,
                          .flags = traffic.flags,
                          .source_id = traffic.source_id});
    one_way_.push_back(traffic.one_way ? 1 : 0);
    add_shape(line, *tail, *head);
  }
  /// Undirected edges may be drawn from v to u.
  void add_shape(const std::span<const Point> line, const RoadNodeIndex tail, const RoadNodeIndex head) {
    const Point& start = nodes_[tail.value()].position;
    const Point& end = nodes_[head.value()].position;
    const bool turned = distance_m(line.front(), start) + distance_m(line.back(), end) >
                        distance_m(line.front(), end) + distance_m(line.back(), start);
    const auto inner = line.subspan(1, line.size() - 2);
    if (turned) {
      arcs_.shape_points.insert(arcs_.shape_points.end(), inner.rbegin(), inner.rend());
    } else {
      arcs_.shape_points.insert(arcs_.shape_points.end(), inner.begin(), inner.end());
    }
    arcs_.shape_first.push_back(arcs_.shape_points.size());
  }
  void add_opposite(const std::size_t k) {
    DirectedArc opposite = arcs_.arcs[k];
    std::swap(opposite.tail, opposite.head);
    arcs_.arcs.push_back(opposite);
    const auto shape = arcs_.shape(k);
    const std::vector<Point> turned{shape.rbegin(), shape.rend()};
    arcs_.shape_points.insert(arcs_.shape_points.end(), turned.begin(), turned.end());
    arcs_.shape_first.push_back(arcs_.shape_points.size());
  }
  /// Whether there are edges of two ways, and none has its opposite.
  [[nodiscard]] bool is_undirected() const {
    std::vector<std::tuple<RoadNodeIndex, RoadNodeIndex, bool>> two_way;
    for (std::size_t k = 0; k < arcs_.arcs.size(); ++k) {
      const DirectedArc& arc = arcs_.arcs[k];
      if (one_way_[k] == 0 && arc.tail != arc.head) {
        two_way.emplace_back(std::min(arc.tail, arc.head), std::max(arc.tail, arc.head), arc.tail < arc.head);
      }
    }
    std::sort(two_way.begin(), two_way.end());
    for (std::size_t k = 1; k < two_way.size(); ++k) {
      const auto& [low, high, up] = two_way[k];
      const auto& [low_before, high_before, up_before] = two_way[k - 1];
      if (low == low_before && high == high_before && up != up_before) {
        return false;
      }
    }
    return !two_way.empty();
  }

  const PlacedLines& lines_;
  const RoadAttributes& attributes_;
  bool obeys_one_way_;
  std::vector<NamedNode> nodes_;  ///< by key
  DirectedArcs arcs_;
  std::vector<char> one_way_;  ///< per edge
  Reading<ImportedRoads> reading_;
  std::int64_t closed_ = 0;
};

}  // namespace

Reading<ImportedRoads> roads_of_edges(const PlacedLines& lines, const RoadAttributes& attributes,
                                      const TravelProfile& profile) {
  return EdgeRoads{lines, attributes, profile}.run();
}

}  // namespace maillage::detail
