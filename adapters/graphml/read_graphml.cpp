#include "adapters/graphml/read_graphml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "adapters/graphml/graphml_parser.hpp"
#include "adapters/proj/crs.hpp"
#include "adapters/proj/road_plane.hpp"

namespace maillage {
namespace {

std::optional<double> parse_coordinate(std::string_view& text) {
  const std::size_t start = text.find_first_not_of(" \t\n\r");
  if (start == std::string_view::npos) {
    return std::nullopt;
  }
  text.remove_prefix(start);
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || !std::isfinite(value)) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  return value;
}

/// "LINESTRING (2.1 48.9, 2.2 48.8)", two vertices or more.
std::optional<std::vector<Point>> parse_line(std::string_view wkt) {
  constexpr std::string_view kName = "LINESTRING";
  if (!wkt.starts_with(kName)) {
    return std::nullopt;
  }
  wkt.remove_prefix(kName.size());
  const std::size_t open = wkt.find_first_not_of(' ');
  if (open == std::string_view::npos || wkt[open] != '(' || !wkt.ends_with(')')) {
    return std::nullopt;
  }
  wkt = wkt.substr(open + 1, wkt.size() - open - 2);
  std::vector<Point> line;
  while (true) {
    const auto x = parse_coordinate(wkt);
    const auto y = x ? parse_coordinate(wkt) : std::nullopt;
    if (!y) {
      return std::nullopt;
    }
    line.push_back({*x, *y});
    if (wkt.empty()) {
      break;
    }
    if (wkt.front() != ',') {
      return std::nullopt;
    }
    wkt.remove_prefix(1);
  }
  return line.size() >= 2 ? std::optional{std::move(line)} : std::nullopt;
}

/// Makes tables of what the parser tells.
class GraphCollector {
 public:
  explicit GraphCollector(const std::filesystem::path& file) : source_(file.filename().string()) {}

  void operator()(const graphml::Node& node) {
    std::string_view x = node.values.find("x");
    std::string_view y = node.values.find("y");
    const auto easting = parse_coordinate(x);
    const auto northing = parse_coordinate(y);
    if (easting && northing && x.empty() && y.empty()) {
      nodes_.push_back({std::string{node.key}, {*easting, *northing}});
    }
  }
  void operator()(const graphml::Edge& edge) {
    edges_.push_back({edge.line, edge.source, edge.target, edge.key, edge.values});
  }

  [[nodiscard]] Reading<GraphMlGraph> finish(const std::vector<std::string>& columns) {
    Reading<GraphMlGraph> reading;
    FeatureTable& table = reading.value.edges;
    table.source = source_;
    table.format = "GraphML";
    table.encoding = "UTF-8";
    table.geometry = FeatureTable::Geometry::lines;
    table.columns = {"u", "v", "key"};
    for (const std::string& column : columns) {
      if (column != "geometry" && column != "u" && column != "v" && column != "key") {
        table.columns.push_back(column);
      }
    }
    table.cells = TextCells{table.columns.size()};
    reading.value.nodes = nodes_;
    std::sort(nodes_.begin(), nodes_.end(), [](const NamedNode& a, const NamedNode& b) { return a.key < b.key; });
    for (const Edge& edge : edges_) {
      ++reading.rows_in;
      add(edge, reading);
    }
    return reading;
  }

 private:
  struct Edge {
    std::int64_t line;
    std::string source;
    std::string target;
    std::string key;
    graphml::Values values;
  };

  [[nodiscard]] const Point* find(const std::string& key) const {
    const auto found = std::lower_bound(nodes_.begin(), nodes_.end(), key,
                                        [](const NamedNode& node, const std::string& k) { return node.key < k; });
    return found == nodes_.end() || found->key != key ? nullptr : &found->position;
  }
  void add(const Edge& edge, Reading<GraphMlGraph>& reading) const {
    const Point* from = find(edge.source);
    const Point* to = find(edge.target);
    const std::string_view wkt = edge.values.find("geometry");
    const auto line = !wkt.empty() ? parse_line(wkt)
                      : from && to ? std::optional{std::vector<Point>{*from, *to}}
                                   : std::nullopt;
    if (from == nullptr || to == nullptr || !line) {
      const bool unknown = from == nullptr || to == nullptr;
      reading.rejections.push_back(
          {.source = source_,
           .row = edge.line,
           .key = fmt::format("{} -> {}", edge.source, edge.target),
           .column = !unknown          ? "geometry"
                     : from == nullptr ? "source"
                                       : "target",
           .value = unknown ? (from == nullptr ? edge.source : edge.target) : std::string{wkt.substr(0, 80)},
           .reason = unknown ? "unknown_node" : "bad_geometry",
           .detail = {}});
      return;
    }
    FeatureTable& table = reading.value.edges;
    table.row_numbers.push_back(edge.line);
    table.lines.vertices.insert(table.lines.vertices.end(), line->begin(), line->end());
    table.lines.end_line();
    table.lines.end_feature();
    table.cells.add(edge.source);
    table.cells.add(edge.target);
    table.cells.add(edge.key);
    for (std::size_t column = 3; column < table.columns.size(); ++column) {
      table.cells.add(edge.values.find(table.columns[column]));
    }
  }

  std::string source_;
  std::vector<NamedNode> nodes_;
  std::vector<Edge> edges_;
};

}  // namespace

Reading<GraphMlGraph> read_graphml(const std::filesystem::path& file, const GraphMlOptions& options) {
  GraphCollector collector{file};
  const graphml::Summary summary = graphml::parse(file, {.on_node = [&](const graphml::Node& node) { collector(node); },
                                                         .on_edge = [&](const graphml::Edge& edge) { collector(edge); }});
  Reading<GraphMlGraph> reading = collector.finish(summary.edge_columns);
  const std::string crs = options.crs.empty() ? std::string{summary.values.find("crs")} : options.crs;
  if (crs.empty()) {
    throw InputError(Text{
        .french =
            fmt::format("{} : le graphe ne dit pas son système de coordonnées ; indiquez par exemple crs = \"EPSG:4326\"",
                        file.string()),
        .english = fmt::format("{}: the graph does not tell its coordinate system; give for example crs = \"EPSG:4326\"",
                               file.string())});
  }
  reading.value.edges.crs = describe_crs(crs);
  return reading;
}

Reading<ImportedRoads> read_graphml_roads(const std::filesystem::path& file, const TravelProfile& profile,
                                          const GraphMlOptions& options) {
  Reading<GraphMlGraph> graph = read_graphml(file, options);
  std::vector<Point> positions;
  for (const NamedNode& node : graph.value.nodes) {
    positions.push_back(node.position);
  }
  FeatureTable& edges = graph.value.edges;
  if (edges.rows() == 0) {
    throw InputError(Text{.french = fmt::format("{} : aucune arête utilisable", file.string()),
                          .english = fmt::format("{}: no usable edge", file.string())});
  }
  const LinePlacement placement = place_lines(edges.lines, positions, edges.crs, options.plane);
  for (std::size_t k = 0; k < positions.size(); ++k) {
    graph.value.nodes[k].position = positions[k];
  }
  Reading<ImportedRoads> reading =
      roads_of_lines({.table = edges, .ground_m = placement.ground_m, .nodes = graph.value.nodes}, profile, options.roads);
  reading.value.parts.crs = placement.crs;
  reading.rows_in = graph.rows_in;
  reading.rejections.insert(reading.rejections.begin(), graph.rejections.begin(), graph.rejections.end());
  return reading;
}

}  // namespace maillage
