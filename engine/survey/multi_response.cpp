#include "engine/survey/multi_response.hpp"

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/survey/survey_weights.hpp"

namespace maillage {
namespace {

/// Sums of the units of the base.
struct WeightSums {
  double weight = 0;
  double squares = 0;
  double units = 0;
};

/// Of the sum over units of the base of (w (y - p))^2, where those that answered so have these sums.
ShareInterval linearised_interval(const double share, const WeightSums& base, const WeightSums& answered,
                                  IntervalOptions options) {
  options.population.reset();
  const double kish = base.weight * base.weight / base.squares;
  const double spread = answered.squares * (1 - share) * (1 - share) + (base.squares - answered.squares) * share * share;
  const double variance = base.units / std::max(base.units - 1, 1.0) * spread / (base.weight * base.weight);
  const bool varies = share > 0 && share < 1 && variance > 0;
  return share_interval(share, varies ? share * (1 - share) / variance : kish, options);
}

void add_weighted(MultiResponse& response, const Attribute& attribute, const TableBase base, const IntervalOptions& options,
                  const std::span<const double> weights) {
  WeightSums whole;
  WeightSums answering;
  std::vector<WeightSums> answered(response.answers.size());
  const auto add = [](WeightSums& sums, const double weight) {
    sums.weight += weight;
    sums.squares += weight * weight;
    sums.units += 1;
  };
  for (const UnitIndex unit : attribute.values.indices()) {
    const double weight = weights[unit.value()];
    const bool answers = !attribute.values[unit].empty();
    if (base == TableBase::all || answers) {
      add(whole, weight);
    }
    if (answers) {
      add(answering, weight);
    }
    for (const CategoryIndex category : attribute.values[unit]) {
      add(answered[category.value()], weight);
    }
  }
  if (!(whole.weight > 0)) {
    return;
  }
  response.weighted = true;
  response.weighted_answering = std::min(1.0, answering.weight / whole.weight);
  response.weighted_union_bounds = {0, 0};
  for (std::size_t k = 0; k < answered.size(); ++k) {
    AnswerShare& answer = response.answers[k];
    answer.weighted_share = std::min(1.0, answered[k].weight / whole.weight);
    answer.weighted_interval = linearised_interval(answer.weighted_share, whole, answered[k], options);
    ShareInterval& bounds = response.weighted_union_bounds;
    bounds.low = std::max(bounds.low, answer.weighted_share);
    bounds.high = std::min(1.0, bounds.high + answer.weighted_share);
  }
}

}  // namespace

MultiResponse multi_response(const Attribute& attribute, const TableBase base, const IntervalOptions& options,
                             const std::span<const double> weights) {
  if (!weights.empty() && weights.size() != attribute.values.rows()) {
    throw ArgumentError("multi-response: one weight per unit");
  }
  MultiResponse response;
  std::vector<std::int64_t> counts(attribute.categories.size(), 0);
  for (const UnitIndex unit : attribute.values.indices()) {
    response.units += attribute.values[unit].empty() ? 0 : 1;
    for (const CategoryIndex category : attribute.values[unit]) {
      ++counts[category.value()];
      ++response.answers_each;
    }
  }
  response.base_units = base == TableBase::all ? static_cast<std::int64_t>(attribute.values.rows()) : response.units;
  response.small = response.base_units < kSmallBase;
  const auto whole = static_cast<double>(response.base_units);
  response.union_bounds = {0, 0};
  for (const CategoryIndex category : attribute.categories.indices()) {
    AnswerShare answer{
        .category = attribute.categories[category], .units = counts[category.value()], .share = 0, .interval = {}};
    if (response.base_units > 0) {
      answer.share = static_cast<double>(answer.units) / whole;
      answer.interval = share_interval(answer.share, whole, options);
    }
    response.union_bounds.low = std::max(response.union_bounds.low, answer.share);
    response.union_bounds.high = std::min(1.0, response.union_bounds.high + answer.share);
    response.answers.push_back(std::move(answer));
  }
  if (!weights.empty()) {
    add_weighted(response, attribute, base, options, weights);
  }
  return response;
}

Attribute chosen_answer(const Attribute& question, const Text& category) {
  Attribute chosen{.name = question.name + " : " + category.french, .label = category, .categories = {}, .values = {}};
  const CategoryIndex yes = chosen.categories.push_back(kChosen);
  const CategoryIndex no = chosen.categories.push_back({.french = "non", .english = "no"});
  for (const UnitIndex unit : question.values.indices()) {
    const bool has = std::ranges::any_of(question.values[unit], [&](const CategoryIndex one) {
      return question.categories[one].french == category.french;
    });
    chosen.values.push_row({has ? &yes : &no, 1});
  }
  return chosen;
}

Attribute any_answer(const Attribute& question) {
  Attribute answered{.name = question.name + " (au moins une)", .label = question.label, .categories = {}, .values = {}};
  const CategoryIndex yes = answered.categories.push_back(kChosen);
  for (const UnitIndex unit : question.values.indices()) {
    answered.values.push_row(question.values[unit].empty() ? std::span<const CategoryIndex>{}
                                                           : std::span<const CategoryIndex>{&yes, 1});
  }
  return answered;
}

Table multi_response_table(const MultiResponse& response, const Text& attribute, const int decimals) {
  const std::string base = std::to_string(response.base_units);
  Table table{
      .name = "reponses_multiples",
      .title = {.french = attribute.french + " (plusieurs réponses)", .english = attribute.english + " (several answers)"},
      .base = {.french = "Base : " + base + " structures", .english = "Base: " + base + " structures"},
      .columns = {{.heading = attribute, .unit = {}},
                  {.heading = {.french = "structures", .english = "structures"}, .unit = {}},
                  {.heading = {.french = "part de la base", .english = "share of the base"}, .unit = "%"},
                  {.heading = {.french = "borne basse", .english = "low"}, .unit = "%"},
                  {.heading = {.french = "borne haute", .english = "high"}, .unit = "%"},
                  {.heading = {.french = "part pondérée", .english = "weighted share"}, .unit = "%"},
                  {.heading = {.french = "pondérée, borne basse", .english = "weighted, low"}, .unit = "%"},
                  {.heading = {.french = "pondérée, borne haute", .english = "weighted, high"}, .unit = "%"}},
      .rows = {}};
  const auto percent = [&](const double share) -> TableCell {
    return response.base_units > 0 ? rounded_number(100 * share, decimals) : TableCell{};
  };
  const auto weighted = [&](const double share) -> TableCell { return response.weighted ? percent(share) : TableCell{}; };
  for (const AnswerShare& answer : response.answers) {
    table.rows.push_back({answer.category, answer.units, percent(answer.share), percent(answer.interval.low),
                          percent(answer.interval.high), weighted(answer.weighted_share),
                          weighted(answer.weighted_interval.low), weighted(answer.weighted_interval.high)});
  }
  table.rows.push_back({Text{.french = "au moins une réponse", .english = "at least one answer"}, response.units,
                        percentage(response.units, response.base_units, decimals), percent(response.union_bounds.low),
                        percent(response.union_bounds.high), weighted(response.weighted_answering),
                        weighted(response.weighted_union_bounds.low), weighted(response.weighted_union_bounds.high)});
  return table;
}

}  // namespace maillage
