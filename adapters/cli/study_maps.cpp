#include "adapters/cli/study_maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/builtin/builtin_france.hpp"
#include "maps/build_layers.hpp"

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

void clear_attribute(Structure& structure, const std::string& column, const std::vector<std::string>& carried_columns) {
  const auto carried = static_cast<std::size_t>(std::ranges::find(carried_columns, column) - carried_columns.begin());
  if (carried < structure.carried.size()) {
    structure.carried[carried].clear();
  } else if (column == "typology") {
    structure.typology.clear();
  } else if (column == "legal_status") {
    structure.legal_status.clear();
  } else if (column == "competences") {
    structure.competences.clear();
  } else if (column == "resources") {
    structure.resources.clear();
  } else if (column == "actions") {
    structure.actions.clear();
  } else if (column == "capacity") {
    structure.capacity.reset();
  }
}

/// The structures with no value of the confidential attributes: layers and maps show each of them one by one. What a survey asks
/// is cleared where it was answered.
StructureSet without_confidential(StructureSet structures, const Study& study) {
  for (const std::string& column : confidential_attributes(study)) {
    const bool everywhere = std::ranges::find(study.disclosure.columns, column) != study.disclosure.columns.end();
    for (Structure& structure : structures.structures) {
      if (everywhere || structure.source == study.survey->responses) {
        clear_attribute(structure, column, structures.carried_columns);
      }
    }
  }
  return structures;
}

}  // namespace

LayerSet layers_of(const Study& study, const StudyInputs& inputs, const StudyResults& results) {
  const StructureSet shown = without_confidential(inputs.structures, study);
  return build_layers({.territory = inputs.territory,
                       .structures = shown,
                       .placed = inputs.placements,
                       .planes = inputs.planes,
                       .analyses = results.analyses,
                       .accesses = results.access.analyses,
                       .continuities = results.continuities,
                       .clusters = results.access.clusters});
}

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
