#include "engine/survey/linear_program.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(LinearProgram, FindsTheCheapestDiet) {
  // min 2x + 3y: x + y >= 4, x <= 3, y <= 5, x + 3y >= 6: corner (3, 1)
  const LinearProgram program{.low = {0, 0},
                              .high = {3, 5},
                              .cost = {2, 3},
                              .rows = {{.terms = {{0, 1}, {1, 1}}, .low = 4, .high = HUGE_VAL},
                                       {.terms = {{0, 1}, {1, 3}}, .low = 6, .high = HUGE_VAL}}};
  const auto solution = LinearSolver{program}.solve();
  ASSERT_TRUE(solution);
  EXPECT_NEAR(solution->cost, 9, 1e-9);
  EXPECT_NEAR(solution->values[0], 3, 1e-9);
}

TEST(LinearProgram, SaysWhenNothingFulfilsTheRows) {
  EXPECT_FALSE(
      LinearSolver({.low = {0}, .high = {1}, .cost = {1}, .rows = {{.terms = {{0, 1}}, .low = 2, .high = 3}}}).solve());
}

TEST(LinearProgram, RefusesWhatHasNoBoundOrDoesNotFit) {
  EXPECT_THROW(
      (void)LinearSolver(
          {.low = {0}, .high = {HUGE_VAL}, .cost = {-1}, .rows = {{.terms = {{0, 1}}, .low = 0, .high = HUGE_VAL}}})
          .solve(),
      ArgumentError);
  EXPECT_THROW(LinearSolver({.low = {0}, .high = {1, 2}, .cost = {1}, .rows = {}}), ArgumentError);
  EXPECT_THROW(LinearSolver({.low = {0}, .high = {1}, .cost = {1}, .rows = {{.terms = {{1, 1}}, .low = 0, .high = 1}}}),
               ArgumentError);
}

TEST(LinearSolver, GoesOnFromTheProgramBefore) {
  // x + y = 4 within 0..3
  LinearSolver solver{{.low = {0, 0}, .high = {3, 3}, .cost = {1, 0}, .rows = {{.terms = {{0, 1}, {1, 1}}, .low = 4, .high = 4}}}};
  EXPECT_NEAR(solver.solve()->cost, 1, 1e-9);
  solver.set_cost(0, -1);
  EXPECT_NEAR(solver.solve()->cost, -3, 1e-9);
  solver.set_bounds(0, 0, 2);
  EXPECT_NEAR(solver.solve()->cost, -2, 1e-9);
  solver.set_bounds(0, 0, 0.5);
  EXPECT_FALSE(solver.solve());
  solver.set_bounds(0, 0, 2);
  EXPECT_NEAR(solver.solve()->cost, -2, 1e-9);
}

}  // namespace
}  // namespace maillage
