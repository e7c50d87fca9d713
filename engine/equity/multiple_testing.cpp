#include "engine/equity/multiple_testing.hpp"

#include <algorithm>
#include <numeric>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"

namespace maillage {

std::vector<double> adjusted_p(const std::span<const double> p, const FalseDiscovery method) {
  if (!std::ranges::all_of(p, [](const double value) { return value >= 0 && value <= 1; })) {
    throw ArgumentError("adjusted_p: p values lie in [0, 1]");
  }
  const auto tests = static_cast<double>(p.size());
  double factor = 1;
  if (method == FalseDiscovery::benjamini_yekutieli) {
    CompensatedSum harmonic;
    for (std::size_t rank = 1; rank <= p.size(); ++rank) {
      harmonic.add(1 / static_cast<double>(rank));
    }
    factor = harmonic.value();
  }
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](const std::size_t test) { return p[test]; });
  std::vector<double> adjusted(p.size());
  double least = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {  // the least of what greater p values need
    const double raw = p[order[rank - 1]];
    least = std::min(least, std::max(raw, factor * (raw * tests / static_cast<double>(rank))));
    adjusted[order[rank - 1]] = least;
  }
  return adjusted;
}

}  // namespace maillage
