#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/column.hpp"
#include "engine/network/road_network.hpp"

namespace maillage {

/// What shortest-path searches run on: states joined by moves, in compressed rows. A state is a road node, or a road node
/// reached over the first arcs of a turn restriction, so that restrictions over any number of arcs hold exactly and cost
/// nothing elsewhere (one more state per proper prefix of a restriction: the prefix automaton of Aho and Corasick 1975,
/// doi:10.1145/360825.360855). With turn costs, or where U-turns are forbidden, every arc is such a prefix.
struct SearchGraph {
  Column<std::uint32_t> first_out;  ///< states + 1
  Column<std::uint32_t> head;       ///< per move: the state it leads to
  Column<std::uint32_t> arc;        ///< per move: the ArcIndex driven
  Column<std::uint32_t> turn_ms;    ///< per move: what turning into the arc costs; empty when nothing does
  Column<std::uint32_t> node;       ///< per state: its RoadNodeIndex
  Column<std::uint32_t> arrival;    ///< per ArcIndex: the state of who comes to its end, having started on it

  [[nodiscard]] std::size_t states() const { return node.size(); }
  [[nodiscard]] std::size_t moves() const { return head.size(); }
};

/// Distance of what cannot be reached: 2^31 - 1 in the unit of the weights (24 days in milliseconds, 21,000 km in
/// centimetres). A path that long counts as none, so that two distances, or two of these, add up without overflow.
inline constexpr std::uint32_t kNoPath = 0x7fffffffU;

enum class UTurns : std::uint8_t {
  allowed,        ///< anywhere at a node, except where a restriction forbids it
  dead_ends_only  ///< only where no other road leads on
};

struct SearchGraphOptions {
  UTurns u_turns = UTurns::allowed;
  std::uint32_t right_angle_turn_ms =
      0;  ///< cost of a turn by 90 degrees or more at a node of three arms or more; less in proportion
};

/// \throws ArgumentError if there are more than 2^31 moves.  Cost: O(arcs + restriction arcs x arms); determined by the
/// network.
[[nodiscard]] SearchGraph build_search_graph(const RoadNetwork& network, const SearchGraphOptions& options);

enum class RoadMetric : std::uint8_t { travel_time_ms, length_cm };

/// Weight of every move under a metric: the time or length of its arc (plus its turn, in time).
[[nodiscard]] std::vector<std::uint32_t> move_weights(const RoadNetwork& network, const SearchGraph& graph,
                                                      RoadMetric metric);

}  // namespace maillage
