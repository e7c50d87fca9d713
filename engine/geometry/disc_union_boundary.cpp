#include "engine/geometry/disc_union_boundary.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <optional>

#include "engine/core/compensated_sum.hpp"
#include "engine/geometry/disc_union_sides.hpp"

namespace maillage {

namespace {

/// Where the area's border enters or leaves the union, on the circle of the disc that it enters or leaves.
struct Crossing {
  std::uint32_t disc = 0;
  bool leaves = false;  ///< the border comes out of the disc: a clockwise arc of the gap's border ends here
  Direction at;
  Point point;
};

/// Stretch of an edge within a disc, as parts of its length.
struct Stretch {
  double from = 0;
  double to = 0;
  std::uint32_t disc = 0;
  bool enters = false;  ///< `from` is a crossing, not the edge's start
  bool leaves = false;  ///< `to` is a crossing, not the edge's end
};

bool holds(const Disc& disc, const Point& point) {
  const double dx = point.x - disc.centre.x;
  const double dy = point.y - disc.centre.y;
  return dx * dx + dy * dy < disc.radius_m * disc.radius_m;
}

/// The part of a -> b within a disc. Whether the ends are inside is decided by `holds` alone, so that the two edges that
/// meet in a vertex always agree about it; what the square root then says is bent to that.
std::optional<Stretch> stretch_within(const Disc& disc, const std::uint32_t number, const Point& a, const Point& b) {
  const bool starts_in = holds(disc, a);
  const bool ends_in = holds(disc, b);
  if (starts_in && ends_in) {
    return Stretch{0, 1, number, false, false};
  }
  const double ex = b.x - a.x;
  const double ey = b.y - a.y;
  const double cx = disc.centre.x - a.x;
  const double cy = disc.centre.y - a.y;
  const double squared_length = ex * ex + ey * ey;
  if (!(squared_length > 0)) {
    return std::nullopt;
  }
  const double foot = (cx * ex + cy * ey) / squared_length;
  const double across = ex * cy - ey * cx;
  const double squared_half = disc.radius_m * disc.radius_m - across * across / squared_length;
  if (!starts_in && !ends_in && (squared_half <= 0 || foot <= 0 || foot >= 1)) {
    return std::nullopt;
  }
  const double half = std::sqrt(std::max(squared_half, 0.0) / squared_length);
  Stretch stretch{0, 1, number, !starts_in, !ends_in};
  if (!starts_in) {
    stretch.from = std::clamp(foot - half, 0.0, 1.0);
  }
  if (!ends_in) {
    stretch.to = std::clamp(foot + half, 0.0, 1.0);
  }
  return stretch;
}

/// Walks the area's border and keeps what lies outside every disc.
class BorderWalk {
 public:
  BorderWalk(const DiscUnion& discs, const std::vector<Point>& break_at, GapBoundary& boundary, std::vector<Crossing>& crossings,
             GapBoundaryQuery& query)
      : discs_(discs), break_at_(break_at), boundary_(boundary), crossings_(crossings), query_(query) {}

  void walk(const std::span<const Point> ring) {
    if (ring.size() < 4) {
      return;
    }
    const std::size_t first_piece = boundary_.pieces.size();
    ended_ = false;
    buried_in_ = GapPiece::kNoDisc;
    Box start;
    start.extend(ring.front());
    discs_.find(start, query_.found);
    open_ = std::none_of(query_.found.begin(), query_.found.end(),
                         [&](const std::uint32_t disc) { return holds(discs_.discs()[disc], ring.front()); });
    if (open_) {
      begin_chain(ring.front());
    }
    // Edges are taken in runs that stay within a small box, so that the discs near them are looked up once a run.
    for (std::size_t begin = 0; begin + 1 < ring.size();) {
      Box box;
      box.extend(ring[begin]);
      std::size_t end = begin + 1;
      box.extend(ring[end]);
      const double most = discs_.largest_radius_m() / 4;
      while (end + 1 < ring.size() && end - begin < 64) {
        Box wider = box;
        wider.extend(ring[end + 1]);
        if (wider.max_x - wider.min_x > most || wider.max_y - wider.min_y > most) {
          break;
        }
        box = wider;
        ++end;
      }
      find_discs(box);
      for (; begin < end; ++begin) {
        walk_edge(ring[begin], ring[begin + 1]);
      }
    }
    close_ring(first_piece);
  }

