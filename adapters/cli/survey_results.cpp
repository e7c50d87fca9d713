#include "adapters/cli/survey_results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/read_frame_counts.hpp"
#include "engine/core/error.hpp"
#include "engine/survey/magnitude.hpp"
#include "engine/survey/multi_response.hpp"
#include "engine/survey/paired_answers.hpp"

namespace maillage {
namespace {

std::string decimal(const double value, const int decimals, const Language language) {
  return to_text(rounded_number(value, decimals), language);
}

std::string count(const std::int64_t number, const Language language) {
  return to_text(TableCell{number}, language);
}

/// "p = 0,0123", "p < 0,0001".
std::string p_text(const double p, const Language language) {
  if (p < 0.0001) {
    return language == Language::french ? "p < 0,0001" : "p < 0.0001";
  }
  return "p = " + decimal(p, 4, language);
}

std::string file_name(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](const char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'); },
      '_');
  return name;
}

class Survey {
 public:
  Survey(const StudyInputs& inputs, const SurveyQuestions& questions)
      : inputs_(inputs), questions_(questions), answers_(of_source(questions.responses)) {
    if (answers_.empty()) {
      throw StudyError(Text{.french = "aucune réponse dans le territoire étudié ; --region, --departement... le changent.",
                            .english = "no answer in the territory of the study; --region, --departement... change it."});
    }
    if (!questions.frame.empty()) {
      asked_ = of_source(questions.frame);
    }
  }

  SurveyResults run() {
    for (const std::string& name : questions_.by) {
      const Attribute attribute = of_answers(name);
      if (attribute.multiple) {
        throw StudyError(Text{.french = fmt::format("--by {} : plusieurs réponses par structure.", name),
                              .english = fmt::format("--by {}: several answers each.", name)});
      }
      by_.push_back(attribute);
    }
    weigh();
    for (const Attribute& attribute : by_) {
      distributions_.push_back(distribution(attribute, weights_, with_frame(questions_.crossing)));
      keep(distributions_.back());
    }
    cross();
    compare_pairs();
    sum_magnitudes();
    respond();
    finish();
    return std::move(results_);
  }

 private:
  [[nodiscard]] std::vector<StructureIndex> of_source(const std::string& name) const {
    std::vector<StructureIndex> which;
    for (const StructureIndex structure : inputs_.structures.structures.indices()) {
      if (inputs_.structures.structures[structure].source == name) {
        which.push_back(structure);
      }
    }
    return which;
  }

  [[nodiscard]] Attribute attribute(const std::string& name, const std::vector<StructureIndex>& which) const {
    return structure_attribute(inputs_.territory, inputs_.structures, inputs_.placements, which,
                               {.name = name, .separator = questions_.separator});
  }
  [[nodiscard]] Attribute of_answers(const std::string& name) const { return attribute(name, answers_); }

  /// Those asked, by this attribute: counts that were given, or the frame file's; nothing when neither is known.
  [[nodiscard]] std::optional<FrameCounts> frame_of(const std::string& name) const {
    if (const auto found = questions_.counts.find(name); found != questions_.counts.end()) {
      return found->second;
    }
    if (asked_.empty()) {
      return std::nullopt;
    }
    return frame_counts(attribute(name, asked_));
  }

  /// Intervals of shares of all answers know how many were asked.
  [[nodiscard]] CrossingOptions with_frame(CrossingOptions options) const {
    std::int64_t frame = 0;
    for (const std::string& name : questions_.by) {
      std::int64_t total = 0;
      if (const auto counts = frame_of(name)) {
        for (const std::int64_t count : counts->counts) {
          total += count;
        }
      }
      frame = std::max(frame, total);
    }
    if (frame >= static_cast<std::int64_t>(answers_.size())) {
      options.interval.population = static_cast<double>(frame);
    }
    return options;
  }

  void weigh() {
    std::vector<WeightMargin> margins;
    for (std::size_t k = 0; k < by_.size(); ++k) {
      if (auto counts = frame_of(questions_.by[k])) {
        margins.push_back({.units = by_[k], .target = std::move(*counts)});
      }
    }
    if (margins.empty()) {
      return;
    }
    const SurveyWeights weights = raked(margins, questions_.raking);
    weights_ = weights.weights;
    results_.tables.push_back(weights_table(weights, 1));
    add_weights_of_answers();
    const auto line = [&](const Language language) {
      return fmt::format(
          fmt::runtime(language == Language::french
                           ? "Redressement ({} cycle(s)) : poids de {} à {} ; {} réponses en valent {} (effet de plan {})."
                           : "Weighting ({} cycle(s)): weights from {} to {}; {} answers are worth {} (design effect {})."),
          weights.cycles, decimal(weights.quality.least, 2, language), decimal(weights.quality.most, 2, language),
          count(static_cast<std::int64_t>(answers_.size()), language), decimal(weights.quality.effective_units, 0, language),
          decimal(weights.quality.design_effect, 2, language));
    };
    results_.summary.push_back({.french = line(Language::french), .english = line(Language::english)});
    if (!weights.converged) {
      results_.warnings.push_back(
          {.french = fmt::format("le redressement n'atteint pas toutes les marges : écart de {} point(s) au plus.",
                                 decimal(100 * weights.largest_error, 2, Language::french)),
           .english = fmt::format("weighting does not meet all margins: {} point(s) off at most.",
                                  decimal(100 * weights.largest_error, 2, Language::english))});
    }
    for (const MarginFit& fit : weights.margins) {
      if (fit.missing) {
        results_.warnings.push_back(
            {.french = fmt::format("« {} » : interrogés, mais aucune réponse ; rien ne les remplace.", fit.category.french),
             .english = fmt::format("'{}': asked, but no answer; nothing stands for them.", fit.category.english)});
      }
    }
  }

