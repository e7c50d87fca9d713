#include "engine/network/travel_costs.hpp"

#include <algorithm>

#include "engine/network/straight_line.hpp"

namespace maillage {

CostUnit cost_unit(const TravelModel& model) {
  return std::visit([](const StraightLine& line) { return line.unit; }, model);
}

std::optional<double> reach_radius_m(const TravelModel& model, const Cost limit) {
  return std::visit(
      [limit](const StraightLine& line) { return std::min(limit / cost_per_metre(line), kLongestStraightLine_m); }, model);
}

void stream_reach(const TravelModel& model, const std::span<const Point> origins, const std::span<const Point> facilities,
                  const Cost limit, const ReachBlock& visit) {
  std::visit([&](const StraightLine& line) { stream_straight_line_reach(line, origins, facilities, limit, visit); }, model);
}

std::vector<Reach> nearest_facility(const TravelModel& model, const std::span<const Point> origins,
                                    const std::span<const Point> facilities) {
  return std::visit([&](const StraightLine& line) { return nearest_in_straight_line(line, origins, facilities); }, model);
}

}  // namespace maillage
