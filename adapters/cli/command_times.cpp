#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "adapters/cli/build_network.hpp"
#include "adapters/cli/existing_files.hpp"
#include "adapters/cli/opened_network.hpp"
#include "adapters/cli/read_places.hpp"
#include "adapters/cli/verb.hpp"
#include "adapters/cli/write_map.hpp"
#include "adapters/cli/write_times.hpp"
#include "adapters/config/study.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/road_path.hpp"

namespace maillage {
namespace {

struct Options {
  std::string network;
  std::string mode = "car";
  std::string origins;
  std::string destinations;
  std::string output;
  std::string within;
  std::string measure = "time";
  std::string format;
  std::string crs;
  std::size_t nearest = 0;
  double max_access_m = 1'000;
  double access_speed_kmh = 5;
  bool paths = false;
  bool overwrite = false;
};

struct Request {
  RoadMetric metric = RoadMetric::travel_time_ms;
  Cost limit = kUnreachable - 1;
  bool limited = false;
  TimesFormat format = TimesFormat::csv;
};

Request request_of(const Options& options) {
  Request request;
  request.metric = options.measure == "time" ? RoadMetric::travel_time_ms : RoadMetric::length_cm;
  const bool binary = options.format == "binary" || (options.format.empty() && options.output.ends_with(".bin"));
  request.format = binary ? TimesFormat::binary : TimesFormat::csv;
  if (options.paths) {
    request.format = TimesFormat::paths;
  }
  if (!options.within.empty()) {
    const auto limit = parse_limit(options.within);
    if (!limit) {
      throw StudyError(Text{
          .french =
              fmt::format("--within : « {} » n'est pas une limite ; écrivez par exemple 30min ou 20km.", options.within),
          .english = fmt::format("--within: '{}' is not a limit; write e.g. 30min or 20km.", options.within)});
    }
    request.limit = limit->value;
    request.limited = true;
    request.metric = limit->unit == CostUnit::seconds ? RoadMetric::travel_time_ms : RoadMetric::length_cm;
  }
  if (options.paths && (binary || request.metric != RoadMetric::travel_time_ms)) {
    throw StudyError(
        Text{.french = "--paths : les chemins sont ceux des temps, dans un .csv ; ôtez la distance ou le format binaire.",
             .english = "--paths: paths are those of times, in a .csv; leave out the distance or the binary format."});
  }
  return request;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& output, const TimesFormat format) {
  std::vector<std::filesystem::path> files{output};
  if (format == TimesFormat::binary) {
    files.push_back(std::filesystem::path{output} += ".json");
  }
  return files;
}

/// Keeps the `count` least costs of a row, ties to the earlier destination.
void keep_nearest(std::vector<Cost>& costs, const std::size_t count) {
  if (count == 0 || count >= costs.size()) {
    return;
  }
  std::vector<std::pair<Cost, std::size_t>> order;
  for (std::size_t k = 0; k < costs.size(); ++k) {
    order.emplace_back(costs[k], k);
  }
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end());
  for (std::size_t k = count; k < order.size(); ++k) {
    costs[order[k].second] = kUnreachable;
  }
}

/// The ways of one row's trips. Some at a time on all threads: a search each.
class RowPaths {
 public:
  RowPaths(const RoadModel& model, const std::span<const Snap> to)
      : model_(model), to_(to), to_degrees_(plane_to_degrees(model.network.crs)), paths_(to.size()) {}

  [[nodiscard]] std::span<const TripPath> find(const Snap& from, const std::span<const Cost> costs) {
    constexpr std::uint32_t kCentimetres = 100;
    parallel_for_blocks(to_.size(), 16, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        paths_[k] = {};
        if (costs[k] != kUnreachable) {
          const std::optional<RoadPath> path = find_road_path(model_, from, to_[k]);
          paths_[k] = {(path->length_cm + kCentimetres - 1) / kCentimetres,
                       road_path_line(model_.network, *path, from, to_[k])};
        }
      }
    });
    for (TripPath& path : paths_) {
      to_degrees_(path.line);
    }
    return paths_;
  }

 private:
  const RoadModel& model_;
  std::span<const Snap> to_;
  Conversion to_degrees_;
  std::vector<TripPath> paths_;
};