  void add_weights_of_answers() {
    const auto column = [](const char* french, const char* english) {
      return TableColumn{.heading = {.french = french, .english = english}, .unit = {}};
    };
    Table table{.name = kWeightsOfAnswers,
                .title = {.french = "Poids des réponses", .english = "Weights of the answers"},
                .base = {},
                .columns = {column("identifiant", "key"), column("nom", "name"), column("poids", "weight")},
                .rows = {}};
    for (std::size_t k = 0; k < answers_.size(); ++k) {
      const Structure& structure = inputs_.structures.structures[answers_[k]];
      table.rows.push_back(
          {Text{structure.key, structure.key}, Text{structure.name, structure.name}, rounded_number(weights_[k], 6)});
    }
    results_.tables.push_back(std::move(table));
  }

  void keep(const Distribution& distribution) {
    results_.tables.push_back(distribution.table);
    hidden_.insert(hidden_.end(), distribution.hidden.begin(), distribution.hidden.end());
  }

  void cross() {
    for (const std::string& name : questions_.cross) {
      const Attribute question = of_answers(name);
      if (question.multiple) {
        const MultiResponse response = multi_response(question, TableBase::all, questions_.crossing.interval, weights_);
        // Answers are not exclusive: no sum of the others tells a hidden one.
        std::vector<std::string> rare;
        for (const AnswerShare& answer : response.answers) {
          if (answer.units > 0 && answer.units < questions_.crossing.rules.least_units) {
            rare.push_back(answer.category.french);
          }
        }
        Table table =
            with_hidden_rows(multi_response_table(response, question.label, questions_.crossing.decimals), rare, 1);
        if (!rare.empty()) {
          // The upper bound may be the sum of all shares, from which a rare one could be computed.
          const Text secret{.french = "s", .english = "s"};
          for (const std::size_t column : {3U, 4U, 6U, 7U}) {
            table.rows.back()[column] = secret;
          }
        }
        table.name = "reponses_" + name;
        results_.tables.push_back(std::move(table));
        continue;
      }
      keep(distribution(question, weights_, with_frame(questions_.crossing)));
      for (const Attribute& attribute : by_) {
        if (attribute.name != question.name) {
          add_crossing(question, attribute);
        }
      }
    }
    if (by_.size() > 1) {
      add_crossing(by_[0], by_[1]);
      pair_ = crossings_.size() - 1;
    }
    if (!crossings_.empty()) {
      results_.tables.push_back(tests_table(crossings_));
    }
  }

  void add_crossing(const Attribute& rows, const Attribute& columns) {
    crossings_.push_back(crossing(rows, columns, weights_, questions_.crossing, hidden_));
    const Crossing& made = crossings_.back();
    results_.tables.push_back(made.table);
    if (!made.published && made.units > 0) {
      results_.warnings.push_back(
          {.french = fmt::format("{} : tableau non publié, aucune façon de cacher ses cases ne suffit.", made.label.french),
           .english = fmt::format("{}: table not published, no way of hiding its cells suffices.", made.label.english)});
    }
  }

  void compare_pairs() {
    std::vector<PairedAnswers> pairs;
    for (const auto& [first, second] : questions_.pairs) {
      pairs.push_back(paired_answers(of_answers(first), of_answers(second), questions_.crossing.rules));
    }
    if (!pairs.empty()) {
      results_.tables.push_back(paired_table(pairs, questions_.crossing.decimals));
    }
  }

  void sum_magnitudes() {
    for (const std::string& name : questions_.magnitudes) {
      const std::vector<std::optional<double>> amounts = structure_amounts(inputs_.structures, answers_, name);
      for (std::size_t k = 0; k < by_.size(); ++k) {
        const MagnitudeTable table =
            magnitude_table(by_[k], amounts, questions_.crossing.rules, distributions_[k].hidden);
        results_.tables.push_back(magnitude_rows(table, by_[k], name, questions_.crossing.decimals));
        if (!table.published) {
          results_.warnings.push_back(
              {.french = fmt::format("{} : non publié, le total lui-même en dit trop d'un contributeur.", name),
               .english = fmt::format("{}: not published, the total itself tells too much of a contributor.", name)});
          break;
        }
      }
    }
  }