 private:
  void find_discs(const Box& box) {
    // A very long edge's box may hold very many discs; they are sieved edge by edge all the same.
    discs_.find(box, query_.found);
    for (const std::uint32_t disc : query_.found) {
      query_.last_seen[disc] = query_.call;
    }
  }

  void begin_chain(const Point& point) {
    chain_first_ = boundary_.chains.size();
    boundary_.chains.push_back(point);
    open_ = true;
  }
  void extend_chain(const Point& point) {
    if (boundary_.chains.back() != point) {
      boundary_.chains.push_back(point);
    }
  }
  void end_chain() {
    GapPiece piece;
    piece.chain_first = static_cast<std::uint32_t>(chain_first_);
    piece.chain_last = static_cast<std::uint32_t>(boundary_.chains.size());
    piece.first = boundary_.chains[chain_first_];
    piece.last = boundary_.chains.back();
    boundary_.pieces.push_back(piece);
    open_ = false;
    ended_ = true;
  }

  Crossing crossing(const std::uint32_t disc, const bool leaves, const Point& point) const {
    const Disc& d = discs_.discs()[disc];
    const double dx = point.x - d.centre.x;
    const double dy = point.y - d.centre.y;
    const double length = std::hypot(dx, dy);
    return {disc, leaves, direction(dx / length, dy / length), point};
  }

  void walk_edge(const Point& a, const Point& b) {
    if (query_.found.empty()) {
      extend_chain(b);
      break_chain(b);
      return;
    }
    const auto all = discs_.discs();
    if (buried_in_ != GapPiece::kNoDisc && !open_ && holds(all[buried_in_], a) && holds(all[buried_in_], b)) {
      return;
    }
    stretches_.clear();
    for (const std::uint32_t disc : query_.found) {
      if (const auto stretch = stretch_within(all[disc], disc, a, b)) {
        if (stretch->from == 0 && stretch->to == 1 && !stretch->enters && !stretch->leaves) {
          buried_in_ = disc;
          if (open_) {
            // Nothing entered this edge's disc before its start: the vertex itself was on a border. Enter here.
            enter(disc, a);
          }
          return;
        }
        stretches_.push_back(*stretch);
      }
    }
    // Those that hold the start first: entering by a crossing at the very start would be a false border.
    std::sort(stretches_.begin(), stretches_.end(), [](const Stretch& s, const Stretch& t) {
      return s.from != t.from ? s.from < t.from : s.enters != t.enters ? !s.enters : s.disc < t.disc;
    });
    sweep_edge(a, b);
  }

  void enter(const std::uint32_t disc, const Point& point) {
    extend_chain(point);
    crossings_.push_back(crossing(disc, false, point));
    end_chain();
  }

  void sweep_edge(const Point& a, const Point& b) {
    const auto at = [&](const double t) {
      return t <= 0 ? a : t >= 1 ? b : Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    };
    const Stretch* reaching = nullptr;  // the stretch that ends last so far
    for (const Stretch& stretch : stretches_) {
      if (reaching != nullptr && stretch.from <= reaching->to) {
        // Covered on: no border between the two.
      } else {
        if (reaching != nullptr) {
          leave(*reaching, at(reaching->to));
        }
        if (open_) {
          enter(stretch.disc, at(stretch.from));
        }
      }
      if (reaching == nullptr || stretch.to > reaching->to || (stretch.to == reaching->to && !stretch.leaves)) {
        reaching = &stretch;
      }
    }
    if (reaching != nullptr && reaching->leaves) {
      leave(*reaching, at(reaching->to));
    }
    if (open_) {
      extend_chain(b);
      break_chain(b);
    }
  }

