#include "engine/network/matrix_table.hpp"

#include <gtest/gtest.h>

#include "tests/support/inline_table.hpp"

namespace maillage {
namespace {

using testing::inline_table;
using Cells = std::vector<std::vector<std::pair<std::size_t, Cost>>>;

/// Communes A, B, C; structures s0 and s1 stand in B, s2 in C.
const MatrixKeys kKeys{.origins = {{"A", 0}, {"B", 1}, {"C", 2}},
                       .structures = {{"s0", {0}}, {"s1", {1}}, {"s2", {2}}},
                       .communes = {{"B", {0, 1}}, {"C", {2}}}};

Cells cells_of(const CostMatrix& matrix) {
  Cells cells;
  for (const OriginIndex origin : matrix.rows.indices()) {
    cells.emplace_back();
    for (const Reach& cell : matrix.rows[origin]) {
      cells.back().emplace_back(cell.facility.value(), cell.cost);
    }
  }
  return cells;
}

TEST(MatrixTable, ReadsTheTablesOfR5r) {
  const auto reading = matrix_of_table(inline_table("from_id;to_id;travel_time_p50\n"
                                                    "A;s1;12\nA;s0;7.5\nB;s1;0\nC;s2;NA\nZ;s0;3\nA;s9;3\n"),
                                       kKeys, CostUnit::seconds, "");
  EXPECT_EQ(cells_of(reading.value.matrix), (Cells{{{0, 450}, {1, 720}}, {{1, 0}}, {}}));
  EXPECT_FALSE(reading.value.between_communes);
  EXPECT_EQ(reading.value.rows_elsewhere, 2);
  EXPECT_EQ(reading.rows_in, 6);
  EXPECT_TRUE(reading.rejections.empty());
}

TEST(MatrixTable, ReadsInseesDistancierBetweenCommunes) {
  const FeatureTable table = inline_table("idSrc;idDst;duree;distance\nA;B;10,5;12,3456\nA;C;4;5\n");
  const auto times = matrix_of_table(table, kKeys, CostUnit::seconds, "");
  EXPECT_TRUE(times.value.between_communes);
  EXPECT_EQ(cells_of(times.value.matrix), (Cells{{{2, 240}, {0, 630}, {1, 630}}, {}, {}}));
  const auto lengths = matrix_of_table(table, kKeys, CostUnit::metres, "");
  EXPECT_EQ(cells_of(lengths.value.matrix), (Cells{{{2, 5'000}, {0, 12'346}, {1, 12'346}}, {}, {}})) << "rounded up";
  EXPECT_EQ(lengths.value.matrix.unit, CostUnit::metres);
}

TEST(MatrixTable, ReadsSecondsOfOsrmAndAStatedUnit) {
  EXPECT_EQ(cells_of(matrix_of_table(inline_table("source;destination;duration\nA;s0;61.2\n"), kKeys, CostUnit::seconds, "")
                         .value.matrix),
            (Cells{{{0, 62}}, {}, {}}));
  for (const auto& [unit, seconds] : {std::pair{"s", 3U}, std::pair{"min", 150U}, std::pair{"h", 9'000U}}) {
    EXPECT_EQ(cells_of(matrix_of_table(inline_table("origin;destination;cost\nA;s0;2.5\n"), kKeys, CostUnit::seconds, unit)
                           .value.matrix),
              (Cells{{{0, seconds}}, {}, {}}));
  }
}

TEST(MatrixTable, ListsWhatItCannotUse) {
  const auto reading = matrix_of_table(inline_table("origin;destination;minutes\n"
                                                    "A;s0;5\nA;s0;5\nA;s0;6\nA;s1;-1\nB;s0;soon\nB;s1;1e99\n"),
                                       kKeys, CostUnit::seconds, "");
  EXPECT_EQ(cells_of(reading.value.matrix), (Cells{{{0, 300}}, {}, {}}));
  ASSERT_EQ(reading.rejections.size(), 4U);
  EXPECT_EQ(reading.rejections[0].reason, "repeated_pair");
  EXPECT_EQ(reading.rejections[0].row, 4);
  EXPECT_EQ(reading.rejections[0].key, "A -> s0");
  for (std::size_t k = 1; k < 4; ++k) {
    EXPECT_EQ(reading.rejections[k].reason, "not_a_cost");
  }
}

TEST(MatrixTable, DoesNotDependOnTheOrderOfRows) {
  const std::string header = "origin;destination;seconds\n";
  const auto a = matrix_of_table(inline_table(header + "A;s0;9\nA;s1;9\nB;s2;4\n"), kKeys, CostUnit::seconds, "");
  const auto b = matrix_of_table(inline_table(header + "B;s2;4\nA;s1;9\nA;s0;9\n"), kKeys, CostUnit::seconds, "");
  EXPECT_EQ(a.value.matrix.rows, b.value.matrix.rows);
}

TEST(MatrixTable, SaysWhichColumnIsMissingOrOfNoUnit) {
  const auto refusal = [](const std::string& text, const CostUnit unit, const std::string& stated) -> std::string {
    try {
      (void)matrix_of_table(inline_table(text), kKeys, unit, stated);
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
      return error.message().english;
    }
    return "";
  };
  EXPECT_NE(refusal("a;destination;minutes\n", CostUnit::seconds, "").find("origin"), std::string::npos);
  EXPECT_NE(refusal("origin;b;minutes\n", CostUnit::seconds, "").find("destination"), std::string::npos);
  EXPECT_NE(refusal("origin;destination;c\n", CostUnit::seconds, "").find("minutes"), std::string::npos);
  EXPECT_NE(refusal("origin;destination;minutes\n", CostUnit::metres, "").find("distance_km"), std::string::npos);
  EXPECT_NE(refusal("origin;destination;cost\n", CostUnit::seconds, "").find("unit"), std::string::npos);
  EXPECT_NE(refusal("origin;destination;cost\n", CostUnit::seconds, "km").find("unit"), std::string::npos);
  EXPECT_NE(refusal("origin;destination;cost\n", CostUnit::seconds, "fortnights").find("unit"), std::string::npos);
}

}  // namespace
}  // namespace maillage
