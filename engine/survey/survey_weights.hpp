#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/survey/attribute.hpp"
#include "engine/survey/response_rates.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// What a sum of weights is worth. Source: Kish (1965), Survey Sampling.
struct WeightQuality {
  double effective_units = 0;  ///< (sum w)^2 / sum w^2
  double design_effect = 1;    ///< units / effective units, >= 1
  double least = 0;            ///< weights over their mean
  double most = 0;
};

/// Of weights that are finite, >= 0 and not all 0. \throws ArgumentError otherwise
[[nodiscard]] WeightQuality weight_quality(std::span<const double> weights);

/// One margin that weights are to meet.
struct WeightMargin {
  Attribute units;     ///< of the respondents, one value each; units without value are left out of this margin
  FrameCounts target;  ///< categories are the same when their French texts are
};

/// A category of a margin after weighting.
struct MarginFit {
  Text margin;
  Text category;
  double target = 0;     ///< share in the frame, 0..1, among the categories that have respondents
  double before = 0;     ///< share of respondents, unweighted
  double achieved = 0;   ///< weighted share
  bool missing = false;  ///< in the frame, but nobody answered: no weight can make up for them
};

/// Weights whose mean is 1, and how well they meet the margins.
struct SurveyWeights {
  std::vector<double> weights;  ///< per respondent
  std::vector<MarginFit> margins;
  WeightQuality quality;
  std::int64_t cycles = 0;
  double largest_error = 0;  ///< largest |achieved - target|, in shares
  std::int64_t bounded = 0;  ///< respondents whose weight stands at a bound
  bool converged = false;
};

struct RakingOptions {
  std::int64_t most_cycles = 1'000;
  double tolerance = 1e-9;  ///< largest |achieved - target| of any category, in shares
  double least_weight = 0;  ///< over the mean weight; 0: no bound
  double most_weight = 1e9;
};

/// One cell per category: weights are exact at once. \throws ArgumentError on a multi-response margin or no respondent
[[nodiscard]] SurveyWeights post_stratified(const WeightMargin& margin);

/// Iterative proportional fitting to every margin in turn, then weights are cut to the bounds and the fitting goes on, until
/// margins hold within the tolerance. Margins that contradict each other or the bounds do not converge: the report says so.
/// Cost: O(cycles * margins * respondents). \throws ArgumentError without margins, on margins of other units or bounds that
/// do not hold 1
/// Sources: Deming & Stephan (1940), doi:10.1214/aoms/1177731829; Deville, Sarndal & Sautory (1993),
/// doi:10.1080/01621459.1993.10476369 (bounded calibration; here by truncation between cycles).
[[nodiscard]] SurveyWeights raked(std::span<const WeightMargin> margins, const RakingOptions& options = {});

/// margin, category, target, before, after.
[[nodiscard]] Table weights_table(const SurveyWeights& weights, int decimals);

}  // namespace maillage
