#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <memory>

#include "adapters/cli/existing_files.hpp"
#include "adapters/cli/name_study.hpp"
#include "adapters/cli/report.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/cli/sheets.hpp"
#include "adapters/cli/study_maps.hpp"
#include "adapters/cli/verb.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string study;
  std::string output = "rapport";
  std::string sheets;
  std::string format = "both";
  bool overwrite = false;
};

ReportFormat format_of(const std::string& name) {
  return name == "html" ? ReportFormat::html : name == "pdf" ? ReportFormat::pdf : ReportFormat::both;
}

/// The folder, without what a former report left in it.
void prepare_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (const char* name : {"rapport.html", "rapport.pdf", "fiches"}) {
    fs::remove_all(folder / name, error);
  }
  if (!fs::is_directory(folder)) {
    throw OutputError(Text{.french = fmt::format("{} : dossier impossible à créer.", folder.string()),
                           .english = fmt::format("{}: folder cannot be created.", folder.string())},
                      OutputError::Kind::cannot_create);
  }
}

void make_reports(const Options& options, Console& console) {
  const fs::path folder{options.output};
  const Study study = read_study(options.study);
  if (!options.overwrite) {
    refuse_existing({folder / "rapport.html", folder / "rapport.pdf", folder / "fiches"});
  }
  StudyInputs inputs = read_inputs(study, console);
  const TravelModels travel(study, inputs, console);
  const StudyResults results = compute_results(study, inputs, travel, console);
  const LayerSet layers = layers_of(study, inputs, results);
  const MapDocument document = map_document_of(study, inputs, results, layers);
  const ReportSources sources{.study = study,
                              .inputs = inputs,
                              .results = results,
                              .layers = layers,
                              .maps = document,
                              .language = console.language()};
  prepare_folder(folder);
  console.step({.french = "Rédaction du rapport", .english = "Writing the report"});
  write_report(folder, "rapport", make_report(sources), format_of(options.format));
  if (!options.sheets.empty()) {
    console.step({.french = "Rédaction des fiches", .english = "Writing the sheets"});
    const std::size_t written = write_sheets(
        sources,
        {.zones = options.sheets == "epci" ? SheetZones::epci : SheetZones::commune, .format = format_of(options.format)},
        folder / "fiches");
    console.print(console.in_language({.french = fmt::format("Fiches : {} dans {}", written, (folder / "fiches").string()),
                                       .english = fmt::format("Sheets: {} in {}", written, (folder / "fiches").string())}));
  }
  console.print(console.in_language(
      {.french = fmt::format("Rapport : {}", folder.string()), .english = fmt::format("Report: {}", folder.string())}));
}

}  // namespace

Verb add_report(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app = program.add_subcommand(
      "report", say("Rédiger le diagnostic d'une étude, en HTML et en PDF, et des fiches par commune ou par EPCI",
                    "Write the diagnosis of a study, as HTML and PDF, and sheets per commune or EPCI"));
  app->add_option("study", options->study, say("Fichier d'étude (TOML)", "Study file (TOML)"))->required();
  app->add_option("--output,-o", options->output, say("Dossier du rapport", "Folder of the report"));
  app->add_option("--sheets", options->sheets,
                  say("Aussi une fiche par commune ou par EPCI", "Also a sheet per commune or EPCI"))
      ->check(CLI::IsMember({"commune", "epci"}));
  app->add_option("--format", options->format, say("html, pdf ou both (les deux)", "html, pdf or both"))
      ->check(CLI::IsMember({"html", "pdf", "both"}));
  add_overwrite_option(*app, options->overwrite, common.language);
  add_common_options(*app, common);
  app->footer(
      say("\nExemples :\n  maillage report etude.toml -o rapport\n  maillage report etude.toml -o rapport --sheets epci "
          "--format pdf",
          "\nExamples:\n  maillage report study.toml -o report\n  maillage report study.toml -o report --sheets epci "
          "--format pdf"));
  return {.app = app,
          .run = [options](Console& console) { naming_study(options->study, [&] { make_reports(*options, console); }); }};
}

}  // namespace maillage
