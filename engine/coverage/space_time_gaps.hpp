#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/coverage/continuity.hpp"

namespace maillage {

/// A commune's want: a run of moments without an offer.
struct CommuneWant {
  CommuneIndex commune;
  MomentRange moments;
};

/// A hole in space and time: communes and moments without an offer, connected over shared borders at the same moment and
/// over consecutive moments of one commune.
struct SpaceTimeGap {
  std::vector<CommuneIndex> communes;   ///< ascending
  std::vector<CommuneWant> wants;       ///< by commune, then by time
  std::int32_t begin = 0;               ///< first moment of any of them
  std::int32_t end = 0;                 ///< past the last moment of any of them
  std::int64_t cells = 0;               ///< (commune, moment) pairs
  std::int64_t population = 0;          ///< inhabitants of its communes, each once
  std::int64_t population_minutes = 0;  ///< inhabitants x minutes without an offer
  CommuneIndex core;                    ///< the commune that weighs most in it...
  MomentRange core_moments;             ///< ...and when it is without an offer
  /// Nearest in space: the structure open at some of those moments that costs least from there, though beyond the limit.
  StructureIndex nearest;
  Cost nearest_cost = kUnreachable;
  /// Nearest in time: minutes from the beginning of that want to the next offer there; none: never.
  std::optional<std::int32_t> wait_minutes;
};

/// Connected components of cells without an offer among the moments of `window` (nights would join all there is), largest
/// population_minutes first, then by beginning and lowest commune. A gap is cut where the axis ends. The nearest structures
/// are sought for the first `detailed` gaps. Cost: runs without an offer x neighbours, and one search per detailed gap.
[[nodiscard]] std::vector<SpaceTimeGap> space_time_gaps(const Territory& territory, const Placements& placed,
                                                        const Continuity& continuity, const TimeWindow& window,
                                                        std::size_t detailed);

}  // namespace maillage
