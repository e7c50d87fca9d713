#pragma once

#include "engine/survey/compatible_tables.hpp"

namespace maillage::test {

/// Legal status by kind of commune as Ombelliscience printed it in 2019 (https://ombelliscience.fr).
inline PublishedCrossTable status_by_tier() {
  const auto percent = [](const std::int64_t units) { return Decimal{.units = units, .decimals = 0}; };
  PublishedCrossTable table;
  table.name = "status";
  table.label = "Status by tier";
  table.base = 258;
  table.rows = {"Villages", "Towns", "Cities", "Metropoles"};
  table.row_percentages = {percent(34), percent(42), percent(20), percent(4)};
  table.columns = {"public", "private"};
  table.cells = {
      {percent(72), percent(28)}, {percent(71), percent(22)}, {percent(44), percent(53)}, {percent(9), percent(91)}};
  table.remainder = "other";
  table.parts = {{"Service", percent(59), 0},
                 {"Association", percent(32), 1},
                 {"Establishment", percent(5), 0},
                 {"Other", percent(3), 2},
                 {"Other private", percent(1), 1}};
  return table;
}

}  // namespace maillage::test