  void leave(const Stretch& stretch, const Point& point) {
    if (!open_) {
      crossings_.push_back(crossing(stretch.disc, true, point));
      begin_chain(point);
    }
  }

  void break_chain(const Point& vertex) {
    if (!break_at_.empty() && std::binary_search(break_at_.begin(), break_at_.end(), vertex)) {
      end_chain();
      begin_chain(vertex);
    }
  }

  // The ring's first vertex lies inside a chain, unless it is covered.
  void close_ring(const std::size_t first_piece) {
    if (!ended_) {
      if (open_) {
        GapPiece piece;
        piece.closed = true;
        piece.chain_first = static_cast<std::uint32_t>(chain_first_);
        piece.chain_last = static_cast<std::uint32_t>(boundary_.chains.size());
        piece.first = boundary_.chains[chain_first_];
        piece.last = boundary_.chains.back();
        boundary_.pieces.push_back(piece);
      }
      return;
    }
    if (!open_) {
      return;
    }
    end_chain();
    GapPiece& head = boundary_.pieces[first_piece];
    GapPiece& tail = boundary_.pieces.back();
    const bool at_break = std::binary_search(break_at_.begin(), break_at_.end(), tail.last);
    if (&head == &tail || at_break || head.first != tail.last) {
      return;
    }
    // tail + head, written anew at the end of the chains; the head's piece goes.
    for (std::size_t i = head.chain_first + 1; i < head.chain_last; ++i) {
      const Point point = boundary_.chains[i];
      boundary_.chains.push_back(point);
    }
    tail.chain_last = static_cast<std::uint32_t>(boundary_.chains.size());
    tail.last = head.last;
    boundary_.pieces.erase(boundary_.pieces.begin() + static_cast<std::ptrdiff_t>(first_piece));
  }

  const DiscUnion& discs_;
  const std::vector<Point>& break_at_;
  GapBoundary& boundary_;
  std::vector<Crossing>& crossings_;
  GapBoundaryQuery& query_;
  std::vector<Stretch> stretches_;
  std::size_t chain_first_ = 0;
  bool open_ = true;    // the last point of the chains is outside every disc
  bool ended_ = false;  // the ring has met a disc or a break
  std::uint32_t buried_in_ = GapPiece::kNoDisc;
};

/// Turns the visible arcs of one disc and the crossings on it into pieces.
class ArcCutter {
 public:
  ArcCutter(const DiscUnion& discs, GapBoundary& boundary) : discs_(discs), boundary_(boundary) {}

  /// \param inside  tells whether a point lies in the area; asked only for arcs without crossings
  template <typename Inside>
  void cut(const std::uint32_t disc, const std::span<Crossing> crossings, const Inside& inside) {
    const std::span<const VisibleArc> arcs = discs_.arcs_of(disc);
    if (arcs.size() == 1 && arcs.front().whole) {
      cut_circle(disc, crossings, inside);
      return;
    }
    positions_.clear();
    for (const Crossing& crossing : crossings) {
      place(crossing, arcs);
    }
    std::sort(positions_.begin(), positions_.end(), clockwise);
    std::size_t next = 0;
    for (std::size_t arc = 0; arc < arcs.size(); ++arc) {
      const std::size_t begin = next;
      while (next < positions_.size() && positions_[next].arc == arc) {
        ++next;
      }
      cut_arc(arcs[arc], {positions_.data() + begin, next - begin}, inside);
    }
  }

 private:
  struct Position {
    std::size_t arc;
    double turn;  // from the arc's start, counter-clockwise
    Crossing crossing;
  };
  // Rounding may put two crossings that all but coincide the wrong way round, or one just beyond its arc: about 1e-8 of a
  // turn for crossings at grazing angles, the square root of a double's precision.
  static constexpr double kSlack = 1e-6;

