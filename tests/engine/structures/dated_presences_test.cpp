#include "engine/structures/dated_presences.hpp"

#include <gtest/gtest.h>

#include <random>

#include "engine/time/parse_opening_hours.hpp"

namespace maillage {
namespace {

FeatureTable table_of(const std::vector<std::vector<std::string>>& rows) {
  FeatureTable table;
  table.source = "tournee.csv";
  table.columns = {"id", "debut", "fin"};
  table.cells = TextCells{3};
  for (const auto& row : rows) {
    for (const std::string& cell : row) {
      table.cells.add(cell);
    }
    table.row_numbers.push_back(static_cast<std::int64_t>(table.row_numbers.size()) + 2);
  }
  return table;
}

const PresenceColumns kColumns{.begin = "debut", .end = "fin"};

TEST(DatedPresences, RowsOfOnePlaceBecomeItsHours) {
  const auto reading = places_of_presences(table_of({{"a", "2026-03-14 14:00", "17:30"},
                                                     {"b", "14/03/2026 9h30", "14/03/2026 12h"},
                                                     {"a", "2026-03-14T09:00:00", "2026-03-14T12:00:00"},
                                                     {"a", "2026-12-31 22:00", "2027-01-01 01:00"},
                                                     {"b", "2026-04-01", ""},
                                                     {"b", "2026-05-01", "2026-05-02"}}),
                                           kColumns);
  ASSERT_EQ(reading.value.rows(), 2U);
  EXPECT_EQ(reading.rows_in, 6);
  EXPECT_TRUE(reading.rejections.empty());
  EXPECT_EQ(reading.value.columns, (std::vector<std::string>{"id", kPresenceHours}));
  EXPECT_EQ(reading.value.cells.at(0, 1),
            "2026 Mar 14 09:00-12:00,14:00-17:30; 2026 Dec 31 22:00-24:00; 2027 Jan 01 00:00-01:00");
  EXPECT_EQ(reading.value.cells.at(1, 1),
            "2026 Mar 14 09:30-12:00; 2026 Apr 01 00:00-24:00; 2026 May 01 00:00-24:00; 2026 May 02 00:00-24:00");
}

TEST(DatedPresences, WhatIsNotUnderstoodIsNamed) {
  const auto reading = places_of_presences(table_of({{"a", "un mardi", "17:00"},
                                                     {"a", "2026-02-29 10:00", "11:00"},
                                                     {"a", "2026-03-01 10:00", "tard"},
                                                     {"a", "2026-03-01 10:00", "09:00"},
                                                     {"a", "2026-03-01 10:00", "2026-05-01 09:00"},
                                                     {"a", "2026-03-01 25:00", "26:00"},
                                                     {"a", "2026-03-01T10:00Z", "11:00"},
                                                     {"a", "10:00", "11:00"},
                                                     {"a", "", ""}}),
                                           kColumns);
  EXPECT_EQ(reading.value.rows(), 0U);
  ASSERT_EQ(reading.rejections.size(), 9U);
  EXPECT_EQ(reading.rejections[0].row, 2);
  EXPECT_EQ(reading.rejections[0].column, "debut");
  EXPECT_EQ(reading.rejections[0].value, "un mardi");
  EXPECT_EQ(reading.rejections[2].column, "fin");
  EXPECT_EQ(reading.rejections[3].reason, "presence_ends_first");
  EXPECT_EQ(reading.rejections[4].reason, "presence_too_long");
  EXPECT_THROW((void)places_of_presences(table_of({}), {.begin = "start", .end = "fin"}), StudyError);
}

TEST(DatedPresences, TheTextIsReadBackToTheSameMinutes) {
  std::mt19937 random{7};
  const std::int32_t first = day_number({2024, 2, 1});
  for (int turn = 0; turn < 200; ++turn) {
    OpeningHours hours;
    for (int k = 0; k < 12; ++k) {
      const auto begin = static_cast<std::int32_t>(random() % kMinutesPerDay);
      hours.events.push_back({.day = first + static_cast<std::int32_t>(random() % 60),
                              .minutes = {begin, begin + 1 + static_cast<std::int32_t>(random() % 3'000)}});
    }
    const std::string text = dated_hours_text(hours.events);
    const HoursReading back = parse_opening_hours(text);
    ASSERT_TRUE(back.hours) << text << ": " << back.expected.english;
    EXPECT_EQ(open_minutes(*back.hours, first, 70, {}), open_minutes(hours, first, 70, {})) << text;
    EXPECT_TRUE(typical_week(*back.hours).empty());
  }
}

}  // namespace
}  // namespace maillage
