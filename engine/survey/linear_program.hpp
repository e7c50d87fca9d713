#pragma once

#include <cstddef>
#include <memory>
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

/// Linear programs over the same rows, one after another: each starts where the one before ended, by the simplex method of
/// COIN-OR Clp. The same calls in the same order give the same values.
class LinearSolver {
 public:
  /// \throws ArgumentError when sizes differ or a row names another variable
  explicit LinearSolver(const LinearProgram& program);
  ~LinearSolver();
  LinearSolver(const LinearSolver&) = delete;
  LinearSolver& operator=(const LinearSolver&) = delete;

  void set_bounds(std::size_t variable, double low, double high);
  void set_cost(std::size_t variable, double cost);

  /// The optimum; nothing when no values fulfil the rows. \throws ArgumentError when the cost has no bound
  [[nodiscard]] std::optional<LinearSolution> solve();

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace maillage
