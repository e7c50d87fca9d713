#include "adapters/cli/survey_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/core/error.hpp"
#include "engine/survey/magnitude.hpp"
#include "engine/survey/multi_response.hpp"
#include "engine/survey/paired_answers.hpp"

namespace maillage {
namespace {

const Text kSecret{.french = "s", .english = "s"};

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

/// "p < 0,0001": p or, where cells are hidden, its class.
std::string told_p(const double p, const bool whole, const Language language) {
  return whole ? p_text(p, language) : p_class(p).in(language);
}

}  // namespace

class Survey::Tables {
 public:
  Tables(const StudyInputs& inputs, const SurveyQuestions& questions)
      : inputs_(inputs), questions_(questions), answers_(of_source(questions.responses)) {
    if (answers_.empty()) {
      throw StudyError(Text{.french = "aucune réponse dans le territoire étudié ; --region, --departement... le changent.",
                            .english = "no answer in the territory of the study; --region, --departement... change it."});
    }
    if (!questions.frame.empty()) {
      asked_ = of_source(questions.frame);
    }
  }

  [[nodiscard]] const std::vector<StructureIndex>& answers() const { return answers_; }

  void publish(RunTables& run) {
    population_ = run.population(answers_, {"source"});
    for (const std::string& name : questions_.by) {
      by_.push_back(of_answers(name));
      if (by_.back().multiple) {
        throw StudyError(Text{.french = fmt::format("--by {} : plusieurs réponses par structure.", name),
                              .english = fmt::format("--by {}: several answers each.", name)});
      }
      run.add(name);
    }
    weigh();
    const WeightBasis basis{.weights = weights(), .margins = by_, .decimals = questions_.crossing.decimals};
    for (const Attribute& attribute : by_) {
      publish_distribution(run, attribute, basis);
      bound(run, attribute);
    }
    for (const std::string& name : questions_.cross) {
      asked_questions_.push_back(of_answers(name));
      if (asked_questions_.back().multiple) {
        publish_answers(run, asked_questions_.back());
      } else {
        run.add(name);
        publish_distribution(run, asked_questions_.back(), basis);
      }
    }
    for (const auto& [rows, columns] : crossed_pairs()) {
      run.publish(published_crossing(*rows, *columns), population_);
      if (weights_) {
        run.publish(weighted_crossing_figures(*rows, *columns, basis, run.limits()), population_);
      }
    }
    bound_pair(run);
    publish_pairs(run);
    publish_magnitudes(run);
  }

  SurveyResults results(const ProtectedTables& shown) {
    const ShownCells cells{.tables = shown, .population = population_};
    shown_ = &cells;
    for (std::vector<Attribute>* attributes : {&by_, &asked_questions_}) {
      for (Attribute& attribute : *attributes) {
        attribute = attribute.multiple ? attribute : hidden_last(attribute, cells);
      }
    }
    tell_weights();
    for (const Attribute& attribute : by_) {
      keep(distribution(attribute, weights(), with_frame(questions_.crossing), cells));
    }
    cross();
    compare_pairs();
    sum_magnitudes();
    respond();
    finish();
    shown_ = nullptr;
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
    weights_ = raked(margins, questions_.raking);
  }

  /// Categories of a margin that are hidden, by their texts.
  [[nodiscard]] std::vector<std::string> hidden_of(const Attribute& attribute) const {
    std::vector<std::string> hidden;
    for (const Text& category : attribute.categories) {
      if (withholds(distribution_name(attribute)) || !shown_->shows({has_category(attribute, category)})) {
        hidden.push_back(category.french);
      }
    }
    return hidden;
  }
  [[nodiscard]] bool withholds(const std::string& table) const { return shown_->tables.withholds(table); }

