#include "engine/survey/survey_weights.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

/// A margin by positions: the category of each unit, and the wanted share of each category among units that have one.
struct Fitting {
  std::vector<CategoryIndex> of;  ///< none: no value, or a category that the frame does not have
  std::vector<double> targets;    ///< per category of the respondents' attribute; 0 when not fitted
  std::vector<double> sums;       ///< work
  double units = 0;               ///< fitted ones
  std::vector<MarginFit> report;
  std::vector<std::size_t> reported;  ///< category of each row of the report; none for missing ones
};

constexpr std::size_t kNoCategory = static_cast<std::size_t>(-1);

Fitting fitting_of(const WeightMargin& margin) {
  const FrameCounts answered = frame_counts(margin.units);
  Fitting fitting;
  fitting.targets.assign(answered.categories.size(), 0);
  fitting.sums.assign(answered.categories.size(), 0);
  double reachable = 0;
  for (std::size_t k = 0; k < margin.target.categories.size(); ++k) {
    if (margin.target.counts[k] <= 0) {
      continue;
    }
    std::size_t found = kNoCategory;
    for (std::size_t own = 0; own < answered.categories.size(); ++own) {
      if (answered.categories[own].french == margin.target.categories[k].french && answered.counts[own] > 0) {
        found = own;
      }
    }
    fitting.report.push_back({.margin = margin.units.label, .category = margin.target.categories[k]});
    fitting.reported.push_back(found);
    fitting.report.back().missing = found == kNoCategory;
    if (found != kNoCategory) {
      fitting.targets[found] = static_cast<double>(margin.target.counts[k]);
      reachable += fitting.targets[found];
      fitting.units += static_cast<double>(answered.counts[found]);
    }
  }
  for (double& target : fitting.targets) {
    target = reachable > 0 ? target / reachable : 0;
  }
  for (const UnitIndex unit : margin.units.values.indices()) {
    const auto values = margin.units.values[unit];
    const bool fitted = !values.empty() && fitting.targets[values.front().value()] > 0;
    fitting.of.push_back(fitted ? values.front() : CategoryIndex{});
  }
  for (std::size_t row = 0; row < fitting.report.size(); ++row) {
    if (const std::size_t category = fitting.reported[row]; category != kNoCategory) {
      fitting.report[row].target = fitting.targets[category];
      fitting.report[row].before = static_cast<double>(answered.counts[category]) / fitting.units;
    }
  }
  return fitting;
}

double sum_up(Fitting& fitting, const std::vector<double>& weights) {
  std::fill(fitting.sums.begin(), fitting.sums.end(), 0.0);
  double total = 0;
  for (std::size_t unit = 0; unit < weights.size(); ++unit) {
    if (!fitting.of[unit].is_none()) {
      fitting.sums[fitting.of[unit].value()] += weights[unit];
      total += weights[unit];
    }
  }
  return total;
}

void fit_margin(Fitting& fitting, std::vector<double>& weights) {
  const double total = sum_up(fitting, weights);
  for (std::size_t unit = 0; unit < weights.size(); ++unit) {
    if (!fitting.of[unit].is_none()) {
      const std::size_t category = fitting.of[unit].value();
      weights[unit] *= fitting.targets[category] * total / fitting.sums[category];
    }
  }
}

void to_mean_one(std::vector<double>& weights) {
  const double mean = std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(weights.size());
  for (double& weight : weights) {
    weight /= mean;
  }
}

double error_of(Fitting& fitting, const std::vector<double>& weights) {
  const double total = sum_up(fitting, weights);
  double error = 0;
  for (std::size_t category = 0; category < fitting.sums.size(); ++category) {
    if (fitting.targets[category] > 0) {
      error = std::max(error, std::abs(fitting.sums[category] / total - fitting.targets[category]));
    }
  }
  return error;
}

void cut(std::vector<double>& weights, const RakingOptions& options) {
  for (double& weight : weights) {
    weight = std::clamp(weight, options.least_weight, options.most_weight);
  }
}

