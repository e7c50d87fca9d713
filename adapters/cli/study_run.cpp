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
  if (std::filesystem::exists(published / "carte.html")) {
    const std::string page = (published / "carte.html").string();
    console.print(french ? fmt::format("La carte, dans un navigateur : {}", page)
                         : fmt::format("The map, in a browser: {}", page));
  }
  const bool project = std::ranges::find(study.output.formats, OutputFormat::qgis) != study.output.formats.end();
  const std::string in_qgis = project
                                  ? (french ? "ouvrez maillage.qgz" : "open maillage.qgz")
                                  : (french ? "glissez maillage.gpkg dans la fenêtre, les couches arrivent avec leurs styles"
                                            : "drag maillage.gpkg into the window, the layers come with their styles");
  const bool report = std::filesystem::exists(published / "rapport.pdf");
  const std::string read_first = report ? (french ? "rapport.pdf, puis qualite.md" : "rapport.pdf, then qualite.md") : "qualite.md";
  console.print(french ? fmt::format("Dans QGIS : {}. Dans un tableur : ouvrez csv-excel/. À lire d'abord : {}.", in_qgis,
                                    read_first)
                       : fmt::format("In QGIS: {}. In a spreadsheet: open csv-excel/. Read first: {}.", in_qgis, read_first));
}

}  // namespace maillage
