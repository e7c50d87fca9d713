#include "engine/network/travel_profile.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {

namespace {

constexpr std::array<std::string_view, kRoadClasses> kNames{
    "motorway",   "trunk", "primary",  "secondary", "tertiary", "unclassified", "residential", "living_street", "service",
    "pedestrian", "track", "cycleway", "footway",   "path",     "steps",        "ferry",       "other"};

}  // namespace

std::string_view road_class_name(const RoadClass road_class) {
  return kNames[static_cast<std::size_t>(road_class)];
}

std::optional<RoadClass> parse_road_class(const std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) {
    return std::nullopt;
  }
  return static_cast<RoadClass>(found - kNames.begin());
}

std::optional<double> find_value(const TagValues& values, const std::string_view text) {
  const auto found = std::ranges::find(values, text, &TagValues::value_type::first);
  return found == values.end() ? std::nullopt : std::optional{found->second};
}

bool lists(const TagNames& names, const std::string_view text) {
  return std::ranges::find(names, text) != names.end();
}

double class_speed_kmh(const TravelProfile& profile, const RoadClass road_class, const bool link, const bool urban) {
  const double link_kmh = profile.link_kmh[road_class];
  const double kmh = urban ? profile.urban_kmh[road_class] : profile.rural_kmh[road_class];
  return std::min(profile.top_kmh, link && link_kmh > 0 ? std::min(link_kmh, kmh) : kmh);
}

double limited_speed_kmh(const TravelProfile& profile, const RoadClass road_class, const double limit_kmh,
                         const bool urban) {
  const double ceiling = profile.ceiling_kmh[road_class];
  const double kmh = limit_kmh * (urban ? profile.limits.urban_share : profile.limits.rural_share);
  return std::min({profile.top_kmh, kmh, ceiling > 0 ? ceiling : kmh});
}

std::uint32_t travel_time_ms(const double length_m, const double speed_kmh) {
  const double ms = std::round(length_m * 3600.0 / speed_kmh);
  return static_cast<std::uint32_t>(std::min(ms, static_cast<double>(kLongestArc)));
}

}  // namespace maillage
