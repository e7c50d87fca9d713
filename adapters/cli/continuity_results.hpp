#pragma once

#include <filesystem>
#include <vector>

#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/travel_models.hpp"
#include "engine/coverage/continuity_analysis.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// Answers all questions of continuity, in the study's order. What is not understood of opening hours is noted in the
/// inputs' quality report. \throws StudyError, InputError
[[nodiscard]] std::vector<ContinuityAnalysis> compute_continuities(const Study& study, StudyInputs& inputs,
                                                                   const TravelModels& travel, Console& console);

/// Checks that filters and columns exist, without computing. \throws StudyError
void require_continuities(const Study& study, const StudyInputs& inputs);

/// Shares of the week by class, the openings proposed and what each structure's hours are
/// worth, of every question.
[[nodiscard]] std::vector<Table> continuity_tables(const StudyInputs& inputs,
                                                   const std::vector<ContinuityAnalysis>& analyses);

/// The week of the territory, of its tiers and of its departements as heat maps, one SVG a question: (name, document).
[[nodiscard]] std::vector<std::pair<std::string, std::string>> continuity_charts(
    const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses, Language language);

/// The week's profile of every zone, moment by moment: a CSV for each question in `folder`. \throws OutputError
void write_week_profiles(const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses,
                         const std::filesystem::path& folder, Language language);

/// What every slot of every structure is worth, of the questions that ask for it: a CSV each in `folder`. A row for each slot
/// that may be opened or is open. \throws OutputError
void write_hour_worths(const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses,
                       const std::filesystem::path& folder, Language language);

/// One line of each question for the summary.
[[nodiscard]] std::vector<Text> continuity_lines(const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses);

}  // namespace maillage
