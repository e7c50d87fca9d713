#include "engine/geometry/disc_union_polygons.hpp"

#include <algorithm>
#include <limits>
#include <numbers>
#include <tuple>

#include "engine/core/compensated_sum.hpp"
#include "engine/geometry/disc_union_sides.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNone = 0xffffffff;

/// Points merged within a distance, by hashing of squares. The first point of a cluster stands for it.
class NodeFinder {
 public:
  NodeFinder(const double distance_m, const std::size_t expected) : distance_(distance_m), square_(4 * distance_m) {
    std::size_t size = 64;
    while (size < 2 * expected) {
      size *= 2;
    }
    slots_.assign(size, kNone);
  }

  [[nodiscard]] std::uint32_t node_at(const Point& point) {
    const double x = point.x / square_;
    const double y = point.y / square_;
    const double fx = std::floor(x);
    const double fy = std::floor(y);
    const auto ix = static_cast<std::int64_t>(fx);
    const auto iy = static_cast<std::int64_t>(fy);
    const std::int64_t side_x = x - fx < 0.25 ? -1 : x - fx > 0.75 ? 1 : 0;
    const std::int64_t side_y = y - fy < 0.25 ? -1 : y - fy > 0.75 ? 1 : 0;
    for (const std::int64_t dx : {std::int64_t{0}, side_x}) {
      for (const std::int64_t dy : {std::int64_t{0}, side_y}) {
        const std::uint32_t node = find(ix + dx, iy + dy, point);
        if (node != kNone) {
          return node;
        }
        if (side_y == 0) {
          break;
        }
      }
      if (side_x == 0) {
        break;
      }
    }
    std::size_t slot = hash(ix, iy);
    while (slots_[slot] != kNone) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    slots_[slot] = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back(point);
    squares_.push_back({ix, iy});
    return slots_[slot];
  }
  [[nodiscard]] const std::vector<Point>& nodes() const { return nodes_; }

 private:
  struct Square {
    std::int64_t x;
    std::int64_t y;
    friend bool operator==(const Square&, const Square&) = default;
  };
  [[nodiscard]] std::size_t hash(const std::int64_t x, const std::int64_t y) const {
    const std::uint64_t mixed =
        (static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15ULL) ^ (static_cast<std::uint64_t>(y) * 0xc2b2ae3d27d4eb4fULL);
    return static_cast<std::size_t>((mixed ^ (mixed >> 29)) * 0xbf58476d1ce4e5b9ULL >> 20) & (slots_.size() - 1);
  }
  [[nodiscard]] std::uint32_t find(const std::int64_t x, const std::int64_t y, const Point& point) const {
    for (std::size_t slot = hash(x, y); slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
      const std::uint32_t node = slots_[slot];
      if (squares_[node] == Square{x, y} && std::abs(nodes_[node].x - point.x) <= distance_ &&
          std::abs(nodes_[node].y - point.y) <= distance_) {
        return node;
      }
    }
    return kNone;
  }

  double distance_;
  double square_;
  std::vector<std::uint32_t> slots_;
  std::vector<Point> nodes_;
  std::vector<Square> squares_;
};

/// Draws pieces as polylines.
class Drawing {
 public:
  Drawing(const DiscUnion& discs, const GapBoundary& boundary, const double max_error_m, const double inset_m)
      : discs_(discs), boundary_(boundary), max_error_m_(max_error_m), inset_m_(inset_m) {}

  /// Appends the vertices strictly between a piece's ends; all of them for closed pieces.
  void append_inner(const GapPiece& piece, std::vector<Point>& vertices) {
    if (piece.disc == GapPiece::kNoDisc) {
      const std::uint32_t skip = piece.closed ? 0 : 1;
      const auto begin = boundary_.chains.begin();
      if (piece.chain_last - piece.chain_first >= 2) {
        vertices.insert(vertices.end(), begin + piece.chain_first + skip, begin + piece.chain_last - 1);
      }
      return;
    }
    const std::size_t chords = chords_of(piece);
    const Disc& disc = discs_.discs()[piece.disc];
    // Inner vertices stand a hair within the circle: where another border touches the arc in just this point, rounding must
    // not make the two cross. They stay in the disc's power cell, so chords still cannot cross.
    const double radius = disc.radius_m - std::min(inset_m_, disc.radius_m / 1000);
    const double step = piece.angle / static_cast<double>(chords);
    const double c = std::cos(step);
    const double s = std::sin(step);
    double x = piece.closed ? 0.7391 : piece.from.x;
    double y = piece.closed ? std::sqrt(1 - 0.7391 * 0.7391) : piece.from.y;
    if (piece.closed) {
      vertices.push_back({disc.centre.x + radius * x, disc.centre.y + radius * y});
    }
    for (std::size_t i = 1; i < chords; ++i) {
      const double turned_x = x * c + y * s;
      y = y * c - x * s;
      x = turned_x;
      vertices.push_back({disc.centre.x + radius * x, disc.centre.y + radius * y});
    }
  }

