#include <algorithm>

#include "engine/core/fold_text.hpp"
#include "engine/network/road_attributes.hpp"

namespace maillage {

namespace {

/// Streets that OpenStreetMap names otherwise than our classes.
std::optional<RoadClass> class_of(const std::string_view highway) {
  if (highway == "road" || highway == "busway") {
    return highway == "road" ? RoadClass::unclassified : RoadClass::service;
  }
  if (highway == "bridleway") {
    return RoadClass::path;
  }
  if (highway == "corridor" || highway == "platform" || highway == "crossing") {
    return RoadClass::footway;
  }
  return parse_road_class(highway);
}

}  // namespace

RoadAttributes::Draft RoadAttributes::read_osmnx_class(const Row& row, const std::string_view highway) const {
  constexpr std::string_view kLink = "_link";
  Draft draft;
  double slowest = 0;
  bool any = false;
  // Several for one edge: the one that is closed, else the slowest, so that no way is promised that there may not be.
  for (const std::string& value : listed_values(highway)) {
    const bool link = value.ends_with(kLink);
    const auto found = class_of(std::string_view{value}.substr(0, value.size() - (link ? kLink.size() : 0)));
    if (!found) {
      note(row, "highway", value, "unknown_road_class");
      continue;
    }
    const bool open = profile_.classes[*found] == ClassAccess::open;
    const double kmh = open ? class_speed_kmh(profile_, *found, link, true) : 0;
    if (!any || kmh < slowest || (kmh == slowest && *found > draft.road_class)) {
      draft.road_class = *found;
      draft.flags = link ? static_cast<std::uint8_t>(kLinkRoad) : std::uint8_t{0};
      slowest = kmh;
    }
    any = true;
  }
  return draft;
}

RoadAttributes::Draft RoadAttributes::read_osmnx(const Row& row) const {
  Draft draft = read_osmnx_class(row, cell(row.number, "highway"));
  draft.limit_kmh = read_limit(row, "maxspeed", cell(row.number, "maxspeed"));
  const std::string oneway = fold_text(cell(row.number, "oneway"));
  // Edges are directed already: the sign only tells that no edge leads back.
  draft.way = oneway == "true" || oneway == "1" || oneway == "yes" ? Way::forward : Way::both;
  if (cell(row.number, "junction").find("roundabout") != std::string_view::npos) {
    draft.flags |= kRoundabout;
  }
  for (const std::string& tag : profile_.access.tags) {
    const std::vector<std::string> values = listed_values(cell(row.number, fold_column_name(tag)));
    if (values.empty()) {
      continue;
    }
    for (const std::string& value : values) {
      Access access = Access::unsaid;
      if (lists(profile_.access.closed, value)) {
        access = Access::closed;
      } else if (lists(profile_.access.destination, value)) {
        access = Access::destination;
      } else if (lists(profile_.access.open, value) && tag != "access") {
        access = Access::open;  // access=yes is not made for the mode: it opens no class of its own
      }
      draft.access = std::max(draft.access, access);
    }
    break;
  }
  return draft;
}

}  // namespace maillage