  /// Categories that a table of one row each hides, of one attribute or of the first two.
  void add_rates(const Attribute& answers, const FrameCounts& frame, const std::vector<std::string>& hidden) {
    IntervalOptions interval = questions_.crossing.interval;
    interval.population = std::nullopt;
    const ResponseRates rates = response_rates(answers, frame, interval);
    Table table = with_hidden_rows(response_table(rates, answers.label, 1), hidden, 2);
    table.name = "taux_" + answers.name;
    results_.tables.push_back(std::move(table));
    for (const ResponseRate& row : rates.rows) {
      if (row.frame == 0) {
        results_.warnings.push_back(
            {.french =
                 fmt::format("« {} » : {} réponse(s), mais personne parmi les interrogés ; le taux global est trop fort "
                             "d'autant.",
                             row.category.french, row.respondents),
             .english = fmt::format("'{}': {} answer(s), but nobody among those asked; the whole rate is too high by them.",
                                    row.category.english, row.respondents)});
      }
    }
    const auto line = [&](const Language language) {
      const bool french = language == Language::french;
      return fmt::format(
          fmt::runtime(
              french
                  ? "Réponses par {} : {} sur {}, soit {} % ({} à {}) ; écart à la liste des interrogés : khi-deux {}, {}."
                  : "Answers by {}: {} of {}, {}% ({} to {}); against the list of those asked: chi-square {}, {}."),
          answers.label.in(language), count(rates.total.respondents, language), count(rates.total.frame, language),
          decimal(100 * rates.total.rate.value_or(0), 1, language), decimal(100 * rates.total.interval.low, 1, language),
          decimal(100 * rates.total.interval.high, 1, language), decimal(rates.fit.statistic, 1, language),
          rates.fit.p ? p_text(*rates.fit.p, language) : "p : —");
    };
    results_.summary.push_back({.french = line(Language::french), .english = line(Language::english)});
  }

  void respond() {
    for (std::size_t k = 0; k < by_.size(); ++k) {
      if (const auto frame = frame_of(questions_.by[k])) {
        add_rates(by_[k], *frame, distributions_[k].hidden);
      }
    }
    if (by_.size() > 1 && !asked_.empty()) {
      const std::vector<Attribute> answers{by_[0], by_[1]};
      const std::vector<Attribute> frame{attribute(questions_.by[0], asked_), attribute(questions_.by[1], asked_)};
      add_rates(crossed(answers), frame_counts(crossed(frame)), hidden_pairs(crossings_[pair_]));
    }
  }

  void finish() {
    std::int64_t primary = 0;
    std::int64_t secondary = 0;
    for (const Crossing& crossing : crossings_) {
      primary += crossing.mask.hidden(CellStatus::primary);
      secondary += crossing.mask.hidden(CellStatus::secondary);
      if (crossing.units > 0 && crossing.test.degrees_of_freedom > 0) {
        results_.summary.push_back(
            {.french = test_line(crossing, Language::french), .english = test_line(crossing, Language::english)});
      }
    }
    results_.summary.push_back(
        {.french =
             fmt::format("Secret : {} case(s) de moins de {} réponses cachées, et {} autre(s) pour qu'on ne puisse les "
                         "déduire.",
                         primary, questions_.crossing.rules.least_units, secondary),
         .english =
             fmt::format("Secrecy: {} cell(s) of fewer than {} answers hidden, and {} other(s) so that they cannot be "
                         "deduced.",
                         primary, questions_.crossing.rules.least_units, secondary)});
    for (Table& table : results_.tables) {
      table.name = file_name(table.name);
    }
  }

  static std::string test_line(const Crossing& crossing, const Language language) {
    const bool french = language == Language::french;
    const double p = crossing.test.small_expected > 0 ? crossing.exact.p : crossing.test.p;
    const std::string value = p_text(p, language);
    return fmt::format(
        fmt::runtime(french ? "{} : {}, {} (V de Cramér {})." : "{}: {}, {} (Cramer's V {})."), crossing.label.in(language),
        p < 0.05 ? (french ? "liés" : "related") : (french ? "pas de lien établi" : "no relation established"), value,
        decimal(crossing.test.cramers_v.value_or(0), 2, language));
  }

  const StudyInputs& inputs_;
  const SurveyQuestions& questions_;
  std::vector<StructureIndex> answers_;
  std::vector<StructureIndex> asked_;
  std::vector<Attribute> by_;
  std::vector<double> weights_;
  std::vector<Distribution> distributions_;
  std::vector<std::string> hidden_;
  std::vector<Crossing> crossings_;
  std::size_t pair_ = 0;
  SurveyResults results_;
};

}  // namespace

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
  questions.crossing.rules = survey.rules;
  questions.crossing.exact.seed = survey.seed;
  questions.crossing.decimals = 1;
  questions.raking.most_weight = survey.most_weight;
  if (!survey.frame_counts.empty()) {
    questions.counts = read_frame_counts(survey.frame_counts);
  }
  return questions;
}

SurveyResults survey_results(const StudyInputs& inputs, const SurveyQuestions& questions) {
  return Survey{inputs, questions}.run();
}

}  // namespace maillage
