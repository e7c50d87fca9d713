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
/// its parts settled again. The sum never rises.
/// \param width  w_j, > 0: people that one unit of cost holds at the facility
/// Cost: O(arcs x path length) for the cycles, O(tree x cuts) for each tree.
void settle_flows(std::vector<FlowArc>& arcs, std::span<const double> width, std::size_t origins);

}  // namespace maillage::access
