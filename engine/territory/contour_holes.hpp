#pragma once

#include <vector>

#include "engine/core/error.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// Ground inside the territory that belongs to no commune: a foreign enclave, or the contour of a merged commune that the
/// source lost. Nobody is counted there and no gap is drawn over it, so each hole of at least `least_m2` is told: reason
/// hole_in_contours, key and value the commune beside it, detail its surface. Largest first. Cost: one dissolve.
[[nodiscard]] std::vector<RowNote> contour_holes(const Territory& territory, double least_m2 = 100'000);

}  // namespace maillage
