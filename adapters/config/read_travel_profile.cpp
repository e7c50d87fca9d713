#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "adapters/config/key_reader.hpp"
#include "adapters/config/travel_profiles.hpp"
#include "adapters/file/read_file.hpp"
#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr double kFastest_kmh = 300;
constexpr double kSlowestFactor = 0.1;
constexpr double kLongestDelay_s = 86'400;

/// What the numbers of a table may be, for messages.
struct Range {
  double least;
  double greatest;
};
constexpr Range kSpeeds{0.1, kFastest_kmh};
constexpr Range kFactors{kSlowestFactor, 100};
constexpr Range kDelays{0, kLongestDelay_s};

void require_in(const KeyReader& reader, const std::string& key, const double value, const Range range) {
  if (!(value >= range.least && value <= range.greatest)) {
    reader.fail(
        key, Text{.french = fmt::format("{} trouvé, un nombre de {} à {} attendu.", value, range.least, range.greatest),
                  .english = fmt::format("{} found, a number from {} to {} expected.", value, range.least, range.greatest)});
  }
}

double number_in(KeyReader& reader, const std::string& key, const double otherwise, const Range range) {
  const double value = reader.number(key).value_or(otherwise);
  require_in(reader, key, value, range);
  return value;
}

RoadClass road_class_in(const KeyReader& reader, const std::string& key, const std::string& name) {
  if (const auto road_class = parse_road_class(name)) {
    return *road_class;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kRoadClasses; ++i) {
    names.emplace_back(road_class_name(static_cast<RoadClass>(i)));
  }
  const auto near = closest_names(name, names, 1);
  const std::string hint_french = near.empty() ? "" : fmt::format(" Vouliez-vous dire « {} » ?", near.front());
  const std::string hint_english = near.empty() ? "" : fmt::format(" Did you mean '{}'?", near.front());
  reader.fail(key, Text{.french = fmt::format("« {} » n'est pas une classe de routes.{} Classes : {}.", name, hint_french,
                                              fmt::join(names, ", ")),
                        .english = fmt::format("'{}' is not a road class.{} Classes: {}.", name, hint_english,
                                               fmt::join(names, ", "))});
}

/// The numbers of `parent`.`key` by road class; classes that are not named keep `otherwise`.
PerRoadClass<double> per_class(KeyReader& parent, const std::string& key, const double otherwise, const Range range) {
  PerRoadClass<double> numbers;
  numbers.values.fill(otherwise);
  for (const auto& [name, value] : parent.number_map(key)) {
    const RoadClass road_class = road_class_in(parent, key, name);
    require_in(parent, key, value, range);
    numbers[road_class] = value;
  }
  return numbers;
}

TagValues tag_values(KeyReader& parent, const std::string& key, const Range range) {
  TagValues values = parent.number_map(key);
  for (const auto& [name, value] : values) {
    require_in(parent, key, value, range);
  }
  return values;
}

TravelProfile::Access read_access(KeyReader reader) {
  TravelProfile::Access access;
  access.tags = reader.texts("tags");
  access.open = reader.texts("open");
  access.destination = reader.texts("destination");
  access.closed = reader.texts("closed");
  access.dismount = reader.texts("dismount");
  access.pushing_kmh = number_in(reader, "pushing_speed", access.pushing_kmh, kSpeeds);
  access.destination_time_factor =
      number_in(reader, "destination_time_factor", access.destination_time_factor, {1, kFactors.greatest});
  for (const std::string& tag : reader.texts("closing")) {
    const std::size_t equals = tag.find('=');
    if (equals == std::string::npos || equals == 0) {
      reader.fail("closing", Text{.french = fmt::format("« {} » : une étiquette s'écrit « clé=valeur ».", tag),
                                  .english = fmt::format("'{}': a tag is written 'key=value'.", tag)});
    }
    access.closing_tags.emplace_back(tag.substr(0, equals), tag.substr(equals + 1));
  }
  if (access.tags.empty() || access.open.empty() || access.closed.empty()) {
    reader.fail("",
                Text{.french = "les clés « tags », « open » et « closed » sont nécessaires : sans elles, nul ne sait quelle "
                               "route est ouverte.",
                     .english = "keys 'tags', 'open' and 'closed' are needed: without them nobody knows which road is "
                                "open."});
  }
  reader.refuse_unknown_keys();
  return access;
}