  static bool clockwise(const Position& a, const Position& b) {
    if (a.arc != b.arc) {
      return a.arc < b.arc;
    }
    return a.turn != b.turn ? a.turn > b.turn : a.crossing.leaves < b.crossing.leaves;
  }

  void place(const Crossing& crossing, const std::span<const VisibleArc> arcs) {
    double least = kSlack;
    std::optional<Position> nearest;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const double span = turn_between(arcs[i].start.turn, arcs[i].end.turn);
      const double turn = turn_between(arcs[i].start.turn, crossing.at.turn);
      if (turn <= span) {
        positions_.push_back({i, turn, crossing});
        return;
      }
      if (turn - span < least) {
        least = turn - span;
        nearest = Position{i, span, crossing};
      }
      if (8 - turn < least) {
        least = 8 - turn;
        nearest = Position{i, 0, crossing};
      }
    }
    if (nearest) {
      positions_.push_back(*nearest);
    }
    // Else the stretch of border between this crossing and the next is of no length, and the circle has none there either.
  }

  // Brings starts and ends into turns, where only rounding has put them out of it.
  void alternate(const std::span<Position> positions) {
    for (std::size_t i = 1; i < positions.size(); ++i) {
      if (positions[i].crossing.leaves != positions[i - 1].crossing.leaves) {
        continue;
      }
      std::size_t other = i + 1;
      while (other < positions.size() && positions[other].crossing.leaves == positions[i].crossing.leaves) {
        ++other;
      }
      if (other < positions.size() && positions[i].turn - positions[other].turn < kSlack) {
        std::rotate(positions.begin() + static_cast<std::ptrdiff_t>(i), positions.begin() + static_cast<std::ptrdiff_t>(other),
                    positions.begin() + static_cast<std::ptrdiff_t>(other) + 1);
      } else if (i >= 2 && positions[i - 2].turn - positions[i].turn < kSlack) {
        std::swap(positions[i - 2], positions[i - 1]);
      } else {
        boundary_.consistent = false;
      }
    }
  }

  [[nodiscard]] Point point_at(const std::uint32_t disc, const Direction& at) const {
    const Disc& d = discs_.discs()[disc];
    return {d.centre.x + d.radius_m * at.x, d.centre.y + d.radius_m * at.y};
  }

  struct End {
    Direction at;
    Point point;
    double turn;  // from the arc's start, counter-clockwise
  };

  void add(const std::uint32_t disc, const End& from, const End& to) {
    GapPiece piece;
    piece.disc = disc;
    piece.from = from.at;
    piece.to = to.at;
    // Ends that all but coincide may stand in the wrong order: an arc of no length, not a whole turn.
    const bool short_arc = from.turn - to.turn < 1;
    const double angle = angle_between(to.at, from.at);
    piece.angle = short_arc && angle > std::numbers::pi ? 0 : angle;
    piece.first = from.point;
    piece.last = to.point;
    boundary_.pieces.push_back(piece);
  }

  template <typename Inside>
  void cut_arc(const VisibleArc& arc, const std::span<Position> positions, const Inside& inside) {
    End from{arc.end, point_at(arc.disc, arc.end), turn_between(arc.start.turn, arc.end.turn)};
    const End last{arc.start, point_at(arc.disc, arc.start), 0};
    if (positions.empty()) {
      if (inside(within(arc))) {
        add(arc.disc, from, last);
      }
      return;
    }
    alternate(positions);
    bool open = positions.front().crossing.leaves;
    for (const Position& position : positions) {
      const End here{position.crossing.at, position.crossing.point, position.turn};
      if (position.crossing.leaves && open) {
        add(arc.disc, from, here);
      }
      open = !position.crossing.leaves;
      from = here;
    }
    if (open) {
      add(arc.disc, from, last);
    }
  }

