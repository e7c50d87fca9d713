#pragma once

#include <cmath>

namespace maillage {

/// Neumaier's compensated sum: the same bits whatever the grouping of equal addends in one order, and an error that does
/// not grow with their number. Source: Neumaier (1974), doi:10.1002/zamm.19740540106.
class CompensatedSum {
 public:
  void add(const double value) {
    const double sum = sum_ + value;
    correction_ += std::abs(sum_) >= std::abs(value) ? (sum_ - sum) + value : (value - sum) + sum_;
    sum_ = sum;
  }
  [[nodiscard]] double value() const { return sum_ + correction_; }

 private:
  double sum_ = 0;
  double correction_ = 0;
};

}  // namespace maillage
