#include "engine/accessibility/cost_weights.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"

namespace maillage::access {

namespace {

std::vector<double> decay_weights(const Decay& decay) {
  constexpr Cost kMost = 100'000'000;
  check_decay(decay);
  if (decay.farthest >= kMost) {
    throw ArgumentError("decay: a cutoff too far for a table");
  }
  std::vector<double> weights(std::size_t{decay.farthest} + 1);
  if (const auto* stepped = std::get_if<SteppedDecay>(&decay.kind)) {
    std::size_t from = 0;
    for (const SteppedDecay::Step& step : stepped->steps) {
      const std::size_t end = std::min(std::size_t{step.up_to} + 1, weights.size());
      std::fill(weights.begin() + static_cast<std::ptrdiff_t>(std::min(from, end)),
                weights.begin() + static_cast<std::ptrdiff_t>(end), step.weight);
      from = end;
    }
    return weights;
  }
  for (Cost cost = 0; cost <= decay.farthest; ++cost) {
    weights[cost] = decay_weight(decay, cost);
  }
  return weights;
}

}  // namespace

CostWeights::CostWeights(const CostFactor& factor) : weights_(decay_weights(factor.decay)) {
  for (std::size_t cost = 0; cost < weights_.size(); ++cost) {
    double& weight = weights_[cost];
    weight = factor.within_reach ? (weight > 0 ? 1 : 0) : factor.squared ? weight * weight : weight;
    if (factor.cost_exponent != 0) {
      weight *= std::pow(static_cast<double>(std::max<std::size_t>(cost, factor.least_cost)), -factor.cost_exponent);
    }
  }
  const auto positive = [](const double weight) { return weight > 0; };
  const auto end = std::find_if_not(weights_.begin(), weights_.end(), positive);
  reach_ = static_cast<std::size_t>(end - weights_.begin());
  one_run_ = std::none_of(end, weights_.end(), positive);
}

const CostWeights& WeightPool::of(const CostFactor& factor) {
  const auto known = std::ranges::find(kept_, factor, &Kept::factor);
  if (known != kept_.end()) {
    return *known->weights;
  }
  kept_.push_back({factor, std::make_unique<const CostWeights>(factor)});
  return *kept_.back().weights;
}

}  // namespace maillage::access