  void tell_weights() {
    if (!weights_) {
      return;
    }
    const SurveyWeights& weights = *weights_;
    Table margins = weights_table(weights, 1);
    bool all_shown = true;
    for (const Attribute& attribute : by_) {
      for (const std::string& category : hidden_of(attribute)) {
        all_shown = false;
        for (auto& row : margins.rows) {
          if (std::get<Text>(row[0]).french == attribute.label.french && std::get<Text>(row[1]).french == category) {
            std::fill(row.begin() + 3, row.end() - 1, TableCell{kSecret});
          }
        }
      }
    }
    results_.tables.push_back(std::move(margins));
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
    if (all_shown) {  // weights are the frame's counts over those of answers
      results_.summary.push_back({.french = line(Language::french), .english = line(Language::english)});
    }
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
          {Text{structure.key, structure.key}, Text{structure.name, structure.name}, rounded_number(weights_->weights[k], 6)});
    }
    results_.tables.push_back(std::move(table));
  }

  void keep(const Distribution& distribution) {
    results_.tables.push_back(distribution.table);
    if (!distribution.published) {
      warn_withheld(distribution.table.title);
    }
  }

  void warn_withheld(const Text& label) {
    results_.warnings.push_back(
        {.french = fmt::format("{} : tableau non publié, aucune façon de cacher ses cases ne suffit.", label.french),
         .english = fmt::format("{}: table not published, no way of hiding its cells suffices.", label.english)});
  }

  void cross() {
    for (const Attribute& question : asked_questions_) {
      if (question.multiple) {
        add_answers(question);
      } else {
        keep(distribution(question, weights(), with_frame(questions_.crossing), *shown_));
      }
    }
    for (const auto& [rows, columns] : crossed_pairs()) {
      crossings_.push_back(crossing(*rows, *columns, weights(), questions_.crossing, *shown_));
      const Crossing& made = crossings_.back();
      results_.tables.push_back(made.table);
      if (!made.published && made.units > 0) {
        warn_withheld(made.label);
      }
    }
    if (!crossings_.empty()) {
      results_.tables.push_back(tests_table(crossings_));
    }
  }

  /// The shares of a question of several answers, each of which is a question of its own: those who did not choose it too.
  void add_answers(const Attribute& question) {
    const MultiResponse response = multi_response(question, TableBase::all, questions_.crossing.interval, weights());
    std::vector<std::string> hidden;
    for (const Text& category : question.categories) {
      const Attribute chosen = chosen_answer(question, category);
      if (!shown_->shows({has_category(chosen, kChosen)})) {
        hidden.push_back(category.french);
      }
    }
    Table table = with_hidden_rows(multi_response_table(response, question.label, questions_.crossing.decimals), hidden, 1);
    if (!hidden.empty()) {
      // The upper bound may be the sum of all shares, from which a hidden one could be computed.
      for (const std::size_t column : {3U, 4U, 6U, 7U}) {
        table.rows.back()[column] = kSecret;
      }
    }
    if (!shown_->shows({has_category(any_answer(question), kChosen)})) {
      std::fill(table.rows.back().begin() + 1, table.rows.back().end(), TableCell{kSecret});
    }
    table.name = "reponses_" + question.name;
    results_.tables.push_back(std::move(table));
  }

  void compare_pairs() {
    std::vector<PairedAnswers> pairs;
    for (const auto& [first, second] : questions_.pairs) {
      pairs.push_back(paired_answers(yes_or_no(of_answers(first)), yes_or_no(of_answers(second)), *shown_));
    }
    if (!pairs.empty()) {
      results_.tables.push_back(paired_table(pairs, questions_.crossing.decimals));
    }
  }

  void sum_magnitudes() {
    for (const std::string& name : questions_.magnitudes) {
      const std::vector<std::optional<double>> amounts = structure_amounts(inputs_.structures, answers_, name);
      const Attribute given = has_amount(name, amounts);
      for (const Attribute& by : by_) {
        std::vector<std::string> hidden;
        for (const Text& category : by.categories) {
          if (withholds(published_magnitude(given, by).name) || !shown_->shows({has_category(by, category), has_answered(given)})) {
            hidden.push_back(category.french);
          }
        }
        const MagnitudeTable table = magnitude_table(by, amounts, questions_.rules, hidden);
        results_.tables.push_back(magnitude_rows(table, by, name, questions_.crossing.decimals));
        if (!table.published) {
          results_.warnings.push_back(
              {.french = fmt::format("{} : non publié, le total lui-même en dit trop d'un contributeur.", name),
               .english = fmt::format("{}: not published, the total itself tells too much of a contributor.", name)});
          break;
        }
      }
    }
  }

  /// \param hidden  categories, of one attribute or of the first two
  void add_rates(const Attribute& answers, const FrameCounts& frame, const std::vector<std::string>& hidden) {
    IntervalOptions interval = questions_.crossing.interval;
    interval.population = std::nullopt;
    const ResponseRates rates = response_rates(answers, frame, interval);
    Table table = with_hidden_rows(response_table(rates, answers.label, 1), hidden, 2);
    table.name = "taux_" + answers.name;
    results_.tables.push_back(std::move(table));
    for (const ResponseRate& row : rates.rows) {
      if (row.frame == 0 && std::ranges::find(hidden, row.category.french) == hidden.end()) {
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
      if (!hidden.empty()) {
        return fmt::format(fmt::runtime(french ? "Réponses par {} : {} sur {}, soit {} % ({} à {})."
                                               : "Answers by {}: {} of {}, {}% ({} to {})."),
                           answers.label.in(language), count(rates.total.respondents, language),
                           count(rates.total.frame, language), decimal(100 * rates.total.rate.value_or(0), 1, language),
                           decimal(100 * rates.total.interval.low, 1, language),
                           decimal(100 * rates.total.interval.high, 1, language));
      }
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
    for (const Attribute& by : by_) {
      if (const auto frame = frame_of(by.name)) {
        add_rates(by, *frame, hidden_of(by));
      }
    }
    if (by_.size() > 1 && !asked_.empty()) {
      const std::vector<Attribute> answers{by_[0], by_[1]};
      add_rates(crossed(answers), frame_of_pair(), hidden_pairs(crossings_.back()));
    }
  }

  [[nodiscard]] FrameCounts frame_of_pair() const {
    const std::vector<Attribute> frame{attribute(questions_.by[0], asked_), attribute(questions_.by[1], asked_)};
    return frame_counts(crossed(frame));
  }

  void finish() {
    for (const Crossing& crossing : crossings_) {
      if (crossing.published && crossing.units > 0 && crossing.test.degrees_of_freedom > 0) {
        results_.summary.push_back(
            {.french = test_line(crossing, Language::french), .english = test_line(crossing, Language::english)});
      }
    }
    for (Table& table : results_.tables) {
      table.name = file_name(table.name);
    }
  }

  static std::string test_line(const Crossing& crossing, const Language language) {
    const bool french = language == Language::french;
    const double p = crossing.test.small_expected > 0 ? crossing.exact.p : crossing.test.p;
    const std::string verdict = fmt::format(
        "{}{}{}, {}", crossing.label.in(language), french ? " : " : ": ",
        p < 0.05 ? (french ? "liés" : "related") : (french ? "pas de lien établi" : "no relation established"),
        told_p(p, crossing.whole, language));
    if (!crossing.whole) {
      return verdict + ".";
    }
    return verdict + fmt::format(fmt::runtime(french ? " (V de Cramér {})." : " (Cramer's V {})."),
                                 decimal(crossing.test.cramers_v.value_or(0), 2, language));
  }

  [[nodiscard]] std::span<const double> weights() const {
    return weights_ ? std::span<const double>{weights_->weights} : std::span<const double>{};
  }

  /// What is crossed: each question with each of `by`, then the first two of `by`.
  [[nodiscard]] std::vector<std::pair<const Attribute*, const Attribute*>> crossed_pairs() const {
    std::vector<std::pair<const Attribute*, const Attribute*>> pairs;
    for (const Attribute& question : asked_questions_) {
      for (const Attribute& attribute : by_) {
        if (!question.multiple && attribute.name != question.name) {
          pairs.emplace_back(&question, &attribute);
        }
      }
    }
    if (by_.size() > 1) {
      pairs.emplace_back(&by_[0], &by_[1]);
    }
    return pairs;
  }

  void publish_distribution(RunTables& run, const Attribute& attribute, const WeightBasis& basis) const {
    run.publish(published_distribution(attribute), population_);
    if (weights_) {
      run.publish(weighted_distribution_figures(attribute, basis, run.limits()), population_);
    }
  }

  void bound(RunTables& run, const Attribute& attribute) const {
    if (const auto frame = frame_of(attribute.name)) {
      for (std::size_t k = 0; k < frame->categories.size(); ++k) {
        run.bound({has_category(attribute, frame->categories[k])}, frame->counts[k], population_);
      }
    }
  }

  /// How many of the first two of `by` together were asked.
  void bound_pair(RunTables& run) const {
    if (by_.size() < 2 || asked_.empty()) {
      return;
    }
    const Attribute one = attribute(questions_.by[0], asked_);
    const Attribute other = attribute(questions_.by[1], asked_);
    const Contingency frame = contingency(one, other);
    for (std::size_t row = 0; row < frame.rows.size(); ++row) {
      for (std::size_t column = 0; column < frame.columns.size(); ++column) {
        run.bound({has_category(by_[0], frame.rows[row]), has_category(by_[1], frame.columns[column])},
                  frame.counts[row][column], population_);
      }
    }
  }

  /// Each answer by itself, those with any, and that a union is at least each and at most the sum.
  void publish_answers(RunTables& run, const Attribute& question) const {
    const Attribute any = any_answer(question);
    run.add(any, answers_);
    PublishedTable table{.name = "reponses_" + question.name,
                         .cells = {{.key = {has_category(any, kChosen)}, .use = CellUse::margin}}};
    KnownRelation sum{.terms = {{{has_category(any, kChosen)}, -1.0}}, .low = 0, .high = HUGE_VAL};
    for (const Text& category : question.categories) {
      const Attribute chosen = chosen_answer(question, category);
      run.add(chosen, answers_);
      run.exclude(has_category(chosen, kChosen), has_no_answer(any));
      table.cells.push_back({.key = {has_category(chosen, kChosen)}, .use = CellUse::margin});
      sum.terms.emplace_back(CellKey{has_category(chosen, kChosen)}, 1.0);
    }
    run.publish(std::move(table), population_);
    run.relate(std::move(sum), population_);
  }

  void publish_pairs(RunTables& run) const {
    for (const auto& [first, second] : questions_.pairs) {
      std::vector<Attribute> both;
      for (const std::string& name : {first, second}) {
        const Attribute spelt = of_answers(name);
        both.push_back(yes_or_no(spelt));
        run.add(both.back(), answers_);
        if (both.back().name != spelt.name && std::ranges::find(questions_.cross, name) != questions_.cross.end()) {
          exclude_other_meanings(run, spelt, both.back());
        }
      }
      run.publish(published_pair(both[0], both[1]), population_);
    }
  }

  /// A spelling of yes is never a no.
  static void exclude_other_meanings(RunTables& run, const Attribute& spelt, const Attribute& merged) {
    std::set<std::pair<std::string, std::string>> together;
    for (const UnitIndex unit : spelt.values.indices()) {
      if (!spelt.values[unit].empty()) {
        together.emplace(spelt.categories[spelt.values[unit].front()].french,
                         merged.categories[merged.values[unit].front()].french);
      }
    }
    for (const Text& spelling : spelt.categories) {
      for (const Text& meaning : merged.categories) {
        if (!together.contains({spelling.french, meaning.french})) {
          run.exclude(has_category(spelt, spelling), has_category(merged, meaning));
        }
      }
      run.exclude(has_category(spelt, spelling), has_no_answer(merged));
    }
  }

  void publish_magnitudes(RunTables& run) const {
    for (const std::string& name : questions_.magnitudes) {
      const Attribute given = has_amount(name, structure_amounts(inputs_.structures, answers_, name));
      run.add(given, answers_);
      for (const Attribute& by : by_) {
        run.publish(published_magnitude(given, by), population_);
      }
    }
  }

  const StudyInputs& inputs_;
  const SurveyQuestions& questions_;
  std::vector<StructureIndex> answers_;
  std::vector<StructureIndex> asked_;
  std::optional<CellCondition> population_;
  std::vector<Attribute> by_;
  std::vector<Attribute> asked_questions_;
  std::optional<SurveyWeights> weights_;
  const ShownCells* shown_ = nullptr;
  std::vector<Crossing> crossings_;
  SurveyResults results_;
};

Survey::Survey(const StudyInputs& inputs, const SurveyQuestions& questions)
    : tables_(std::make_unique<Tables>(inputs, questions)) {}
Survey::~Survey() = default;

const std::vector<StructureIndex>& Survey::answers() const {
  return tables_->answers();
}
void Survey::publish(RunTables& run) {
  tables_->publish(run);
}
SurveyResults Survey::results(const ProtectedTables& shown) {
  return tables_->results(shown);
}

}  // namespace maillage
