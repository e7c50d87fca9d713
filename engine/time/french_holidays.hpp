#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/core/text.hpp"

namespace maillage {

/// Where one list of public holidays holds.
enum class HolidayArea {
  metropole,
  alsace_moselle,
  guadeloupe,
  martinique,
  guyane,
  reunion,
  mayotte,
  saint_pierre_et_miquelon,
  saint_barthelemy,
  saint_martin
};

/// Area of a commune, departement or collectivity by its code: "57..." is Alsace-Moselle, "972..." Martinique. InputError
/// for the Pacific collectivities, which decide their own holidays.
[[nodiscard]] HolidayArea holiday_area(std::string_view code);

struct PublicHoliday {
  std::int32_t day = 0;  ///< day number, see calendar_date.hpp
  Text name;
};

/// Public holidays of a year by day: Code du travail, L3133-1, L3134-13 (Alsace-Moselle: 26 December and Good Friday; the
/// latter by law only in communes with a Protestant or mixed church) and L3422-2 (overseas: the abolition of slavery).
/// Customs of employers, such as Mi-Carême in Guadeloupe, are none. Two holidays on one day are both listed. InputError for
/// years outside 2008-2100: Whit Monday became a holiday again in 2008.
[[nodiscard]] std::vector<PublicHoliday> public_holidays(int year, HolidayArea area);

/// True when public_holidays() of the day's year lists the day.
[[nodiscard]] bool is_public_holiday(std::int32_t day, HolidayArea area);

}  // namespace maillage
