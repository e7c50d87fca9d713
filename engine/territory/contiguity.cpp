#include "engine/territory/contiguity.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/geometry/equal_edges.hpp"

namespace maillage {

namespace {

/// A piece of the common border of two communes: part of an edge of the first.
struct BorderPiece {
  std::uint32_t first;   // area
  std::uint32_t second;  // area, > first
  std::uint32_t edge;    // of the first
  bool exact;            // the second has the same edge, bit for bit
  double from = 0;
  double to = 1;

  [[nodiscard]] CommunePair pair() const { return {CommuneIndex{first}, CommuneIndex{second}}; }
};

/// Stable sort by `first`, which is dense: counting beats comparing.
template <typename T>
std::vector<T> sorted_by_first(const std::vector<T>& values, const std::size_t areas) {
  std::vector<std::uint32_t> next(areas + 1, 0);
  for (const T& value : values) {
    ++next[value.first + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<T> sorted(values.size());
  for (const T& value : values) {
    sorted[next[value.first]++] = value;
  }
  return sorted;
}

/// Sorts every run of equal `first` by `order`.
template <typename T, typename Order>
void sort_runs(std::vector<T>& values, const Order& order) {
  for (auto begin = values.begin(); begin != values.end();) {
    const auto end = std::find_if(begin, values.end(), [&](const T& value) { return value.first != begin->first; });
    std::sort(begin, end, order);
    begin = end;
  }
}

void check_same_rings(const AreaSet& source, const AreaSet& plane) {
  if (source.vertices.size() != plane.vertices.size() || source.ring_first != plane.ring_first ||
      source.polygon_first != plane.polygon_first || source.area_first != plane.area_first) {
    throw ArgumentError("contiguity: the source and plane contours do not have the same rings");
  }
}

/// Every edge that no other area has.
std::vector<std::uint32_t> lone_edges(const AreaSet& areas, const std::vector<bool>& shared) {
  std::vector<std::uint32_t> edges;
  for (std::size_t ring = 0; ring < areas.rings(); ++ring) {
    for (std::uint32_t k = areas.ring_first[ring]; k + 1 < areas.ring_first[ring + 1]; ++k) {
      if (!shared[k] && areas.vertices[k] != areas.vertices[k + 1]) {
        edges.push_back(k);
      }
    }
  }
  return edges;
}

/// Calls on_vertices(vertex, earlier one) for vertices of different areas in the same place, and on_edges(edge, other) once
/// for edges of different areas with the same ends, in either direction, an edge known by its first vertex.
template <typename OnVertices, typename OnEdges>
void match_areas(const AreaSet& areas, const std::span<const std::uint32_t> area_of, const OnVertices& on_vertices,
                 const OnEdges& on_edges) {
  const std::vector<Point>& at = areas.vertices;
  std::vector<std::uint32_t> edge_into(at.size());
  std::iota(edge_into.begin(), edge_into.end(), kNoVertex);  // the one before
  for (std::size_t ring = 0; ring < areas.rings(); ++ring) {
    if (areas.ring_first[ring + 1] - areas.ring_first[ring] >= 2) {
      edge_into[areas.ring_first[ring]] = areas.ring_first[ring + 1] - 2;
    }
  }
  const std::vector<std::uint32_t> earlier = earlier_equal_vertices(areas);
  for (std::uint32_t k = 0; k < at.size(); ++k) {
    for (std::uint32_t other = earlier[k]; other != kNoVertex; other = earlier[other]) {
      if (area_of[k] == area_of[other]) {
        continue;
      }
      on_vertices(k, other);
      // Edges that run the same way start together; those that run opposite ways meet at both ends, and count at the lower.
      if (at[k + 1] == at[other + 1]) {
        on_edges(k, other);
      }
      if (at[k + 1] == at[edge_into[other]] && at[k] < at[k + 1]) {
        on_edges(k, edge_into[other]);
      }
      if (at[edge_into[k]] == at[other + 1] && at[k] < at[other + 1]) {
        on_edges(edge_into[k], other);
      }
    }
  }
}

/// All border pieces, by (first, second, edge, from).
std::vector<BorderPiece> border_pieces(const AreaSet& source, const AreaSet& plane, const double tolerance_m) {
  check_same_rings(source, plane);
  const std::vector<std::uint32_t> area_of = area_of_vertices(source);
  std::vector<BorderPiece> pieces;
  std::vector<bool> shared(source.vertices.size(), false);
  pieces.reserve(source.vertices.size() / 2);
  const auto add = [&](const std::uint32_t edge, const std::uint32_t other) {
    if (source.vertices[edge] == source.vertices[edge + 1]) {
      return;
    }
    const bool in_order = area_of[edge] < area_of[other];
    shared[edge] = true;
    shared[other] = true;
    pieces.push_back(
        {std::min(area_of[edge], area_of[other]), std::max(area_of[edge], area_of[other]), in_order ? edge : other, true});
  };
  match_areas(
      source, area_of, [](std::uint32_t, std::uint32_t) {}, add);
  for (const EdgeOverlap& overlap : overlapping_edges(plane, lone_edges(plane, shared), area_of, tolerance_m)) {
    if (area_of[overlap.first] < area_of[overlap.second]) {
      pieces.push_back(
          {area_of[overlap.first], area_of[overlap.second], overlap.first, false, overlap.first_from, overlap.first_to});
    } else {
      pieces.push_back(
          {area_of[overlap.second], area_of[overlap.first], overlap.second, false, overlap.second_from, overlap.second_to});
    }
  }
  pieces = sorted_by_first(pieces, source.areas());
  sort_runs(pieces, [](const BorderPiece& a, const BorderPiece& b) {
    return std::tie(a.second, a.edge, a.from) < std::tie(b.second, b.edge, b.from);
  });
  // An area that runs over one edge twice would count its neighbour's twice.
  const auto repeated = [](const BorderPiece& a, const BorderPiece& b) {
    return a.first == b.first && a.second == b.second && a.edge == b.edge && a.exact && b.exact;
  };
  pieces.erase(std::unique(pieces.begin(), pieces.end(), repeated), pieces.end());
  return pieces;
}

/// Calls visit(pieces of one pair) for every pair, in order.
template <typename Visit>
void for_each_pair(const std::vector<BorderPiece>& pieces, const Visit& visit) {
  for (std::size_t begin = 0; begin < pieces.size();) {
    std::size_t end = begin + 1;
    while (end < pieces.size() && pieces[end].pair() == pieces[begin].pair()) {
      ++end;
    }
    visit(std::span{pieces}.subspan(begin, end - begin));
    begin = end;
  }
}

/// Both directions of every pair as rows sorted by commune. `pairs` is sorted, so a row's lesser neighbours come in order
/// from the pairs it is second in, and its greater ones from those it is first in.
template <typename Pair, typename T, typename Make>
Csr<CommuneIndex, T> symmetric_rows(const std::size_t communes, const std::vector<Pair>& pairs, const Make& make) {
  std::vector<std::uint64_t> first(communes + 1, 0);
  for (const Pair& pair : pairs) {
    ++first[make(pair).pair.first.value() + 1];
    ++first[make(pair).pair.second.value() + 1];
  }
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::uint64_t> next(first.begin(), first.end() - 1);
  std::vector<T> values(2 * pairs.size());
  for (const Pair& pair : pairs) {
    values[next[make(pair).pair.second.value()]++] = make(pair).neighbour(make(pair).pair.first);
  }
  for (const Pair& pair : pairs) {
    values[next[make(pair).pair.first.value()]++] = make(pair).neighbour(make(pair).pair.second);
  }
  return {std::move(first), std::move(values)};
}

/// Piece `next` goes on where `piece` ends, in the same ring.
bool continues(const AreaSet& areas, const BorderPiece& piece, const BorderPiece& next) {
  return next.edge == piece.edge + 1 && piece.to == 1 && next.from == 0 &&
         !std::ranges::binary_search(areas.ring_first, next.edge);
}

/// Chains of consecutive pieces; a chain that runs over the start of its ring is one.
std::vector<std::vector<BorderPiece>> chains_of(const AreaSet& areas, const std::span<const BorderPiece> pieces) {
  std::vector<std::vector<BorderPiece>> chains;
  std::size_t first_of_ring = 0;
  std::size_t ring_end = 0;
  for (const BorderPiece& piece : pieces) {
    if (!chains.empty() && continues(areas, chains.back().back(), piece)) {
      chains.back().push_back(piece);
    } else {
      if (piece.edge >= ring_end) {
        ring_end = *std::ranges::upper_bound(areas.ring_first, piece.edge);
        first_of_ring = chains.size();
      }
      chains.push_back({piece});
    }
    const bool closes = piece.edge + 2 == ring_end && piece.to == 1;
    std::vector<BorderPiece>& start = chains[first_of_ring];
    const bool from_start = std::ranges::binary_search(areas.ring_first, start.front().edge) && start.front().from == 0;
    if (closes && from_start && first_of_ring + 1 < chains.size()) {
      chains.back().insert(chains.back().end(), start.begin(), start.end());
      start = std::move(chains.back());
      chains.pop_back();
    }
  }
  return chains;
}

void append_chain(LineSet& lines, const AreaSet& areas, const std::vector<BorderPiece>& chain) {
  const auto at = [&](const BorderPiece& piece, const double fraction) {
    const Point& a = areas.vertices[piece.edge];
    const Point& b = areas.vertices[piece.edge + 1];
    return fraction == 0 ? a : fraction == 1 ? b : Point{a.x + fraction * (b.x - a.x), a.y + fraction * (b.y - a.y)};
  };
  lines.vertices.push_back(at(chain.front(), chain.front().from));
  for (const BorderPiece& piece : chain) {
    lines.vertices.push_back(at(piece, piece.to));
  }
  lines.end_line();
}

}  // namespace

Contiguity find_contiguity(const AreaSet& source_contours, const AreaSet& plane_contours, const ContiguityOptions& options) {
  struct Row {
    CommunePair pair;
    double border_m;
    [[nodiscard]] Neighbour neighbour(const CommuneIndex commune) const { return {commune, border_m}; }
  };
  Contiguity result;
  std::vector<Row> rows;
  for_each_pair(border_pieces(source_contours, plane_contours, options.tolerance_m),
                [&](const std::span<const BorderPiece> pieces) {
                  CompensatedSum length;
                  bool exact = false;
                  for (const BorderPiece& piece : pieces) {
                    length.add(distance_m(plane_contours.vertices[piece.edge], plane_contours.vertices[piece.edge + 1]) *
                               (piece.to - piece.from));
                    exact |= piece.exact;
                  }
                  rows.push_back({pieces.front().pair(), length.value()});
                  if (!exact) {
                    result.found_by_geometry.push_back(pieces.front().pair());
                  }
                });
  result.neighbours =
      symmetric_rows<Row, Neighbour>(source_contours.areas(), rows, [](const Row& row) -> const Row& { return row; });
  return result;
}

Csr<CommuneIndex, Neighbour> contiguity(const AreaSet& source_contours, const AreaSet& plane_contours) {
  return find_contiguity(source_contours, plane_contours).neighbours;
}

Csr<CommuneIndex, CommuneIndex> common_point_neighbours(const AreaSet& source_contours, const AreaSet& plane_contours) {
  struct Row {
    CommunePair pair;
    [[nodiscard]] CommuneIndex neighbour(const CommuneIndex commune) const { return commune; }
  };
  check_same_rings(source_contours, plane_contours);
  const std::vector<std::uint32_t> area_of = area_of_vertices(source_contours);
  std::vector<EqualPair> pairs;
  const auto add = [&](const std::uint32_t a, const std::uint32_t b) {
    const EqualPair pair{std::min(area_of[a], area_of[b]), std::max(area_of[a], area_of[b])};
    if (pairs.empty() || pairs.back() != pair) {  // a border's vertices come one after another
      pairs.push_back(pair);
    }
  };
  std::vector<bool> shared(source_contours.vertices.size(), false);
  match_areas(source_contours, area_of, add, [&](const std::uint32_t edge, const std::uint32_t other) {
    shared[edge] = true;
    shared[other] = true;
  });
  const std::vector<std::uint32_t> lone = lone_edges(plane_contours, shared);
  for (const EdgeOverlap& overlap : overlapping_edges(plane_contours, lone, area_of, ContiguityOptions{}.tolerance_m)) {
    add(overlap.first, overlap.second);
  }
  pairs = sorted_by_first(pairs, source_contours.areas());
  sort_runs(pairs, std::less<>{});
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return symmetric_rows<EqualPair, CommuneIndex>(source_contours.areas(), pairs, [](const EqualPair& pair) {
    return Row{{CommuneIndex{pair.first}, CommuneIndex{pair.second}}};
  });
}

BorderLines border_lines(const AreaSet& source_contours, const AreaSet& plane_contours, const ContiguityOptions& options) {
  BorderLines result;
  for_each_pair(border_pieces(source_contours, plane_contours, options.tolerance_m),
                [&](const std::span<const BorderPiece> pieces) {
                  result.pairs.push_back(pieces.front().pair());
                  for (const std::vector<BorderPiece>& chain : chains_of(source_contours, pieces)) {
                    append_chain(result.lines, plane_contours, chain);
                    append_chain(result.source_lines, source_contours, chain);
                  }
                  result.lines.end_feature();
                  result.source_lines.end_feature();
                });
  return result;
}

}  // namespace maillage
