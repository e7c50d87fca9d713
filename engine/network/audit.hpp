#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/indexed.hpp"
#include "engine/network/components.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/snap.hpp"

namespace maillage {

/// How a road, or a place on it, stands to the core: the biggest strongly connected component. Turn restrictions are not
/// looked at.
enum class RoadStanding : std::uint8_t {
  joined,    ///< one can come to it from the core and go back
  no_exit,   ///< a one-way trap: one can come from the core and not go back
  no_entry,  ///< the reverse: one can go to the core and not come from it
  cut_off,   ///< open roads lead to the core, none of them in a direction that helps
  island,    ///< no open road leads to the core
  closed,    ///< of a road: open in no direction. Of a place: no road near enough
};

/// What an audit finds fault with.
enum class RoadFault : std::uint8_t {
  island,
  no_exit,
  no_entry,
  cut_off,
  dead_ferry,       ///< a crossing with an end that nothing else is attached to
  assumed_speed,    ///< no speed was given
  suspicious_speed  ///< one was given and not believed, or the time and the length do not go together
};
inline constexpr std::size_t kRoadFaults = 7;

/// Roads that share a fault and hang together: one island, one trap, one crossing; of speeds, the neighbouring roads of one
/// feature of the source.
struct RoadFinding {
  RoadFault fault = RoadFault::island;
  std::vector<RoadIndex> roads{};  ///< ascending
  std::uint32_t nodes = 0;         ///< of islands and traps: those outside the core; elsewhere 0
  std::uint64_t length_cm = 0;     ///< of the roads, each once whatever its directions
  std::uint64_t slowest_m_h = 0;   ///< least and greatest speed of an open direction, in metres per hour
  std::uint64_t fastest_m_h = 0;
  friend bool operator==(const RoadFinding&, const RoadFinding&) = default;
};

struct RoadAuditOptions {
  /// Roads of at least this length are checked for times that nobody takes; on shorter ones a barrier's or a crossing's
  /// delay, or a rounding, may weigh more than the road.
  double least_checked_m = 100;
  double fastest_kmh = 160;  ///< faster than any limit and any profile
  double slowest_kmh = 1;    ///< slower than on foot. Ferries may be slower: they wait
};

struct RoadAudit {
  IndexedVector<RoadIndex, RoadStanding> standing;
  /// By fault, then longest first, then by the lowest road. A road may have several faults.
  std::vector<RoadFinding> findings;
  std::uint32_t core_nodes = 0;
  std::uint64_t core_length_cm = 0;  ///< of roads that are joined
  std::uint64_t length_cm = 0;       ///< of all open roads
  std::uint32_t roads = 0;           ///< open ones
  std::uint32_t lone_nodes = 0;      ///< without open road; no islands
};

/// \param components  find_components of the network.  Cost: O(nodes + roads), and sorting of what is found
/// \throws ArgumentError if the components are not the network's, or an option is negative or not a number
[[nodiscard]] RoadAudit audit_roads(const RoadNetwork& network, const RoadComponents& components,
                                    const RoadAuditOptions& options = {});

/// The class of the greatest length among a finding's roads, ties to the higher class.
[[nodiscard]] RoadClass main_class(const RoadNetwork& network, const RoadFinding& finding);

/// How each place stands by the road it was snapped to; closed for those without.
[[nodiscard]] std::vector<RoadStanding> standing_of(const RoadAudit& audit, std::span<const Snap> places);

}  // namespace maillage
