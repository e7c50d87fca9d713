#include "engine/time/school_holidays.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "engine/core/error.hpp"
#include "engine/time/calendar_date.hpp"

namespace maillage {
namespace {

bool off(const char* iso, const SchoolZone zone) {
  return is_school_holiday(day_number(parse_date(iso).value()), zone);
}

TEST(SchoolHolidays, FirstAndLastDays) {
  EXPECT_FALSE(off("2024-02-23", SchoolZone::b));
  EXPECT_TRUE(off("2024-02-24", SchoolZone::b));
  EXPECT_TRUE(off("2024-03-10", SchoolZone::b));
  EXPECT_FALSE(off("2024-03-11", SchoolZone::b));
  EXPECT_TRUE(off("2024-02-17", SchoolZone::a));
  EXPECT_FALSE(off("2024-02-26", SchoolZone::c));
  EXPECT_TRUE(off("2024-02-10", SchoolZone::c));
  EXPECT_TRUE(off("2023-05-01", SchoolZone::b));
  EXPECT_TRUE(off("2023-05-08", SchoolZone::c));
  EXPECT_TRUE(off("2026-08-31", SchoolZone::a));
  EXPECT_FALSE(off("2026-09-01", SchoolZone::a));
}

/// Days without school in each school year, counted with the Python packages "holidays" 0.109 and
/// "vacances-scolaires-france" 0.12.0, which agree on all but Ascension's bridge: the second has it in 2027 only.
TEST(SchoolHolidays, DaysOfEachSchoolYear) {
  constexpr std::array<std::array<int, 3>, 5> expected{
      {{124, 125, 125}, {128, 128, 128}, {127, 128, 127}, {127, 127, 127}, {128, 128, 128}}};
  const std::array<SchoolZone, 3> zones{SchoolZone::a, SchoolZone::b, SchoolZone::c};
  for (std::size_t year = 0; year < 5; ++year) {
    for (std::size_t zone = 0; zone < 3; ++zone) {
      const auto september = [](const std::size_t begun) {
        return day_number({.year = static_cast<std::int16_t>(begun), .month = 9, .day = 1});
      };
      int count = 0;
      for (std::int32_t day = september(2022 + year); day < september(2023 + year); ++day) {
        count += is_school_holiday(day, zones[zone]) ? 1 : 0;
      }
      EXPECT_EQ(count, expected[year][zone]) << 2022 + year << " " << zone;
    }
  }
}

TEST(SchoolHolidays, ListIsSortedDisjointAndNamed) {
  for (const SchoolZone zone : {SchoolZone::a, SchoolZone::b, SchoolZone::c}) {
    const std::vector<SchoolHoliday> holidays = school_holidays(zone);
    ASSERT_EQ(holidays.size(), 30U);
    for (std::size_t i = 0; i < holidays.size(); ++i) {
      EXPECT_LE(holidays[i].first, holidays[i].last);
      EXPECT_TRUE(i == 0 || holidays[i - 1].last < holidays[i].first);
      EXPECT_TRUE(is_school_holiday(holidays[i].first, zone));
      EXPECT_FALSE(holidays[i].name.french.empty());
    }
    EXPECT_EQ(holidays[0].name.french, "Vacances de la Toussaint");
  }
  EXPECT_NE(school_calendar_vintage().french.find("2026-2027"), std::string::npos);
}

TEST(SchoolHolidays, OutsideTheTableIsRefusedWithTheWayOut) {
  for (const char* iso : {"2022-08-31", "2027-09-01", "1999-01-01"}) {
    try {
      static_cast<void>(off(iso, SchoolZone::a));
      ADD_FAILURE() << iso;
    } catch (const InputError& error) {
      EXPECT_NE(error.message().french.find(iso), std::string::npos);
      EXPECT_NE(error.message().french.find("2022-2023 à 2026-2027"), std::string::npos);
      EXPECT_NE(error.message().english.find("2022-2023 to 2026-2027"), std::string::npos);
    }
  }
}

TEST(SchoolHolidays, ZonesOfCodes) {
  EXPECT_EQ(school_zone("59350"), SchoolZone::b);
  EXPECT_EQ(school_zone("02"), SchoolZone::b);
  EXPECT_EQ(school_zone("69123"), SchoolZone::a);
  EXPECT_EQ(school_zone("75056"), SchoolZone::c);
  EXPECT_EQ(school_zone("31555"), SchoolZone::c);
  EXPECT_EQ(school_zone("2A004"), std::nullopt);
  EXPECT_EQ(school_zone("97411"), std::nullopt);
  EXPECT_EQ(school_zone(""), std::nullopt);
  EXPECT_EQ(school_zone("00123"), std::nullopt);
  int a = 0;
  int b = 0;
  int c = 0;
  for (int departement = 1; departement <= 95; ++departement) {
    std::string code{departement < 10 ? "0" : ""};
    code.append(std::to_string(departement));
    const std::optional<SchoolZone> zone = school_zone(code);
    a += zone == SchoolZone::a ? 1 : 0;
    b += zone == SchoolZone::b ? 1 : 0;
    c += zone == SchoolZone::c ? 1 : 0;
  }
  EXPECT_EQ(a, 32);
  EXPECT_EQ(b, 41);
  EXPECT_EQ(c, 21);
}

}  // namespace
}  // namespace maillage