SurveyWeights report_of(std::vector<Fitting>& fittings, std::vector<double> weights, const RakingOptions& options) {
  SurveyWeights result;
  for (Fitting& fitting : fittings) {
    result.largest_error = std::max(result.largest_error, error_of(fitting, weights));
    const double total = sum_up(fitting, weights);
    for (std::size_t row = 0; row < fitting.report.size(); ++row) {
      if (const std::size_t category = fitting.reported[row]; category != kNoCategory) {
        fitting.report[row].achieved = fitting.sums[category] / total;
      }
      result.margins.push_back(fitting.report[row]);
    }
  }
  for (const double weight : weights) {
    result.bounded += weight <= options.least_weight || weight >= options.most_weight ? 1 : 0;
  }
  result.quality = weight_quality(weights);
  result.weights = std::move(weights);
  result.converged = result.largest_error <= options.tolerance;
  return result;
}

}  // namespace

WeightQuality weight_quality(const std::span<const double> weights) {
  double sum = 0;
  double squares = 0;
  double least = HUGE_VAL;
  double most = 0;
  for (const double weight : weights) {
    if (!(weight >= 0) || !std::isfinite(weight)) {
      throw ArgumentError("weights: finite and at least 0");
    }
    sum += weight;
    squares += weight * weight;
    least = std::min(least, weight);
    most = std::max(most, weight);
  }
  if (!(sum > 0)) {
    throw ArgumentError("weights: not all 0");
  }
  const auto units = static_cast<double>(weights.size());
  const double mean = sum / units;
  return {.effective_units = sum * sum / squares,
          .design_effect = units * squares / (sum * sum),
          .least = least / mean,
          .most = most / mean};
}

SurveyWeights post_stratified(const WeightMargin& margin) {
  RakingOptions once;
  once.most_cycles = 1;
  return raked({&margin, 1}, once);
}

SurveyWeights raked(const std::span<const WeightMargin> margins, const RakingOptions& options) {
  if (margins.empty() || margins.front().units.values.rows() == 0) {
    throw ArgumentError("raking: margins of at least one respondent");
  }
  if (!(options.least_weight >= 0 && options.least_weight < 1 && options.most_weight > 1)) {
    throw ArgumentError("raking: bounds on both sides of 1");
  }
  std::vector<Fitting> fittings;
  for (const WeightMargin& margin : margins) {
    if (margin.units.values.rows() != margins.front().units.values.rows()) {
      throw ArgumentError("raking: margins of the same respondents");
    }
    fittings.push_back(fitting_of(margin));
  }
  std::vector<double> weights(margins.front().units.values.rows(), 1.0);
  std::int64_t cycles = 0;
  double error = HUGE_VAL;
  while (cycles < options.most_cycles && error > options.tolerance) {
    ++cycles;
    for (Fitting& fitting : fittings) {
      fit_margin(fitting, weights);
    }
    to_mean_one(weights);
    cut(weights, options);
    error = 0;
    for (Fitting& fitting : fittings) {
      error = std::max(error, error_of(fitting, weights));
    }
  }
  SurveyWeights result = report_of(fittings, std::move(weights), options);
  result.cycles = cycles;
  return result;
}

Table weights_table(const SurveyWeights& weights, const int decimals) {
  Table table{.name = "redressement",
              .title = {.french = "Redressement", .english = "Weighting"},
              .base = {},
              .columns = {{.heading = {.french = "marge", .english = "margin"}, .unit = {}},
                          {.heading = {.french = "modalité", .english = "category"}, .unit = {}},
                          {.heading = {.french = "interrogés", .english = "asked"}, .unit = "%"},
                          {.heading = {.french = "réponses", .english = "answers"}, .unit = "%"},
                          {.heading = {.french = "réponses pondérées", .english = "weighted answers"}, .unit = "%"},
                          {.heading = {.french = "remarque", .english = "remark"}, .unit = {}}},
              .rows = {}};
  for (const MarginFit& fit : weights.margins) {
    const auto percent = [&](const double share) -> TableCell {
      return fit.missing ? TableCell{} : rounded_number(100 * share, decimals);
    };
    table.rows.push_back({fit.margin, fit.category, percent(fit.target), percent(fit.before), percent(fit.achieved),
                          fit.missing ? TableCell{Text{.french = "aucune réponse : rien ne les remplace",
                                                       .english = "no answer: nothing stands for them"}}
                                      : TableCell{}});
  }
  return table;
}

}  // namespace maillage
