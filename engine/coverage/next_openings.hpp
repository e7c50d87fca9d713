#pragma once

#include <cstdint>
#include <optional>

#include "engine/coverage/continuity.hpp"

namespace maillage {

/// The next open door of a commune from a given moment on.
struct NextOpening {
  std::int32_t leave_minute = 0;  ///< first minute at which one may leave, arrive and stay; from the axis's first midnight
  StructureIndex structure;       ///< which is open then; the nearest of several, then the first
  Cost cost = kUnreachable;
};

/// Per commune, from its point: the first moment of the definition's dated axis, not before `from_minute`, at which one may
/// leave and find a structure open for the whole stay. Nothing where there is none on the axis. Only structures whose hours
/// are known count. Cost: pairs within the limit x openings. \throws ArgumentError on the axis of a typical week
[[nodiscard]] IndexedVector<CommuneIndex, std::optional<NextOpening>> next_openings(const Territory& territory,
                                                                                    const Placements& placed,
                                                                                    const ContinuityDefinition& definition,
                                                                                    std::int32_t from_minute);

}  // namespace maillage
