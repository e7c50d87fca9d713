#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "adapters/cairo/svg_to_png.hpp"
#include "adapters/cli/existing_files.hpp"
#include "adapters/cli/find_map.hpp"
#include "adapters/cli/name_study.hpp"
#include "adapters/cli/study_maps.hpp"
#include "adapters/cli/verb.hpp"
#include "adapters/cli/write_map.hpp"
#include "engine/core/error.hpp"
#include "maps/svg_map.hpp"

namespace maillage {
namespace {

struct Options {
  std::string study;
  std::string view = "structures";
  std::string output;
  std::string paper;
  std::int32_t width_px = 0;
  double dots_per_inch = 200;
  bool overwrite = false;
};

bool is_png(const Options& options) {
  const std::string extension = std::filesystem::path{options.output}.extension().string();
  if (extension != ".svg" && extension != ".png") {
    throw StudyError(
        Text{.french = fmt::format("--output : « {} » ; le nom du fichier finit par .svg ou .png.", options.output),
             .english = fmt::format("--output: '{}'; the file's name ends in .svg or .png.", options.output)});
  }
  return extension == ".png";
}

void draw_map(const Options& options, Console& console) {
  const bool png = is_png(options);
  if (!options.overwrite) {
    refuse_existing({options.output});
  }
  const Study study = read_study(options.study);
  StudyInputs inputs = read_inputs(study, console);
  const TravelModels travel(study, inputs, console);
  const StudyResults results = compute_results(study, inputs, travel, console);
  const LayerSet layers = layers_of(study, inputs, results);
  const MapDocument document = map_document_of(study, inputs, results, layers);
  const MapView& map = find_map(document, options.view, console.language());
  MapPage page{.language = console.language()};
  if (!options.paper.empty()) {
    page.paper = options.paper == "A3" ? PaperSize::a3 : PaperSize::a4;
  }
  const std::string svg = MapDrawing{document, layers, map}.page(page);
  const std::int32_t width = options.width_px > 0 ? options.width_px : width_at(svg, options.dots_per_inch);
  write_text_file(options.output, png ? svg_to_png(svg, width) : svg);
  console.print(console.in_language({.french = fmt::format("Carte « {} » : {}", map.name, options.output),
                                     .english = fmt::format("Map '{}': {}", map.name, options.output)}));
}

}  // namespace

Verb add_map(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app = program.add_subcommand("map", say("Dessiner une carte d'une étude, en SVG ou en PNG, prête à imprimer",
                                                    "Draw a map of a study, as SVG or PNG, ready to print"));
  app->add_option("study", options->study, say("Fichier d'étude (TOML)", "Study file (TOML)"))->required();
  app->add_option("--view", options->view,
                  say("Carte : son nom (couverture_biblio_10km), ou son genre : structures, couverture, cout, lacunes, "
                      "discontinuites, acces, grappes, continuite",
                      "Map: its name (couverture_biblio_10km), or its kind: structures, coverage, cost, gaps, "
                      "discontinuities, access, clusters, continuity"));
  app->add_option("--output,-o", options->output, say("Fichier à écrire, .svg ou .png", "File to write, .svg or .png"))
      ->required();
  app->add_option("--paper", options->paper,
                  say("Papier ; sans rien, A4, ou A3 à partir de 10 000 communes",
                      "Paper; without, A4, or A3 from 10,000 communes on"))
      ->check(CLI::IsMember({"A4", "A3"}));
  app->add_option("--width", options->width_px, say("Largeur du PNG en pixels", "Width of the PNG in pixels"))
      ->check(CLI::Range(100, kWidestPng));
  app->add_option("--dpi", options->dots_per_inch, say("Finesse du PNG, en points par pouce", "Dots an inch of the PNG"))
      ->check(CLI::Range(20, 600));
  add_overwrite_option(*app, options->overwrite, common.language);
  add_common_options(*app, common);
  app->footer(
      say("\nExemples :\n  maillage map etude.toml --view couverture -o carte.svg\n  maillage map etude.toml --view "
          "lacunes_biblio_10km --paper A3 --dpi 300 -o lacunes.png",
          "\nExamples:\n  maillage map study.toml --view coverage -o map.svg\n  maillage map study.toml --view "
          "lacunes_biblio_10km --paper A3 --dpi 300 -o gaps.png"));
  return {.app = app,
          .run = [options](Console& console) { naming_study(options->study, [&] { draw_map(*options, console); }); }};
}

}  // namespace maillage