  template <typename Inside>
  void cut_circle(const std::uint32_t disc, const std::span<Crossing> crossings, const Inside& inside) {
    if (crossings.empty()) {
      if (inside(within({disc, true, {}, {}}))) {
        GapPiece piece;
        piece.disc = disc;
        piece.closed = true;
        piece.angle = 2 * std::numbers::pi;
        boundary_.pieces.push_back(piece);
      }
      return;
    }
    positions_.clear();
    for (const Crossing& crossing : crossings) {
      positions_.push_back({0, crossing.at.turn, crossing});
    }
    std::sort(positions_.begin(), positions_.end(), clockwise);
    const auto start = std::find_if(positions_.begin(), positions_.end(), [](const Position& p) { return !p.crossing.leaves; });
    if (start == positions_.end() || positions_.size() % 2 != 0) {
      boundary_.consistent = false;
      return;
    }
    std::rotate(positions_.begin(), start, positions_.end());
    for (Position& position : positions_) {
      position.turn = -turn_between(position.turn, positions_.front().crossing.at.turn);
    }
    alternate(positions_);
    for (std::size_t i = 0; i + 1 < positions_.size(); i += 2) {
      const Position& from = positions_[i];
      const Position& to = positions_[i + 1];
      add(disc, {from.crossing.at, from.crossing.point, from.turn}, {to.crossing.at, to.crossing.point, to.turn});
    }
  }

  // A point of the arc that no symmetry of the input puts on a border.
  [[nodiscard]] Point within(const VisibleArc& arc) const {
    constexpr double kOddPart = 0.4142;
    constexpr double kOddAngle = 0.7391;
    const double angle = arc.whole ? kOddAngle : kOddPart * angle_between(arc.start, arc.end);
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const Direction start = arc.whole ? Direction{} : arc.start;
    return point_at(arc.disc, {start.x * c - start.y * s, start.x * s + start.y * c, 0});
  }

  const DiscUnion& discs_;
  GapBoundary& boundary_;
  std::vector<Position> positions_;
};

/// Sidedness in the rings, its index built when first asked.
class LazySides {
 public:
  explicit LazySides(const RingList& rings) : rings_(rings) {}
  [[nodiscard]] bool inside(const Point& point) {
    if (!bands_) {
      std::vector<OwnedEdge> edges;
      for (std::size_t number = rings_.first; number < rings_.last; ++number) {
        const auto ring = rings_.areas->ring(number);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
          edges.push_back({ring[i], ring[i + 1], 0});
        }
      }
      bands_.emplace(std::move(edges));
    }
    return bands_->odd_west_of(point);
  }

 private:
  RingList rings_;
  std::optional<EdgeBands> bands_;
};

/// Whether the pieces can close: over closed curves, the differences of any function between a piece's ends add up to 0. Five
/// functions are tried, for one alone may cancel by symmetry. A forgotten or surplus piece of some length shows.
bool closes(const GapBoundary& boundary, const Box& box, const double largest_radius_m) {
  const Point origin{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
  const double extent = std::max({box.max_x - box.min_x, box.max_y - box.min_y, 1e-300});
  std::array<CompensatedSum, 5> sums;
  const auto add = [&](const Point& point, const double sign) {
    const double x = point.x - origin.x;
    const double y = point.y - origin.y;
    sums[0].add(sign * x);
    sums[1].add(sign * y);
    sums[2].add(sign * x * (x / extent));
    sums[3].add(sign * x * (y / extent));
    sums[4].add(sign * y * (y / extent));
  };
  double largest = 0;
  for (const GapPiece& piece : boundary.pieces) {
    if (!piece.closed) {
      add(piece.last, 1);
      add(piece.first, -1);
      largest = std::max({largest, std::abs(piece.first.x), std::abs(piece.first.y)});
    }
  }
  const double slack = 1e-6 * largest_radius_m + 1e-15 * largest * static_cast<double>(boundary.pieces.size() + 100);
  return std::all_of(sums.begin(), sums.end(), [&](const CompensatedSum& sum) { return std::abs(sum.value()) <= slack; });
}

}  // namespace

