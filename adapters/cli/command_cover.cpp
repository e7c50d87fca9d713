#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "adapters/cli/direct_options.hpp"
#include "adapters/cli/study_outputs.hpp"
#include "adapters/cli/verb.hpp"

namespace maillage {
namespace {

struct Options {
  DirectOptions direct;
  PublishOptions publish;
};

}  // namespace

Verb add_cover(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  CLI::App* app =
      program.add_subcommand("cover", french ? "Couverture et manques, directement depuis des fichiers de structures"
                                             : "Coverage and gaps, straight from files of structures");
  add_direct_options(*app, options->direct, common.language);
  add_coverage_options(*app, options->direct, common.language);
  app->get_option("--within")->required();
  add_format_options(*app, options->direct, common.language);
  add_publish_options(*app, options->publish, common.language);
  add_common_options(*app, common);
  app->footer(french ? "\nExemples :\n  maillage cover lieux.csv --within 10km\n  maillage cover lieux.csv --within "
                       "5km,10km --departement 59 --formats gpkg,shapefile\n"
                       "  maillage cover lieux.csv --within 15min --speed 50 --detour 1.3 --typology Bibliothèque\n"
                       "  maillage cover lieux.gpkg --within 5km --contours communes.shp --tables populations.csv"
                     : "\nExamples:\n  maillage cover places.csv --within 10km\n  maillage cover places.csv --within "
                       "5km,10km --departement 59 --formats gpkg,shapefile\n"
                       "  maillage cover places.csv --within 15min --speed 50 --detour 1.3 --typology Bibliothèque\n"
                       "  maillage cover places.gpkg --within 5km --contours communes.shp --tables populations.csv");
  return {.app = app,
          .run = [options](Console& console) { run_study(study_of(options->direct), options->publish, console); }};
}

}  // namespace maillage
