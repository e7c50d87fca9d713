#include "adapters/osm/way_rules.hpp"

#include <algorithm>
#include <limits>
#include <osmium/osm/tag.hpp>
#include <string_view>

#include "adapters/osm/tag_values.hpp"
#include "adapters/osm/way_speed.hpp"

namespace maillage {

namespace {

struct HighwayName {
  std::string_view name;
  RoadClass road_class;
  bool link = false;
};

constexpr std::array kHighways{HighwayName{"motorway", RoadClass::motorway},
                               HighwayName{"motorway_link", RoadClass::motorway, true},
                               HighwayName{"trunk", RoadClass::trunk},
                               HighwayName{"trunk_link", RoadClass::trunk, true},
                               HighwayName{"primary", RoadClass::primary},
                               HighwayName{"primary_link", RoadClass::primary, true},
                               HighwayName{"secondary", RoadClass::secondary},
                               HighwayName{"secondary_link", RoadClass::secondary, true},
                               HighwayName{"tertiary", RoadClass::tertiary},
                               HighwayName{"tertiary_link", RoadClass::tertiary, true},
                               HighwayName{"unclassified", RoadClass::unclassified},
                               HighwayName{"residential", RoadClass::residential},
                               HighwayName{"residential_link", RoadClass::residential, true},
                               HighwayName{"living_street", RoadClass::living_street},
                               HighwayName{"service", RoadClass::service},
                               HighwayName{"pedestrian", RoadClass::pedestrian},
                               HighwayName{"track", RoadClass::track},
                               HighwayName{"cycleway", RoadClass::cycleway},
                               HighwayName{"footway", RoadClass::footway},
                               HighwayName{"crossing", RoadClass::footway},
                               HighwayName{"corridor", RoadClass::footway},
                               HighwayName{"platform", RoadClass::footway},
                               HighwayName{"path", RoadClass::path},
                               HighwayName{"bridleway", RoadClass::path},
                               HighwayName{"steps", RoadClass::steps},
                               HighwayName{"road", RoadClass::other}};

bool is(const char* value, const std::string_view wanted) {
  return value != nullptr && value == wanted;
}

bool is_roundabout(const osmium::TagList& tags) {
  const char* junction = tags["junction"];
  return is(junction, "roundabout") || is(junction, "circular");
}

/// The class of a way and whether it is a slip road; nothing for what is no road, or not yet or no longer one.
std::optional<HighwayName> class_of(const osmium::TagList& tags) {
  const char* route = tags["route"];
  if (is(route, "ferry") || is(route, "shuttle_train")) {
    return HighwayName{"ferry", RoadClass::ferry};
  }
  const char* highway = tags["highway"];
  if (highway == nullptr) {
    return std::nullopt;
  }
  const auto found = std::ranges::find(kHighways, std::string_view{highway}, &HighwayName::name);
  return found == kHighways.end() ? std::nullopt : std::optional{*found};
}

/// Whether a ferry says for whom it is at all.
bool names_any_mode(const osmium::TagList& tags) {
  constexpr std::array<const char*, 7> kModes{"access", "vehicle", "motor_vehicle", "motorcar", "bicycle", "foot", "hgv"};
  return std::ranges::any_of(kModes, [&](const char* key) { return tags[key] != nullptr; });
}

bool is_contraflow(const osmium::TagList& tags) {
  constexpr std::array<const char*, 4> kCycleways{"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"};
  constexpr std::array<const char*, 3> kCyclewayDirections{"cycleway:left:oneway", "cycleway:right:oneway",
                                                           "cycleway:both:oneway"};
  return std::ranges::any_of(kCycleways,
                             [&](const char* key) {
                               const char* value = tags[key];
                               return value != nullptr && std::string_view{value}.starts_with("opposite");
                             }) ||
         std::ranges::any_of(kCyclewayDirections, [&](const char* key) {
           const char* value = tags[key];
           return is(value, "-1") || is(value, "no");
         });
}

}  // namespace

AccessRules::AccessRules(const TravelProfile& profile) : access_(&profile.access) {
  for (const std::string& tag : profile.access.tags) {
    keys_.push_back({tag, tag + ":forward", tag + ":backward"});
  }
}

std::optional<OsmAccess> AccessRules::meaning(const char* value) const {
  std::optional<OsmAccess> widest;
  for_each_part(value, [&](const std::string_view part) {
    std::optional<OsmAccess> found;
    if (lists(access_->open, part)) {
      found = OsmAccess::open;
    } else if (lists(access_->destination, part)) {
      found = OsmAccess::destination;
    } else if (lists(access_->dismount, part)) {
      found = OsmAccess::pushed;
    } else if (lists(access_->closed, part)) {
      found = OsmAccess::closed;
    }
    if (found && (!widest || *found > *widest)) {
      widest = found;
    }
  });
  return widest;
}

AccessFinding AccessRules::find(const osmium::TagList& tags, const std::size_t direction) const {
  AccessFinding finding;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const char* value = direction == 0 ? nullptr : tags[keys_[i][direction].c_str()];
    value = value == nullptr ? tags[keys_[i][0].c_str()] : value;
    if (value == nullptr) {
      continue;
    }
    if (const auto access = meaning(value)) {
      finding.access = access;
      finding.made_for_mode = i + 1 < keys_.size() || keys_.size() == 1;
      return finding;
    }
    finding.unknown = value;
  }
  return finding;
}

WayRules::WayRules(const TravelProfile& profile) : profile_(&profile), access_(profile) {}

