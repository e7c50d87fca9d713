#include "engine/accessibility/decay.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

void require(const bool holds, const char* what) {
  if (!holds) {
    throw ArgumentError(std::string{"decay: "} + what);
  }
}

struct Check {
  void operator()(const SteppedDecay& decay) const {
    require(!decay.steps.empty(), "no step");
    for (std::size_t k = 0; k < decay.steps.size(); ++k) {
      require(k == 0 || decay.steps[k - 1].up_to < decay.steps[k].up_to, "steps that do not ascend");
      require(decay.steps[k].weight >= 0 && decay.steps[k].weight <= 1, "a weight outside [0, 1]");
    }
  }
  void operator()(const InversePowerDecay& decay) const {
    require(decay.exponent >= 0 && std::isfinite(decay.exponent), "a negative exponent");
    require(decay.scale > 0 && std::isfinite(decay.scale), "a scale that is not positive");
  }
  void operator()(const ExponentialDecay& decay) const {
    require(decay.rate >= 0 && std::isfinite(decay.rate), "a negative rate");
  }
  void operator()(const GaussianDecay& decay) const {
    require(decay.sigma > 0 && std::isfinite(decay.sigma), "a sigma that is not positive");
  }
  void operator()(const LogisticDecay& decay) const {
    require(decay.deviation > 0 && std::isfinite(decay.deviation) && std::isfinite(decay.middle),
            "a deviation that is not positive");
  }
  void operator()(const BinaryDecay&) const {}
  void operator()(const TruncatedGaussianDecay&) const {}
  void operator()(const EpanechnikovDecay&) const {}
  void operator()(const LinearDecay&) const {}
};

struct Weigh {
  double cost;
  double farthest;

  /// Share of the way to the farthest cost; 0 where both are 0.
  [[nodiscard]] double share() const { return farthest > 0 ? cost / farthest : 0; }

  double operator()(const BinaryDecay&) const { return 1; }
  double operator()(const SteppedDecay& decay) const {
    for (const SteppedDecay::Step& step : decay.steps) {
      if (cost <= static_cast<double>(step.up_to)) {
        return step.weight;
      }
    }
    return 0;
  }
  double operator()(const InversePowerDecay& decay) const {
    return std::min(1.0, std::pow(cost / decay.scale, -decay.exponent));
  }
  double operator()(const ExponentialDecay& decay) const { return std::exp(-decay.rate * cost); }
  double operator()(const GaussianDecay& decay) const { return std::exp(-cost * cost / (2 * decay.sigma * decay.sigma)); }
  double operator()(const TruncatedGaussianDecay&) const {
    const double least = std::exp(-0.5);
    return (std::exp(-0.5 * share() * share()) - least) / (1 - least);
  }
  double operator()(const EpanechnikovDecay&) const { return 0.75 * (1 - share() * share()); }
  double operator()(const LinearDecay&) const { return 1 - share(); }
  double operator()(const LogisticDecay& decay) const {
    const double slope = std::numbers::pi / (decay.deviation * std::numbers::sqrt3);
    return (1 + std::exp(-decay.middle * slope)) / (1 + std::exp((cost - decay.middle) * slope));
  }
};

}  // namespace

void check_decay(const Decay& decay) {
  std::visit(Check{}, decay.kind);
}

double decay_weight(const Decay& decay, const Cost cost) {
  if (cost > decay.farthest) {
    return 0;
  }
  return std::visit(Weigh{static_cast<double>(cost), static_cast<double>(decay.farthest)}, decay.kind);
}

}  // namespace maillage
