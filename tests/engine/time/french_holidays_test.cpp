#include "engine/time/french_holidays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/time/calendar_date.hpp"

namespace maillage {
namespace {

struct Golden {
  HolidayArea area;
  int year;
  std::string days;
};

std::string days_of(const int year, const HolidayArea area) {
  std::string text;
  std::int32_t before = 0;
  for (const PublicHoliday& holiday : public_holidays(year, area)) {
    if (holiday.day != before) {
      text.append(text.empty() ? "" : " ").append(format_date(date_of_day(holiday.day)).substr(5));
    }
    before = holiday.day;
  }
  return text;
}

/// Made with the Python package "holidays" 0.109, without Schœlcher's day of Martinique (no law makes it a holiday).
TEST(FrenchHolidays, SameDaysAsTheReferencePackage) {
  const std::vector<Golden> goldens{
      {HolidayArea::metropole, 2020, "01-01 04-13 05-01 05-08 05-21 06-01 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2021, "01-01 04-05 05-01 05-08 05-13 05-24 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2022, "01-01 04-18 05-01 05-08 05-26 06-06 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2023, "01-01 04-10 05-01 05-08 05-18 05-29 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2024, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2027, "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2028, "01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2029, "01-01 04-02 05-01 05-08 05-10 05-21 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::metropole, 2030, "01-01 04-22 05-01 05-08 05-30 06-10 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::alsace_moselle, 2020, "01-01 04-10 04-13 05-01 05-08 05-21 06-01 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2021, "01-01 04-02 04-05 05-01 05-08 05-13 05-24 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2022, "01-01 04-15 04-18 05-01 05-08 05-26 06-06 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2023, "01-01 04-07 04-10 05-01 05-08 05-18 05-29 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2024, "01-01 03-29 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2025, "01-01 04-18 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2026, "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2027, "01-01 03-26 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2028, "01-01 04-14 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2029, "01-01 03-30 04-02 05-01 05-08 05-10 05-21 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::alsace_moselle, 2030, "01-01 04-19 04-22 05-01 05-08 05-30 06-10 07-14 08-15 11-01 11-11 12-25 12-26"},
      {HolidayArea::martinique, 2020, "01-01 04-13 05-01 05-08 05-21 05-22 06-01 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2021, "01-01 04-05 05-01 05-08 05-13 05-22 05-24 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2022, "01-01 04-18 05-01 05-08 05-22 05-26 06-06 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2023, "01-01 04-10 05-01 05-08 05-18 05-22 05-29 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2024, "01-01 04-01 05-01 05-08 05-09 05-20 05-22 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2025, "01-01 04-21 05-01 05-08 05-22 05-29 06-09 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2026, "01-01 04-06 05-01 05-08 05-14 05-22 05-25 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2027, "01-01 03-29 05-01 05-06 05-08 05-17 05-22 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2028, "01-01 04-17 05-01 05-08 05-22 05-25 06-05 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2029, "01-01 04-02 05-01 05-08 05-10 05-21 05-22 07-14 08-15 11-01 11-11 12-25"},
      {HolidayArea::martinique, 2030, "01-01 04-22 05-01 05-08 05-22 05-30 06-10 07-14 08-15 11-01 11-11 12-25"},
  };
  for (const Golden& golden : goldens) {
    EXPECT_EQ(days_of(golden.year, golden.area), golden.days) << golden.year;
  }
}

TEST(FrenchHolidays, AbolitionOfSlavery) {
  const auto extra = [](const HolidayArea area) {
    std::string found;
    for (const PublicHoliday& holiday : public_holidays(2025, area)) {
      if (holiday.name.french == "Abolition de l'esclavage") {
        found += format_date(date_of_day(holiday.day)).substr(5);
      }
    }
    return found;
  };
  EXPECT_EQ(extra(HolidayArea::metropole), "");
  EXPECT_EQ(extra(HolidayArea::guadeloupe), "05-27");
  EXPECT_EQ(extra(HolidayArea::martinique), "05-22");
  EXPECT_EQ(extra(HolidayArea::guyane), "06-10");
  EXPECT_EQ(extra(HolidayArea::reunion), "12-20");
  EXPECT_EQ(extra(HolidayArea::mayotte), "04-27");
  EXPECT_EQ(extra(HolidayArea::saint_martin), "05-28");
  EXPECT_EQ(extra(HolidayArea::saint_barthelemy), "10-09");
  EXPECT_EQ(extra(HolidayArea::saint_pierre_et_miquelon), "");
}

TEST(FrenchHolidays, NamesInBothLanguagesAndTwoHolidaysOnOneDay) {
  const std::vector<PublicHoliday> holidays = public_holidays(2008, HolidayArea::metropole);
  ASSERT_EQ(holidays.size(), 11U);
  EXPECT_TRUE(std::is_sorted(holidays.begin(), holidays.end(),
                             [](const PublicHoliday& a, const PublicHoliday& b) { return a.day < b.day; }));
  EXPECT_EQ(holidays[2].name.french, "Fête du Travail");
  EXPECT_EQ(holidays[3].name.french, "Ascension");
  EXPECT_EQ(holidays[2].day, holidays[3].day);
  for (const PublicHoliday& holiday : holidays) {
    EXPECT_FALSE(holiday.name.english.empty());
  }
}

TEST(FrenchHolidays, AreasOfCodes) {
  EXPECT_EQ(holiday_area("67482"), HolidayArea::alsace_moselle);
  EXPECT_EQ(holiday_area("57463"), HolidayArea::alsace_moselle);
  EXPECT_EQ(holiday_area("68"), HolidayArea::alsace_moselle);
  EXPECT_EQ(holiday_area("54395"), HolidayArea::metropole);
  EXPECT_EQ(holiday_area("2B033"), HolidayArea::metropole);
  EXPECT_EQ(holiday_area("97209"), HolidayArea::martinique);
  EXPECT_EQ(holiday_area("97611"), HolidayArea::mayotte);
  EXPECT_EQ(holiday_area("97801"), HolidayArea::saint_martin);
  EXPECT_THROW(static_cast<void>(holiday_area("98735")), InputError);
}

TEST(FrenchHolidays, DaysAndYearsOutside) {
  const std::int32_t good_friday = day_number({.year = 2024, .month = 3, .day = 29});
  EXPECT_TRUE(is_public_holiday(good_friday, HolidayArea::alsace_moselle));
  EXPECT_FALSE(is_public_holiday(good_friday, HolidayArea::metropole));
  EXPECT_THROW(static_cast<void>(public_holidays(2007, HolidayArea::metropole)), InputError);
  EXPECT_THROW(static_cast<void>(public_holidays(2101, HolidayArea::metropole)), InputError);
}

}  // namespace
}  // namespace maillage
