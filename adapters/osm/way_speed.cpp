#include "adapters/osm/way_speed.hpp"

#include <algorithm>
#include <osmium/osm/tag.hpp>
#include <string_view>

#include "adapters/osm/tag_values.hpp"

namespace maillage {

namespace {

constexpr double kUrbanLimit_kmh = 50;    ///< limits up to it on through roads are those of towns
constexpr double kRuralLimit_kmh = 70;    ///< from it on, of the country
constexpr double kSlowMotorway_kmh = 30;  ///< a motorway so slow is doubtful
constexpr double kFastStreet_kmh = 90;    ///< so is a street so fast

/// The number of maxspeed or of one of its directions, when it may be believed.
std::optional<double> believed_limit(const osmium::TagList& tags, const char* key, const TravelProfile& profile,
                                     WayRule& rule, std::vector<WayDoubt>& doubts) {
  const char* text = tags[key];
  if (text == nullptr) {
    return std::nullopt;
  }
  const SpeedLimit limit = parse_speed_limit(text, profile.limits);
  if (limit.urban && rule.context == UrbanContext::unknown) {
    rule.context = *limit.urban ? UrbanContext::urban : UrbanContext::rural;
  }
  if (limit.unreadable && !limit.kmh) {
    rule.flags |= kSuspiciousSpeed;
    doubts.push_back({"maxspeed_unreadable", key, text});
    return std::nullopt;
  }
  if (limit.kmh && (*limit.kmh < profile.limits.least_kmh || *limit.kmh > profile.limits.greatest_kmh)) {
    rule.flags |= kSuspiciousSpeed;
    doubts.push_back({"maxspeed_not_believed", key, text});
    return std::nullopt;
  }
  return limit.kmh;
}

/// The tags that say which rule of the country applies: they give the context, and the limit when maxspeed is absent.
std::optional<double> implicit_limit(const osmium::TagList& tags, const TravelProfile& profile, WayRule& rule) {
  std::optional<double> kmh;
  for (const char* key : {"zone:maxspeed", "maxspeed:type", "source:maxspeed", "zone:traffic", "traffic:zone"}) {
    const char* text = tags[key];
    if (text == nullptr || std::string_view{text}.find(':') == std::string_view::npos) {
      continue;  // "sign", "survey": where the number comes from
    }
    const SpeedLimit limit = parse_speed_limit(text, profile.limits);
    if (limit.urban) {
      rule.context = *limit.urban ? UrbanContext::urban : UrbanContext::rural;
    } else if (limit.kmh && *limit.kmh <= kUrbanLimit_kmh && std::string_view{key} == "zone:maxspeed") {
      rule.context = UrbanContext::urban;  // zones of 30 or 20 km/h are parts of towns
    }
    kmh = kmh ? kmh : limit.kmh;
  }
  const bool usable = kmh && *kmh >= profile.limits.least_kmh && *kmh <= profile.limits.greatest_kmh;
  return usable ? kmh : std::nullopt;
}

bool is_street(const RoadClass road_class) {
  return road_class == RoadClass::residential || road_class == RoadClass::living_street ||
         road_class == RoadClass::service || road_class == RoadClass::pedestrian || road_class == RoadClass::track;
}

void guess_context(const std::optional<double>& limit_kmh, WayRule& rule) {
  if (rule.context != UrbanContext::unknown) {
    return;
  }
  if (rule.road_class == RoadClass::living_street) {
    rule.context = UrbanContext::urban;
  } else if (rule.road_class == RoadClass::motorway) {
    rule.context = UrbanContext::rural;
  } else if (limit_kmh && *limit_kmh >= kRuralLimit_kmh) {
    rule.context = UrbanContext::rural;
  } else if (limit_kmh && *limit_kmh <= kUrbanLimit_kmh && rule.road_class <= RoadClass::tertiary &&
             (rule.flags & (kLinkRoad | kRoundabout)) == 0) {
    rule.context = UrbanContext::urban;
  }
}

void read_ferry(const osmium::TagList& tags, const TravelProfile& profile, WayRule& rule, std::vector<WayDoubt>& doubts) {
  const char* text = tags["duration"];
  if (text == nullptr) {
    return;
  }
  constexpr double kHour_s = 3600;
  const auto seconds = parse_duration_s(text);
  if (!seconds || *seconds > profile.ferry.longest_hours * kHour_s) {
    rule.flags |= kSuspiciousSpeed;
    doubts.push_back({"ferry_duration_not_believed", "duration", text});
    return;
  }
  rule.ferry_s = static_cast<float>(*seconds);
}

}  // namespace

WaySpeeds read_way_speeds(const osmium::TagList& tags, const TravelProfile& profile, WayRule& rule,
                          std::vector<WayDoubt>& doubts) {
  if (rule.road_class == RoadClass::ferry) {
    rule.context = UrbanContext::rural;
    read_ferry(tags, profile, rule, doubts);
    rule.flags |= rule.ferry_s > 0 ? 0 : kAssumedSpeed;
    return {};
  }
  const std::size_t known_doubts = doubts.size();
  const std::uint8_t known_flags = rule.flags;
  const auto implicit = implicit_limit(tags, profile, rule);
  const auto both = believed_limit(tags, "maxspeed", profile, rule, doubts);
  WaySpeeds speeds{.forward_kmh = believed_limit(tags, "maxspeed:forward", profile, rule, doubts),
                   .backward_kmh = believed_limit(tags, "maxspeed:backward", profile, rule, doubts)};
  const auto general = both ? both : implicit;
  speeds.forward_kmh = speeds.forward_kmh ? speeds.forward_kmh : general;
  speeds.backward_kmh = speeds.backward_kmh ? speeds.backward_kmh : general;
  const auto limit_kmh = speeds.forward_kmh ? speeds.forward_kmh : speeds.backward_kmh;
  guess_context(limit_kmh, rule);
  if (!profile.limits.obeyed) {
    // A limit is of no interest to this mode, nor are doubts about it.
    doubts.resize(known_doubts, WayDoubt{});
    rule.flags = known_flags;
    return {};
  }
  if (!limit_kmh) {
    rule.flags |= kAssumedSpeed;
    return speeds;
  }
  const bool slow =
      rule.road_class == RoadClass::motorway && (rule.flags & kLinkRoad) == 0 && *limit_kmh < kSlowMotorway_kmh;
  const bool fast = is_street(rule.road_class) && *limit_kmh > kFastStreet_kmh;
  if (slow || fast) {
    rule.flags |= kSuspiciousSpeed;
    doubts.push_back({"maxspeed_far_from_class", "maxspeed", std::to_string(static_cast<int>(*limit_kmh))});
  }
  return speeds;
}

bool is_unpaved(const osmium::TagList& tags) {
  constexpr std::array<std::string_view, 16> kUnpavedSurfaces{
      "unpaved", "compacted", "fine_gravel", "gravel", "pebblestone", "dirt", "earth", "ground",
      "grass",   "mud",       "sand",        "rock",   "woodchips",   "clay", "soil",  "grass_paver"};
  if (const char* surface = tags["surface"]) {
    return std::ranges::find(kUnpavedSurfaces, std::string_view{surface}) != kUnpavedSurfaces.end();
  }
  const char* grade = tags["tracktype"];
  return grade != nullptr && std::string_view{grade} != "grade1";
}

}  // namespace maillage
