#include "engine/network/line_roads.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/network/line_roads_detail.hpp"

namespace maillage {
namespace detail {

std::uint32_t length_cm(const double metres) {
  return static_cast<std::uint32_t>(std::llround(std::min(metres * 100, static_cast<double>(kLongestArc))));
}

std::uint32_t time_ms(const RoadTraffic& traffic, const double metres, const double speed_kmh) {
  return speed_kmh > 0 ? travel_time_ms(metres * traffic.time_factor, speed_kmh) : kClosed;
}

void reject(Reading<ImportedRoads>& reading, const FeatureTable& table, const std::size_t row, const RowFault& fault) {
  reading.rejections.push_back({.source = table.source,
                                .row = table.row_numbers[row],
                                .key = {},
                                .column = fault.column,
                                .value = fault.value,
                                .reason = fault.reason,
                                .detail = {}});
}

namespace {

/// Roads with their shapes, in an order of their own.
void sort_roads(RoadNetworkParts& parts) {
  std::vector<std::uint32_t> order(parts.roads.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto shape = [&](const std::uint32_t k) {
    return std::span{parts.shape_points}.subspan(parts.shape_first[k], parts.shape_first[k + 1] - parts.shape_first[k]);
  };
  const auto key = [&](const std::uint32_t k) {
    const Road& road = parts.roads[k];
    return std::tuple{road.from,        road.to,         road.length_cm, road.forward_ms,
                      road.backward_ms, road.road_class, road.flags,     road.source_id};
  };
  std::sort(order.begin(), order.end(), [&](const std::uint32_t a, const std::uint32_t b) {
    const auto key_a = key(a);
    const auto key_b = key(b);
    if (key_a != key_b) {
      return key_a < key_b;
    }
    const auto shape_a = shape(a);
    const auto shape_b = shape(b);
    return std::lexicographical_compare(shape_a.begin(), shape_a.end(), shape_b.begin(), shape_b.end());
  });
  RoadNetworkParts sorted;
  for (const std::uint32_t k : order) {
    sorted.roads.push_back(parts.roads[k]);
    const auto points = shape(k);
    sorted.shape_points.insert(sorted.shape_points.end(), points.begin(), points.end());
    sorted.shape_first.push_back(sorted.shape_points.size());
  }
  parts.roads = std::move(sorted.roads);
  parts.shape_points = std::move(sorted.shape_points);
  parts.shape_first = std::move(sorted.shape_first);
}

/// Lines that meet where they lie.
class GeometricRoads {
 public:
  GeometricRoads(const PlacedLines& lines, const RoadAttributes& attributes, const NodingOptions& noding)
      : lines_(lines), attributes_(attributes), noding_(noding) {}

  [[nodiscard]] Reading<ImportedRoads> run() {
    const LineSet used = choose_lines();
    const NodedLines noded = node_lines(used, noding_);
    RoadNetworkParts& parts = reading_.value.parts;
    for (std::size_t k = 0; k < noded.pieces.size(); ++k) {
      const NodedLines::Piece& piece = noded.pieces[k];
      const RoadTraffic& traffic = traffic_[piece.line];
      const double metres = traffic.length_m.value_or(ground_m_[piece.line]) * piece.share;
      parts.roads.push_back({.from = RoadNodeIndex{std::size_t{piece.from}},
                             .to = RoadNodeIndex{std::size_t{piece.to}},
                             .forward_ms = time_ms(traffic, metres, traffic.forward_kmh),
                             .backward_ms = time_ms(traffic, metres, traffic.backward_kmh),
                             .length_cm = length_cm(metres),
                             .road_class = traffic.road_class,
                             .flags = traffic.flags,
                             .source_id = traffic.source_id});
    }
    parts.nodes = noded.nodes;
    parts.shape_first = noded.shape_first;
    parts.shape_points = noded.shape_points;
    sort_roads(parts);
    reading_.value.counts = {{"closed_to_mode", closed_},
                             {"lines", static_cast<std::int64_t>(used.lines())},
                             {"merged_ends", static_cast<std::int64_t>(noded.merged_ends)},
                             {"cuts", static_cast<std::int64_t>(noded.cuts)},
                             {"collapsed_pieces", static_cast<std::int64_t>(noded.collapsed)}};
    return std::move(reading_);
  }

 private:
  LineSet choose_lines() {
    LineSet used;
    const LineSet& all = lines_.table.lines;
    for (std::size_t row = 0; row < lines_.table.rows(); ++row) {
      ++reading_.rows_in;
      double metres = 0;
      for (std::uint32_t line = all.feature_first[row]; line < all.feature_first[row + 1]; ++line) {
        metres += lines_.ground_m[line];
      }
      if (all.feature_first[row] == all.feature_first[row + 1] || !(metres > 0)) {
        const bool none = all.feature_first[row] == all.feature_first[row + 1];
        reject(reading_, lines_.table, row, {.reason = none ? "no_line" : "no_length", .column = "geometry", .value = {}});
        continue;
      }
      const RoadTraffic traffic = attributes_.read(row, reading_.repairs);
      if (traffic.is_closed()) {
        ++closed_;
        continue;
      }
      for (std::uint32_t line = all.feature_first[row]; line < all.feature_first[row + 1]; ++line) {
        const auto vertices = all.line(line);
        used.vertices.insert(used.vertices.end(), vertices.begin(), vertices.end());
        used.end_line();
        traffic_.push_back(traffic);
        ground_m_.push_back(lines_.ground_m[line]);
      }
      used.end_feature();
    }
    return used;
  }

  const PlacedLines& lines_;
  const RoadAttributes& attributes_;
  const NodingOptions& noding_;
  Reading<ImportedRoads> reading_;
  std::vector<RoadTraffic> traffic_;  ///< per line used
  std::vector<double> ground_m_;
  std::int64_t closed_ = 0;
};

}  // namespace
}  // namespace detail

Reading<ImportedRoads> roads_of_lines(const PlacedLines& lines, const TravelProfile& profile,
                                      const LineRoadOptions& options) {
  const FeatureTable& table = lines.table;
  if (table.geometry != FeatureTable::Geometry::lines || table.lines.features() != table.rows() ||
      lines.ground_m.size() != table.lines.lines()) {
    throw ArgumentError("roads_of_lines: not a table of lines, or not as many lengths as lines");
  }
  const RoadAttributes attributes{table, profile, options.columns};
  Reading<ImportedRoads> reading = attributes.kind() == RoadLayerKind::osmnx
                                       ? detail::roads_of_edges(lines, attributes, profile)
                                       : detail::GeometricRoads{lines, attributes, options.noding}.run();
  reading.value.parts.mode = profile.name;
  reading.value.counts["nodes"] = static_cast<std::int64_t>(reading.value.parts.nodes.size());
  reading.value.counts["roads"] = static_cast<std::int64_t>(reading.value.parts.roads.size());
  return reading;
}

}  // namespace maillage