void write_table(const Options& options, Console& console) {
  const Request request = request_of(options);
  const std::vector<std::filesystem::path> files = files_of(options.output, request.format);
  if (!options.overwrite) {
    refuse_existing(files);
  }
  OpenedNetwork network(require_network_file(options.network, options.mode, console), {}, console);
  RoadAccess access;
  access.snap.max_access_m = options.max_access_m;
  access.access_speed_kmh = options.access_speed_kmh;
  const RoadModel model = network.model(request.metric, access, console);
  const PlaceList origins = read_places(options.origins, options.crs, network.network().crs, console);
  const PlaceList destinations = read_places(options.destinations, options.crs, network.network().crs, console);
  const std::vector<Snap> from = model.locator.snap_all(origins.positions, access.snap);
  const std::vector<Snap> to = model.locator.snap_all(destinations.positions, access.snap);
  tell_unsnapped(from, origins, options.origins, console);
  tell_unsnapped(to, destinations, options.destinations, console);
  console.step({.french = fmt::format("Table de {} x {} trajets", from.size(), to.size()),
                .english = fmt::format("Table of {} x {} trips", from.size(), to.size())});
  const CostUnit unit = request.metric == RoadMetric::travel_time_ms ? CostUnit::seconds : CostUnit::metres;
  for (const std::filesystem::path& file : options.overwrite ? files : std::vector<std::filesystem::path>{}) {
    std::error_code ignored;  // what cannot be removed is told when the file cannot be created
    std::filesystem::remove(file, ignored);
  }
  TimesWriter writer(options.output, request.format, origins.keys, destinations.keys, unit);
  const Progress progress = console.progress();
  std::vector<Cost> costs(to.size());
  std::int64_t reached = 0;
  std::optional<RowPaths> paths;
  if (request.format == TimesFormat::paths) {
    paths.emplace(model, to);
  }
  stream_road_table(model, from, to, Direction::forward, largest_weight(model, request.limit),
                    [&](const OriginIndex first, const std::span<const std::uint32_t> rows) {
                      for (std::size_t begin = 0; begin < rows.size(); begin += to.size()) {
                        for (std::size_t k = 0; k < to.size(); ++k) {
                          costs[k] = whole_cost(model, rows[begin + k]);
                        }
                        keep_nearest(costs, options.nearest);
                        reached += std::count_if(costs.begin(), costs.end(), [](const Cost c) { return c != kUnreachable; });
                        const Snap& origin = from[first.value() + begin / to.size()];
                        writer.write_row(costs, request.limited || options.nearest > 0,
                                         paths ? paths->find(origin, costs) : std::span<const TripPath>{});
                      }
                      if (progress) {
                        progress("times", first.value() + rows.size() / to.size(), from.size());
                      }
                    });
  writer.close();
  console.print(console.language() == Language::french ? fmt::format("{} trajets écrits dans {}.", reached, options.output)
                                                       : fmt::format("{} trips written to {}.", reached, options.output));
}

}  // namespace

Verb add_times(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app = program.add_subcommand("times", say("Table des temps ou distances par la route entre deux listes de lieux",
                                                      "Table of times or distances by road between two lists of places"));
  app->add_option("--network", options->network,
                  say("Réseau .mlg, ou routes dont il sera tiré", "Network .mlg, or roads to make it from"))
      ->required();
  app->add_option("--mode", options->mode,
                  say("Mode d'un réseau à tirer de routes : car, bicycle, foot, profil .toml",
                      "Mode of a network made from roads: car, bicycle, foot, profile .toml"));
  app->add_option("--origins", options->origins, say("Fichier des départs", "File of origins"))->required();
  app->add_option("--destinations", options->destinations, say("Fichier des arrivées", "File of destinations"))->required();
  app->add_option("-o,--output", options->output, say("Fichier à écrire (.csv ou .bin)", "File to write (.csv or .bin)"))
      ->required();
  app->add_option("--measure", options->measure,
                  say("time : secondes ; distance : mètres", "time: seconds; distance: metres"))
      ->check(CLI::IsMember({"time", "distance"}));
  app->add_option(
      "--within", options->within,
      say("Ne garder que les trajets dans cette limite : 30min, 20km", "Keep trips within this limit only: 30min, 20km"));
  app->add_option("--nearest", options->nearest,
                  say("Ne garder que les plus proches de chaque départ", "Keep each origin's nearest only"));
  app->add_option("--format", options->format,
                  say("csv, ou binary (uint32 ligne par ligne, description .json à côté)",
                      "csv, or binary (uint32 row by row, description .json beside)"))
      ->check(CLI::IsMember({"csv", "binary"}));
  app->add_flag("--paths", options->paths,
                say("Ajouter les mètres et la ligne (wkt) de chaque trajet : quelques milliers de trajets par seconde",
                    "Add the metres and the line (wkt) of each trip: some thousand trips a second"));
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
      say("\nExemples :\n  maillage times --network routes.mlg --origins communes.csv --destinations lieux.csv -o "
          "temps.csv\n  maillage times --network routes.mlg --origins a.csv --destinations b.csv --within 30min "
          "--nearest 3 -o proches.csv",
          "\nExamples:\n  maillage times --network roads.mlg --origins communes.csv --destinations places.csv -o "
          "times.csv\n  maillage times --network roads.mlg --origins a.csv --destinations b.csv --within 30min "
          "--nearest 3 -o near.csv"));
  return {.app = app, .run = [options](Console& console) { write_table(*options, console); }};
}

}  // namespace maillage
