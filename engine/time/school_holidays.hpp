#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/core/text.hpp"

namespace maillage {

/// Zones of the ministry's calendar of school holidays.
enum class SchoolZone { a, b, c };

}  // namespace maillage
