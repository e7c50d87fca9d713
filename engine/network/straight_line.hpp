#pragma once

#include <span>
#include <vector>

#include "engine/network/travel_costs.hpp"

namespace maillage {

/// Cost of one metre as the crow flies: the detour factor, or seconds for a metre on that detour.
/// \throws ArgumentError on a factor, or a speed where costs are in seconds, that is not positive and finite.
[[nodiscard]] double cost_per_metre(const StraightLine& model);

/// Whole cost of a straight line, rounded up; kUnreachable beyond kLongestStraightLine_m or for a squared length that is not
/// a number. A product that exceeds a whole number by no more than its own rounding errors is that number: 3,000 m at a
/// factor 1.1 cost 3,300 and not 3,301, though 1.1 has no exact binary form.
[[nodiscard]] Cost straight_line_cost(double squared_length_m2, double cost_per_metre);

/// `stream_reach` of a straight-line model.
void stream_straight_line_reach(const StraightLine& model, std::span<const Point> origins, std::span<const Point> facilities,
                                Cost limit, const ReachBlock& visit, ReachOrder order);

/// `nearest_facility` of a straight-line model.
[[nodiscard]] std::vector<Reach> nearest_in_straight_line(const StraightLine& model, std::span<const Point> origins,
                                                          std::span<const Point> facilities);

}  // namespace maillage
