#include "maps/classification.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/counter_random.hpp"
#include "engine/core/error.hpp"
#include "maps/jenks.hpp"

namespace maillage {
namespace {

ClassBounds quantile_classes(const std::vector<double>& values, const std::size_t classes) {
  return classify(values, {.method = ClassMethod::quantiles, .classes = classes});
}

ClassBounds by(const ClassMethod method, const std::vector<double>& values, const std::size_t classes) {
  return classify(values, {.method = method, .classes = classes});
}

double squares_within(const std::vector<double>& sorted, const std::size_t first, const std::size_t end) {
  double mean = 0;
  for (std::size_t k = first; k < end; ++k) {
    mean += sorted[k] / static_cast<double>(end - first);
  }
  double sum = 0;
  for (std::size_t k = first; k < end; ++k) {
    sum += (sorted[k] - mean) * (sorted[k] - mean);
  }
  return sum;
}

/// Least sum of squares over all ways to cut sorted values into at most that many runs.
double least_squares(const std::vector<double>& sorted, const std::size_t first, const std::size_t runs) {
  if (first == sorted.size()) {
    return 0;
  }
  if (runs == 0) {
    return std::numeric_limits<double>::infinity();
  }
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t end = first + 1; end <= sorted.size(); ++end) {
    least = std::min(least, squares_within(sorted, first, end) + least_squares(sorted, end, runs - 1));
  }
  return least;
}

double squares_of(const std::vector<double>& sorted, std::vector<std::size_t> starts) {
  starts.insert(starts.begin(), 0);
  starts.push_back(sorted.size());
  double sum = 0;
  for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
    sum += squares_within(sorted, starts[k], starts[k + 1]);
  }
  return sum;
}

/// A third of the values repeat.
std::vector<double> some_values(const std::uint64_t seed, const std::size_t count) {
  CounterRandom random{seed, DrawPurpose::random_table, 0, 0};
  const auto unit = [&random] { return random.next() / 4'294'967'296.0; };
  std::vector<double> values;
  for (std::size_t k = 0; k < count; ++k) {
    const double value = unit() * unit() * 100;
    values.push_back(k % 3 == 0 ? std::floor(value / 10) * 10 : value);
  }
  std::ranges::sort(values);
  return values;
}


TEST(Classification, QuantilesHoldAsManyEach) {
  std::vector<double> values;
  for (int k = 0; k < 100; ++k) {
    values.push_back(k);
  }
  EXPECT_EQ(quantile_classes(values, 5).bounds, (std::vector<double>{0, 20, 40, 60, 80, 99}));
}

TEST(Classification, QuantilesTakeRoundNumbersNearThem) {
  std::vector<double> values;
  for (int k = 0; k < 1'000; ++k) {
    values.push_back(4.731 + k * 0.017);
  }
  EXPECT_EQ(quantile_classes(values, 3).bounds, (std::vector<double>{4.731, 10, 16, values.back()}));
}

TEST(Classification, QuantilesPartAValueThatComesOftenByARoundNumber) {
  std::vector<double> values(60, 100.0 / 3);
  values.insert(values.end(), {20, 21, 22, 23, 24, 25});
  EXPECT_EQ(quantile_classes(values, 2).bounds, (std::vector<double>{20, 30, 100.0 / 3}));
}

TEST(Classification, EqualBoundsAreOne) {
  EXPECT_EQ(quantile_classes(std::vector<double>{0, 0, 0, 0, 0, 0, 1, 5}, 4).bounds, (std::vector<double>{0, 1, 5}));
  EXPECT_EQ(quantile_classes(std::vector<double>{3, 3}, 4).classes(), 1U);
}

TEST(Classification, BoundsCanBeRead) {
  EXPECT_EQ(quantile_classes(std::vector<double>{0.0012345, 0.0056789, 1}, 3).bounds[1], 0.005);
  EXPECT_EQ(quantile_classes(std::vector<double>{1, 123'456, 999'999}, 2).bounds[1], 100'000);
}

TEST(Classification, LeavesOutWhatIsNoNumber) {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(quantile_classes(std::vector<double>{missing, 1, 2}, 2).bounds, (std::vector<double>{1, 2}));
  EXPECT_EQ(quantile_classes(std::vector<double>{missing}, 2).classes(), 0U);
  EXPECT_THROW((void)quantile_classes(std::vector<double>{1}, 0), ArgumentError);
}

TEST(Classification, JenksIsTheBestCutOfAll) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const std::vector<double> values = some_values(seed, 4 + seed % 9);
    const std::size_t classes = 2 + seed % 3;
    const double best = least_squares(values, 0, classes);
    EXPECT_NEAR(squares_of(values, jenks_starts(values, classes)), best, 1e-9 * (1 + best)) << seed;
  }
}

