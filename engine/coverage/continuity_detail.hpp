#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/coverage/continuity.hpp"

namespace maillage::detail {

/// Who lives in each commune, and who of them is served at each moment where they live at several points (empty elsewhere:
/// all or none, as the commune's row says).
struct CommuneInhabitants {
  std::vector<std::int64_t> population;
  std::vector<std::span<const std::int64_t>> served;
};

/// Every figure of a commune that its row of the cube tells. The cube must be complete.
void measure_communes(const CommuneInhabitants& inhabitants, Continuity& continuity);

/// Totals and classes.
void sum_up(const Territory& territory, const CommuneInhabitants& inhabitants, Continuity& continuity);

}  // namespace maillage::detail
