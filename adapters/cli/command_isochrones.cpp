#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "adapters/cli/build_network.hpp"
#include "adapters/cli/existing_files.hpp"
#include "adapters/cli/opened_network.hpp"
#include "adapters/cli/read_places.hpp"
#include "adapters/cli/verb.hpp"
#include "adapters/cli/write_map.hpp"
#include "adapters/config/study.hpp"
#include "engine/core/error.hpp"
#include "engine/network/isochrone.hpp"
#include "engine/network/position_search.hpp"
#include "engine/network/stretch_lines.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/network_layers.hpp"

namespace maillage {
namespace {

struct Options {
  std::string network;
  std::string mode = "car";
  std::string origins;
  std::string points;
  std::string output;
  std::vector<std::string> within;
  std::string crs;
  bool together = false;
  bool towards = false;
  bool lines = false;
  bool overwrite = false;
  double cell_m = 0;
  double max_access_m = 1'000;
  double access_speed_kmh = 5;
};

/// The limits asked for, ascending, each once.
struct Limits {
  CostUnit unit = CostUnit::seconds;
  std::vector<Cost> values;
  std::vector<std::string> labels;
};

/// "10min" as it is read aloud: "10 min".
std::string spaced(const std::string& text) {
  const std::size_t unit = text.find_first_not_of("0123456789,. ");
  const std::size_t end = text.find_last_not_of(' ', unit == 0 ? 0 : unit - 1);
  return text.substr(0, end + 1) + " " + text.substr(unit);
}

Limits limits_of(const std::vector<std::string>& within) {
  std::vector<std::pair<Cost, std::string>> sorted;
  Limits limits;
  for (const std::string& text : within) {
    const auto limit = parse_limit(text);
    if (!limit) {
      throw StudyError(Text{
          .french = fmt::format("--within : « {} » n'est pas une limite ; écrivez par exemple 5min,10min ou 20km.", text),
          .english = fmt::format("--within: '{}' is not a limit; write e.g. 5min,10min or 20km.", text)});
    }
    if (!sorted.empty() && limit->unit != limits.unit) {
      throw StudyError(Text{.french = "--within : des minutes ou des kilomètres, pas les deux ; faites-en deux cartes.",
                            .english = "--within: minutes or kilometres, not both; make two maps."});
    }
    limits.unit = limit->unit;
    sorted.emplace_back(limit->value, spaced(text));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [value, label] : sorted) {
    if (limits.values.empty() || limits.values.back() != value) {
      limits.values.push_back(value);
      limits.labels.push_back(std::move(label));
    }
  }
  return limits;
}

/// How far a drawn border may be off: on foot half a minute's walk; areas of long limits are wide and need less.
double cell_side_m(const Options& options, const std::string& mode, const Limits& limits) {
  constexpr double kOnFoot_m = 50;
  constexpr double kNear_m = 100;
  constexpr double kFar_m = 250;
  const Cost far = limits.unit == CostUnit::seconds ? 30 * 60 : 30'000;
  if (options.cell_m > 0) {
    return options.cell_m;
  }
  return mode == "foot" ? kOnFoot_m : limits.values.back() <= far ? kNear_m : kFar_m;
}

/// What is drawn of one place, or of all together.
struct Drawn {
  std::vector<ServiceArea> areas;
  std::vector<ReachedRoad> roads;
  std::size_t misplaced = 0;
};

class Drawing {
 public:
  Drawing(const Options& options, const RoadModel& model, const Limits& limits, std::vector<Point> points)
      : options_(options), model_(model), points_(std::move(points)) {
    for (const Cost limit : limits.values) {
      cutoffs_.push_back(largest_weight(model, limit));
    }
    settings_.cell_m = cell_side_m(options, model.network.mode, limits);
  }

  /// What is in reach of all places together.
  [[nodiscard]] Drawn draw_together(const std::span<const Point> origins, const std::span<const Snap> snaps) const {
    return draw(std::nullopt, origins, snaps, road_position_costs(model_, snaps, direction(), searched()));
  }

  /// What is in reach of each place, in their order.
  [[nodiscard]] std::vector<Drawn> draw_each(const std::span<const Point> origins, const std::span<const Snap> snaps,
                                             const Progress& progress) const {
    std::vector<Drawn> drawn(snaps.size());
    PositionSearch(model_, direction(), searched())
        .each(
            snaps,
            [&](const std::size_t place, const PositionCosts& costs) {
              drawn[place] = draw(place, origins.subspan(place, 1), snaps.subspan(place, 1), costs);
            },
            progress);
    return drawn;
  }

 private:
  [[nodiscard]] Direction direction() const { return options_.towards ? Direction::backward : Direction::forward; }

