#pragma once

#include <vector>

#include "maps/layer.hpp"
#include "maps/style.hpp"

namespace maillage::detail {

/// Styles of the layers of continuity and of its gaps: hours a week, longest time without, each window in classes of as many
/// communes; gaps by inhabitant-hours, animated from their beginning to their end. None for other layers.
[[nodiscard]] std::vector<LayerStyle> continuity_styles(const Layer& layer);

}  // namespace maillage::detail
