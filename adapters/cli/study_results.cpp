#include "adapters/cli/study_results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/survey/cross_tab.hpp"
#include "engine/survey/select_structures.hpp"

namespace maillage {
namespace {

/// The definition but for its travel model.
CoverageDefinition definition_of(const CoverageStudy& coverage, const StudyInputs& inputs) {
  CoverageDefinition definition{
      .name = coverage.name, .label = coverage.label, .travel = {}, .limit = coverage.limit, .structures = {}};
  if (definition.label.empty()) {
    definition.label = fmt::format("{} ({})", coverage.name, coverage.limit_text);
  }
  for (const StructureIndex structure :
       select_structures(inputs.territory, inputs.structures, inputs.placements, coverage.filters)) {
    if (inputs.placements.of[structure].precision != PositionPrecision::none) {
      definition.structures.push_back(structure);
    }
  }
  return definition;
}

constexpr const char* kDistribution = "_repartition";
constexpr const char* kColumnPercentages = "_pourcentages_colonne";

std::string table_name(const TableStudy& table, const std::size_t position) {
  std::string name = fmt::format("{:02}_{}_{}", position + 1, table.rows, table.columns);
  std::replace_if(
      name.begin(), name.end(), [](const char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'); },
      '_');
  return name;
}

void add_tables(const TableStudy& table, const std::size_t position, const StudyInputs& inputs, std::vector<Table>& tables) {
  const auto which = select_structures(inputs.territory, inputs.structures, inputs.placements, table.filters);
  const auto attribute = [&](const std::string& name) {
    return structure_attribute(inputs.territory, inputs.structures, inputs.placements, which,
                               {.name = name, .separator = ""});
  };
  const CrossTab tab = cross_tab(attribute(table.rows), attribute(table.columns), TableBase::all);
  const std::string name = table_name(table, position);
  const auto add = [&](Table made, const std::string& suffix, const Text& what) {
    made.name = name + suffix;
    if (!what.french.empty()) {
      made.title = {.french = fmt::format("{}, {}", made.title.french, what.french),
                    .english = fmt::format("{}, {}", made.title.english, what.english)};
    }
    tables.push_back(std::move(made));
  };
  add(frequency_table(attribute(table.rows), {}), kDistribution, {});
  add(cross_table(tab, CrossTabCells::counts, {}), "_effectifs", {.french = "effectifs", .english = "counts"});
  add(cross_table(tab, CrossTabCells::row_percentages, {}), "_pourcentages_ligne",
      {.french = "% de chaque ligne", .english = "% of each row"});
  add(cross_table(tab, CrossTabCells::column_percentages, {}), kColumnPercentages,
      {.french = "% de chaque colonne", .english = "% of each column"});
}

/// Communes and inhabitants of each class with the structures that stand there; the classes are those planners ask for
/// first.
void add_territory_tables(const StudyInputs& inputs, std::vector<Table>& tables) {
  std::vector<StructureIndex> all;
  for (const StructureIndex structure : inputs.structures.structures.indices()) {
    all.push_back(structure);
  }
  for (const char* classes : {"tier", "departement", "epci"}) {
    const Attribute attribute = commune_attribute(inputs.territory, classes);
    if (!attribute.categories.empty()) {
      Table table = territory_table(inputs.territory, attribute, inputs.placements, all, {});
      table.name = fmt::format("00_communes_{}", classes);
      tables.push_back(std::move(table));
    }
  }
}

}  // namespace

bool is_shown(const Table& table) {
  constexpr std::size_t kMostRows = 20;
  constexpr std::size_t kMostColumns = 10;
  const bool asked_first = table.name.ends_with(kDistribution) || table.name.ends_with(kColumnPercentages) ||
                           table.name.ends_with("_communes_tier");
  return asked_first && table.rows.size() <= kMostRows && table.columns.size() <= kMostColumns;
}

void require_selections(const Study& study, const StudyInputs& inputs) {
  for (const CoverageStudy& coverage : study.coverages) {
    (void)definition_of(coverage, inputs);
  }
  require_accesses(study, inputs);
  for (const TableStudy& table : study.tables) {
    const auto which = select_structures(inputs.territory, inputs.structures, inputs.placements, table.filters);
    for (const std::string& name : {table.rows, table.columns}) {
      (void)structure_attribute(inputs.territory, inputs.structures, inputs.placements, which,
                                {.name = name, .separator = ""});
    }
  }
}

StudyResults compute_results(const Study& study, StudyInputs& inputs, const TravelModels& travel, Console& console) {
  StudyResults results;
  for (std::size_t k = 0; k < study.coverages.size(); ++k) {
    const CoverageStudy& coverage = study.coverages[k];
    CoverageDefinition definition = definition_of(coverage, inputs);
    definition.travel = travel.of_coverage(k);
    console.step({.french = fmt::format("Couverture « {} » : {} structures, limite {}", definition.label,
                                        definition.structures.size(), coverage.limit_text),
                  .english = fmt::format("Coverage '{}': {} structures, limit {}", definition.label,
                                         definition.structures.size(), coverage.limit_text)});
    results.analyses.push_back(
        analyse_coverage(inputs.territory, inputs.structures, inputs.placements, definition, console.progress()));
  }
  results.access = compute_accesses(study, inputs, travel, console);
  inputs.quality.access_notes = results.access.notes;
  add_territory_tables(inputs, results.tables);
  if (auto joins = join_count_table(inputs, results.analyses)) {
    results.tables.push_back(std::move(*joins));
  }
  for (std::size_t i = 0; i < study.tables.size(); ++i) {
    add_tables(study.tables[i], i, inputs, results.tables);
  }
  for (Table& table : access_tables(study, inputs, results.access)) {
    results.tables.push_back(std::move(table));
  }
  return results;
}

}  // namespace maillage
