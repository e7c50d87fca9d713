#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "adapters/cli/name_study.hpp"
#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/study_results.hpp"
#include "adapters/cli/verb.hpp"

namespace maillage {
namespace {

void check_study(const Study& study, Console& console) {
  const StudyInputs inputs = read_inputs(study, console);
  require_rows_add_up(inputs.quality);
  require_selections(study, inputs);
  console.print(quality_markdown(inputs.quality, console.language()));
}

}  // namespace

Verb add_check(CLI::App& program, CommonOptions& common) {
  const auto study = std::make_shared<std::string>();
  const bool french = common.language == Language::french;
  CLI::App* app = program.add_subcommand(
      "check", french ? "Tout lire et dire ce qui manque ou se contredit, sans rien calculer ni écrire"
                      : "Read everything and say what is missing or contradictory; compute and write nothing");
  app->add_option("study", *study, french ? "Fichier d'étude (TOML)" : "Study file (TOML)")->required();
  add_common_options(*app, common);
  app->footer(french ? "\nExemple :\n  maillage check etude.toml > qualite.md"
                     : "\nExample:\n  maillage check study.toml > quality.md");
  return {.app = app,
          .run = [study](Console& console) { naming_study(*study, [&] { check_study(read_study(*study), console); }); }};
}

}  // namespace maillage
