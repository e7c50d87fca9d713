#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maillage::access {

/// People of one origin at one facility.
struct FlowArc {
  std::uint32_t origin = 0;
  std::uint32_t facility = 0;
  double cost = 0;  ///< of the trip
  double flow = 0;  ///< people, > 0
};

/// Moves people between the arcs there are to where sum_j D_j^2 / (2 w_j) + sum cost x flow is least, D_j what comes to
/// facility j; the people of each origin stay as many. Arcs that lose all their people end with a flow of 0.
///
/// The least of such a program over a forest of arcs is found exactly, in linear time: in each tree all paths cost the same.
/// So cycles are emptied first (which changes no D_j), then every tree is settled, cut where an arc would fall below 0, and
/// its parts settled again. The sum never rises. Where very many arcs must be cut the work is ended early, at ten visits a node:
/// the flows are then better, not yet the least, and another call goes on from there.
/// \param width  w_j, > 0: people that one unit of cost holds at the facility
/// Cost: O(length) for each cycle, O(tree x cuts) for each tree, at most O(nodes) in all.
void settle_flows(std::vector<FlowArc>& arcs, std::span<const double> width, std::size_t origins);

}  // namespace maillage::access
