#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cli/run_tables.hpp"
#include "adapters/cli/study_inputs.hpp"
#include "engine/survey/crossing.hpp"
#include "engine/survey/response_rates.hpp"
#include "engine/survey/survey_weights.hpp"

namespace maillage {

/// What `survey` is asked.
struct SurveyQuestions {
  std::string responses;           ///< name of the source that holds the answers
  std::string frame;               ///< of the source that holds those asked; empty: none
  std::vector<std::string> by;     ///< attributes known of everybody asked
  std::vector<std::string> cross;  ///< attributes of the answers
  std::vector<std::string> magnitudes;                      ///< columns of amounts: totals by each of `by`
  std::vector<std::pair<std::string, std::string>> pairs;  ///< yes/no questions to compare
  std::string separator;           ///< of several answers in one cell; empty: one answer
  std::map<std::string, FrameCounts> counts;
  CrossingOptions crossing;
  DisclosureRules rules;
  RakingOptions raking;
};

/// The questions as a study or a command line writes them. \throws InputError when the counts of the frame cannot be read
[[nodiscard]] SurveyQuestions survey_questions(const SurveyStudy& survey);

/// Name of the table that has a line for every answer.
inline constexpr const char* kWeightsOfAnswers = "poids_confidentiel";

/// Every table of a survey and what the summary says.
struct SurveyResults {
  std::vector<Table> tables;
  std::vector<Text> summary;
  std::vector<Text> warnings;
};

/// A survey whose tables are gathered with those of the rest of the run, protected with them, and then written.
class Survey {
 public:
  /// \throws StudyError on an attribute that is not known, or when no answer is left
  Survey(const StudyInputs& inputs, const SurveyQuestions& questions);
  ~Survey();
  Survey(const Survey&) = delete;
  Survey& operator=(const Survey&) = delete;

  /// The structures that answered, ascending.
  [[nodiscard]] const std::vector<StructureIndex>& answers() const;
  /// Every cell that the survey's tables show unless it is hidden.
  void publish(RunTables& run);
  /// Rates, weights, distributions and crossings of the answers, after `publish`. \param shown  what is protected
  [[nodiscard]] SurveyResults results(const ProtectedTables& shown);

 private:
  class Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace maillage