GapBoundary gap_boundary(const DiscUnion& discs, const RingList& rings, const std::vector<Point>& break_at,
                         GapBoundaryQuery& query) {
  GapBoundary boundary;
  std::vector<Crossing> crossings;
  query.last_seen.resize(discs.discs().size(), 0);
  ++query.call;
  BorderWalk walk{discs, break_at, boundary, crossings, query};
  Box box;
  for (std::size_t number = rings.first; number < rings.last; ++number) {
    const auto ring = rings.areas->ring(number);
    walk.walk(ring);
    for (const Point& vertex : ring) {
      box.extend(vertex);
    }
  }
  std::stable_sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) { return a.disc < b.disc; });
  discs.find(box, query.found);
  LazySides sides{rings};
  ArcCutter cutter{discs, boundary};
  std::size_t next = 0;
  for (const std::uint32_t disc : query.found) {
    const std::size_t begin = next;
    while (next < crossings.size() && crossings[next].disc == disc) {
      ++next;
    }
    if (discs.arcs_of(disc).empty()) {
      continue;
    }
    // A disc that the border never comes near lies on one side of it as a whole: one question for all its arcs.
    const bool near = query.last_seen[disc] == query.call;
    std::optional<bool> whole_inside;
    cutter.cut(disc, {crossings.data() + begin, next - begin}, [&](const Point& point) {
      if (near) {
        return sides.inside(point);
      }
      if (!whole_inside) {
        whole_inside = sides.inside(discs.discs()[disc].centre);
      }
      return *whole_inside;
    });
  }
  boundary.consistent = boundary.consistent && closes(boundary, box, discs.largest_radius_m());
  return boundary;
}

double area_of_piece(const DiscUnion& discs, const GapBoundary& boundary, const GapPiece& piece, const Point& origin) {
  if (piece.disc == GapPiece::kNoDisc) {
    double twice = 0;
    for (std::size_t i = piece.chain_first; i + 1 < piece.chain_last; ++i) {
      const Point& a = boundary.chains[i];
      const Point& b = boundary.chains[i + 1];
      twice += (a.x - origin.x) * (b.y - a.y) - (a.y - origin.y) * (b.x - a.x);
    }
    return twice / 2;
  }
  const double radius = discs.discs()[piece.disc].radius_m;
  if (piece.closed) {
    return -std::numbers::pi * radius * radius;
  }
  const double twice_chord = (piece.first.x - origin.x) * (piece.last.y - piece.first.y) -
                             (piece.first.y - origin.y) * (piece.last.x - piece.first.x);
  // angle - sin(angle) loses all digits for small angles: its series there.
  const double angle = piece.angle;
  const double cap = angle > 0.1 ? angle - std::sin(angle)
                                 : angle * angle * angle / 6 *
                                       (1 - angle * angle / 20 * (1 - angle * angle / 42 * (1 - angle * angle / 72)));
  return (twice_chord - radius * radius * cap) / 2;
}

std::vector<Point> repeated_vertices(const RingList& rings) {
  std::vector<Point> vertices;
  for (std::size_t number = rings.first; number < rings.last; ++number) {
    const auto ring = rings.areas->ring(number);
    if (!ring.empty()) {
      vertices.insert(vertices.end(), ring.begin() + 1, ring.end());
    }
  }
  std::sort(vertices.begin(), vertices.end());
  std::vector<Point> repeated;
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    if (vertices[i] == vertices[i - 1] && (repeated.empty() || repeated.back() != vertices[i])) {
      repeated.push_back(vertices[i]);
    }
  }
  return repeated;
}

}  // namespace maillage
