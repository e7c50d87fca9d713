#pragma once

#include <optional>
#include <vector>

#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/travel_models.hpp"
#include "engine/accessibility/access_analysis.hpp"
#include "engine/survey/table.hpp"
#include "maps/build_layers.hpp"

namespace maillage {

/// What a study's questions of access come to.
struct AccessResults {
  std::vector<AccessAnalysis> analyses;   ///< one per supply, in the study's order
  std::vector<std::size_t> study_of;      ///< per analysis, its question in the study
  std::vector<MeasureClusters> clusters;  ///< in the order of the analyses
  /// Per question of the study, what communes are ranked by for Palma's ratio and concentration; empty where it has none.
  std::vector<IndexedVector<CommuneIndex, double>> income;
  /// Structures whose supply is not known, structures that nobody has in reach, communes without any in reach.
  std::vector<RowNote> notes;
};

/// Answers all questions of access. Files of demand and income are read here and reported in the inputs.
/// \throws StudyError, InputError
[[nodiscard]] AccessResults compute_accesses(const Study& study, StudyInputs& inputs, const TravelModels& travel,
                                             Console& console);

/// Checks that filters, attributes and supplies exist, without computing. \throws StudyError
void require_accesses(const Study& study, const StudyInputs& inputs);

/// Fairness, decomposition, means of classes, Lorenz curves, autocorrelation, and the structures' own figures, of every
/// analysis.
[[nodiscard]] std::vector<Table> access_tables(const Study& study, const StudyInputs& inputs, const AccessResults& results);

/// Joins of covered and uncovered neighbours of every coverage; none without a coverage.
[[nodiscard]] std::optional<Table> join_count_table(const StudyInputs& inputs,
                                                    const std::vector<CoverageAnalysis>& analyses);

}  // namespace maillage