PerRoadClass<ClassAccess> read_classes(KeyReader reader) {
  PerRoadClass<ClassAccess> classes;
  classes.values.fill(ClassAccess::never);
  for (const std::string& name : reader.texts("open")) {
    classes[road_class_in(reader, "open", name)] = ClassAccess::open;
  }
  for (const std::string& name : reader.texts("on_permission")) {
    ClassAccess& access = classes[road_class_in(reader, "on_permission", name)];
    if (access == ClassAccess::open) {
      reader.fail("on_permission", Text{.french = fmt::format("« {} » est déjà dans « open ».", name),
                                        .english = fmt::format("'{}' already stands in 'open'.", name)});
    }
    access = ClassAccess::on_permission;
  }
  reader.refuse_unknown_keys();
  return classes;
}

void read_speeds(KeyReader& reader, TravelProfile& profile) {
  if (auto speeds = reader.table("speeds")) {
    profile.rural_kmh = per_class(*speeds, "rural", 0, kSpeeds);
    profile.urban_kmh = per_class(*speeds, "urban", 0, kSpeeds);
    profile.link_kmh = per_class(*speeds, "link", 0, kSpeeds);
    profile.ceiling_kmh = per_class(*speeds, "ceiling", 0, kSpeeds);
    speeds->refuse_unknown_keys();
  }
  for (std::size_t i = 0; i < kRoadClasses; ++i) {
    const auto road_class = static_cast<RoadClass>(i);
    double& urban_kmh = profile.urban_kmh[road_class];
    urban_kmh = urban_kmh > 0 ? urban_kmh : profile.rural_kmh[road_class];
    const bool needed = profile.classes[road_class] != ClassAccess::never && road_class != RoadClass::ferry;
    if (needed && profile.rural_kmh[road_class] <= 0) {
      reader.fail("speeds", Text{.french = fmt::format("« {} » est ouverte mais n'a pas de vitesse : ajoutez-la sous "
                                                       "[speeds.rural].",
                                                       road_class_name(road_class)),
                                 .english = fmt::format("'{}' is open but has no speed: add it under [speeds.rural].",
                                                        road_class_name(road_class))});
    }
  }
}

TravelProfile::Limits read_limits(KeyReader reader) {
  TravelProfile::Limits limits;
  limits.obeyed = reader.boolean("obeyed").value_or(limits.obeyed);
  limits.rural_share = number_in(reader, "rural_share", limits.rural_share, {kSlowestFactor, 2});
  limits.urban_share = number_in(reader, "urban_share", limits.urban_share, {kSlowestFactor, 2});
  limits.least_kmh = number_in(reader, "least", limits.least_kmh, kSpeeds);
  limits.greatest_kmh = number_in(reader, "greatest", limits.greatest_kmh, kSpeeds);
  limits.values = tag_values(reader, "values", kSpeeds);
  reader.refuse_unknown_keys();
  return limits;
}

TravelProfile::OneWay read_one_way(KeyReader reader) {
  TravelProfile::OneWay one_way;
  one_way.tags = reader.texts("tags");
  one_way.implied = reader.boolean("implied").value_or(one_way.implied);
  one_way.contraflow = reader.boolean("contraflow").value_or(one_way.contraflow);
  one_way.reversible_open = reader.boolean("reversible_open").value_or(one_way.reversible_open);
  reader.refuse_unknown_keys();
  return one_way;
}

void read_nodes(KeyReader& reader, TravelProfile& profile) {
  if (auto barriers = reader.table("barriers")) {
    profile.nodes.open = barriers->texts("open");
    profile.nodes.closed = barriers->texts("closed");
    profile.nodes.others_open = barriers->boolean("others_open").value_or(true);
    barriers->refuse_unknown_keys();
  }
  profile.nodes.delay_s = tag_values(reader, "delays", kDelays);
}

