#include "adapters/cli/study_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/cli/run_tables.hpp"
#include "adapters/cli/survey_results.hpp"
#include "engine/core/error.hpp"
#include "engine/survey/cross_tab.hpp"
#include "engine/survey/crossing.hpp"
#include "engine/survey/masked_table.hpp"
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

/// The tables of one crossing of a study.
struct StudyTable {
  std::string name;
  CrossTab tab;
  bool confidential = false;
  std::optional<CellCondition> population;
};

StudyTable study_table(const Study& study, const std::size_t position, const StudyInputs& inputs, RunTables& run) {
  const TableStudy& table = study.tables[position];
  const auto which = select_structures(inputs.territory, inputs.structures, inputs.placements, table.filters);
  const auto attribute = [&](const std::string& name) {
    return structure_attribute(inputs.territory, inputs.structures, inputs.placements, which,
                               {.name = name, .separator = ""});
  };
  StudyTable made{.name = table_name(table, position),
                  .tab = cross_tab(attribute(table.rows), attribute(table.columns), TableBase::all),
                  .confidential = run.is_confidential(table.rows) || run.is_confidential(table.columns),
                  .population = std::nullopt};
  std::vector<std::string> chosen_by;
  for (const AttributeCondition& condition : table.filters) {
    chosen_by.push_back(condition.attribute);
    made.confidential = made.confidential || run.is_confidential(condition.attribute);
  }
  if (!made.confidential) {
    return made;
  }
  if (made.tab.rows.multiple || made.tab.columns.multiple) {
    throw StudyError(
        {.french = fmt::format("tableau {} : un attribut confidentiel à plusieurs réponses ne peut être protégé ici ; "
                               "« maillage survey » le fait.",
                               made.name),
         .english = fmt::format("table {}: a confidential attribute of several answers cannot be protected here; "
                                "'maillage survey' does.",
                                made.name)});
  }
  made.population = run.population(which, chosen_by);
  run.add(table.rows);
  run.add(table.columns);
  run.publish(published_cross_tab(made.name, made.tab), made.population);
  return made;
}

void add_tables(StudyTable made, const ProtectedTables& shown, Console& console, std::vector<Table>& tables) {
  const ShownCells cells{.tables = shown, .population = made.population};
  if (made.confidential) {
    made.tab = cross_tab(hidden_last(made.tab.rows, cells), hidden_last(made.tab.columns, cells), TableBase::all);
    if (shown.withholds(made.name)) {
      console.warn({.french = fmt::format(
                        "tableau {} : aucune case ne peut être montrée sans en révéler une autre ; il est caché.", made.name),
                    .english = fmt::format("table {}: no cell can be shown without telling another; it is hidden.", made.name)});
    }
  }
  const auto add = [&](Table one, const CellGrid& grid, const std::string& suffix, const Text& what) {
    if (made.confidential) {
      one = masked(one, grid);
    }
    one.name = made.name + suffix;
    if (!what.french.empty()) {
      one.title = {.french = fmt::format("{}, {}", one.title.french, what.french),
                   .english = fmt::format("{}, {}", one.title.english, what.english)};
    }
    tables.push_back(std::move(one));
  };
  const auto grid = [&](const CrossTabCells what) {
    return made.confidential ? shown_grid(made.name, made.tab, cells, what) : CellGrid{};
  };
  CellGrid of_rows;
  for (const auto& row : grid(CrossTabCells::counts)) {
    of_rows.push_back({row.back(), row.back()});
  }
  add(frequency_table(made.tab.rows, {}), of_rows, kDistribution, {});
  add(cross_table(made.tab, CrossTabCells::counts, {}), grid(CrossTabCells::counts), "_effectifs",
      {.french = "effectifs", .english = "counts"});
  add(cross_table(made.tab, CrossTabCells::row_percentages, {}), grid(CrossTabCells::row_percentages), "_pourcentages_ligne",
      {.french = "% de chaque ligne", .english = "% of each row"});
  add(cross_table(made.tab, CrossTabCells::column_percentages, {}), grid(CrossTabCells::column_percentages),
      kColumnPercentages, {.french = "% de chaque colonne", .english = "% of each column"});
}

void add_survey(SurveyResults survey, const ProtectedTables& shown, const DisclosureRules& rules, Console& console,
                StudyResults& results) {
  for (Table& table : survey.tables) {
    if (table.name != kWeightsOfAnswers) {  // one line an answer: not for those who read the results
      table.name = "enquete_" + table.name;
      results.tables.push_back(std::move(table));
    }
  }
  for (const Text& warning : survey.warnings) {
    console.warn(warning);
  }
  for (const std::vector<Text>& lines : {survey.summary, secrecy_lines(shown, rules)}) {
    for (const Text& line : lines) {
      console.print(console.in_language(line));
    }
  }
  console.print("");
}

/// The stricter of what the study and its survey ask for, as their tables are read together.
DisclosureRules rules_of(const Study& study) {
  if (!study.survey) {
    return study.disclosure.rules;
  }
  DisclosureRules rules = study.survey->rules;
  if (!study.disclosure.columns.empty()) {
    rules.least_units = std::max(rules.least_units, study.disclosure.rules.least_units);
  }
  return rules;
}

std::vector<StructureIndex> all_structures(const StudyInputs& inputs) {
  std::vector<StructureIndex> all;
  for (const StructureIndex structure : inputs.structures.structures.indices()) {
    all.push_back(structure);
  }
  return all;
}

/// Tables of structures and of the survey, protected together.
void add_structure_tables(const Study& study, const StudyInputs& inputs, Console& console, StudyResults& results) {
  RunTables run{inputs, all_structures(inputs), confidential_attributes(study)};
  std::vector<StudyTable> made;
  for (std::size_t i = 0; i < study.tables.size(); ++i) {
    made.push_back(study_table(study, i, inputs, run));
  }
  std::optional<SurveyQuestions> questions;
  std::optional<Survey> survey;
  if (study.survey) {
    questions = survey_questions(*study.survey);
    survey.emplace(inputs, *questions);
    survey->publish(run);
  }
  const DisclosureRules rules = rules_of(study);
  const ProtectedTables shown = run.protect(rules);
  for (StudyTable& table : made) {
    add_tables(std::move(table), shown, console, results.tables);
  }
  if (survey) {
    add_survey(survey->results(shown), shown, rules, console, results);
  }
}

/// Communes and inhabitants of each class with the structures that stand there; the classes are those planners ask for
/// first.
void add_territory_tables(const StudyInputs& inputs, std::vector<Table>& tables) {
  const std::vector<StructureIndex> all = all_structures(inputs);
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
  add_structure_tables(study, inputs, console, results);
  for (Table& table : access_tables(study, inputs, results.access)) {
    results.tables.push_back(std::move(table));
  }
  for (Table& table : continuity_tables(inputs, results.continuities)) {
    results.tables.push_back(std::move(table));
  }
  return results;
}

}  // namespace maillage
