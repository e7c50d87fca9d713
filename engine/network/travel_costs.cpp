#include "engine/network/travel_costs.hpp"

#include <algorithm>

#include "engine/network/matrix_travel.hpp"
#include "engine/network/road_travel.hpp"
#include "engine/network/straight_line.hpp"

namespace maillage {

namespace {

/// One function per travel model.
template <typename... Functions>
struct ByModel : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
ByModel(Functions...) -> ByModel<Functions...>;

}  // namespace

CostUnit cost_unit(const TravelModel& model) {
  return std::visit(ByModel{[](const StraightLine& line) { return line.unit; },
                            [](const RoadTravel& road) {
                              return road.model->metric == RoadMetric::travel_time_ms ? CostUnit::seconds : CostUnit::metres;
                            },
                            [](const MatrixTravel& matrix) { return matrix.matrix->unit; }},
                    model);
}

std::optional<double> reach_radius_m(const TravelModel& model, const Cost limit) {
  const auto* const line = std::get_if<StraightLine>(&model);
  return line == nullptr ? std::nullopt : std::optional{std::min(limit / cost_per_metre(*line), kLongestStraightLine_m)};
}

void stream_reach(const TravelModel& model, const TravelPlaces& origins, const TravelPlaces& facilities, const Cost limit,
                  const ReachBlock& visit, const ReachOrder order) {
  std::visit(
      ByModel{
          [&](const StraightLine& line) {
            stream_straight_line_reach(line, origins.positions, facilities.positions, limit, visit, order);
          },
          [&](const RoadTravel& road) { stream_road_reach(road, origins.positions, facilities.positions, limit, visit); },
          [&](const MatrixTravel& matrix) { stream_matrix_reach(*matrix.matrix, origins, facilities, limit, visit); }},
      model);
}

std::vector<Reach> nearest_facility(const TravelModel& model, const TravelPlaces& origins, const TravelPlaces& facilities) {
  return std::visit(
      ByModel{
          [&](const StraightLine& line) { return nearest_in_straight_line(line, origins.positions, facilities.positions); },
          [&](const RoadTravel& road) { return nearest_by_road(road, origins.positions, facilities.positions); },
          [&](const MatrixTravel& matrix) { return nearest_in_matrix(*matrix.matrix, origins, facilities); }},
      model);
}

}  // namespace maillage
