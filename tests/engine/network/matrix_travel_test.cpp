#include "engine/network/matrix_travel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Row = std::vector<Reach>;

Reach reach(const std::size_t facility, const Cost cost) {
  return {FacilityIndex{facility}, cost};
}

CostMatrix matrix_of(const std::vector<Row>& rows) {
  CostMatrix matrix;
  for (const Row& row : rows) {
    matrix.rows.push_row(row);
  }
  return matrix;
}

std::vector<Row> reached(const CostMatrix& matrix, const TravelPlaces& origins, const TravelPlaces& facilities,
                         const Cost limit) {
  std::vector<Row> rows;
  stream_matrix_reach(matrix, origins, facilities, limit, [&](const OriginIndex first, const auto& block) {
    EXPECT_EQ(first.value(), rows.size());
    for (const OriginIndex origin : block.indices()) {
      rows.emplace_back(block[origin].begin(), block[origin].end());
    }
  });
  return rows;
}

TEST(MatrixTravel, GivesTheCostsOfTheMatrixWithinAClosedLimit) {
  const CostMatrix matrix = matrix_of({{reach(1, 10), reach(0, 20)}, {}, {reach(0, 0), reach(1, 30)}});
  const std::vector<Point> origins(3);
  const std::vector<Point> facilities(2);
  EXPECT_EQ(reached(matrix, origins, facilities, 20), (std::vector<Row>{{reach(1, 10), reach(0, 20)}, {}, {reach(0, 0)}}));
  EXPECT_EQ(reached(matrix, origins, facilities, 9), (std::vector<Row>{{}, {}, {reach(0, 0)}}));
  EXPECT_EQ(nearest_in_matrix(matrix, origins, facilities), (Row{reach(1, 10), Reach{}, reach(0, 0)}));
}

TEST(MatrixTravel, KnowsPlacesByTheirKeys) {
  const CostMatrix matrix = matrix_of({{reach(5, 10)}, {reach(5, 3), reach(7, 4)}});
  const std::vector<Point> origins(3);
  const std::vector<Point> facilities(3);
  const std::vector<std::uint32_t> rows{1, 0, 1};
  const std::vector<std::uint32_t> columns{7, 5, 5};  // two facilities in one commune
  EXPECT_EQ(
      reached(matrix, {origins, rows}, {facilities, columns}, 100),
      (std::vector<Row>{
          {reach(1, 3), reach(2, 3), reach(0, 4)}, {reach(1, 10), reach(2, 10)}, {reach(1, 3), reach(2, 3), reach(0, 4)}}));
  const std::vector<std::uint32_t> beyond{2, 0, 0};
  EXPECT_THROW((void)nearest_in_matrix(matrix, {origins, beyond}, {facilities, columns}), ArgumentError);
}

TEST(MatrixTravel, BreaksTiesByTheLowerFacilityAndTakesUnreachableForNone) {
  const CostMatrix matrix = matrix_of({{reach(2, 5), reach(1, 5), reach(0, kUnreachable)}});
  EXPECT_EQ(reached(matrix, std::vector<Point>(1), std::vector<Point>(3), kUnreachable),
            (std::vector<Row>{{reach(1, 5), reach(2, 5)}}));
  EXPECT_EQ(nearest_in_matrix(matrix, std::vector<Point>(1), std::vector<Point>(3)), Row{reach(1, 5)});
}

TEST(MatrixTravel, AgreesWithItsOwnCellsInManyBlocks) {
  std::mt19937_64 random(2);
  std::vector<Row> rows(9'000);
  for (Row& row : rows) {
    for (std::size_t facility = 0; facility < 6; ++facility) {
      if (random() % 3 != 0) {
        row.push_back(reach(facility, static_cast<Cost>(random() % 50)));
      }
    }
    std::sort(row.begin(), row.end(),
              [](const Reach& a, const Reach& b) { return a.cost != b.cost ? a.cost < b.cost : a.facility < b.facility; });
  }
  const CostMatrix matrix = matrix_of(rows);
  const std::vector<Point> origins(rows.size());
  EXPECT_EQ(reached(matrix, origins, std::vector<Point>(6), 49), rows);
  const auto nearest = nearest_in_matrix(matrix, origins, std::vector<Point>(6));
  for (std::size_t k = 0; k < rows.size(); ++k) {
    ASSERT_EQ(nearest[k], rows[k].empty() ? Reach{} : rows[k].front());
  }
}

}  // namespace
}  // namespace maillage
