#pragma once

#include <span>
#include <vector>

#include "engine/geometry/line_set.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/service_area.hpp"

namespace maillage {

/// What of some stretches is in none of others: what a longer cutoff reaches beyond a shorter one. Ends are shared; what has
/// no length is left out.
/// \param outer, inner  by road, then fraction, those of one road apart from one another, as PositionCosts::within gives
/// them. Cost: O(stretches)
[[nodiscard]] std::vector<RoadStretch> stretches_beyond(std::span<const RoadStretch> outer,
                                                        std::span<const RoadStretch> inner);

/// Appends a stretch as one line: the positions at its ends and the vertices of the road's shape between them. Fractions are
/// of the shape's length in the plane. \returns whether it was appended: not where all positions are one.
bool append_stretch_line(const RoadNetwork& network, const RoadStretch& stretch, LineSet& lines);

}  // namespace maillage