void read_ferry(KeyReader reader, TravelProfile::Ferry& ferry) {
  ferry.speed_kmh = number_in(reader, "speed", ferry.speed_kmh, kSpeeds);
  ferry.boarding_s = number_in(reader, "boarding", ferry.boarding_s, kDelays);
  ferry.longest_hours = number_in(reader, "longest_hours", ferry.longest_hours, {0.1, 200});
  reader.refuse_unknown_keys();
}

void read_rest(KeyReader& reader, TravelProfile& profile) {
  if (auto areas = reader.table("areas")) {
    profile.walks_area_outlines = areas->boolean("outlines").value_or(false);
    areas->refuse_unknown_keys();
  }
  if (auto restrictions = reader.table("restrictions")) {
    profile.restriction_tags = restrictions->texts("tags");
    profile.restriction_exceptions = restrictions->texts("exceptions");
    restrictions->refuse_unknown_keys();
  }
  if (auto urban = reader.table("urban")) {
    profile.urban_streets_m = number_in(*urban, "streets_m", profile.urban_streets_m, {0, 1'000'000});
    urban->refuse_unknown_keys();
  }
  profile.rural_congestion.values.fill(1);
  profile.urban_congestion.values.fill(1);
  if (auto congestion = reader.table("congestion")) {
    profile.rural_congestion = per_class(*congestion, "rural", 1, kFactors);
    profile.urban_congestion = per_class(*congestion, "urban", 1, kFactors);
    congestion->refuse_unknown_keys();
  }
}

KeyReader required_table(KeyReader& reader, const std::string& key) {
  if (auto table = reader.table(key)) {
    return *table;
  }
  reader.fail("", Text{.french = fmt::format("la table [{}] manque ; les profils du programme en montrent une.", key),
                       .english = fmt::format("table [{}] is missing; the profiles of the program show one.", key)});
}

}  // namespace

TravelProfile parse_travel_profile(const std::string_view toml, const std::string& file) {
  const ConfigValue document = parse_toml(toml, file);
  KeyReader reader{document, file, ""};
  TravelProfile profile;
  profile.name = reader.text("name").value_or("");
  if (profile.name.empty()) {
    reader.fail("name", Text{.french = "le profil doit avoir un nom : name = \"car\".",
                             .english = "the profile needs a name: name = \"car\"."});
  }
  const std::string vehicle = reader.choice("vehicle", {"car", "bicycle", "foot"}).value_or("car");
  profile.vehicle = vehicle == "foot" ? VehicleKind::foot : vehicle == "bicycle" ? VehicleKind::bicycle : VehicleKind::car;
  profile.top_kmh = number_in(reader, "top_speed", profile.top_kmh, kSpeeds);
  profile.access = read_access(required_table(reader, "access"));
  profile.classes = read_classes(required_table(reader, "classes"));
  read_speeds(reader, profile);
  if (auto limits = reader.table("limits")) {
    profile.limits = read_limits(*limits);
  }
  profile.surface = tag_values(reader, "surface", kSpeeds);
  profile.tracktype = tag_values(reader, "tracktype", kSpeeds);
  profile.smoothness = tag_values(reader, "smoothness", kSpeeds);
  profile.one_way = read_one_way(required_table(reader, "one_way"));
  read_nodes(reader, profile);
  if (auto ferry = reader.table("ferry")) {
    read_ferry(*ferry, profile.ferry);
  }
  profile.rural_kmh[RoadClass::ferry] = profile.ferry.speed_kmh;
  profile.urban_kmh[RoadClass::ferry] = profile.ferry.speed_kmh;
  read_rest(reader, profile);
  reader.refuse_unknown_keys();
  return profile;
}

TravelProfile read_travel_profile(const std::filesystem::path& file) {
  constexpr std::size_t kMostBytes = 1U << 20U;
  return parse_travel_profile(read_whole_file(file, kMostBytes), file.string());
}

}  // namespace maillage