TEST(Classification, JenksFindsGroupsAndSeparatesThemByRoundNumbers) {
  EXPECT_EQ(by(ClassMethod::jenks, {1.02, 1.07, 1.1, 5.21, 5.3, 9.87, 10.02}, 3).bounds,
            (std::vector<double>{1.02, 5, 9, 10.02}));
  EXPECT_EQ(by(ClassMethod::jenks, {4, 4, 4}, 3).classes(), 1U);
  EXPECT_EQ(by(ClassMethod::jenks, {-3.2, -2.9, 0.4, 0.6}, 2).bounds, (std::vector<double>{-3.2, 0, 0.6}));
}

TEST(Classification, JenksOfACountryTakesNoTime) {
  const std::vector<double> values = some_values(7, 35'000);
  EXPECT_EQ(jenks_starts(values, 7).size(), 6U);
}

TEST(Classification, EqualAndPrettyBoundsAreEvenlySpaced) {
  EXPECT_EQ(by(ClassMethod::equal, {0, 3, 10}, 5).bounds, (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(by(ClassMethod::pretty, {1, 17, 43}, 5).bounds, (std::vector<double>{1, 10, 20, 30, 40, 43}));
  EXPECT_EQ(by(ClassMethod::pretty, {0.11, 0.42}, 5).bounds, (std::vector<double>{0.11, 0.2, 0.3, 0.4, 0.42}));
}

TEST(Classification, HeadTailCutsAtMeansWhileTheHeadIsAMinority) {
  // Mean of all 15 / 8, of the head (2, 3, 5) 10 / 3: the last head is one value.
  const ClassBounds found = by(ClassMethod::head_tail, {1, 1, 1, 1, 1, 2, 3, 5}, 5);
  EXPECT_EQ(found.bounds, (std::vector<double>{1, 2, 5, 5}));
  EXPECT_EQ(by(ClassMethod::head_tail, {1, 1, 1, 1, 1, 1, 1, 1, 1, 10, 10, 10, 100}, 5).bounds,
            (std::vector<double>{1, 100, 100}));
}

TEST(Classification, FixedBoundsOutsideTheValuesAreLeftOut) {
  EXPECT_EQ(classify(std::vector<double>{1, 2, 3}, {.method = ClassMethod::fixed, .breaks = {0, 2, 9}}).bounds,
            (std::vector<double>{1, 2, 3}));
  EXPECT_THROW((void)classify(std::vector<double>{1}, {.method = ClassMethod::fixed, .breaks = {2, 2}}), ArgumentError);
}

TEST(Classification, SmallClassesJoinTheirSmallerNeighbour) {
  const std::vector<double> values{0, 1, 2, 3, 11, 21, 22, 23};
  ClassOptions options{.method = ClassMethod::fixed, .breaks = {10, 20}};
  EXPECT_EQ(classify(values, options).bounds, (std::vector<double>{0, 10, 20, 23}));
  options.least = 2;
  EXPECT_EQ(classify(values, options).bounds, (std::vector<double>{0, 10, 23}));
  options.least = 100;
  EXPECT_EQ(classify(values, options).bounds, (std::vector<double>{0, 23}));
}

TEST(Classification, AReferenceIsABoundWhateverTheMethod) {
  for (const ClassMethod method : {ClassMethod::quantiles, ClassMethod::jenks, ClassMethod::equal, ClassMethod::pretty}) {
    const ClassBounds found =
        classify(some_values(3, 200), {.method = method, .classes = 6, .breaks = {}, .least = 5, .centre = 25});
    EXPECT_NE(std::ranges::find(found.bounds, 25.0), found.bounds.end()) << class_method_name(method);
    EXPECT_TRUE(std::ranges::is_sorted(found.bounds));
    EXPECT_LE(found.classes(), 6U);
  }
}

TEST(Classification, NamesAreReadBack) {
  for (const ClassMethod method : {ClassMethod::quantiles, ClassMethod::equal, ClassMethod::jenks, ClassMethod::head_tail,
                                   ClassMethod::pretty, ClassMethod::fixed}) {
    EXPECT_EQ(parse_class_method(class_method_name(method)), method);
  }
  EXPECT_EQ(parse_class_method("natural"), std::nullopt);
}

}  // namespace
}  // namespace maillage
