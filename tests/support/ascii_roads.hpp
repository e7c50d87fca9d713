#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/network/road_network.hpp"

namespace maillage::testing {

/// Roads drawn with characters, 10 m apart both ways, y downwards negative. Capitals are nodes, `-` and `|` roads open both
/// ways, `>` `<` `v` `^` one-way roads, `x` closed ones, `~` ferries; small letters and digits are places. Roads are
/// numbered in reading order of their first end, eastward before southward; nodes by their letters' order. A metre takes
/// 100 ms.
struct AsciiRoads {
  RoadNetwork network;
  std::map<char, Point> places;
  std::map<char, RoadNodeIndex> nodes;
};

class AsciiRoadReader {
 public:
  explicit AsciiRoadReader(std::vector<std::string> rows) : rows_(std::move(rows)) {}

  AsciiRoads read() {
    for_cells([&](const std::size_t row, const std::size_t column, const char c) {
      if (c >= 'A' && c <= 'Z') {
        roads_.nodes[c] = RoadNodeIndex::none();
      } else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z' && c != 'v' && c != 'x')) {
        roads_.places[c] = at(row, column);
      }
      if (c >= 'A' && c <= 'Z') {
        roads_.places[c] = at(row, column);
      }
    });
    for (auto& [letter, node] : roads_.nodes) {
      node = RoadNodeIndex{parts_.nodes.size()};
      parts_.nodes.push_back(roads_.places[letter]);
    }
    for_cells([&](const std::size_t row, const std::size_t column, const char c) {
      if (c >= 'A' && c <= 'Z') {
        follow(row, column, 0, 1, "-><x~");
        follow(row, column, 1, 0, "|v^x");
      }
    });
    parts_.crs = "EPSG:2154";
    parts_.mode = "car";
    roads_.network = make_road_network(std::move(parts_));
    return std::move(roads_);
  }

 private:
  template <typename Visit>
  void for_cells(const Visit& visit) const {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (std::size_t column = 0; column < rows_[row].size(); ++column) {
        visit(row, column, rows_[row][column]);
      }
    }
  }
  [[nodiscard]] char cell(const std::size_t row, const std::size_t column) const {
    return row < rows_.size() && column < rows_[row].size() ? rows_[row][column] : ' ';
  }
  [[nodiscard]] static Point at(const std::size_t row, const std::size_t column) {
    return {static_cast<double>(column) * 10, static_cast<double>(row) * -10};
  }
  void follow(const std::size_t row, const std::size_t column, const std::size_t down, const std::size_t right,
              const std::string& strokes) {
    std::string seen;
    std::size_t steps = 1;
    while (strokes.find(cell(row + steps * down, column + steps * right)) != std::string::npos) {
      seen += cell(row + steps * down, column + steps * right);
      ++steps;
    }
    const char end = cell(row + steps * down, column + steps * right);
    if (seen.empty() || end < 'A' || end > 'Z') {
      return;
    }
    const auto has = [&](const char c) { return seen.find(c) != std::string::npos; };
    const auto time_ms = static_cast<std::uint32_t>(steps * 1'000);
    Road road{.from = roads_.nodes[rows_[row][column]],
              .to = roads_.nodes[end],
              .length_cm = static_cast<std::uint32_t>(steps * 1'000),
              .road_class = has('~') ? RoadClass::ferry : RoadClass::residential};
    road.forward_ms = has('x') || has('<') || has('^') ? kClosed : time_ms;
    road.backward_ms = has('x') || has('>') || has('v') ? kClosed : time_ms;
    parts_.roads.push_back(road);
    parts_.shape_first.push_back(parts_.shape_points.size());
  }

  std::vector<std::string> rows_;
  RoadNetworkParts parts_;
  AsciiRoads roads_;
};

inline AsciiRoads ascii_roads(const std::vector<std::string>& rows) {
  return AsciiRoadReader{rows}.read();
}

}  // namespace maillage::testing
