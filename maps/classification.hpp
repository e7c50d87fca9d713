#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace maillage {

/// Classes of a quantity for a choropleth: class k holds values from bounds[k] (included) to bounds[k + 1] (excluded, but
/// for the last class, which holds its upper bound too).
struct ClassBounds {
  std::vector<double> bounds;  ///< ascending, one more than there are classes; empty without values
  [[nodiscard]] std::size_t classes() const { return bounds.empty() ? 0 : bounds.size() - 1; }
};

/// How values are cut into classes.
enum class ClassMethod {
  quantiles,  ///< about as many values each
  equal,      ///< as wide each
  jenks,      ///< least sum of squared deviations within classes, exactly: Fisher (1958), doi:10.1080/01621459.1958.10501479
  head_tail,  ///< at the mean, then at the mean of what is above: Jiang (2013), doi:10.1080/00330124.2012.700499
  pretty,     ///< at multiples of 1, 2 or 5 times a power of ten
  fixed       ///< at the given breaks
};

/// "quantiles", "equal", "jenks", "head-tail", "pretty", "fixed".
[[nodiscard]] std::string_view class_method_name(ClassMethod method);
[[nodiscard]] std::optional<ClassMethod> parse_class_method(std::string_view name);

struct ClassOptions {
  ClassMethod method = ClassMethod::quantiles;
  std::size_t classes = 5;       ///< at most; fewer where values repeat, or where a method finds fewer
  std::vector<double> breaks{};  ///< inner bounds of `fixed`, ascending
  std::size_t least = 0;         ///< classes with fewer values join the neighbour that has fewer
  std::optional<double> centre{};  ///< a reference that is a bound: each side has its classes, at most half of them
};

/// Classes of the finite values; inner bounds are numbers that can be read, between the same values as the method's own
/// (quantiles: at most a tenth of a class away from them). Ends at the least and the greatest value; the greatest is a class of
/// its own, which begins and ends there, only where the method parts it from the others (jenks, head-tail, fixed).
/// Cost: O(n log n), jenks O(classes x n log n) over distinct values.
/// \throws ArgumentError for no class, or breaks that do not ascend
[[nodiscard]] ClassBounds classify(std::span<const double> values, const ClassOptions& options);

}  // namespace maillage
