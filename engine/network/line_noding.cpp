#include "engine/network/line_noding.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/core/disjoint_sets.hpp"
#include "engine/core/error.hpp"
#include "engine/network/line_cuts.hpp"

namespace maillage {

namespace {

using detail::LineCut;

/// Nodes in a chain within the tolerance, made one.
class NodeMerger {
 public:
  NodeMerger(std::vector<Point> positions, const double tolerance_m) : positions_(std::move(positions)) {
    std::sort(positions_.begin(), positions_.end());
    positions_.erase(std::unique(positions_.begin(), positions_.end()), positions_.end());
    sets_ = DisjointSets(positions_.size());
    std::uint32_t first_near = 0;
    for (std::uint32_t k = 0; k < positions_.size(); ++k) {
      while (positions_[k].x - positions_[first_near].x > tolerance_m) {
        ++first_near;
      }
      for (std::uint32_t near = first_near; near < k; ++near) {
        if (distance_m(positions_[near], positions_[k]) <= tolerance_m) {
          sets_.unite(near, k);
        }
      }
    }
    node_.resize(positions_.size());
    for (std::uint32_t k = 0; k < positions_.size(); ++k) {
      if (sets_.lowest(k) == k) {
        node_[k] = static_cast<std::uint32_t>(nodes_.size());
        nodes_.push_back(positions_[k]);
      }
    }
  }
  [[nodiscard]] std::uint32_t node_at(const Point& position) {
    const auto found = std::lower_bound(positions_.begin(), positions_.end(), position);
    return node_[sets_.lowest(static_cast<std::uint32_t>(found - positions_.begin()))];
  }
  [[nodiscard]] std::vector<Point>& nodes() { return nodes_; }

 private:
  std::vector<Point> positions_;
  DisjointSets sets_{0};
  std::vector<std::uint32_t> node_;
  std::vector<Point> nodes_;
};

std::vector<Point> ends_of(const LineSet& lines) {
  std::vector<Point> ends;
  for (std::size_t line = 0; line < lines.lines(); ++line) {
    if (const auto vertices = lines.line(line); vertices.size() >= 2) {
      ends.push_back(vertices.front());
      ends.push_back(vertices.back());
    }
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

/// Vertices inside lines where some line ends.
std::vector<LineCut> cuts_at_ends(const LineSet& lines, const std::vector<Point>& ends) {
  std::vector<LineCut> cuts;
  for (std::uint32_t line = 0; line < lines.lines(); ++line) {
    const auto vertices = lines.line(line);
    for (std::uint32_t k = 1; k + 1 < vertices.size(); ++k) {
      if (std::binary_search(ends.begin(), ends.end(), vertices[k])) {
        cuts.push_back({line, k, 0, vertices[k]});
      }
    }
  }
  return cuts;
}

class Noding {
 public:
  Noding(const LineSet& lines, const NodingOptions& options) : lines_(lines), options_(options), merger_(gather()) {}

  [[nodiscard]] NodedLines run() {
    auto cut = cuts_.begin();
    for (std::uint32_t line = 0; line < lines_.lines(); ++line) {
      auto end = cut;
      while (end != cuts_.end() && end->line == line) {
        ++end;
      }
      add_line(line, {cut, end});
      cut = end;
    }
    noded_.nodes = std::move(merger_.nodes());
    return std::move(noded_);
  }

 private:
  NodeMerger gather() {
    std::vector<Point> positions = ends_of(lines_);
    cuts_ = cuts_at_ends(lines_, positions);
    if (options_.crossings) {
      const std::vector<LineCut> found = detail::find_line_cuts(lines_, options_.tolerance_m);
      cuts_.insert(cuts_.end(), found.begin(), found.end());
      std::sort(cuts_.begin(), cuts_.end());
      cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
    }
    noded_.cuts = cuts_.size();
    for (const LineCut& cut : cuts_) {
      positions.push_back(cut.position);
    }
    return NodeMerger{std::move(positions), options_.tolerance_m};
  }
  void add_line(const std::uint32_t line, const std::span<const LineCut> cuts) {
    const auto vertices = lines_.line(line);
    double length = 0;
    for (std::size_t k = 1; k < vertices.size(); ++k) {
      length += distance_m(vertices[k - 1], vertices[k]);
    }
    if (vertices.size() < 2 || length == 0) {
      ++noded_.collapsed;
      return;
    }
    start_piece(line, vertices.front());
    auto cut = cuts.begin();
    for (std::uint32_t k = 0; k + 1 < vertices.size(); ++k) {
      if (k > 0 && !(cut != cuts.end() && cut->segment == k && cut->along == 0)) {
        pass(vertices[k]);
      }
      for (; cut != cuts.end() && cut->segment == k; ++cut) {
        end_piece(cut->position, length);
        start_piece(line, cut->position);
      }
    }
    end_piece(vertices.back(), length);
  }
  void start_piece(const std::uint32_t line, const Point& position) {
    piece_ = {.line = line, .from = merger_.node_at(position)};
    last_ = position;
    piece_m_ = 0;
  }
  void pass(const Point& vertex) {
    piece_m_ += distance_m(last_, vertex);
    last_ = vertex;
    noded_.shape_points.push_back(vertex);
  }
  void end_piece(const Point& position, const double line_m) {
    piece_m_ += distance_m(last_, position);
    piece_.to = merger_.node_at(position);
    if (piece_.from == piece_.to && piece_m_ <= options_.tolerance_m) {
      noded_.shape_points.resize(noded_.shape_first.back());
      ++noded_.collapsed;
      return;
    }
    noded_.merged_ends += merger_.nodes()[piece_.to] == position ? 0U : 1U;
    piece_.share = piece_m_ / line_m;
    noded_.pieces.push_back(piece_);
    noded_.shape_first.push_back(noded_.shape_points.size());
  }

  const LineSet& lines_;
  NodingOptions options_;
  NodedLines noded_;
  std::vector<LineCut> cuts_;
  NodeMerger merger_;
  NodedLines::Piece piece_;
  Point last_;
  double piece_m_ = 0;
};

}  // namespace

NodedLines node_lines(const LineSet& lines, const NodingOptions& options) {
  if (!(options.tolerance_m >= 0)) {
    throw ArgumentError("node_lines: the tolerance must not be negative");
  }
  for (const Point& vertex : lines.vertices) {
    if (!std::isfinite(vertex.x) || !std::isfinite(vertex.y)) {
      throw ArgumentError("node_lines: a vertex that is not finite");
    }
  }
  return Noding(lines, options).run();
}

}  // namespace maillage
