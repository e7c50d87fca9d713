#include "adapters/cli/direct_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

std::vector<std::filesystem::path> as_paths(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

/// "10km" as it is read aloud: "10 km".
std::string spaced(const std::string& limit) {
  const std::size_t unit = limit.find_first_not_of("0123456789,. ");
  const std::size_t end = limit.find_last_not_of(' ', unit == 0 ? 0 : unit - 1);
  return limit.substr(0, end + 1) + " " + limit.substr(unit);
}

CoverageStudy coverage_within(const std::string& within, const DirectOptions& options) {
  const auto limit = parse_limit(within);
  if (!limit) {
    throw StudyError(Text{
        .french = fmt::format("--within : « {} » n'est pas une limite ; écrivez par exemple 10km, 800m ou 15min.", within),
        .english = fmt::format("--within: '{}' is not a limit; write e.g. 10km, 800m or 15min.", within)});
  }
  if (limit->unit == CostUnit::seconds && !(options.speed_kmh > 0) && options.network.empty()) {
    throw StudyError(
        Text{.french = "--within en minutes demande un réseau de routes (--network routes.mlg) ou une vitesse (--speed 50).",
             .english = "--within in minutes needs a road network (--network roads.mlg) or a speed (--speed 50)."});
  }
  std::string name = "a_" + within;
  std::erase_if(name, [](const char c) { return c == ' '; });
  std::replace_if(
      name.begin(), name.end(), [](const char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); }, '_');
  CoverageStudy coverage{.name = name,
                         .label = fmt::format("À {} au plus", spaced(within)),
                         .travel = {},
                         .unit = limit->unit,
                         .limit = limit->value,
                         .limit_text = spaced(within),
                         .filters = {}};
  coverage.travel.detour_factor = options.detour_factor;
  coverage.travel.speed_kmh = options.speed_kmh;
  if (!options.network.empty()) {
    coverage.travel.model = TravelStudy::Model::road;
    coverage.travel.network = options.network;
    coverage.travel.mode = options.mode;
  }
  if (!options.typologies.empty()) {
    coverage.filters.push_back({.attribute = "typology", .values = options.typologies});
  }
  return coverage;
}

std::vector<OutputFormat> formats_of(const std::vector<std::string>& names) {
  std::vector<OutputFormat> formats;
  for (const std::string& name : names) {
    const auto format = parse_output_format(name);
    if (!format) {
      throw StudyError(Text{.french = fmt::format("--formats : « {} » inconnu ; formats possibles : {}.", name,
                                                  fmt::join(output_format_names(), ", ")),
                            .english = fmt::format("--formats: unknown '{}'; possible formats: {}.", name,
                                                   fmt::join(output_format_names(), ", "))});
    }
    formats.push_back(*format);
  }
  require_formats_fit(formats);
  return formats.empty() ? default_output_formats() : formats;
}

}  // namespace

void add_territory_options(CLI::App& verb, DirectOptions& options, const Language language) {
  const auto say = [language](const char* french, const char* english) {
    return std::string{language == Language::french ? french : english};
  };
  const auto list = [&](const char* name, std::vector<std::string>& values, const std::string& text) {
    verb.add_option(name, values, text)->delimiter(',');
  };
  list("--region", options.regions, say("Région : code ou nom", "Region: code or name"));
  list("--departement", options.departements, say("Département : code ou nom", "Departement: code or name"));
  list("--epci", options.epcis, say("EPCI : SIREN ou nom", "EPCI: SIREN or name"));
  list("--communes", options.communes, say("Communes : codes INSEE", "Communes: INSEE codes"));
  verb.add_flag("--france", options.france, say("Tout le pays", "The whole country"));
  list("--contours", options.contours,
       say("Vos contours de communes, à la place de ceux du programme",
           "Your own commune contours, in place of the built-in ones"));
  list("--tables", options.tables,
       say("Populations, noms, EPCI par code INSEE (CSV, communes.json, epci.json)",
           "Populations, names, EPCI by INSEE code (CSV, communes.json, epci.json)"));
}

