#include "engine/geometry/hilbert.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace maillage {
namespace {

TEST(Hilbert, VisitsNeighboursOneAfterAnother) {
  // The middles of a lattice of 2^k cells: the curve goes from each to one beside it.
  for (const std::size_t side : {2U, 8U, 32U}) {
    std::vector<Point> points;
    for (std::size_t cell = 0; cell < side * side; ++cell) {
      points.push_back({static_cast<double>(cell % side) + 0.5, static_cast<double>(cell / side) + 0.5});
    }
    const HilbertSquare square({0, 0, static_cast<double>(side), static_cast<double>(side)});
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](const std::size_t a, const std::size_t b) { return square.key(points[a]) < square.key(points[b]); });
    for (std::size_t k = 1; k < order.size(); ++k) {
      EXPECT_DOUBLE_EQ(distance_m(points[order[k - 1]], points[order[k]]), 1) << side << ' ' << k;
    }
  }
}

TEST(Hilbert, KnowsWhatToDoWithAnyPoint) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(hilbert_keys({}).empty());
  const std::vector<Point> same(3, Point{5, 7});
  EXPECT_EQ(hilbert_keys(same), (std::vector<std::uint64_t>{0, 0, 0}));
  const std::vector<Point> points{{0, 0}, {kNan, 1}, {1, 1}, {1e300, -1e300}, {std::numeric_limits<double>::infinity(), 0}};
  EXPECT_EQ(hilbert_keys(points).size(), points.size());
  const HilbertSquare square({0, 0, 10, 10});
  EXPECT_EQ(square.key({-5, -5}), square.key({0, 0}));
  EXPECT_EQ(square.key({50, 4}), square.key({10, 4}));
}

}  // namespace
}  // namespace maillage
