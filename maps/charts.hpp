#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/equity/inequality.hpp"

namespace maillage {

/// What a chart says about itself.
struct ChartTexts {
  std::string title;        ///< read aloud; the document shows its own
  std::string description;  ///< what it shows in words
};

/// A horizontal bar: a share of 0 to 100 with what is written at its end.
struct ShareBar {
  std::string label;
  double percent = 0;
  std::string value;  ///< "85,2 % (1 234 567 habitants)"
};

/// Bars of shares on one scale from 0 to 100 %, as SVG that stands alone.
[[nodiscard]] std::string share_bars_svg(std::span<const ShareBar> bars, const ChartTexts& texts);

/// Lorenz curves of a quantity among inhabitants beside the line of equality; the axes are shares.
struct LorenzLine {
  std::string label;
  std::vector<LorenzPoint> points;
};
[[nodiscard]] std::string lorenz_svg(std::span<const LorenzLine> lines, const ChartTexts& texts, Language language);

/// One class of a distribution: how many inhabitants have a cost from one bound to the next.
struct CostClass {
  std::string label;  ///< of its lower bound: "5"
  double amount = 0;
  bool is_beyond = false;  ///< beyond the limit: drawn in the other colour
};

/// Columns of inhabitants by cost; a line parts those beyond the limit, which have another colour.
/// \param axis_label  below: "km jusqu’à la structure la plus proche"
[[nodiscard]] std::string cost_columns_svg(std::span<const CostClass> classes, const ChartTexts& texts,
                                           const std::string& axis_label, Language language);

}  // namespace maillage