  /// Vertices of all pieces together, and a few more.
  [[nodiscard]] std::size_t count() {
    std::size_t vertices = boundary_.chains.size() + boundary_.pieces.size();
    for (const GapPiece& piece : boundary_.pieces) {
      vertices += piece.disc == GapPiece::kNoDisc ? 0 : chords_of(piece);
    }
    return vertices;
  }

  [[nodiscard]] double length_m(const GapPiece& piece) const {
    if (piece.disc != GapPiece::kNoDisc) {
      return piece.angle * discs_.discs()[piece.disc].radius_m;
    }
    double length = 0;
    for (std::size_t i = piece.chain_first; i + 1 < piece.chain_last; ++i) {
      length += distance_m(boundary_.chains[i], boundary_.chains[i + 1]);
    }
    return length;
  }

 private:
  [[nodiscard]] std::size_t chords_of(const GapPiece& piece) {
    const double radius = discs_.discs()[piece.disc].radius_m;
    if (radius != radius_) {
      // Inset and joining of ends may add a little; half a percent is kept for them.
      const double cosine = 1 - 0.995 * std::max(max_error_m_ - 2 * inset_m_, max_error_m_ / 2) / radius;
      const double widest = cosine > std::numbers::sqrt2 / 2 ? 2 * std::acos(cosine) : std::numbers::pi / 2;
      widest_ = std::min(widest, std::numbers::pi / 4);
      radius_ = radius;
    }
    const double chords = std::ceil(piece.angle / widest_);
    return std::max<std::size_t>(piece.closed ? 8 : 1, static_cast<std::size_t>(chords));
  }

  const DiscUnion& discs_;
  const GapBoundary& boundary_;
  double max_error_m_;
  double inset_m_;
  double radius_ = 0;  // of the disc drawn last, and the widest angle of its chords: most discs are of one radius
  double widest_ = 0;
};

/// A ring of the drawing.
struct DrawnRing {
  std::uint32_t first = 0;  ///< [first, last) of the drawn vertices, not closed
  std::uint32_t last = 0;
  double twice_area = 0;
};

/// All that one walk with the gap on the left goes through: one shell with the holes that touch it, or touching holes alone.
struct Component {
  std::vector<DrawnRing> rings;  ///< the shell first if there is one
  bool has_shell = false;
  double area_m2 = 0;  ///< exact
  Point west;          ///< westernmost vertex
  std::uint32_t part = kNone;
};

/// The heights at which holes ask for their shells, in bands: most edges are at none of them.
class Heights {
 public:
  Heights(const std::vector<Component>& components, const std::vector<std::uint32_t>& holes) {
    Box box;
    for (const std::uint32_t hole : holes) {
      box.extend(components[hole].west);
    }
    first_y_ = box.min_y;
    per_metre_ = box.max_y > box.min_y ? kBands / (box.max_y - box.min_y) : 0;
    before_.assign(kBands + 2, 0);
    for (const std::uint32_t hole : holes) {
      ++before_[band_of(components[hole].west.y) + 1];
    }
    for (std::size_t band = 1; band < before_.size(); ++band) {
      before_[band] += before_[band - 1];
    }
  }
  /// False only if no height lies between the two.
  [[nodiscard]] bool some_between(const double y0, const double y1) const {
    return before_[band_of(std::min(y0, y1))] != before_[band_of(std::max(y0, y1)) + 1];
  }

 private:
  static constexpr std::size_t kBands = 1 << 14;
  // What lies beyond the heights falls into the bands at the ends, which is safe.
  [[nodiscard]] std::size_t band_of(const double y) const {
    return static_cast<std::size_t>(std::clamp((y - first_y_) * per_metre_, 0.0, static_cast<double>(kBands)));
  }

  double first_y_ = 0;
  double per_metre_ = 0;
  std::vector<std::uint32_t> before_;
};