  /// \param place  number of the place, or nothing for all  \param origins, snaps  where it is, or they are
  [[nodiscard]] Drawn draw(const std::optional<std::size_t> place, const std::span<const Point> origins,
                           const std::span<const Snap> snaps, const PositionCosts& costs) const {
    Drawn drawn;
    const auto with_road = std::count_if(snaps.begin(), snaps.end(), [](const Snap& snap) { return !snap.road.is_none(); });
    std::vector<Point> places{origins.begin(), origins.end()};
    places.insert(places.end(), points_.begin(), points_.end());
    const Isochrones found = road_isochrones(model_, costs, places, cutoffs_, settings_);
    std::vector<RoadStretch> inner;
    for (std::size_t limit = 0; limit < cutoffs_.size(); ++limit) {
      drawn.misplaced += found.misplaced[limit].size();
      AreaSet area;
      area.add_area(found.areas, AreaIndex{limit});
      std::vector<RoadStretch> stretches = costs.within(cutoffs_[limit]);
      if (options_.lines) {
        for (const RoadStretch& stretch : stretches_beyond(stretches, inner)) {
          drawn.roads.push_back({.place = place, .limit = limit, .stretch = stretch});
        }
        inner = stretches;
      }
      std::erase_if(stretches,
                    [&](const RoadStretch& each) { return model_.network.road(each.road).road_class == RoadClass::ferry; });
      drawn.areas.push_back({.place = place,
                             .limit = limit,
                             .places_drawn = static_cast<std::int64_t>(with_road),
                             .area = std::move(area),
                             .roads_m = length_m(model_.network, stretches)});
    }
    return drawn;
  }

  /// Borders lie between what is within a limit and what is just beyond it, whose cost must be known too; else the area of a
  /// limit would be drawn smaller when it is the longest one asked for.
  [[nodiscard]] std::uint32_t searched() const {
    const Snap farthest{.road = RoadIndex{0}, .access_m = model_.access.snap.max_access_m};
    const std::uint64_t beyond = 2 * std::uint64_t{cutoffs_.back()} + access_weight(model_, farthest);
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(beyond, kNoPath - 1));
  }

  const Options& options_;
  const RoadModel& model_;
  std::vector<Point> points_;
  std::vector<std::uint32_t> cutoffs_;
  IsochroneOptions settings_;
};

/// All that was drawn, in the order of places.
Drawn joined(std::vector<Drawn> parts, Console& console) {
  Drawn all;
  for (Drawn& part : parts) {
    std::move(part.areas.begin(), part.areas.end(), std::back_inserter(all.areas));
    all.roads.insert(all.roads.end(), part.roads.begin(), part.roads.end());
    all.misplaced += part.misplaced;
    part = {};
  }
  if (all.misplaced > 0) {
    console.warn({.french = fmt::format("{} lieux sont du mauvais côté d'un bord : trop près l'un de l'autre pour que le "
                                        "dessin les sépare.",
                                        all.misplaced),
                  .english = fmt::format("{} places are on the wrong side of a border: too near to one another for the "
                                         "drawing to part them.",
                                         all.misplaced)});
  }
  return all;
}

void write_isochrones(const Options& options, Console& console) {
  const Limits limits = limits_of(options.within);
  const MapFormat format = map_format_of(options.output, "--output");
  if (!options.overwrite) {
    std::vector<std::string> names{layer_name(LayerKind::isochrones)};
    if (options.lines) {
      names.push_back(layer_name(LayerKind::reached_roads));
    }
    refuse_existing(map_files(options.output, format, names));
  }
  OpenedNetwork network(require_network_file(options.network, options.mode, console), {}, console);
  RoadAccess access;
  access.snap.max_access_m = options.max_access_m;
  access.access_speed_kmh = options.access_speed_kmh;
  const RoadModel model =
      network.model(limits.unit == CostUnit::seconds ? RoadMetric::travel_time_ms : RoadMetric::length_cm, access, console);
  const std::string& plane = network.network().crs;
  const PlaceList origins = read_places(options.origins, options.crs, plane, console);
  const PlaceList points = options.points.empty() ? PlaceList{} : read_places(options.points, options.crs, plane, console);
  const std::vector<Snap> snaps = model.locator.snap_all(origins.positions, access.snap);
  tell_unsnapped(snaps, origins, options.origins, console);
  console.step({.french = fmt::format("Zones d'accès de {} lieux, {} limites", snaps.size(), limits.values.size()),
                .english = fmt::format("Service areas of {} places, {} limits", snaps.size(), limits.values.size())});
  const Drawing drawing{options, model, limits, points.positions};
  std::vector<Drawn> parts;
  if (options.together) {
    parts.push_back(drawing.draw_together(origins.positions, snaps));
  } else {
    parts = drawing.draw_each(origins.positions, snaps, console.progress());
  }
  Drawn drawn = joined(std::move(parts), console);
  const Conversion to_degrees = plane_to_degrees(plane);
  const IsochroneSources sources{.network = network.network(),
                                 .plane_to_lonlat = to_degrees,
                                 .places = origins.keys,
                                 .limits = limits.values,
                                 .labels = limits.labels,
                                 .unit = limits.unit,
                                 .direction = options.towards ? Direction::backward : Direction::forward};
  LayerSet layers{.territory = {}, .plane = plane, .layers = {}};
  const std::size_t areas = drawn.areas.size();
  layers.layers.push_back(isochrones_layer(sources, std::move(drawn.areas)));
  if (options.lines) {
    layers.layers.push_back(reached_roads_layer(sources, drawn.roads));
  }
  console.step({.french = "Écriture et relecture de la carte", .english = "Writing and re-reading the map"});
  const auto files = write_map(options.output, format, layers, console.language());
  for (std::size_t k = 0; k < files.size(); ++k) {
    const std::size_t features = k == 0 ? areas : layers.layers[k].features();
    console.print(
        console.language() == Language::french
            ? fmt::format("{} {} écrites dans {}.", features, k == 0 ? "zones" : "parties de route", files[k].string())
            : fmt::format("{} {} written to {}.", features, k == 0 ? "areas" : "parts of roads", files[k].string()));
  }
}

}  // namespace

