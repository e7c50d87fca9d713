#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "adapters/cli/build_network.hpp"
#include "adapters/cli/existing_files.hpp"
#include "adapters/cli/network_audit.hpp"
#include "adapters/cli/network_change.hpp"
#include "adapters/cli/verb.hpp"
#include "adapters/config/travel_profiles.hpp"
#include "adapters/mlg/network_file.hpp"
#include "engine/survey/table.hpp"

namespace maillage {
namespace {

struct Options {
  NetworkBuild build;
  std::string source;
  std::string output;
  std::string network;
  std::string profile = "car";
  AuditOptions audit;
  ChangeOptions change;
  double memory_gb = 0;
};

/// What a file just written, or found up to date, holds.
void tell_network(const std::string& file, const bool written, Console& console) {
  const NetworkFileSummary summary = read_network_summary(file);
  const auto count = [&](const char* key) {
    const auto found = summary.metadata.audit.find(key);
    return to_text(TableCell{found == summary.metadata.audit.end() ? 0 : found->second}, console.language());
  };
  const bool french = console.language() == Language::french;
  console.print(
      written ? fmt::format("{} : {} {}, {} {}.", file, count("nodes"), french ? "nœuds" : "nodes", count("roads"),
                            french ? "tronçons de route" : "road pieces")
              : fmt::format(fmt::runtime(french ? "{} est à jour : rien à refaire." : "{} is up to date: nothing to do."),
                            file));
}

void build(const Options& options, Console& console) {
  NetworkBuild build = options.build;
  build.source = options.source;
  build.memory_budget_bytes = static_cast<std::uint64_t>(options.memory_gb * 1e9);
  tell_network(options.output, build_network_file(build, options.output, console), console);
}

void describe(const Options& options, Console& console) {
  const NetworkFileSummary summary = read_network_summary(options.network);
  const Language language = console.language();
  const auto line = [&](const Text& label, const std::string& value) {
    if (!value.empty()) {
      console.print(fmt::format("{:<26} {}", console.in_language(label), value));
    }
  };
  const auto number = [&](const std::int64_t value) { return to_text(TableCell{value}, language); };
  line({.french = "Source", .english = "Source"}, summary.metadata.origin.source_name);
  line({.french = "Données du", .english = "Data of"}, summary.metadata.vintage);
  line({.french = "Licence", .english = "Licence"}, summary.metadata.licence);
  line({.french = "À mentionner", .english = "To be credited"}, summary.metadata.attribution);
  line({.french = "Mode", .english = "Mode"}, summary.mode);
  line({.french = "Plan", .english = "Plane"}, summary.crs);
  line({.french = "Réglages", .english = "Settings"}, summary.metadata.origin.settings);
  std::string metrics;
  for (const std::string& metric : summary.metrics) {
    metrics += (metrics.empty() ? "" : ", ") + metric;
  }
  line({.french = "Chemins prêts", .english = "Paths ready"}, metrics);
  line({.french = "Taille", .english = "Size"}, fmt::format("{} {}", number(static_cast<std::int64_t>(summary.file_bytes)),
                                                            language == Language::french ? "octets" : "bytes"));
  for (const auto* counts : {&summary.metadata.audit, &summary.metadata.counts}) {
    console.print("");
    console.print(console.in_language(counts == &summary.metadata.audit
                                          ? Text{.french = "Le réseau", .english = "The network"}
                                          : Text{.french = "La lecture", .english = "The reading"}));
    for (const auto& [name, value] : *counts) {
      console.print(fmt::format("  {:<40} {:>14}", name, number(value)));
    }
  }
}

/// What a layer of lines does not say of itself.
void add_line_options(CLI::App& verb, NetworkBuild& build, const Language language) {
  const bool french = language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  verb.add_option("--layer", build.layer,
                  say("Couche d'un GeoPackage qui en a plusieurs", "Layer of a GeoPackage with several"));
  verb.add_option("--source-crs", build.source_crs,
                  say("Système de coordonnées d'une couche ou d'un graphe qui ne le dit pas",
                      "Coordinate system of a layer or graph that does not tell it"));
  verb.add_flag("--node-crossings", build.lines.noding.crossings,
                say("Couche de lignes : les routes qui se croisent se rejoignent (sinon seuls leurs bouts)",
                    "Layer of lines: roads that cross meet (else only their ends)"));
  verb.add_option("--tolerance", build.lines.noding.tolerance_m,
                  say("Couche de lignes : bouts qui ne font qu'un carrefour, en mètres",
                      "Layer of lines: ends that are one crossing, in metres"))
      ->check(CLI::Range(0.0, 100.0));
  verb.add_option("--speed-column", build.lines.columns.speed,
                  say("Couche de lignes : colonne des vitesses en km/h", "Layer of lines: column of speeds in km/h"));
  verb.add_option("--one-way-column", build.lines.columns.one_way,
                  say("Couche de lignes : colonne des sens uniques (oui, -1 à contresens du dessin)",
                      "Layer of lines: column of one-way roads (yes, -1 against the line)"));
  verb.add_option("--class-column", build.lines.columns.road_class,
                  say("Couche de lignes : colonne des classes de routes", "Layer of lines: column of road classes"));
  verb.add_option("--default-speed", build.lines.columns.default_kmh,
                  say("Couche de lignes : vitesse en km/h là où rien ne la dit",
                      "Layer of lines: speed in km/h where nothing tells it"))
      ->check(CLI::Range(0.0, 300.0));
}

void add_build(CLI::App& app, const std::shared_ptr<Options>& options, CommonOptions& common) {
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* verb =
      app.add_subcommand("build", say("Tirer un réseau d'un fichier de routes", "Make a network from a file of roads"));
  verb->add_option(
          "source", options->source,
          say("Routes : .osm.pbf, .osm.gz, .graphml, couche de lignes (.gpkg, .shp, .geojson, .fgb), .gr, dossier de "
              "tableaux binaires",
              "Roads: .osm.pbf, .osm.gz, .graphml, layer of lines (.gpkg, .shp, .geojson, .fgb), .gr, folder of "
              "binary arrays"))
      ->required();
  verb->add_option("-o,--output", options->output, say("Fichier à écrire (.mlg)", "File to write (.mlg)"))->required();
  verb->add_option(
      "--mode", options->build.mode,
      say("Mode : car, bicycle, foot, ou votre profil .toml", "Mode: car, bicycle, foot, or your profile .toml"));
  verb->add_option(
      "--crs", options->build.crs,
      say("Plan de calcul (par défaut : le système légal du lieu)", "Plane (default: the place's legal system)"));
  verb->add_flag("--congestion", options->build.congestion, say("Temps aux heures de pointe", "Times of the rush hour"));
  verb->add_flag("--no-u-turns", options->build.no_u_turns,
                 say("Demi-tours dans les impasses seulement", "U-turns in dead ends only"));
  verb->add_option(
          "--turn-cost", options->build.turn_cost_s,
          say("Secondes pour tourner à angle droit à un carrefour", "Seconds to turn by a right angle at a crossing"))
      ->check(CLI::Range(0.0, 600.0));
  verb->add_flag("!--no-lengths", options->build.lengths,
                 say("Ne pas préparer les plus courtes distances", "Do not prepare shortest distances"));
  add_line_options(*verb, options->build, common.language);
  verb->add_option(
          "--memory", options->memory_gb,
          say("Refuser un fichier qui demande plus de mémoire (en Go)", "Refuse a file that needs more memory (GB)"))
      ->check(CLI::NonNegativeNumber);
  add_common_options(*verb, common);
}

void add_audit(CLI::App& app, const std::shared_ptr<Options>& options, CommonOptions& common) {
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* verb =
      app.add_subcommand("audit", say("Carte de ce qui ne va pas : îlots, pièges, bacs, vitesses ; lieux concernés",
                                      "Map of what is wrong: islands, traps, ferries, speeds; places concerned"));
  verb->add_option("network", options->audit.network,
                   say("Réseau .mlg, ou routes dont il sera tiré", "Network .mlg, or roads to make it from"))
      ->required();
  verb->add_option("-o,--output", options->audit.output,
                   say("Carte à écrire (.gpkg ou .geojson) ; quality.md est écrit à côté",
                       "Map to write (.gpkg or .geojson); quality.md is written beside"))
      ->required();
  verb->add_option("--mode", options->audit.mode,
                   say("Mode d'un réseau à tirer de routes : car, bicycle, foot, profil .toml",
                       "Mode of a network made from roads: car, bicycle, foot, profile .toml"));
  verb->add_option("--places", options->audit.places.files,
                   say("Fichiers de lieux : combien sont mal reliés", "Files of places: how many are badly joined"))
      ->delimiter(',');
  add_territory_options(*verb, options->audit.places, common.language);
  verb->add_option("--crs", options->audit.places.crs,
                   say("Système de coordonnées des fichiers qui ne le disent pas", "CRS of files that do not tell theirs"));
  verb->add_option(
          "--max-access", options->audit.max_access_m,
          say("Distance maximale d'un lieu à sa route, en mètres", "Farthest that a place may lie from its road, metres"))
      ->check(CLI::Range(0.0, 100'000.0));
  verb->add_flag("--no-assumed-speeds", options->audit.no_assumed_speeds,
                 say("Ne pas dessiner les routes de vitesse supposée, souvent les plus nombreuses",
                     "Do not draw roads of assumed speed, often the most"));
  add_overwrite_option(*verb, options->audit.overwrite, common.language);
  add_common_options(*verb, common);
}

void add_change(CLI::App& app, const std::shared_ptr<Options>& options, CommonOptions& common) {
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* verb = app.add_subcommand("change", say("Fermer, ralentir, ajouter des routes : le réseau d'un scénario",
                                                    "Close, slow and add roads: the network of a scenario"));
  verb->add_option("network", options->change.network, say("Fichier .mlg", "File .mlg"))->required();
  verb->add_option(
          "--changes", options->change.changes,
          say("CSV, un changement par ligne : action (fermer, ralentir, ajouter) ; route (numéro de la source), ou "
              "longitude et latitude d'un point de la route ; facteur ; longitude_fin, latitude_fin, vitesse_kmh, "
              "sens_unique d'une route ajoutée",
              "CSV, a change a row: action (close, slow, add); road (the source's number), or longitude and latitude "
              "of a point of the road; factor; longitude_end, latitude_end, speed_kmh, one_way of an added road"))
      ->required();
  verb->add_option("-o,--output", options->change.output, say("Fichier à écrire (.mlg)", "File to write (.mlg)"))
      ->required();
  verb->add_option("--max-distance", options->change.max_distance_m,
                   say("Distance maximale d'un point à la route qu'il désigne, en mètres",
                       "Farthest that a point may lie from the road it means, metres"))
      ->check(CLI::Range(0.0, 10'000.0));
  verb->add_flag("--no-u-turns", options->change.no_u_turns,
                 say("Demi-tours dans les impasses seulement", "U-turns in dead ends only"));
  verb->add_option(
          "--turn-cost", options->change.turn_cost_s,
          say("Secondes pour tourner à angle droit à un carrefour", "Seconds to turn by a right angle at a crossing"))
      ->check(CLI::Range(0.0, 600.0));
  add_overwrite_option(*verb, options->change.overwrite, common.language);
  add_common_options(*verb, common);
}

}  // namespace

Verb add_network(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app =
      program.add_subcommand("network", say("Réseaux de routes : les tirer d'OpenStreetMap, les décrire, les vérifier",
                                            "Road networks: make them from OpenStreetMap, describe and check them"));
  app->require_subcommand(1);
  add_build(*app, options, common);
  CLI::App* info = app->add_subcommand("info", say("Ce qu'un fichier de réseau contient", "What a network file holds"));
  info->add_option("network", options->network, say("Fichier .mlg", "File .mlg"))->required();
  add_common_options(*info, common);
  add_audit(*app, options, common);
  add_change(*app, options, common);
  CLI::App* profile = app->add_subcommand("profile", say("Afficher un profil de déplacement, à copier et modifier",
                                                         "Print a travel profile, to copy and change"));
  profile->add_option("name", options->profile, "car, bicycle, foot");
  add_common_options(*profile, common);
  app->footer(
      say("\nExemples :\n  maillage network build hauts-de-france-latest.osm.pbf --mode car -o routes.mlg\n  maillage "
          "network info routes.mlg\n  maillage network audit routes.mlg --departement 59 -o audit.gpkg\n  maillage network "
          "profile bicycle > velo.toml",
          "\nExamples:\n  maillage network build hauts-de-france-latest.osm.pbf --mode car -o roads.mlg\n  maillage "
          "network info roads.mlg\n  maillage network audit roads.mlg --departement 59 -o audit.gpkg\n  maillage network "
          "profile bicycle > bicycle.toml"));
  return {.app = app, .run = [options, app](Console& console) {
            const std::string verb = app->get_subcommands().front()->get_name();
            if (verb == "build") {
              build(*options, console);
            } else if (verb == "info") {
              describe(*options, console);
            } else if (verb == "audit") {
              audit_network(options->audit, console);
            } else if (verb == "change") {
              change_network(options->change, console);
              tell_network(options->change.output, true, console);
            } else {
              console.print(std::string{builtin_profile_text(options->profile)});
            }
          }};
}

}  // namespace maillage
