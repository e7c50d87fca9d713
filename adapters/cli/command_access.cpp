#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>

#include "adapters/cli/direct_options.hpp"
#include "adapters/cli/study_outputs.hpp"
#include "adapters/cli/verb.hpp"
#include "adapters/config/read_access.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

struct Options {
  DirectOptions direct;
  PublishOptions publish;
  std::vector<std::string> measures;
  std::vector<std::string> clusters;
  std::string supply = "1";
  std::string supply_unit;
  std::string each;
};

/// The study of one question of access, whose limits are those of --within.
Study access_study_of(const Options& options) {
  Study study = study_of(options.direct);
  AccessStudy access;
  access.name = "acces";
  access.label = "Accès";
  access.supply = options.supply;
  for (const CoverageStudy& coverage : study.coverages) {
    if (!access.cutoffs.empty() && coverage.unit != access.unit) {
      throw StudyError({.french = "--within : des limites d'une même unité sont attendues, par exemple 5km,10km.",
                        .english = "--within: limits of one unit are expected, e.g. 5km,10km."});
    }
    access.unit = coverage.unit;
    access.travel = coverage.travel;
    access.filters = coverage.filters;
    access.cutoffs.push_back(coverage.limit);
  }
  std::ranges::sort(access.cutoffs);
  const auto repeated = std::ranges::unique(access.cutoffs);
  access.cutoffs.erase(repeated.begin(), repeated.end());
  access.measures = measures_of_kinds(options.measures, {.cutoffs = access.cutoffs, .unit = access.unit});
  access.clusters = options.clusters.empty() ? default_clusters(access.measures) : options.clusters;
  for (const std::string& name : access.clusters) {
    if (std::ranges::find(access.measures, name, &NamedMeasure::name) == access.measures.end()) {
      throw StudyError({.french = "--clusters : « " + name + " » n'est pas une des mesures demandées.",
                        .english = "--clusters: '" + name + "' is not one of the measures asked for."});
    }
  }
  access.supply_unit = options.supply_unit;
  access.each = options.each;
  study.coverages.clear();
  study.accesses.push_back(std::move(access));
  return study;
}

}  // namespace

Verb add_access(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app =
      program.add_subcommand("access", say("Accessibilité, équité et grappes, directement depuis des fichiers de structures",
                                           "Accessibility, fairness and clusters, straight from files of structures"));
  add_direct_options(*app, options->direct, common.language);
  add_coverage_options(*app, options->direct, common.language);
  app->get_option("--within")->required();
  app->add_option("--supply", options->supply,
                  say("Offre de chaque structure : 1, capacity, ou un calcul sur des colonnes reprises (--carry)",
                      "Supply of each structure: 1, capacity, or a sum over carried columns (--carry)"));
  app->add_option("--supply-unit", options->supply_unit,
                  say("Unité de l'offre : h, places", "Unit of the supply: h, seats"));
  app->add_option(
      "--each", options->each,
      say("Une réponse par valeur de cet attribut : typology", "One answer per value of this attribute: typology"));
  app->add_option("--measures", options->measures,
                  say("Mesures : all, ou cost, cumulative, gravity, 2sfca, e2sfca, raam...",
                      "Measures: all, or cost, cumulative, gravity, 2sfca, e2sfca, raam..."))
      ->delimiter(',');
  app->add_option("--clusters", options->clusters,
                  say("Mesures dont on cherche les grappes : e2sfca", "Measures whose clusters are sought: e2sfca"))
      ->delimiter(',');
  add_format_options(*app, options->direct, common.language);
  add_publish_options(*app, options->publish, common.language);
  add_common_options(*app, common);
  app->footer(say(
      "\nExemples :\n  maillage access lieux.csv --within 10km,20km\n  maillage access biblio.csv --within 15km --carry "
      "\"Amplitude horaire\" --supply amplitude_horaire --supply-unit h\n  maillage access lieux.csv --within 30min "
      "--network "
      "routes.mlg --measures 2sfca,e2sfca,raam",
      "\nExamples:\n  maillage access places.csv --within 10km,20km\n  maillage access libraries.csv --within 15km --carry "
      "\"Weekly hours\" --supply weekly_hours --supply-unit h\n  maillage access places.csv --within 30min --network "
      "roads.mlg --measures 2sfca,e2sfca,raam"));
  return {.app = app,
          .run = [options](Console& console) { run_study(access_study_of(*options), options->publish, console); }};
}

}  // namespace maillage
