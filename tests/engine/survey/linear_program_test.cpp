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
  const auto solution = solve(program);
  ASSERT_TRUE(solution);
  EXPECT_NEAR(solution->cost, 9, 1e-9);
  EXPECT_NEAR(solution->values[0], 3, 1e-9);
}

TEST(LinearProgram, SaysWhenNothingFulfilsTheRows) {
  EXPECT_FALSE(solve({.low = {0}, .high = {1}, .cost = {1}, .rows = {{.terms = {{0, 1}}, .low = 2, .high = 3}}}));
}

TEST(LinearProgram, RefusesWhatHasNoBoundOrDoesNotFit) {
  EXPECT_THROW(
      (void)solve({.low = {0}, .high = {HUGE_VAL}, .cost = {-1}, .rows = {{.terms = {{0, 1}}, .low = 0, .high = HUGE_VAL}}}),
      ArgumentError);
  EXPECT_THROW((void)solve({.low = {0}, .high = {1, 2}, .cost = {1}, .rows = {}}), ArgumentError);
  EXPECT_THROW((void)solve({.low = {0}, .high = {1}, .cost = {1}, .rows = {{.terms = {{1, 1}}, .low = 0, .high = 1}}}),
               ArgumentError);
}

}  // namespace
}  // namespace maillage
