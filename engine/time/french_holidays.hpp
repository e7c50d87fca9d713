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

}  // namespace maillage
