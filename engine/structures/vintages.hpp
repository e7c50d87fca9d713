#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/structures/structure.hpp"

namespace maillage {

/// How many structures tell of which year: ("2019", 12), ("2023", 3), and ("unknown", 2) for those whose vintage is missing
/// or names no year. The year is the first four digits from 1900 to 2099 that stand alone in the vintage as written
/// ("2023-05-04", "12/03/2021"). In the order of years; empty where no structure tells any. Cost: O(structures log years).
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> count_vintages(const StructureSet& structures);

}  // namespace maillage
