#include "engine/geometry/disc_union_boundary.hpp"

#include <algorithm>
#include <numbers>
#include <optional>

#include "engine/core/parallel.hpp"
#include "engine/geometry/disc_union_arc_cutter.hpp"
#include "engine/geometry/disc_union_crossing.hpp"
#include "engine/geometry/disc_union_sides.hpp"
#include "engine/geometry/disc_union_sums.hpp"

namespace maillage {

namespace {

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
  BorderWalk(const DiscUnion& discs, const std::vector<Point>& break_at, GapBoundary& boundary,
             std::vector<Crossing>& crossings, GapBoundaryQuery& query)
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

/// Sidedness in the rings, its index built when first asked. Threads may ask at once only after build_once().
class LazySides {
 public:
  explicit LazySides(const RingList& rings) : rings_(rings) {}
  [[nodiscard]] bool inside(const Point& point) {
    build_once();
    return bands_->odd_west_of(point);
  }
  void build_once() {
    if (bands_) {
      return;
    }
    std::size_t vertices = 0;
    for (std::size_t number = rings_.first; number < rings_.last; ++number) {
      vertices += rings_.areas->ring(number).size();
    }
    std::vector<OwnedEdge> edges;
    edges.reserve(vertices);
    for (std::size_t number = rings_.first; number < rings_.last; ++number) {
      const auto ring = rings_.areas->ring(number);
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        edges.push_back({ring[i], ring[i + 1], 0});
      }
    }
    bands_.emplace(std::move(edges));
  }

 private:
  RingList rings_;
  std::optional<EdgeBands> bands_;
};

/// Discs in one piece of work on their arcs.
constexpr std::size_t kDiscsPerBlock = 512;
/// Vertices of a border for which an index of its edges is worth building at once.
constexpr std::size_t kLongBorder = 4096;

/// Arcs of some discs, [begin, end) of `found`, cut at the crossings of the border; crossings are in order of their discs.
/// Pieces are added to the sums, and to `kept` if there is such.
void cut_arcs(const DiscUnion& discs, const std::span<const std::uint32_t> found, std::vector<Crossing>& crossings,
              const GapBoundaryQuery& query, LazySides& sides, GapBoundary& kept, const bool keep, BorderSums& sums) {
  ArcCutter cutter{discs, kept};
  auto next = std::lower_bound(crossings.begin(), crossings.end(), found.front(),
                               [](const Crossing& crossing, const std::uint32_t disc) { return crossing.disc < disc; });
  for (const std::uint32_t disc : found) {
    while (next != crossings.end() && next->disc < disc) {
      ++next;
    }
    const auto begin = next;
    while (next != crossings.end() && next->disc == disc) {
      ++next;
    }
    // A disc that the border never comes near lies on one side of it as a whole: one question for all its arcs.
    const bool near = query.last_seen[disc] == query.call;
    std::optional<bool> whole_inside;
    const std::size_t before = kept.pieces.size();
    cutter.cut(disc, {begin, next}, [&](const Point& point) {
      if (near) {
        return sides.inside(point);
      }
      if (!whole_inside) {
        whole_inside = sides.inside(discs.discs()[disc].centre);
      }
      return *whole_inside;
    });
    for (std::size_t i = before; i < kept.pieces.size(); ++i) {
      sums.add(discs, kept, kept.pieces[i]);
    }
    if (!keep) {
      kept.pieces.clear();
    }
  }
}

/// The same for all of `found`, in blocks on all threads.
void cut_all_arcs(const DiscUnion& discs, std::vector<Crossing>& crossings, const GapBoundaryQuery& query, LazySides& sides,
                  GapBoundary& boundary, const bool keep, BorderSums& sums) {
  const std::span<const std::uint32_t> found{query.found};
  struct Block {
    GapBoundary part;
    BorderSums sums;
  };
  std::vector<Block> blocks((found.size() + kDiscsPerBlock - 1) / kDiscsPerBlock, Block{{}, sums.empty_copy()});
  parallel_for_blocks(found.size(), kDiscsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    Block& block = blocks[begin / kDiscsPerBlock];
    cut_arcs(discs, found.subspan(begin, end - begin), crossings, query, sides, block.part, keep, block.sums);
  });
  std::size_t pieces = boundary.pieces.size();
  for (const Block& block : blocks) {
    pieces += block.part.pieces.size();
  }
  boundary.pieces.reserve(pieces);
  for (const Block& block : blocks) {
    boundary.pieces.insert(boundary.pieces.end(), block.part.pieces.begin(), block.part.pieces.end());
    boundary.consistent = boundary.consistent && block.part.consistent;
    sums.add(block.sums);
  }
}

}  // namespace

GapBoundary gap_boundary(const DiscUnion& discs, const RingList& rings, const std::vector<Point>& break_at,
                         GapBoundaryQuery& query, const bool keep_arcs) {
  GapBoundary boundary;
  std::vector<Crossing> crossings;
  query.last_seen.resize(discs.discs().size(), 0);
  ++query.call;
  LazySides sides{rings};
  Box box;
  std::size_t vertices = 0;
  for (std::size_t number = rings.first; number < rings.last; ++number) {
    const auto ring = rings.areas->ring(number);
    vertices += ring.size();
    for (const Point& vertex : ring) {
      box.extend(vertex);
    }
  }
  const auto walk_border = [&] {
    BorderWalk walk{discs, break_at, boundary, crossings, query};
    for (std::size_t number = rings.first; number < rings.last; ++number) {
      walk.walk(rings.areas->ring(number));
    }
  };
  if (vertices < kLongBorder) {
    walk_border();
  } else {
    parallel_for_blocks(2, 1, [&](const std::size_t task, std::size_t) { task == 0 ? walk_border() : sides.build_once(); });
  }
  std::stable_sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) { return a.disc < b.disc; });
  BorderSums sums{box};
  for (const GapPiece& piece : boundary.pieces) {
    sums.add(discs, boundary, piece);
  }
  discs.find_visible(box, query.found);
  if (query.found.size() > kDiscsPerBlock) {
    sides.build_once();
    cut_all_arcs(discs, crossings, query, sides, boundary, keep_arcs, sums);
  } else if (!query.found.empty()) {
    // Chains stand before arcs; a small border is kept whole.
    cut_arcs(discs, query.found, crossings, query, sides, boundary, true, sums);
  }
  boundary.area_m2 = sums.area_m2();
  boundary.consistent = boundary.consistent && sums.close(discs.largest_radius_m());
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