void add_direct_options(CLI::App& verb, DirectOptions& options, const Language language) {
  const auto say = [language](const char* french, const char* english) {
    return std::string{language == Language::french ? french : english};
  };
  verb.add_option("files", options.files,
                  say("Fichiers de structures (CSV, GeoJSON, Shapefile, GeoPackage, FlatGeobuf)",
                      "Files of structures (CSV, GeoJSON, Shapefile, GeoPackage, FlatGeobuf)"))
      ->required();
  add_territory_options(verb, options, language);
  verb.add_option("--crs", options.crs,
                  say("Système de coordonnées des fichiers qui ne le disent pas", "CRS of files that do not tell theirs"));
  verb.add_option("--wins", options.wins,
                  say("Qui l'emporte quand point et code se contredisent : code ou point",
                      "Which wins when point and code disagree: code or point"))
      ->check(CLI::IsMember({"code", "point"}));
  verb.add_option("--carry", options.carry,
                  say("Colonnes à reprendre dans les résultats", "Columns to carry through to the results"))
      ->delimiter(',');
}

void add_coverage_options(CLI::App& verb, DirectOptions& options, const Language language) {
  const bool french = language == Language::french;
  verb.add_option("--within", options.within,
                  french ? "Limite : 10km, 800m, 15min ; plusieurs séparées par des virgules"
                         : "Limit: 10km, 800m, 15min; several parted by commas")
      ->delimiter(',');
  verb.add_option("--speed", options.speed_kmh,
                  french ? "Vitesse en km/h à vol d'oiseau, pour une limite en minutes"
                         : "Speed in km/h on the straight line, for a limit in minutes")
      ->check(CLI::Range(0.1, 1000.0));
  verb.add_option("--detour", options.detour_factor,
                  french ? "Coefficient de détour par rapport au vol d'oiseau" : "Detour factor over the straight line")
      ->check(CLI::Range(1.0, 100.0));
  verb.add_option("--network", options.network,
                  french ? "Temps par la route : réseau .mlg, ou routes (.osm.pbf...) dont il sera tiré"
                         : "Times by road: a network .mlg, or roads (.osm.pbf...) to make it from");
  verb.add_option("--mode", options.mode,
                  french ? "Mode de déplacement d'un réseau à tirer de routes : car, bicycle, foot ou un profil .toml"
                         : "Travel mode of a network made from roads: car, bicycle, foot or a profile .toml")
      ->needs("--network");
  verb.add_option("--typology", options.typologies,
                  french ? "Ne compter que ces types de structures" : "Count these types of structures only")
      ->delimiter(',');
}

void add_format_options(CLI::App& verb, DirectOptions& options, const Language language) {
  verb.add_option("--formats", options.formats,
                  fmt::format("{}: {}", language == Language::french ? "Formats des couches " : "Formats of the layers",
                              fmt::join(output_format_names(), ", ")))
      ->delimiter(',');
}

Study study_of(const DirectOptions& options) {
  Study study;
  const std::filesystem::path first{options.files.empty() ? "" : options.files.front()};
  study.title = first.stem().string();
  study.territory.regions = options.regions;
  study.territory.departements = options.departements;
  study.territory.epcis = options.epcis;
  study.territory.communes = options.communes;
  study.territory.france = options.france;
  study.territory.contours = as_paths(options.contours);
  study.territory.tables = as_paths(options.tables);
  study.territory.crs = options.crs;
  std::set<std::string> names;
  for (const std::string& file : options.files) {
    SourceStudy source;
    source.file = file;
    source.crs = options.crs;
    source.mapping.source = source.file.stem().string();
    for (int copy = 2; !names.insert(source.mapping.source).second; ++copy) {
      source.mapping.source = fmt::format("{}_{}", source.file.stem().string(), copy);
    }
    source.mapping.crs = options.crs;
    source.presences = file.ends_with(".ics") ? std::vector<std::string>{} : options.presences;
    source.mapping.carried = options.carry;
    study.sources.push_back(std::move(source));
  }
  study.placement.wins = options.wins == "point" ? CommuneKey::point : CommuneKey::code;
  for (const std::string& within : options.within) {
    study.coverages.push_back(coverage_within(within, options));
  }
  study.tables.push_back({.rows = options.files.size() > 1 ? "source" : "typology", .columns = "tier", .filters = {}});
  study.output.folder = first.stem().string() + "-resultats";
  study.output.formats = formats_of(options.formats);
  return study;
}

}  // namespace maillage
