#include "adapters/cli/study_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/cli/survey_results.hpp"
#include "engine/core/error.hpp"
#include "engine/survey/cross_tab.hpp"
#include "engine/survey/crossing.hpp"
#include "engine/survey/disclosure.hpp"
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

/// The tables of one crossing, before they are shown to anybody.
struct Crossed {
  Table distribution;
  Table counts;
  Table of_rows;
  Table of_columns;
};

/// Hides what tells too much of structures whose answers are confidential.
void hide_cells(Crossed& tables, const DisclosureRules& rules, const std::string& name, Console& console) {
  SuppressionMask mask;
  try {
    mask = suppress(count_grid(tables.counts), rules);
  } catch (const ArgumentError&) {
    throw StudyError(
        {.french = fmt::format("tableau {} : un attribut confidentiel à plusieurs réponses ne peut être protégé ici ; "
                               "« maillage survey » le fait.",
                               name),
         .english = fmt::format("table {}: a confidential attribute of several answers cannot be protected here; "
                                "'maillage survey' does.",
                                name)});
  }
  std::vector<std::string> hidden_rows;
  for (std::size_t row = 0; row + 1 < tables.counts.rows.size(); ++row) {
    if (!mask.safe || !mask.shows(row, mask.cells[row].size() - 1)) {
      hidden_rows.push_back(std::get<Text>(tables.counts.rows[row].front()).french);
    }
  }
  tables.distribution = with_hidden_rows(tables.distribution, hidden_rows, 1);
  tables.counts = masked(tables.counts, mask, CrossTabCells::counts);
  tables.of_rows = masked(tables.of_rows, mask, CrossTabCells::row_percentages);
  tables.of_columns = masked(tables.of_columns, mask, CrossTabCells::column_percentages);
  if (!mask.safe) {
    for (Table* table : {&tables.counts, &tables.of_rows, &tables.of_columns}) {
      *table = with_hidden_rows(*table, hidden_rows, 1);
    }
    console.warn({.french = fmt::format(
                      "tableau {} : aucune case ne peut être montrée sans en révéler une autre ; il est caché.", name),
                  .english = fmt::format("table {}: no cell can be shown without telling another; it is hidden.", name)});
  }
}

void add_tables(const Study& study, const std::size_t position, const StudyInputs& inputs, Console& console,
                std::vector<Table>& tables) {
  const TableStudy& table = study.tables[position];
  const auto which = select_structures(inputs.territory, inputs.structures, inputs.placements, table.filters);
  const auto attribute = [&](const std::string& name) {
    return structure_attribute(inputs.territory, inputs.structures, inputs.placements, which,
                               {.name = name, .separator = ""});
  };
  const auto is_confidential = [&](const std::string& name) {
    return std::ranges::find(study.disclosure.columns, name) != study.disclosure.columns.end();
  };
  const CrossTab tab = cross_tab(attribute(table.rows), attribute(table.columns), TableBase::all);
  const std::string name = table_name(table, position);
  Crossed made{.distribution = frequency_table(attribute(table.rows), {}),
               .counts = cross_table(tab, CrossTabCells::counts, {}),
               .of_rows = cross_table(tab, CrossTabCells::row_percentages, {}),
               .of_columns = cross_table(tab, CrossTabCells::column_percentages, {})};
  const bool by_filter = std::ranges::any_of(
      table.filters, [&](const AttributeCondition& condition) { return is_confidential(condition.attribute); });
  if (is_confidential(table.rows) || is_confidential(table.columns) || by_filter) {
    hide_cells(made, study.disclosure.rules, name, console);
  }
  const auto add = [&](Table one, const std::string& suffix, const Text& what) {
    one.name = name + suffix;
    if (!what.french.empty()) {
      one.title = {.french = fmt::format("{}, {}", one.title.french, what.french),
                   .english = fmt::format("{}, {}", one.title.english, what.english)};
    }
    tables.push_back(std::move(one));
  };
  add(std::move(made.distribution), kDistribution, {});
  add(std::move(made.counts), "_effectifs", {.french = "effectifs", .english = "counts"});
  add(std::move(made.of_rows), "_pourcentages_ligne", {.french = "% de chaque ligne", .english = "% of each row"});
  add(std::move(made.of_columns), kColumnPercentages, {.french = "% de chaque colonne", .english = "% of each column"});
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

/// A misspelt name would leave in the open what was to be hidden.
void require_confidential(const Study& study, const StudyInputs& inputs) {
  const auto protectable = [&](const std::string& name) {
    constexpr std::array kProtectable{"typology", "legal_status", "competences", "resources", "actions"};
    return std::ranges::find(kProtectable, name) != kProtectable.end() ||
           std::ranges::find(inputs.structures.carried_columns, name) != inputs.structures.carried_columns.end();
  };
  for (const std::string& name : study.disclosure.columns) {
    if (!protectable(name)) {
      throw StudyError({.french = fmt::format("[disclosure] columns : « {} » n'est ni typology, legal_status, competences, "
                                              "resources, actions, ni une colonne reprise (carry).",
                                              name),
                        .english = fmt::format("[disclosure] columns: '{}' is none of typology, legal_status, competences, "
                                               "resources, actions, nor a carried column.",
                                               name)});
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
  require_continuities(study, inputs);
  require_confidential(study, inputs);
  for (const TableStudy& table : study.tables) {
    const auto which = select_structures(inputs.territory, inputs.structures, inputs.placements, table.filters);
    for (const std::string& name : {table.rows, table.columns}) {
      (void)structure_attribute(inputs.territory, inputs.structures, inputs.placements, which,
                                {.name = name, .separator = ""});
    }
  }
}

StudyResults compute_results(const Study& study, StudyInputs& inputs, const TravelModels& travel, Console& console) {
  require_confidential(study, inputs);
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
  results.continuities = compute_continuities(study, inputs, travel, console);
  add_territory_tables(inputs, results.tables);
  if (auto joins = join_count_table(inputs, results.analyses)) {
    results.tables.push_back(std::move(*joins));
  }
  for (std::size_t i = 0; i < study.tables.size(); ++i) {
    add_tables(study, i, inputs, console, results.tables);
  }
  if (study.survey) {
    SurveyResults survey = survey_results(inputs, survey_questions(*study.survey));
    for (Table& table : survey.tables) {
      if (table.name != kWeightsOfAnswers) {  // one line an answer: not for those who read the results
        table.name = "enquete_" + table.name;
        results.tables.push_back(std::move(table));
      }
    }
    for (const Text& warning : survey.warnings) {
      console.warn(warning);
    }
    for (const Text& line : survey.summary) {
      console.print(console.in_language(line));
    }
    console.print("");
  }
  for (Table& table : access_tables(study, inputs, results.access)) {
    results.tables.push_back(std::move(table));
  }
  for (Table& table : continuity_tables(inputs, results.continuities)) {
    results.tables.push_back(std::move(table));
  }
  return results;
}

}  // namespace maillage
