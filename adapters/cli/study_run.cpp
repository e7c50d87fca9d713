#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "adapters/cli/study_outputs.hpp"

namespace maillage {

void run_study(const Study& study, const PublishOptions& options, Console& console) {
  StudyInputs inputs = read_inputs(study, console);
  const TravelModels travel(study, inputs, console);
  const StudyResults results = compute_results(study, inputs, travel, console);
  const std::filesystem::path published = publish_results(study, inputs, results, options, console);

  for (const Table& table : results.tables) {
    if (is_shown(table)) {
      for (const std::string& line : table_lines(table, console.language())) {
        console.print(line);
      }
      console.print("");
    }
  }
  for (const std::string& line : summary_lines(inputs, results, console.language())) {
    console.print(line);
  }
  const bool french = console.language() == Language::french;
  console.print("");
  console.print(french ? fmt::format("Résultats : {}", published.string()) : fmt::format("Results: {}", published.string()));
  const bool project = std::ranges::find(study.output.formats, OutputFormat::qgis) != study.output.formats.end();
  const std::string in_qgis = project
                                  ? (french ? "ouvrez maillage.qgz" : "open maillage.qgz")
                                  : (french ? "glissez maillage.gpkg dans la fenêtre, les couches arrivent avec leurs styles"
                                            : "drag maillage.gpkg into the window, the layers come with their styles");
  console.print(french ? fmt::format("Dans QGIS : {}. Dans un tableur : ouvrez csv-excel/. À lire d'abord : qualite.md.", in_qgis)
                       : fmt::format("In QGIS: {}. In a spreadsheet: open csv-excel/. Read first: qualite.md.", in_qgis));
}

}  // namespace maillage
