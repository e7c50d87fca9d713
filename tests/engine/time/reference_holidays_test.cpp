#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "engine/time/calendar_date.hpp"
#include "engine/time/french_holidays.hpp"
#include "engine/time/school_holidays.hpp"
#include "tests/support/python_peer.hpp"

namespace maillage {
namespace {

/// A line of reference_holidays.py.
struct ReferenceDay {
  std::string kind;
  std::string area;
  std::int32_t day = 0;
  std::string name;
};

std::vector<ReferenceDay> reference_days(const std::string& kind) {
  std::vector<ReferenceDay> days;
  for (const std::string& line : test::peer_lines("engine/time/reference_holidays.py")) {
    std::istringstream words{line};
    ReferenceDay one;
    std::string iso;
    words >> one.kind >> one.area >> iso >> std::ws;
    std::getline(words, one.name);
    one.day = day_number(parse_date(iso).value());
    if (one.kind == kind) {
      days.push_back(one);
    }
  }
  return days;
}

/// No law makes these public holidays there: employers grant them by custom, as our list says.
bool is_custom(const ReferenceDay& one) {
  return one.name == "Victor Schoelcher Day" || one.name == "Mi-Careme" || (one.area == "971" && one.name == "Good Friday");
}

TEST(ReferenceHolidays, PublicOnesOfEveryAreaFrom2008To2100) {
  if (test::peers_python().empty()) {
    GTEST_SKIP() << test::kNoPeers;
  }
  const std::map<std::string, HolidayArea> areas{{"FR", HolidayArea::metropole},
                                                 {"57", HolidayArea::alsace_moselle},
                                                 {"6AE", HolidayArea::alsace_moselle},
                                                 {"971", HolidayArea::guadeloupe},
                                                 {"972", HolidayArea::martinique},
                                                 {"973", HolidayArea::guyane},
                                                 {"974", HolidayArea::reunion},
                                                 {"976", HolidayArea::mayotte},
                                                 {"PM", HolidayArea::saint_pierre_et_miquelon},
                                                 {"BL", HolidayArea::saint_barthelemy},
                                                 {"MF", HolidayArea::saint_martin}};
  std::map<std::string, std::set<std::int32_t>> reference;
  for (const ReferenceDay& one : reference_days("public")) {
    if (!is_custom(one)) {
      reference[one.area].insert(one.day);
    }
  }
  ASSERT_EQ(reference.size(), areas.size());
  for (const auto& [code, area] : areas) {
    for (int year = 2008; year <= 2100; ++year) {
      std::set<std::int32_t> ours;
      for (const PublicHoliday& holiday : public_holidays(year, area)) {
        ours.insert(holiday.day);
      }
      std::set<std::int32_t> theirs;
      for (const std::int32_t day : reference[code]) {
        if (date_of_day(day).year == year) {
          theirs.insert(day);
        }
      }
      EXPECT_EQ(ours, theirs) << code << " " << year;
    }
  }
}

TEST(ReferenceHolidays, SchoolOnesOfEveryZone) {
  if (test::peers_python().empty()) {
    GTEST_SKIP() << test::kNoPeers;
  }
  std::map<std::string, std::map<std::string, std::set<std::int32_t>>> reference;  // by package, then zone
  for (const ReferenceDay& one : reference_days("school")) {
    reference[one.name][one.area].insert(one.day);
  }
  ASSERT_EQ(reference.size(), 2U);
  const std::map<std::string, SchoolZone> zones{{"A", SchoolZone::a}, {"B", SchoolZone::b}, {"C", SchoolZone::c}};
  for (const auto& [letter, zone] : zones) {
    std::set<std::int32_t> bridges;
    for (const SchoolHoliday& holiday : school_holidays(zone)) {
      for (std::int32_t day = holiday.first; day <= holiday.last && holiday.name.english.find("Ascension") != std::string::npos;
           ++day) {
        bridges.insert(day);
      }
    }
    ASSERT_EQ(bridges.size(), 20U);
    for (std::int32_t day = day_number({2022, 9, 1}); day <= day_number({2027, 8, 31}); ++day) {
      const bool ours = is_school_holiday(day, zone);
      const std::string when = letter + " " + format_date(date_of_day(day));
      EXPECT_EQ(ours, reference["holidays"][letter].contains(day)) << when;
      // The other package lacks Ascension's bridge, in 2027 its last day.
      if (!bridges.contains(day)) {
        EXPECT_EQ(ours, reference["vacances-scolaires-france"][letter].contains(day)) << when;
      }
    }
  }
}

}  // namespace
}  // namespace maillage
