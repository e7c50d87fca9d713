#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace maillage {

/// Classes of a quantity for a choropleth: class k holds values from bounds[k] (included) to bounds[k + 1] (excluded, but
/// for the last class, which holds its upper bound too).
struct ClassBounds {
  std::vector<double> bounds;  ///< ascending, one more than there are classes; empty without values
  [[nodiscard]] std::size_t classes() const { return bounds.empty() ? 0 : bounds.size() - 1; }
};

/// Classes of about as many values each, with inner bounds rounded to three significant digits so that a legend can be read;
/// equal bounds are one. Values that are not finite do not count. \throws ArgumentError for no class.
[[nodiscard]] ClassBounds quantile_classes(std::span<const double> values, std::size_t classes);

}  // namespace maillage
