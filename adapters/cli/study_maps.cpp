#include "adapters/cli/study_maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/builtin/builtin_france.hpp"

namespace maillage {
namespace {

/// Whoever made what the maps show: the built-in France where it is used, then what the study says of its own files.
std::vector<Text> sources_of(const Study& study) {
  std::vector<Text> sources;
  if (study.territory.contours.empty()) {
    const BuiltinDescription france = describe_builtin_france();
    std::string line;
    for (const std::string& producer : france.producers) {
      line += (line.empty() ? "" : " ; ") + producer;
    }
    sources.push_back({.french = line + " ; " + france.licence, .english = line + "; " + france.licence});
  }
  for (const std::string& credit : study.maps.credits) {
    sources.push_back({.french = credit, .english = credit});
  }
  return sources;
}

/// "communes au 1er janvier 2025 ; structures : 2019, 2021".
Text data_date_of(const Study& study, const StudyInputs& inputs) {
  std::string line;
  if (study.territory.contours.empty()) {
    line = describe_builtin_france().vintage;
  }
  std::set<std::string> years;
  for (const InputReport& input : inputs.quality.inputs) {
    for (const auto& [year, rows] : input.vintages) {
      years.insert(year);
    }
  }
  std::string structures;
  if (!years.empty()) {
    structures = years.size() == 1 ? *years.begin() : fmt::format("{}-{}", *years.begin(), *years.rbegin());
  }
  const auto with = [&](const std::string& separator, const std::string& heading) {
    return structures.empty() ? line : line + (line.empty() ? "" : separator) + heading + structures;
  };
  return {.french = with(" ; ", "structures : "), .english = with("; ", "structures: ")};
}

}  // namespace

MapDocument map_document_of(const Study& study, const StudyInputs& inputs, const StudyResults& results,
                            const LayerSet& layers) {
  std::vector<CoverageDefinition> definitions;
  for (const CoverageAnalysis& analysis : results.analyses) {
    definitions.push_back(analysis.coverage.definition);
  }
  return make_map_document(layers, {.tiers = inputs.territory.tiers,
                                    .definitions = definitions,
                                    .settings = study.maps.views,
                                    .title = study.title,
                                    .sources = sources_of(study),
                                    .data_date = data_date_of(study, inputs)});
}

}  // namespace maillage
