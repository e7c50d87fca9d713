#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/coverage/continuity.hpp"

namespace maillage {

/// One panel of a chart of the week: a zone and the share of its inhabitants served at each moment.
struct WeekPanel {
  std::string name;
  const ContinuityShare* share = nullptr;
};

/// A heat map of the week for each zone, days down and hours across, as SVG that stands alone: title, legend, text
/// alternative. Five classes of 20 points whose lightness alone tells them apart, in greyscale too; nobody at all is white.
/// \param step_minutes  of the profiles
[[nodiscard]] std::string week_chart_svg(std::span<const WeekPanel> panels, std::int32_t step_minutes, const Text& title,
                                         Language language);

}  // namespace maillage
