#pragma once

#include <string>

#include "engine/accessibility/access_analysis.hpp"

namespace maillage {

/// How the values of a measure are shown.
struct MeasureDisplay {
  double scale = 1;  ///< values are multiplied by it: 10,000 for what is counted per inhabitant
  std::string unit;  ///< "s", "m", "h", "h/10000 hab"
  int decimals = 0;
  Text meaning;  ///< one sentence or two: what it says, and its source
};

/// How what a measure says of structures is shown: people who come, or what is left for each of them.
struct StructureDisplay {
  double scale = 1;
  std::string unit;
  int decimals = 0;
};

/// \param access  whose measure it is: costs are in its unit, amounts in that of its supply
[[nodiscard]] MeasureDisplay measure_display(const AccessMeasure& measure, const AccessAnalysis& access);
[[nodiscard]] StructureDisplay structure_display(const AccessMeasure& measure, const AccessAnalysis& access);

}  // namespace maillage
