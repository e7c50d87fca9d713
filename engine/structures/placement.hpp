#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/indexed.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// How well the position of a structure is known.
enum class PositionPrecision {
  point,     ///< its own coordinates
  commune,   ///< the point of its commune: no coordinates of its own, or coordinates that cannot be its own
  postcode,  ///< the point of the one commune (or the most populous of several) of its postcode
  none       ///< could not be placed at all
};

/// What the two keys of a structure say of its commune.
enum class KeyAgreement {
  agree,        ///< point and code name the same commune
  conflict,     ///< they name two communes
  point_only,   ///< no usable code
  code_only,    ///< no usable point
  postcode_only,
  none
};

/// Where one structure stands.
struct Placement {
  CommuneIndex commune;                ///< the commune it counts for; none when it could not be placed
  CommuneIndex commune_of_point;       ///< none when it has no usable point in the territory
  CommuneIndex commune_of_code;        ///< none when its code is missing or unknown
  KeyAgreement agreement = KeyAgreement::none;
  PositionPrecision precision = PositionPrecision::none;
  Point position;                      ///< metres, territory plane: where distances are counted from
  double conflict_distance_m = 0;      ///< how far its point lies outside the commune of its code; 0 when inside
  double offshore_distance_m = 0;      ///< > 0 when its point was in no commune and the nearest within tolerance was taken
};

/// The join of structures with communes, and everything doubtful in it.
struct Placements {
  IndexedVector<StructureIndex, Placement> of;  ///< one for every structure of the set, placed or not
  std::vector<RowNote> notes;                   ///< conflicts, repairs, doubtful coordinates, one per finding
};

/// Which key wins when point and code name two communes.
enum class CommuneKey { code, point };

struct PlacementOptions {
  CommuneKey wins = CommuneKey::code;
  double offshore_tolerance_m = 2000;     ///< a point in no commune is given to the nearest one within this distance
  double max_conflict_distance_m = 5000;  ///< coordinates farther than this from the commune of the code are not believed
};

}  // namespace maillage