Verb add_isochrones(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app = program.add_subcommand("isochrones", say("Zones d'accès par la route autour de lieux, et routes atteintes",
                                                           "Service areas by road around places, and roads in reach"));
  app->add_option("--network", options->network,
                  say("Réseau .mlg, ou routes dont il sera tiré", "Network .mlg, or roads to make it from"))
      ->required();
  app->add_option("--mode", options->mode,
                  say("Mode d'un réseau à tirer de routes : car, bicycle, foot, profil .toml",
                      "Mode of a network made from roads: car, bicycle, foot, profile .toml"));
  app->add_option("--origins", options->origins, say("Fichier des lieux", "File of places"))->required();
  app->add_option("--within", options->within,
                  say("Limites : 5min,10min,15min ou 2km,5km", "Limits: 5min,10min,15min or 2km,5km"))
      ->delimiter(',')
      ->required();
  app->add_option("-o,--output", options->output,
                  say("Carte à écrire (.gpkg ou .geojson)", "Map to write (.gpkg or .geojson)"))
      ->required();
  app->add_flag("--together", options->together,
                say("Une zone par limite, de tous les lieux ensemble : ce qui est à portée de l'un d'eux",
                    "One area per limit, of all places together: what is in reach of any"));
  app->add_flag("--towards", options->towards,
                say("D'où l'on peut venir au lieu, plutôt qu'où l'on peut aller",
                    "From where one can come to the place, not where one can go"));
  app->add_flag("--lines", options->lines,
                say("Écrire aussi les parties de route atteintes", "Write the parts of roads in reach too"));
  app->add_option("--points", options->points,
                  say("Points que les zones doivent contenir exactement quand la table des temps le dit",
                      "Points that the areas must hold exactly when the table of times says so"));
  app->add_option("--cell", options->cell_m,
                  say("Côté des mailles du dessin, en mètres (100 ; 250 au-delà de 30 min ou 30 km ; 50 à pied)",
                      "Side of the drawing's cells, metres (100; 250 beyond 30 min or 30 km; 50 on foot)"))
      ->check(CLI::Range(5.0, 100'000.0));
  app->add_option("--crs", options->crs,
                  say("Système de coordonnées des fichiers qui ne le disent pas", "CRS of files that do not tell theirs"));
  app->add_option(
         "--max-access", options->max_access_m,
         say("Distance maximale d'un lieu à sa route, en mètres", "Farthest that a place may lie from its road, metres"))
      ->check(CLI::Range(0.0, 100'000.0));
  app->add_option("--access-speed", options->access_speed_kmh,
                  say("Vitesse entre un lieu et sa route, en km/h", "Speed between a place and its road, km/h"))
      ->check(CLI::Range(0.1, 200.0));
  add_overwrite_option(*app, options->overwrite, common.language);
  add_common_options(*app, common);
  app->footer(
      say("\nExemples :\n  maillage isochrones --network routes.mlg --origins lieux.csv --within 5min,10min,15min -o "
          "zones.gpkg\n  maillage isochrones --network routes.mlg --origins lieux.csv --within 20min --together "
          "--towards --lines -o acces.geojson",
          "\nExamples:\n  maillage isochrones --network roads.mlg --origins places.csv --within 5min,10min,15min -o "
          "areas.gpkg\n  maillage isochrones --network roads.mlg --origins places.csv --within 20min --together "
          "--towards --lines -o access.geojson"));
  return {.app = app, .run = [options](Console& console) { write_isochrones(*options, console); }};
}

}  // namespace maillage
