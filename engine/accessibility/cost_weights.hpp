#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/accessibility/decay.hpp"

namespace maillage::access {

/// What a sum over trips weighs a cost by: a decay, its square, or 1 wherever the decay is above 0; times a power of the cost
/// where one is given.
struct CostFactor {
  Decay decay;
  bool squared = false;
  bool within_reach = false;
  double cost_exponent = 0;  ///< times max(cost, least_cost)^-cost_exponent
  Cost least_cost = 0;
  friend bool operator==(const CostFactor&, const CostFactor&) = default;
};

/// Weights of all whole costs up to the decay's farthest one, computed once: 8 bytes a unit of cost.
class CostWeights {
 public:
  /// \throws ArgumentError as check_decay, or when there would be over 100 million costs
  explicit CostWeights(const CostFactor& factor);

  [[nodiscard]] std::span<const double> values() const { return weights_; }
  [[nodiscard]] double of(const Cost cost) const { return cost < weights_.size() ? weights_[cost] : 0; }
  /// Costs below this one, and no others, have a weight above 0; none where such costs are not in one run from 0.
  [[nodiscard]] std::size_t reach() const { return reach_; }
  [[nodiscard]] bool is_one_run() const { return one_run_; }

 private:
  std::vector<double> weights_;
  std::size_t reach_ = 0;
  bool one_run_ = true;
};

/// The weights that the measures of one analysis share: equal factors are one table.
class WeightPool {
 public:
  /// \throws ArgumentError as CostWeights. The reference lives as long as the pool.
  [[nodiscard]] const CostWeights& of(const CostFactor& factor);

 private:
  struct Kept {
    CostFactor factor;
    std::unique_ptr<const CostWeights> weights;
  };
  std::vector<Kept> kept_;
};

}  // namespace maillage::access
