#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/csr.hpp"
#include "engine/geometry/area_set.hpp"
#include "engine/geometry/line_set.hpp"
#include "engine/territory/commune.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

struct ContiguityOptions {
  /// Where contours do not share their vertices bit for bit: edges that run along each other over more than this, nowhere
  /// farther apart than this, are a common border.
  double tolerance_m = 1;
};

/// Two communes with a common border, first < second.
struct CommunePair {
  CommuneIndex first;
  CommuneIndex second;
  friend constexpr auto operator<=>(const CommunePair&, const CommunePair&) = default;
};

/// Which communes share a border of positive length ("rook" contiguity).
struct Contiguity {
  Csr<CommuneIndex, Neighbour> neighbours;  ///< symmetric, each row by commune
  /// Pairs that share no edge bit for bit and were found by geometry: T-junctions, slightly different vertices. Empty for a
  /// clean coverage.
  std::vector<CommunePair> found_by_geometry;
};

/// Contiguity of the communes, area i = commune i, with the length of each common border.
/// \param source_contours  plane of the source geometry, where common vertices are equal bit for bit
/// \param plane_contours   the same vertices in metres, which lengths and the tolerance count
/// \throws ArgumentError if the two do not have the same rings.  Cost: O(vertices) expected.
[[nodiscard]] Contiguity find_contiguity(const AreaSet& source_contours, const AreaSet& plane_contours,
                                         const ContiguityOptions& options = {});

/// `find_contiguity(...).neighbours`.
[[nodiscard]] Csr<CommuneIndex, Neighbour> contiguity(const AreaSet& source_contours, const AreaSet& plane_contours);

/// Communes that share a border or at least a vertex ("queen" contiguity); symmetric, each row by commune.
[[nodiscard]] Csr<CommuneIndex, CommuneIndex> common_point_neighbours(const AreaSet& source_contours,
                                                                      const AreaSet& plane_contours);

/// The common borders as lines; feature i = pairs[i].
struct BorderLines {
  std::vector<CommunePair> pairs;  ///< sorted, the same pairs as `contiguity`
  LineSet lines;                   ///< metres; edges are chained in the direction of the first commune's rings
  LineSet source_lines;            ///< the same vertices in the plane of the source geometry
};
[[nodiscard]] BorderLines border_lines(const AreaSet& source_contours, const AreaSet& plane_contours,
                                       const ContiguityOptions& options = {});

}  // namespace maillage
