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

std::optional<LinearSolution> solve(const LinearProgram& program) {
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
  const auto variables = static_cast<int>(program.cost.size());
  CoinPackedMatrix matrix{true, rows.data(), columns.data(), coefficients.data(),
                          static_cast<CoinBigIndex>(coefficients.size())};
  matrix.setDimensions(static_cast<int>(row_low.size()), variables);
  ClpSimplex model;
  model.setLogLevel(0);
  model.loadProblem(matrix, low.data(), high.data(), program.cost.data(), row_low.data(), row_high.data());
  model.dual();
  if (model.isProvenDualInfeasible() && !model.isProvenPrimalInfeasible()) {
    throw ArgumentError("linear program: a cost without bound");
  }
  if (!model.isProvenOptimal()) {
    return std::nullopt;
  }
  const double* values = model.primalColumnSolution();
  return LinearSolution{.cost = model.objectiveValue(), .values = {values, values + variables}};
}

}  // namespace maillage
