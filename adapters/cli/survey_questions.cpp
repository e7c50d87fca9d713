#include <fmt/format.h>

#include "adapters/cli/read_frame_counts.hpp"
#include "adapters/cli/survey_results.hpp"
#include "engine/core/error.hpp"

namespace maillage {

SurveyQuestions survey_questions(const SurveyStudy& survey) {
  SurveyQuestions questions;
  questions.responses = survey.responses;
  questions.frame = survey.frame;
  questions.by = survey.by;
  questions.cross = survey.cross;
  questions.magnitudes = survey.magnitudes;
  for (const std::string& pair : survey.pairs) {
    const std::size_t slash = pair.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == pair.size()) {
      throw StudyError(Text{.french = fmt::format("paire « {} » : attendu deux colonnes, pratique/intention.", pair),
                            .english = fmt::format("pair '{}': expected two columns, practice/intention.", pair)});
    }
    questions.pairs.emplace_back(pair.substr(0, slash), pair.substr(slash + 1));
  }
  questions.separator = survey.separator;
  questions.crossing.interval.method = survey.clopper_pearson ? IntervalMethod::clopper_pearson : IntervalMethod::wilson;
  questions.crossing.interval.confidence = survey.confidence;
  questions.rules = survey.rules;
  questions.crossing.exact.seed = survey.seed;
  questions.crossing.decimals = 1;
  questions.raking.most_weight = survey.most_weight;
  if (!survey.frame_counts.empty()) {
    questions.counts = read_frame_counts(survey.frame_counts);
  }
  return questions;
}

}  // namespace maillage
