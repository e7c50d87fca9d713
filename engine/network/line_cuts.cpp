#include "engine/network/line_cuts.hpp"

#include <algorithm>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/strategies.hpp>  // boost 1.83 needs to be given them
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "engine/geometry/predicates.hpp"

namespace maillage::detail {

namespace {

namespace bg = boost::geometry;
using TreePoint = bg::model::d2::point_xy<double>;
using TreeBox = bg::model::box<TreePoint>;

struct Segment {
  std::uint32_t line;
  std::uint32_t number;  ///< within the line
  Point a;
  Point b;
  bool starts_line;
  bool ends_line;
};

using TreeEntry = std::pair<TreeBox, std::uint32_t>;
using Tree = bg::index::rtree<TreeEntry, bg::index::rstar<16>>;

TreeBox box_around(const Segment& segment, const double margin) {
  const auto [min_x, max_x] = std::minmax(segment.a.x, segment.b.x);
  const auto [min_y, max_y] = std::minmax(segment.a.y, segment.b.y);
  return {{min_x - margin, min_y - margin}, {max_x + margin, max_y + margin}};
}

/// The crossing of two segments that cross properly. Both are taken from their smaller end and in order, so that it is the
/// same point whichever comes first.
Point crossing(Segment s, Segment t) {
  for (Segment* segment : {&s, &t}) {
    if (segment->b < segment->a) {
      std::swap(segment->a, segment->b);
    }
  }
  if (std::pair{t.a, t.b} < std::pair{s.a, s.b}) {
    std::swap(s, t);
  }
  const double dx = s.b.x - s.a.x;
  const double dy = s.b.y - s.a.y;
  const double ex = t.b.x - t.a.x;
  const double ey = t.b.y - t.a.y;
  const double share = ((t.a.x - s.a.x) * ey - (t.a.y - s.a.y) * ex) / (dx * ey - dy * ex);
  return {s.a.x + share * dx, s.a.y + share * dy};
}

class CutFinder {
 public:
  CutFinder(const LineSet& lines, const double tolerance_m) : tolerance_m_(tolerance_m) {
    for (std::uint32_t line = 0; line < lines.lines(); ++line) {
      const auto vertices = lines.line(line);
      for (std::uint32_t k = 0; k + 1 < vertices.size(); ++k) {
        segments_.push_back({line, k, vertices[k], vertices[k + 1], k == 0, k + 2 == vertices.size()});
      }
    }
  }

  [[nodiscard]] std::vector<LineCut> find() {
    std::vector<TreeEntry> entries;
    entries.reserve(segments_.size());
    for (std::uint32_t k = 0; k < segments_.size(); ++k) {
      entries.emplace_back(box_around(segments_[k], tolerance_m_), k);
    }
    const Tree tree{entries};
    std::vector<TreeEntry> near;
    for (std::uint32_t k = 0; k < segments_.size(); ++k) {
      near.clear();
      tree.query(bg::index::intersects(entries[k].first), std::back_inserter(near));
      for (const TreeEntry& entry : near) {
        if (entry.second > k) {
          meet(segments_[k], segments_[entry.second]);
        }
      }
    }
    std::sort(cuts_.begin(), cuts_.end());
    cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
    return std::move(cuts_);
  }

 private:
  void cut(const Segment& segment, const Point& position) {
    // The ends of a segment are vertices already; those of a line are nodes.
    if (position == segment.a || position == segment.b) {
      cut_at_vertex(segment, position);
      return;
    }
    const double length = distance_m(segment.a, segment.b);
    cuts_.push_back({segment.line, segment.number, std::min(distance_m(segment.a, position), length), position});
  }
  void cut_at_vertex(const Segment& segment, const Point& position) {
    if (position == segment.a && !segment.starts_line) {
      cuts_.push_back({segment.line, segment.number, 0, position});
    } else if (position == segment.b && !segment.ends_line) {
      cuts_.push_back({segment.line, segment.number + 1, 0, position});
    }
  }
  void meet(const Segment& s, const Segment& t) {
    const bool neighbours = s.line == t.line && t.number == s.number + 1;
    const int t_a = orientation(s.a, s.b, t.a);
    const int t_b = orientation(s.a, s.b, t.b);
    const int s_a = orientation(t.a, t.b, s.a);
    const int s_b = orientation(t.a, t.b, s.b);
    if (t_a * t_b < 0 && s_a * s_b < 0) {
      const Point position = crossing(s, t);
      cut(s, position);
      cut(t, position);
      return;
    }
    if (!neighbours) {
      touch(s, t);
      touch(t, s);
    }
  }
  /// Cuts `t` where a vertex of `s` lies on it, or an end of the line of `s` lies beside it.
  void touch(const Segment& s, const Segment& t) {
    for (const bool at_start : {true, false}) {
      const Point& vertex = at_start ? s.a : s.b;
      const bool is_end = at_start ? s.starts_line : s.ends_line;
      if (on_segment(t.a, t.b, vertex)) {
        cut(t, vertex);
        cut_at_vertex(s, vertex);
      } else if (is_end && distance_to_segment(vertex, t.a, t.b) <= tolerance_m_ && distance_m(vertex, t.a) > tolerance_m_ &&
                 distance_m(vertex, t.b) > tolerance_m_) {
        cut(t, vertex);
      }
    }
  }

  double tolerance_m_;
  std::vector<Segment> segments_;
  std::vector<LineCut> cuts_;
};

}  // namespace

std::vector<LineCut> find_line_cuts(const LineSet& lines, const double tolerance_m) {
  return CutFinder(lines, tolerance_m).find();
}

}  // namespace maillage::detail
