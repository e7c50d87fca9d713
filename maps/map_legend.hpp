#pragma once

#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "maps/layer.hpp"
#include "maps/layer_view.hpp"
#include "maps/map_frames.hpp"

namespace maillage::detail {

/// A view as its legend needs it.
struct LegendView {
  const LayerView* view = nullptr;
  std::string unit{};               ///< of the circles' amounts
  std::vector<std::uint8_t> used{};  ///< per class: some feature of the map is in it
};

/// One line of a legend.
struct LegendRow {
  enum class Kind { heading, symbol, circles, note, scale };
  Kind kind = Kind::heading;
  std::vector<std::string> lines{};
  Symbol symbol{};
  std::vector<double> values{};           ///< of reference circles, largest first
  const ProportionalCircles* circles = nullptr;
  double height_mm = 0;
  double space_above_mm = 0;  ///< unless it begins a column
};

/// What the scale line of a legend says.
struct LegendScale {
  double mm_per_m = 0;
  bool says_ratio = false;  ///< "1 : 1 250 000": true of a page that is printed as large as it is made
};

/// The legend of a map: views from the top of the stack down, each with its heading and unit, a line per class that a feature
/// may have, reference circles, and the scale bar with north. Intervals are all there, so that breaks can be read; other
/// classes only where a feature is in them.
[[nodiscard]] std::vector<LegendRow> legend_rows(const std::vector<LegendView>& views, const LegendScale& scale,
                                                 Language language, double column_mm);

/// Height that the rows take in that many columns.
[[nodiscard]] double legend_height(const std::vector<LegendRow>& rows, std::size_t columns);

[[nodiscard]] std::string draw_legend(const std::vector<LegendRow>& rows, const PageBox& box, std::size_t columns,
                                      const LegendScale& scale, Language language);

/// A round length of the ground (1, 2 or 5 times a power of ten, metres) that is about `mm` long.
[[nodiscard]] double scale_bar_m(double mm_per_m, double mm);

/// A scale bar with its ends labelled; the text stands under the bar.
[[nodiscard]] std::string draw_scale_bar(double x, double y, double mm_per_m, double mm, Language language);

/// Reference values of circles: round, largest first, at most three.
[[nodiscard]] std::vector<double> reference_values(double largest);

/// "1 : 1 250 000", three significant digits.
[[nodiscard]] std::string scale_ratio(double mm_per_m, Language language);

}  // namespace maillage::detail
