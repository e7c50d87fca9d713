#pragma once

#include <variant>
#include <vector>

#include "engine/network/travel_costs.hpp"

namespace maillage {

/// How much a facility counts that lies at some cost, 1 at best and never negative. Costs are in the travel model's unit
/// (seconds or metres), and so are the parameters. Beyond `farthest` (closed) a facility does not count at all.

/// 1 up to the cutoff.
struct BinaryDecay {
  friend bool operator==(const BinaryDecay&, const BinaryDecay&) = default;
};

/// The weight of the first step whose bound is at least the cost (bounds closed), 0 beyond the last.
struct SteppedDecay {
  struct Step {
    Cost up_to;
    double weight;
    friend bool operator==(const Step&, const Step&) = default;
  };
  std::vector<Step> steps;  ///< bounds ascending
  friend bool operator==(const SteppedDecay&, const SteppedDecay&) = default;
};

/// min(1, cost^-exponent), in units of `scale`: with minutes in mind and costs in seconds, 60. Hansen (1959),
/// doi:10.1080/01944365908978307.
struct InversePowerDecay {
  double exponent = 1;
  double scale = 1;
  friend bool operator==(const InversePowerDecay&, const InversePowerDecay&) = default;
};

/// exp(-rate x cost)
struct ExponentialDecay {
  double rate = 0;
  friend bool operator==(const ExponentialDecay&, const ExponentialDecay&) = default;
};

/// exp(-cost^2 / (2 sigma^2))
struct GaussianDecay {
  double sigma = 1;
  friend bool operator==(const GaussianDecay&, const GaussianDecay&) = default;
};

/// (exp(-(t/d)^2 / 2) - exp(-1/2)) / (1 - exp(-1/2)) up to d = farthest. Dai (2010), doi:10.1016/j.healthplace.2010.06.012.
struct TruncatedGaussianDecay {
  friend bool operator==(const TruncatedGaussianDecay&, const TruncatedGaussianDecay&) = default;
};

/// 3/4 (1 - (t/d)^2) up to d = farthest. Dai and Wang (2011), doi:10.1068/b36149.
struct EpanechnikovDecay {
  friend bool operator==(const EpanechnikovDecay&, const EpanechnikovDecay&) = default;
};

/// 1 - t/d up to d = farthest.
struct LinearDecay {
  friend bool operator==(const LinearDecay&, const LinearDecay&) = default;
};

/// g(0) / g(t), g(t) = 1 + exp((t - middle) pi / (deviation sqrt 3)). Bauer and Groneberg (2016),
/// doi:10.1371/journal.pone.0159148, eq. 9.
struct LogisticDecay {
  double middle = 0;
  double deviation = 1;
  friend bool operator==(const LogisticDecay&, const LogisticDecay&) = default;
};

using DecayKind = std::variant<BinaryDecay, SteppedDecay, InversePowerDecay, ExponentialDecay, GaussianDecay,
                               TruncatedGaussianDecay, EpanechnikovDecay, LinearDecay, LogisticDecay>;

struct Decay {
  DecayKind kind;
  Cost farthest = 0;  ///< closed
  friend bool operator==(const Decay&, const Decay&) = default;
};

/// \throws ArgumentError where a parameter makes no sense: no step, bounds not ascending, a weight outside [0, 1], a
/// negative exponent or rate, a scale, sigma or deviation that is not positive
void check_decay(const Decay& decay);

/// The weight of one cost, by the formula.
[[nodiscard]] double decay_weight(const Decay& decay, Cost cost);

}  // namespace maillage
