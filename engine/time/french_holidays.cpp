#include "engine/time/french_holidays.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/time/calendar_date.hpp"

namespace maillage {

namespace {

constexpr int kFirstYear = 2008;
constexpr int kLastYear = 2100;

struct FixedDay {
  std::int8_t month;
  std::int8_t day;
  const char* french;
  const char* english;
};

constexpr std::array<FixedDay, 8> kFixedDays{{{1, 1, "Jour de l'An", "New Year's Day"},
                                              {5, 1, "Fête du Travail", "Labour Day"},
                                              {5, 8, "Victoire de 1945", "Victory in Europe Day"},
                                              {7, 14, "Fête nationale", "Bastille Day"},
                                              {8, 15, "Assomption", "Assumption Day"},
                                              {11, 1, "Toussaint", "All Saints' Day"},
                                              {11, 11, "Armistice de 1918", "Armistice Day"},
                                              {12, 25, "Noël", "Christmas Day"}}};

/// Decree 83-1003 of 23 November 1983 and law 83-550; month and day. Saint-Barthélemy and Saint-Martin have theirs by decree
/// 2012-553 of 23 April 2012.
std::optional<std::pair<std::int8_t, std::int8_t>> abolition_day(const HolidayArea area, const int year) {
  using Day = std::pair<std::int8_t, std::int8_t>;
  constexpr int kOfTheNorthernIslands = 2012;
  if (year < kOfTheNorthernIslands && (area == HolidayArea::saint_martin || area == HolidayArea::saint_barthelemy)) {
    return std::nullopt;
  }
  switch (area) {
    case HolidayArea::mayotte:
      return Day{4, 27};
    case HolidayArea::martinique:
      return Day{5, 22};
    case HolidayArea::guadeloupe:
      return Day{5, 27};
    case HolidayArea::saint_martin:
      return Day{5, 28};
    case HolidayArea::guyane:
      return Day{6, 10};
    case HolidayArea::saint_barthelemy:
      return Day{10, 9};
    case HolidayArea::reunion:
      return Day{12, 20};
    default:
      return std::nullopt;
  }
}

}  // namespace

HolidayArea holiday_area(const std::string_view code) {
  constexpr std::array<std::pair<std::string_view, HolidayArea>, 8> kOverseas{
      {{"971", HolidayArea::guadeloupe},
       {"972", HolidayArea::martinique},
       {"973", HolidayArea::guyane},
       {"974", HolidayArea::reunion},
       {"975", HolidayArea::saint_pierre_et_miquelon},
       {"976", HolidayArea::mayotte},
       {"977", HolidayArea::saint_barthelemy},
       {"978", HolidayArea::saint_martin}}};
  for (const auto& [prefix, area] : kOverseas) {
    if (code.starts_with(prefix)) {
      return area;
    }
  }
  if (code.starts_with("98")) {
    throw InputError(
        {.french = "Code « " + std::string{code} +
                   " » : les jours fériés de cette collectivité du Pacifique ne sont pas connus ici ; retirez ses "
                   "structures de l'étude des horaires.",
         .english = "Code \"" + std::string{code} +
                    "\": the public holidays of this Pacific collectivity are not known here; leave its "
                    "structures out of the study of opening hours."});
  }
  const bool alsace_moselle = code.starts_with("57") || code.starts_with("67") || code.starts_with("68");
  return alsace_moselle ? HolidayArea::alsace_moselle : HolidayArea::metropole;
}

std::vector<PublicHoliday> public_holidays(const int year, const HolidayArea area) {
  if (year < kFirstYear || year > kLastYear) {
    throw InputError({.french = "Jours fériés de " + std::to_string(year) +
                                " : seules les années 2008 à 2100 sont connues ; choisissez une période qui y tient.",
                      .english = "Public holidays of " + std::to_string(year) +
                                 ": only the years 2008 to 2100 are known; choose a period within them."});
  }
  std::vector<PublicHoliday> holidays;
  const auto add = [&](const int month, const int day, std::string french, std::string english) {
    const CalendarDate date{.year = static_cast<std::int16_t>(year),
                            .month = static_cast<std::int8_t>(month),
                            .day = static_cast<std::int8_t>(day)};
    holidays.push_back({.day = day_number(date), .name = {.french = std::move(french), .english = std::move(english)}});
  };
  for (const FixedDay& fixed : kFixedDays) {
    add(fixed.month, fixed.day, fixed.french, fixed.english);
  }
  const std::int32_t easter = easter_sunday(year);
  holidays.push_back({.day = easter + 1, .name = {.french = "Lundi de Pâques", .english = "Easter Monday"}});
  holidays.push_back({.day = easter + 39, .name = {.french = "Ascension", .english = "Ascension Day"}});
  holidays.push_back({.day = easter + 50, .name = {.french = "Lundi de Pentecôte", .english = "Whit Monday"}});
  if (area == HolidayArea::alsace_moselle) {
    holidays.push_back({.day = easter - 2, .name = {.french = "Vendredi saint", .english = "Good Friday"}});
    add(12, 26, "Saint-Étienne", "Saint Stephen's Day");
  }
  if (const auto abolition = abolition_day(area, year)) {
    add(abolition->first, abolition->second, "Abolition de l'esclavage", "Abolition of Slavery");
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const PublicHoliday& a, const PublicHoliday& b) { return a.day < b.day; });
  return holidays;
}

bool is_public_holiday(const std::int32_t day, const HolidayArea area) {
  const std::vector<PublicHoliday> holidays = public_holidays(date_of_day(day).year, area);
  return std::any_of(holidays.begin(), holidays.end(), [day](const PublicHoliday& holiday) { return holiday.day == day; });
}

}  // namespace maillage
