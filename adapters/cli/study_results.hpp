#pragma once

#include <string>
#include <vector>

#include "adapters/cli/access_results.hpp"
#include "adapters/cli/continuity_results.hpp"
#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/travel_models.hpp"
#include "engine/coverage/analysis.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// What a study computes: one analysis per coverage, in the study's order, its questions of access and of continuity, and
/// its tables. The analyses' travel models view the TravelModels they were computed with.
struct StudyResults {
  std::vector<CoverageAnalysis> analyses;
  AccessResults access;
  std::vector<ContinuityAnalysis> continuities;
  std::vector<Table> tables;
};

/// Files that only results need are read here and reported in the inputs.
/// \throws StudyError when a filter names an attribute or a value that does not exist
[[nodiscard]] StudyResults compute_results(const Study& study, StudyInputs& inputs, const TravelModels& travel,
                                           Console& console);

/// Checks that every filter and table of the study names attributes and values that exist, without computing.
/// \throws StudyError
void require_selections(const Study& study, const StudyInputs& inputs);

/// The study's answers in five lines: territory, structures, who is covered, the largest gaps, what to check first.
[[nodiscard]] std::vector<std::string> summary_lines(const StudyInputs& inputs, const StudyResults& results,
                                                     Language language);

/// Whether a table is printed at the end of a run: the distributions and the percentages by column, when they fit a screen.
/// All are written.
[[nodiscard]] bool is_shown(const Table& table);

/// A table as aligned columns of text for a terminal.
[[nodiscard]] std::vector<std::string> table_lines(const Table& table, Language language);

}  // namespace maillage
