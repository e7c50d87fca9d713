#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "adapters/cli/name_study.hpp"
#include "adapters/cli/study_outputs.hpp"
#include "adapters/cli/verb.hpp"

namespace maillage {

Verb add_run(CLI::App& program, CommonOptions& common) {
  struct Options {
    std::string study;
    PublishOptions publish;
  };
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  CLI::App* app = program.add_subcommand("run", french ? "Exécuter une étude : lire, calculer, publier les résultats"
                                                       : "Run a study: read, compute, publish the results");
  app->add_option("study", options->study, french ? "Fichier d'étude (TOML)" : "Study file (TOML)")->required();
  add_publish_options(*app, options->publish, common.language);
  add_common_options(*app, common);
  app->footer(french ? "\nExemples :\n  maillage run examples/hauts-de-france/etude.toml\n  maillage run etude.toml "
                       "--overwrite --threads 2 --log-json"
                     : "\nExamples:\n  maillage run examples/hauts-de-france/etude.toml\n  maillage run study.toml "
                       "--overwrite --threads 2 --log-json");
  return {.app = app, .run = [options](Console& console) {
            naming_study(options->study, [&] { run_study(read_study(options->study), options->publish, console); });
          }};
}

}  // namespace maillage
