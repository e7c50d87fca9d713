#include "engine/geometry/disc_union_buried.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

std::vector<Disc> dense(const std::size_t count, const double side, const double least, const double most,
                        const unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> place(0, side);
  std::uniform_real_distribution<double> radius(least, most);
  std::vector<Disc> discs(count);
  for (Disc& disc : discs) {
    disc = {{7e5 + place(random), 6.6e6 + place(random)}, radius(random)};
  }
  return discs;
}

bool shows(const std::vector<Disc>& discs, const std::size_t number) {
  constexpr int kSamples = 720;
  for (int i = 0; i < kSamples; ++i) {
    const double angle = 2 * std::numbers::pi * i / kSamples;
    const Disc& own = discs[number];
    const Point at{own.centre.x + own.radius_m * std::cos(angle), own.centre.y + own.radius_m * std::sin(angle)};
    const bool covered = std::any_of(discs.begin(), discs.end(), [&](const Disc& other) {
      return &other != &own && distance_m(other.centre, at) < other.radius_m;
    });
    if (!covered) {
      return true;
    }
  }
  return false;
}

TEST(DiscUnionBuried, HidesManyCirclesAndNoneThatShows) {
  for (const auto& [least, most] : {std::pair{5000.0, 5000.0}, {500.0, 9500.0}, {1.0, 10'000.0}}) {
    const std::vector<Disc> discs = dense(1500, 60'000, least, most, 7);
    const CoveredCells covered{discs};
    std::size_t hidden = 0;
    std::size_t truly = 0;
    for (std::size_t i = 0; i < discs.size(); ++i) {
      const bool visible = shows(discs, i);
      truly += visible ? 0 : 1;
      if (covered.hide_circle_of(discs[i])) {
        ++hidden;
        EXPECT_FALSE(visible) << least << " " << i;
      }
    }
    EXPECT_GT(hidden, truly * 6 / 10) << least;
  }
}

TEST(DiscUnionBuried, HidesNothingWhereDiscsAreFew) {
  const std::vector<Disc> discs = dense(1500, 1e6, 5000, 5000, 7);
  const CoveredCells covered{discs};
  EXPECT_TRUE(std::none_of(discs.begin(), discs.end(), [&](const Disc& disc) { return covered.hide_circle_of(disc); }));
}

TEST(DiscUnionBuried, HidesTheSameOnOneThread) {
  const std::vector<Disc> discs = dense(20'000, 200'000, 4000, 6000, 3);
  const CoveredCells many{discs};
  const ThreadLimit one{1};
  const CoveredCells alone{discs};
  for (const Disc& disc : discs) {
    ASSERT_EQ(many.hide_circle_of(disc), alone.hide_circle_of(disc));
  }
}

TEST(DiscUnionBuried, SurvivesOddSpreads) {
  const std::vector<Disc> same(200, Disc{{1, 2}, 3});
  EXPECT_FALSE(CoveredCells{same}.hide_circle_of(same.front())) << "no disc holds its own circle";
  std::vector<Disc> line;
  for (int i = 0; i < 2000; ++i) {
    line.push_back({{i * 1.0, 0}, 500});
  }
  const CoveredCells covered{line};
  EXPECT_TRUE(std::none_of(line.begin(), line.end(), [&](const Disc& disc) { return covered.hide_circle_of(disc); }))
      << "the tops of a row of equal circles all show";
  std::vector<Disc> giant = line;
  giant.push_back({{1000, 0}, 1e9});
  EXPECT_NO_THROW(static_cast<void>(CoveredCells{giant}.hide_circle_of(giant.back())));
}

}  // namespace
}  // namespace maillage
