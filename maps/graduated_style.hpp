#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "maps/layer.hpp"
#include "maps/style.hpp"

namespace maillage::detail {

// ColorBrewer YlGnBu: the more the better; OrRd: the more the worse.
inline constexpr std::array<std::string_view, 5> kGood{"#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"};
inline constexpr std::array<std::string_view, 5> kBad{"#fef0d9", "#fdcc8a", "#fc8d59", "#e34a33", "#b30000"};

/// The numbers of a field; NaN where it has none.
[[nodiscard]] std::vector<double> numbers_of(const Layer& layer, std::size_t field);

/// Areas in classes of as many features each, light to dark, named like the field.
[[nodiscard]] LayerStyle graduated_style(const Layer& layer, std::size_t field,
                                         const std::array<std::string_view, 5>& colours, bool is_default);

}  // namespace maillage::detail