class Assembler {
 public:
  Assembler(const DiscUnion& discs, const GapBoundary& boundary, const double max_error_m)
      : discs_(discs),
        boundary_(boundary),
        pieces_(boundary.pieces),
        joining_m_(joining_distance_m(discs, boundary)),
        drawing_(discs, boundary, max_error_m, joining_m_),
        nodes_(joining_m_, pieces_.size()) {}

  [[nodiscard]] GapAssembly assemble() {
    result_.consistent = boundary_.consistent;
    find_ends();
    link();
    component_of_.assign(pieces_.size(), kNone);
    vertices_.reserve(drawing_.count());
    for (std::uint32_t piece = 0; piece < pieces_.size(); ++piece) {
      if (component_of_[piece] == kNone && (pieces_[piece].closed || next_[piece] != kNone)) {
        trace(piece);
      }
    }
    give_holes_to_shells();
    collect();
    return std::move(result_);
  }

 private:
  struct Ends {
    std::uint32_t from = kNone;
    std::uint32_t to = kNone;
  };

  void find_ends() {
    ends_.resize(pieces_.size());
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].closed) {
        continue;
      }
      ends_[i] = {nodes_.node_at(pieces_[i].first), nodes_.node_at(pieces_[i].last)};
    }
    dropped_.assign(pieces_.size(), 0);
    out_count_.assign(nodes_.nodes().size(), 0);
    in_count_.assign(nodes_.nodes().size(), 0);
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].closed) {
        continue;
      }
      if (ends_[i].from == ends_[i].to && drawing_.length_m(pieces_[i]) <= 8 * joining_m_) {
        dropped_[i] = 1;
        continue;
      }
      ++out_count_[ends_[i].from];
      ++in_count_[ends_[i].to];
    }
  }

  void link() {
    next_.assign(pieces_.size(), kNone);
    std::vector<std::uint32_t> out_of(nodes_.nodes().size(), kNone);
    struct Spoke {
      std::uint32_t node;
      bool out;
      std::uint32_t piece;
      double turn;
    };
    std::vector<Spoke> spokes;
    std::vector<Point> drawn;
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].closed || dropped_[i]) {
        continue;
      }
      for (const bool out : {true, false}) {
        const std::uint32_t node = out ? ends_[i].from : ends_[i].to;
        if (out_count_[node] != in_count_[node]) {
          result_.consistent = false;
        } else if (out_count_[node] == 1) {
          if (out) {
            out_of[node] = i;
          }
        } else {
          const Point& at = nodes_.nodes()[node];
          drawn.clear();
          drawing_.append_inner(pieces_[i], drawn);
          const std::uint32_t other = out ? ends_[i].to : ends_[i].from;
          const Point towards = drawn.empty() ? nodes_.nodes()[other] : out ? drawn.front() : drawn.back();
          const double length = distance_m(at, towards);
          spokes.push_back({node, out, i, turn_of((towards.x - at.x) / length, (towards.y - at.y) / length)});
        }
      }
    }
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
      if (!pieces_[i].closed && !dropped_[i] && out_count_[ends_[i].to] == 1) {
        next_[i] = out_of[ends_[i].to];
      }
    }
    std::sort(spokes.begin(), spokes.end(), [](const Spoke& a, const Spoke& b) {
      return std::tie(a.node, a.turn, b.out, a.piece) < std::tie(b.node, b.turn, a.out, b.piece);
    });
    for (std::size_t begin = 0; begin < spokes.size();) {
      std::size_t end = begin;
      while (end < spokes.size() && spokes[end].node == spokes[begin].node) {
        ++end;
      }
      // Going out with the gap on the left, the gap's wedge runs counter-clockwise to the piece that comes in.
      for (std::size_t i = begin; i < end; ++i) {
        if (!spokes[i].out) {
          continue;
        }
        const std::size_t after = i + 1 == end ? begin : i + 1;
        if (spokes[after].out) {
          result_.consistent = false;
        } else {
          next_[spokes[after].piece] = spokes[i].piece;
        }
      }
      begin = end;
    }
  }

  struct Step {
    std::uint32_t node;   // where the piece starts
    std::uint32_t first;  // its first vertex in the buffer
  };

  void trace(const std::uint32_t start) {
    const auto number = static_cast<std::uint32_t>(components_.size());
    Component component;
    component.west = {std::numeric_limits<double>::infinity(), 0};
    const Point origin = pieces_[start].disc != GapPiece::kNoDisc && pieces_[start].closed
                             ? discs_.discs()[pieces_[start].disc].centre
                             : pieces_[start].first;
    CompensatedSum area;
    buffer_.clear();
    stack_.clear();
    std::uint32_t piece = start;
    do {
      component_of_[piece] = number;
      area.add(area_of_piece(discs_, boundary_, pieces_[piece], origin));
      if (!pieces_[piece].closed) {
        const std::uint32_t node = ends_[piece].from;
        if (out_count_[node] > 1) {
          close_loop_at(node, component);
        }
        stack_.push_back({node, static_cast<std::uint32_t>(buffer_.size())});
        buffer_.push_back(nodes_.nodes()[node]);
      }
      drawing_.append_inner(pieces_[piece], buffer_);
      if (pieces_[piece].closed) {
        break;
      }
      piece = next_[piece];
    } while (piece != start && piece != kNone && component_of_[piece] == kNone);
    if (!pieces_[start].closed && piece != start) {
      result_.consistent = false;
    }
    add_ring(0, component);
    component.area_m2 = area.value();
    traced_m2_.add(component.area_m2);
    finish(std::move(component));
  }

  // A ring that comes back to a node is split there: valid rings do not touch themselves.
  void close_loop_at(const std::uint32_t node, Component& component) {
    for (std::size_t i = stack_.size(); i > 0; --i) {
      if (stack_[i - 1].node == node) {
        add_ring(stack_[i - 1].first, component);
        buffer_.resize(stack_[i - 1].first);
        stack_.resize(i - 1);
        return;
      }
    }
  }

  void add_ring(const std::uint32_t from, Component& component) {
    if (buffer_.size() < from + 3U) {
      return;
    }
    DrawnRing ring;
    ring.first = static_cast<std::uint32_t>(vertices_.size());
    const Point origin = buffer_[from];
    double twice = 0;
    for (std::size_t i = from; i < buffer_.size(); ++i) {
      const Point& a = buffer_[i];
      const Point& b = i + 1 < buffer_.size() ? buffer_[i + 1] : origin;
      twice += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
      if (a < component.west) {
        component.west = a;
      }
      vertices_.push_back(a);
    }
    ring.last = static_cast<std::uint32_t>(vertices_.size());
    ring.twice_area = twice;
    component.rings.push_back(ring);
  }

  void finish(Component component) {
    std::size_t shells = 0;
    for (std::size_t i = 0; i < component.rings.size(); ++i) {
      if (component.rings[i].twice_area > 0) {
        ++shells;
        std::swap(component.rings[0], component.rings[i]);
      }
    }
    component.has_shell = shells == 1;
    if (shells > 1) {
      result_.consistent = false;
    }
    components_.push_back(std::move(component));
  }

  void give_holes_to_shells() {
    std::vector<std::uint32_t> holes;
    std::size_t shells = 0;
    std::vector<OwnedEdge> edges;
    for (std::uint32_t i = 0; i < components_.size(); ++i) {
      if (components_[i].rings.empty()) {
        continue;
      }
      if (components_[i].has_shell) {
        components_[i].part = i;
        ++shells;
      } else {
        holes.push_back(i);
      }
    }
    if (holes.empty()) {
      return;
    }
    const Heights heights{components_, holes};
    for (std::uint32_t i = 0; i < components_.size(); ++i) {
      for (const DrawnRing& ring : components_[i].rings) {
        Point a = vertices_[ring.last - 1];
        for (std::uint32_t v = ring.first; v < ring.last; ++v) {
          const Point& b = vertices_[v];
          if (heights.some_between(a.y, b.y)) {
            edges.push_back({a, b, i});
          }
          a = b;
        }
      }
    }
    const EdgeBands bands{std::move(edges)};
    // West to east, so that the component that a hole's ray hits first has its part already.
    std::sort(holes.begin(), holes.end(), [&](const std::uint32_t a, const std::uint32_t b) {
      return components_[a].west != components_[b].west ? components_[a].west < components_[b].west : a < b;
    });
    for (const std::uint32_t hole : holes) {
      double nearest = -std::numeric_limits<double>::infinity();
      std::uint32_t hit = kNone;
      bands.for_crossed(components_[hole].west, [&](const OwnedEdge& edge, const double x) {
        // Downward edges have the gap on their east.
        if (edge.owner != hole && x > nearest && edge.b.y < edge.a.y) {
          nearest = x;
          hit = edge.owner;
        }
      });
      if (hit == kNone || components_[hit].part == kNone) {
        result_.consistent = result_.consistent && std::abs(components_[hole].area_m2) <= 64 * joining_m_ * joining_m_;
        continue;
      }
      components_[hole].part = components_[hit].part;
    }
  }

  void collect() {
    struct Part {
      std::uint32_t shell;
      CompensatedSum area;
      std::vector<std::uint32_t> holes;
    };
    std::vector<Part> parts;
    std::vector<std::uint32_t> part_of(components_.size(), kNone);
    for (std::uint32_t i = 0; i < components_.size(); ++i) {
      if (components_[i].has_shell) {
        part_of[i] = static_cast<std::uint32_t>(parts.size());
        parts.push_back({i, {}, {}});
        parts.back().area.add(components_[i].area_m2);
      }
    }
    for (std::uint32_t i = 0; i < components_.size(); ++i) {
      if (!components_[i].has_shell && components_[i].part != kNone) {
        part_of[i] = part_of[components_[i].part];
        parts[part_of[i]].holes.push_back(i);
        parts[part_of[i]].area.add(components_[i].area_m2);
      }
    }
    std::vector<std::uint32_t> order(parts.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      order[i] = i;
    }
    std::sort(order.begin(), order.end(), [&](const std::uint32_t a, const std::uint32_t b) {
      const double area_a = parts[a].area.value();
      const double area_b = parts[b].area.value();
      const Point& at_a = components_[parts[a].shell].west;
      const Point& at_b = components_[parts[b].shell].west;
      return area_a != area_b ? area_a > area_b : at_a != at_b ? at_a < at_b : a < b;
    });
    std::vector<std::uint32_t> rank(parts.size());
    result_.parts.vertices.reserve(vertices_.size() + pieces_.size());
    for (std::uint32_t k = 0; k < order.size(); ++k) {
      const Part& part = parts[order[k]];
      rank[order[k]] = k;
      add_rings(components_[part.shell]);
      for (const std::uint32_t hole : part.holes) {
        add_rings(components_[hole]);
      }
      result_.parts.end_polygon();
      result_.parts.end_area();
      result_.area_m2.push_back(part.area.value());
    }
    result_.part_of_piece.assign(pieces_.size(), GapAssembly::kNoPart);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (component_of_[i] != kNone && part_of[component_of_[i]] != kNone) {
        result_.part_of_piece[i] = rank[part_of[component_of_[i]]];
      }
    }
  }

  void add_rings(const Component& component) {
    for (const DrawnRing& ring : component.rings) {
      const auto begin = vertices_.begin() + ring.first;
      result_.parts.vertices.insert(result_.parts.vertices.end(), begin, vertices_.begin() + ring.last);
      result_.parts.vertices.push_back(vertices_[ring.first]);
      result_.parts.end_ring();
    }
  }

  const DiscUnion& discs_;
  const GapBoundary& boundary_;
  const std::vector<GapPiece>& pieces_;
  double joining_m_;
  Drawing drawing_;
  NodeFinder nodes_;
  std::vector<Ends> ends_;
  std::vector<std::uint8_t> dropped_;
  std::vector<std::uint32_t> out_count_;
  std::vector<std::uint32_t> in_count_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> component_of_;
  std::vector<Point> buffer_;
  std::vector<Step> stack_;
  std::vector<Point> vertices_;
  std::vector<Component> components_;
  CompensatedSum traced_m2_;
  GapAssembly result_;
};

}  // namespace

double joining_distance_m(const DiscUnion& discs, const GapBoundary& boundary) {
  // Grazing crossings are known to the square root of a double's precision, 1.5e-8 of the radius; all else to a few units
  // in the last place of the coordinates.
  constexpr double kOfRadius = 1e-7;
  constexpr double kOfCoordinate = 1e-14;
  double largest = 0;
  for (const GapPiece& piece : boundary.pieces) {
    largest = std::max({largest, std::abs(piece.first.x), std::abs(piece.first.y)});
  }
  return std::max({kOfRadius * discs.largest_radius_m(), kOfCoordinate * largest, 1e-9});
}

GapAssembly assemble_gaps(const DiscUnion& discs, const GapBoundary& boundary, const double max_error_m) {
  return Assembler{discs, boundary, max_error_m}.assemble();
}

}  // namespace maillage
