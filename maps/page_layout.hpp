#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "maps/map_frames.hpp"

namespace maillage::detail {

/// Where everything stands on a page or in a figure.
struct PageLayout {
  double width_mm = 0;
  double height_mm = 0;
  std::vector<MapFrame> frames{};  ///< the main part first, then insets
  PageBox legend{};
  std::size_t legend_columns = 1;
};

/// Height of the legend in columns of a width: (columns, width of one) -> mm.
using LegendHeight = std::function<double(std::size_t, double)>;

/// Room that the words of a page take, beside its map and legend.
struct PageWords {
  double head_mm = 0;
  double foot_mm = 0;
};

inline constexpr double kPageMarginMm = 10;

/// The page that shows the main part largest: lying with the legend on the right, or standing with the legend below.
/// \param short_side_mm,long_side_mm  of the paper
[[nodiscard]] PageLayout lay_out_page(const std::vector<MapPart>& parts, double short_side_mm, double long_side_mm,
                                      const PageWords& words, const LegendHeight& legend_height);

/// A figure of a width, with the legend on the right; as high as map and legend need, at most `most_height_mm` for the map.
[[nodiscard]] PageLayout lay_out_figure(const std::vector<MapPart>& parts, double width_mm, double most_height_mm,
                                        const LegendHeight& legend_height);

}  // namespace maillage::detail
