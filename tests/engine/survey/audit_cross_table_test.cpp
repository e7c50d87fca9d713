#include "engine/survey/audit_cross_table.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/published_cross_table.hpp"

namespace maillage {
namespace {

PublishedCrossTable with_unknown_order() {
  PublishedCrossTable table = test::status_by_tier();
  table.uncertain_rows = {{0, 1, 2, 3}};
  table.uncertain_parts = {{3, 4}};
  return table;
}

TEST(AuditCrossTable, T11OnlyChangesInsideOneRowRepairIt) {
  const CrossTableAudit audit = audit_cross_table(with_unknown_order());
  EXPECT_TRUE(audit.complete);
  EXPECT_FALSE(audit.possible);
  EXPECT_EQ(audit.assignments_tested, 48);
  EXPECT_EQ(audit.impossible_rows, std::vector<std::size_t>{2});
  EXPECT_EQ(audit.faulty_row, std::optional<std::size_t>{2});
  EXPECT_TRUE(audit.other_bases.empty());
  EXPECT_EQ(audit.tables.size(), 10U);
  ASSERT_EQ(audit.assignments.size(), 2U);
  std::vector<std::int64_t> steps;
  for (const Repair& repair : audit.assignments[0].repairs) {
    EXPECT_EQ(repair.place.kind, FigurePlace::Kind::cell);
    EXPECT_EQ(repair.place.row, 2U);
    steps.push_back(repair.repaired.units);
  }
  EXPECT_EQ(steps, (std::vector<std::int64_t>{43, 45, 52, 54}));
}

TEST(AuditCrossTable, T11TheLargestTierIsCertain) {
  const CrossTableAudit audit = audit_cross_table(with_unknown_order());
  EXPECT_EQ(audit.ranges[3], (std::vector<CountRange>{{1, 1}, {10, 10}, {0, 0}}));
  EXPECT_EQ(audit.ranges[2][0], (CountRange{22, 23}));
}

TEST(AuditCrossTable, T08AndT10OrdersThatAreAndAreNotIdentifiable) {
  const CrossTableAudit audit = audit_cross_table(with_unknown_order());
  ASSERT_EQ(audit.assignments.size(), 2U);
  const auto units = [](const std::vector<Decimal>& figures) {
    std::vector<std::int64_t> result;
    for (const Decimal& figure : figures) {
      result.push_back(figure.units);
    }
    return result;
  };
  EXPECT_EQ(units(audit.assignments[0].row_percentages), (std::vector<std::int64_t>{34, 42, 20, 4}));
  EXPECT_EQ(units(audit.assignments[1].row_percentages), (std::vector<std::int64_t>{42, 34, 20, 4}));
  for (const Assignment& assignment : audit.assignments) {
    EXPECT_EQ(units(assignment.part_percentages), (std::vector<std::int64_t>{59, 32, 5, 3, 1}));
  }
}

TEST(AuditCrossTable, AcceptsTheRepairedTable) {
  PublishedCrossTable table = test::status_by_tier();
  table.cells[2][0].units = 43;
  const CrossTableAudit audit = audit_cross_table(table);
  EXPECT_TRUE(audit.possible);
  EXPECT_TRUE(audit.impossible_rows.empty());
  EXPECT_FALSE(audit.faulty_row);
  EXPECT_EQ(audit.tables, (std::vector<CountTable>{{{63, 25, 0}, {77, 24, 7}, {22, 27, 2}, {1, 10, 0}}}));
}

TEST(AuditCrossTable, FindsAMisprintWhereverItIs) {
  // 12 + 8 and 9 + 21 of 50: 40 %, 60 % / 60 %, 40 % ; 30 %, 70 %.
  PublishedCrossTable table;
  table.name = "t";
  table.base = 50;
  table.rows = {"a", "b"};
  table.columns = {"x", "y"};
  table.row_percentages = {{.units = 40}, {.units = 60}};
  table.cells = {{{.units = 60}, {.units = 40}}, {{.units = 30}, {.units = 71}}};
  const CrossTableAudit audit = audit_cross_table(table);
  EXPECT_FALSE(audit.possible);
  EXPECT_EQ(audit.faulty_row, std::optional<std::size_t>{1});
  EXPECT_EQ(audit.tables, (std::vector<CountTable>{{{12, 8}, {9, 21}}}));
}

TEST(AuditCrossTable, RefusesTooManyOrders) {
  PublishedCrossTable table;
  table.name = "t";
  table.base = 100;
  table.columns = {"x"};
  table.remainder = "y";
  table.uncertain_rows.emplace_back();
  for (std::size_t row = 0; row < 8; ++row) {
    table.rows.push_back(std::to_string(row));
    table.row_percentages.push_back({.units = static_cast<std::int64_t>(row) + 1});
    table.cells.push_back({{.units = 50}});
    table.uncertain_rows[0].push_back(row);
  }
  EXPECT_THROW((void)audit_cross_table(table), ArgumentError);
}

}  // namespace
}  // namespace maillage
