#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace maillage {

/// A sum of variables between two bounds.
struct LinearRow {
  std::vector<std::pair<std::size_t, double>> terms;  ///< variable, coefficient; each variable once
  double low = 0;
  double high = 0;
};

/// Least cost over variables within bounds and rows.
struct LinearProgram {
  std::vector<double> low;   ///< per variable
  std::vector<double> high;  ///< HUGE_VAL: unbounded
  std::vector<double> cost;
  std::vector<LinearRow> rows;
};

struct LinearSolution {
  double cost = 0;
  std::vector<double> values;
};

/// Optimum found by the dual simplex method of COIN-OR Clp; nothing when no values fulfil the rows.
/// \throws ArgumentError when sizes differ, a row names another variable, or the cost has no bound
[[nodiscard]] std::optional<LinearSolution> solve(const LinearProgram& program);

}  // namespace maillage
