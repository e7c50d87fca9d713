#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/indexed.hpp"
#include "engine/structures/commune_keys.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/planes.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// How well the position of a structure is known.
enum class PositionPrecision {
  point,     ///< its own coordinates
  commune,   ///< the point of its commune: no coordinates of its own, or coordinates that cannot be its own
  postcode,  ///< the point of the one commune (or the most populous of several) of its postcode
  none       ///< could not be placed at all, or its commune has neither contour nor point
};

/// What the two keys of a structure say of its commune.
enum class KeyAgreement {
  agree,       ///< point and code name the same commune
  conflict,    ///< they name two communes
  point_only,  ///< no usable code
  code_only,   ///< no usable point
  postcode_only,
  none
};

/// Whether a structure belongs to the territory.
enum class PlacementScope {
  inside,   ///< it counts for a commune of the territory
  outside,  ///< its keys say that it is elsewhere: out of scope, not bad data
  unplaced  ///< nothing usable says where it is: bad data, kept and listed
};

/// Where one structure stands.
struct Placement {
  CommuneIndex commune;           ///< the commune it counts for; none when it could not be placed
  CommuneIndex commune_of_point;  ///< none when it has no usable point in the territory
  CommuneIndex commune_of_code;   ///< none when its code is missing, unknown or outside the territory
  KeyAgreement agreement = KeyAgreement::none;
  PositionPrecision precision = PositionPrecision::none;
  Point position;  ///< metres, territory plane: where distances are counted from; unset where precision is none
  double conflict_distance_m = 0;  ///< how far its point lies outside the commune of its code; 0 when inside
  double offshore_distance_m = 0;  ///< > 0 when its point was in no commune and the nearest within tolerance was taken
  PlacementScope scope = PlacementScope::unplaced;
};

/// The join of structures with communes, and everything doubtful in it.
struct Placements {
  IndexedVector<StructureIndex, Placement> of;  ///< one for every structure of the set, placed or not
  std::vector<RowNote> notes;                   ///< conflicts, repairs, doubtful coordinates, one per finding
  /// Structures out of scope by reason, sorted: outside_by_both_keys, outside_by_code, outside_by_point,
  /// outside_by_postcode, code_outside_point_inside.
  std::vector<std::pair<std::string, std::int64_t>> outside;
};

/// Which key wins when point and code name two communes.
enum class CommuneKey { code, point };

struct PlacementOptions {
  CommuneKey wins = CommuneKey::code;
  double offshore_tolerance_m = 2000;     ///< a point in no commune is given to the nearest one within this distance
  double max_conflict_distance_m = 5000;  ///< coordinates farther than this from the commune of the code are not believed
};

/// Gives every structure its one commune.
///
/// The point is joined in the plane of the source geometry (AreaLocator's rule on borders); a point in no commune counts for
/// the commune of its code if that is within `offshore_tolerance_m`, else for the nearest within it. The code is followed
/// through code history. Where both name a commune they are compared, and `wins` decides; a point farther than
/// `max_conflict_distance_m` from the commune of its code is not believed whatever wins, and the commune's point stands in
/// for it. A structure without usable code goes by its point, then by its postcode with the commune name; among several
/// communes of a postcode that the name does not tell apart, the most populous is taken and the note lists all.
/// A code outside the territory puts the structure outside when `wins` is code, else its point decides.
///
/// Reasons of the notes: commune_conflict, misplaced_coordinates, offshore_point, point_outside_territory,
/// code_outside_point_inside, commune_code_repaired, obsolete_commune_code, divided_commune_code, unknown_commune_code,
/// malformed_commune_code, postcode_conflict, ambiguous_postcode, malformed_postcode, unknown_postcode,
/// placed_by_commune_name, commune_without_point, coordinates_not_convertible, unplaced_structure. Cost: one index of the
/// contours, then O(structures log communes); O(vertices of a commune) per conflict.
[[nodiscard]] Placements place_structures(const Territory& territory, const CommuneKeys& keys, const StructureSet& set,
                                          const Planes& planes, const PlacementOptions& options);

/// A set without the structures that are outside the territory, and their placements. Indices are those of the new set.
struct StructuresInScope {
  StructureSet structures;
  Placements placements;  ///< `outside` still tells how many were left out, and why
};
[[nodiscard]] StructuresInScope keep_in_scope(const StructureSet& set, const Placements& placements);

}  // namespace maillage
