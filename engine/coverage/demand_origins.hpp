#pragma once

#include <cstdint>
#include <vector>

#include "engine/geometry/point.hpp"
#include "engine/network/travel_costs.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// Where trips start: the k-th origin is the point of commune k, then come the demand points that lie elsewhere.
struct DemandOrigins {
  std::vector<Point> positions;          ///< metres; not finite for a commune without point
  std::vector<std::uint32_t> communes;   ///< position of each origin's commune: the row of a cost matrix too
  std::vector<std::int64_t> population;  ///< inhabitants who start there; 0 for a commune's point when they live elsewhere

  [[nodiscard]] std::size_t size() const { return positions.size(); }
  [[nodiscard]] CommuneIndex commune(const std::size_t origin) const { return CommuneIndex{communes[origin]}; }
  /// \returns a view: these must outlive it
  [[nodiscard]] TravelPlaces places() const { return {positions, communes}; }
};

[[nodiscard]] DemandOrigins demand_origins(const Territory& territory);

}  // namespace maillage
