#include "engine/coverage/demand_origins.hpp"

#include <limits>

namespace maillage {

DemandOrigins demand_origins(const Territory& territory) {
  constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();
  DemandOrigins origins;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const CommunePoint& point = territory.points[commune];
    origins.positions.push_back(point.origin == CommunePoint::Origin::none ? Point{kNowhere, kNowhere} : point.position);
    origins.communes.push_back(commune.value());
    origins.population.push_back(0);
  }
  for (const DemandPoint& demand : territory.demand) {
    if (demand.position == origins.positions[demand.commune.value()]) {
      origins.population[demand.commune.value()] += demand.population;
    } else {
      origins.positions.push_back(demand.position);
      origins.communes.push_back(demand.commune.value());
      origins.population.push_back(demand.population);
    }
  }
  return origins;
}

}  // namespace maillage
