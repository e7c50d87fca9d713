#include "engine/survey/linear_program.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

double bound(const double value) {
  return std::isfinite(value) ? value : value > 0 ? COIN_DBL_MAX : -COIN_DBL_MAX;
}

std::vector<double> bounds(const std::vector<double>& values) {
  std::vector<double> result;
  for (const double value : values) {
    result.push_back(bound(value));
  }
  return result;
}

void check(const LinearProgram& program) {
  const std::size_t variables = program.cost.size();
  bool fits = program.low.size() == variables && program.high.size() == variables;
  for (const LinearRow& row : program.rows) {
    for (const auto& [variable, coefficient] : row.terms) {
      fits = fits && variable < variables && std::isfinite(coefficient);
    }
  }
  if (!fits) {
    throw ArgumentError("linear program: bounds and cost for each variable, rows of known variables");
  }
}

}  // namespace

struct LinearSolver::Model {
  ClpSimplex simplex;
  bool only_costs_changed = false;  ///< since the last optimum: it still fulfils the rows
};

LinearSolver::LinearSolver(const LinearProgram& program) : model_(std::make_unique<Model>()) {
  check(program);
  std::vector<int> rows;
  std::vector<int> columns;
  std::vector<double> coefficients;
  std::vector<double> row_low;
  std::vector<double> row_high;
  for (const LinearRow& row : program.rows) {
    for (const auto& [variable, coefficient] : row.terms) {
      rows.push_back(static_cast<int>(row_low.size()));
      columns.push_back(static_cast<int>(variable));
      coefficients.push_back(coefficient);
    }
    row_low.push_back(bound(row.low));
    row_high.push_back(bound(row.high));
  }
  const std::vector<double> low = bounds(program.low);
  const std::vector<double> high = bounds(program.high);
  CoinPackedMatrix matrix{true, rows.data(), columns.data(), coefficients.data(),
                          static_cast<CoinBigIndex>(coefficients.size())};
  matrix.setDimensions(static_cast<int>(row_low.size()), static_cast<int>(program.cost.size()));
  model_->simplex.setLogLevel(0);
  model_->simplex.loadProblem(matrix, low.data(), high.data(), program.cost.data(), row_low.data(), row_high.data());
}

LinearSolver::~LinearSolver() = default;

void LinearSolver::set_bounds(const std::size_t variable, const double low, const double high) {
  model_->simplex.setColumnBounds(static_cast<int>(variable), bound(low), bound(high));
  model_->only_costs_changed = false;
}

void LinearSolver::set_cost(const std::size_t variable, const double cost) {
  model_->simplex.setObjectiveCoefficient(static_cast<int>(variable), cost);
}

std::optional<LinearSolution> LinearSolver::solve() {
  ClpSimplex& simplex = model_->simplex;
  if (model_->only_costs_changed) {
    simplex.primal();
  } else {
    simplex.dual();
  }
  if (simplex.isProvenDualInfeasible() && !simplex.isProvenPrimalInfeasible()) {
    throw ArgumentError("linear program: a cost without bound");
  }
  model_->only_costs_changed = simplex.isProvenOptimal();
  if (!simplex.isProvenOptimal()) {
    return std::nullopt;
  }
  const double* values = simplex.primalColumnSolution();
  return LinearSolution{.cost = simplex.objectiveValue(), .values = {values, values + simplex.numberColumns()}};
}

}  // namespace maillage