WayVerdict WayRules::judge(const osmium::TagList& tags) const {
  WayVerdict verdict;
  const auto highway = class_of(tags);
  if (!highway) {
    return verdict;
  }
  const bool area = is(tags["area"], "yes");
  verdict.is_road = !area || profile_->walks_area_outlines;
  if (!verdict.is_road || profile_->classes[highway->road_class] == ClassAccess::never) {
    return verdict;
  }
  for (const auto& [key, value] : profile_->access.closing_tags) {
    if (is(tags[key.c_str()], value)) {
      return verdict;
    }
  }
  Directions directions = open_directions(tags, highway->road_class, verdict);
  if (!area) {
    apply_one_way(tags, highway->road_class, directions);
  }
  if (directions.forward == OsmAccess::closed && directions.backward == OsmAccess::closed) {
    return verdict;
  }
  WayRule rule{.road_class = highway->road_class};
  rule.flags = static_cast<std::uint8_t>((highway->link ? kLinkRoad : 0) | (is_roundabout(tags) ? kRoundabout : 0) |
                                         (is(tags["toll"], "yes") ? kToll : 0));
  if (directions.forward == OsmAccess::destination || directions.backward == OsmAccess::destination) {
    rule.flags |= kDestinationOnly;
    rule.time_factor = static_cast<float>(profile_->access.destination_time_factor);
  }
  apply_speeds(tags, directions, rule, verdict);
  verdict.rule = rule;
  return verdict;
}

WayRules::Directions WayRules::open_directions(const osmium::TagList& tags, const RoadClass road_class,
                                               WayVerdict& verdict) const {
  const bool open_class = profile_->classes[road_class] == ClassAccess::open;
  const bool silent_ferry = road_class == RoadClass::ferry && !names_any_mode(tags);
  const auto direction = [&](const std::size_t side) {
    const AccessFinding finding = access_.find(tags, side);
    if (finding.unknown != nullptr && side == 1) {
      verdict.doubts.push_back({"unknown_access_value", "access", finding.unknown});
    }
    if (!finding.access) {
      return open_class || silent_ferry ? OsmAccess::open : OsmAccess::closed;
    }
    return open_class || finding.made_for_mode ? *finding.access : OsmAccess::closed;
  };
  return {direction(1), direction(2)};
}

void WayRules::apply_one_way(const osmium::TagList& tags, const RoadClass road_class, Directions& directions) const {
  const TravelProfile::OneWay& one_way = profile_->one_way;
  const char* value = nullptr;
  for (const std::string& tag : one_way.tags) {
    value = tags[tag.c_str()];
    if (value != nullptr) {
      break;
    }
  }
  const bool implied = one_way.implied && value == nullptr && (road_class == RoadClass::motorway || is_roundabout(tags));
  // A motorway's slip roads are often two-way where they meet other roads: OSM implies nothing for them.
  const bool link = road_class == RoadClass::motorway && is(tags["highway"], "motorway_link") && !is_roundabout(tags);
  if ((implied && !link) || is(value, "yes") || is(value, "true") || is(value, "1")) {
    if (!(one_way.contraflow && is_contraflow(tags))) {
      directions.backward = OsmAccess::closed;
    }
  } else if (is(value, "-1") || is(value, "reverse")) {
    if (!(one_way.contraflow && is_contraflow(tags))) {
      directions.forward = OsmAccess::closed;
    }
  } else if (is(value, "reversible") && !one_way.reversible_open) {
    // Open one way now and the other way later: nobody can count on either.
    directions = {OsmAccess::closed, OsmAccess::closed};
  }
}

double WayRules::surface_cap_kmh(const osmium::TagList& tags) const {
  double cap = std::numeric_limits<double>::infinity();
  const auto lower = [&](const char* key, const TagValues& values) {
    const char* text = tags[key];
    if (text != nullptr && !values.empty()) {
      for_each_part(text, [&](const std::string_view part) { cap = std::min(cap, find_value(values, part).value_or(cap)); });
    }
  };
  lower("surface", profile_->surface);
  lower("tracktype", profile_->tracktype);
  lower("smoothness", profile_->smoothness);
  return cap;
}

void WayRules::apply_speeds(const osmium::TagList& tags, const Directions& directions, WayRule& rule,
                            WayVerdict& verdict) const {
  const WaySpeeds limits = read_way_speeds(tags, *profile_, rule, verdict.doubts);
  const bool link = (rule.flags & kLinkRoad) != 0;
  const double cap = surface_cap_kmh(tags);
  if (is_unpaved(tags)) {
    rule.flags |= kUnpaved;
  }
  const auto fill = [&](const OsmAccess access, const std::optional<double>& limit_kmh, std::array<float, 2>& speeds) {
    if (access == OsmAccess::closed) {
      return;
    }
    for (std::size_t urban = 0; urban < 2; ++urban) {
      double kmh = limit_kmh ? limited_speed_kmh(*profile_, rule.road_class, *limit_kmh, urban == 1)
                             : class_speed_kmh(*profile_, rule.road_class, link, urban == 1);
      kmh = std::min(kmh, cap);
      if (access == OsmAccess::pushed) {
        kmh = std::min(kmh, profile_->access.pushing_kmh);
      }
      speeds[urban] = static_cast<float>(kmh);
    }
  };
  fill(directions.forward, limits.forward_kmh, rule.forward_kmh);
  fill(directions.backward, limits.backward_kmh, rule.backward_kmh);
}

}  // namespace maillage
