#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/geometry/area_set.hpp"
#include "engine/network/audit.hpp"
#include "engine/network/direction.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/service_area.hpp"
#include "engine/network/travel_costs.hpp"
#include "engine/territory/planes.hpp"
#include "maps/layer.hpp"

namespace maillage {

/// What layers of service areas share.
struct IsochroneSources {
  const RoadNetwork& network;
  const Conversion& plane_to_lonlat;    ///< from the network's plane to degrees
  std::span<const std::string> places;  ///< key of each
  std::span<const Cost> limits;         ///< ascending
  std::span<const std::string> labels;  ///< per limit, for legends: "10 min"
  CostUnit unit = CostUnit::seconds;
  Direction direction = Direction::forward;
};

/// The area within one limit of a place, or of any of them.
struct ServiceArea {
  std::optional<std::size_t> place;  ///< none: of any
  std::size_t limit = 0;             ///< position in the limits
  std::int64_t places_drawn = 0;     ///< places that have a road; 0: there is no area
  AreaSet area;                      ///< one area, in the network's plane
  double roads_m = 0;
};
/// A part of a road that is in reach of a place, or of any of them, within a limit and no shorter one.
struct ReachedRoad {
  std::optional<std::size_t> place;
  std::size_t limit = 0;
  RoadStretch stretch;
};

/// A layer "isochrones", the widest areas first so that maps draw the narrow ones on top; then by place in the given order.
[[nodiscard]] Layer isochrones_layer(const IsochroneSources& sources, std::vector<ServiceArea> areas);
/// A layer "routes_atteintes" in the given order. What has no length is left out.
[[nodiscard]] Layer reached_roads_layer(const IsochroneSources& sources, std::span<const ReachedRoad> roads);

/// A layer "audit_reseau": a feature per finding, in their order.
[[nodiscard]] Layer network_audit_layer(const RoadNetwork& network, const RoadAudit& audit,
                                        const Conversion& plane_to_lonlat);

/// A place whose snap was audited.
struct AuditedPlace {
  std::string key;
  std::string name;
  std::string kind;  ///< "commune", "structure", "lieu"
  std::optional<std::int64_t> population;
  Point position;  ///< in the network's plane
  double access_m = 0;
  RoadStanding standing = RoadStanding::joined;
};
/// A layer "audit_lieux" of the places that are not joined, in the given order.
[[nodiscard]] Layer audited_places_layer(std::span<const AuditedPlace> places, const Conversion& plane_to_lonlat);

/// "îlot", "sans sortie"...: the values of "nature" and, for places, of "etat". French, as those of other layers.
[[nodiscard]] std::string_view fault_name(RoadFault fault);
[[nodiscard]] std::string_view standing_name(RoadStanding standing);

}  // namespace maillage
