#include "maps/jenks.hpp"

#include <algorithm>
#include <limits>

namespace maillage {

namespace {

/// Distinct values with how often they come, and sums of them up to each, from the mean so that squares stay small.
class DeviationSums {
 public:
  explicit DeviationSums(const std::vector<double>& sorted) {
    long double total = 0;
    for (const double value : sorted) {
      total += value;
    }
    const auto mean = total / static_cast<long double>(sorted.size());
    counts_.push_back(0);
    sums_.push_back(0);
    squares_.push_back(0);
    for (std::size_t k = 0; k < sorted.size();) {
      std::size_t end = k;
      while (end < sorted.size() && sorted[end] == sorted[k]) {
        ++end;
      }
      const auto times = static_cast<long double>(end - k);
      const auto value = static_cast<long double>(sorted[k]) - mean;
      starts_.push_back(k);
      counts_.push_back(counts_.back() + times);
      sums_.push_back(sums_.back() + times * value);
      squares_.push_back(squares_.back() + times * value * value);
      k = end;
    }
  }
  [[nodiscard]] std::size_t distinct() const { return starts_.size(); }
  [[nodiscard]] std::size_t start(const std::size_t distinct) const { return starts_[distinct]; }
  /// Sum of squared deviations of the distinct values first <= d < end.
  [[nodiscard]] long double within(const std::size_t first, const std::size_t end) const {
    const long double sum = sums_[end] - sums_[first];
    return std::max(0.0L, squares_[end] - squares_[first] - sum * sum / (counts_[end] - counts_[first]));
  }

 private:
  std::vector<std::size_t> starts_;
  std::vector<long double> counts_;
  std::vector<long double> sums_;
  std::vector<long double> squares_;
};

/// One more run: least[e] of runs that end before e, from those of one run fewer.
struct Level {
  std::vector<long double> least;
  std::vector<std::size_t> start;  ///< of the last run
};

void solve(const DeviationSums& sums, const std::vector<long double>& fewer, Level& level, const std::size_t first_end,
           const std::size_t last_end, const std::size_t first_start, const std::size_t last_start) {
  if (first_end > last_end) {
    return;
  }
  const std::size_t end = first_end + (last_end - first_end) / 2;
  for (std::size_t start = first_start; start <= std::min(last_start, end - 1); ++start) {
    const long double cost = fewer[start] + sums.within(start, end);
    if (cost < level.least[end]) {
      level.least[end] = cost;
      level.start[end] = start;
    }
  }
  const std::size_t best = level.start[end];
  if (end > first_end) {
    solve(sums, fewer, level, first_end, end - 1, first_start, best);
  }
  solve(sums, fewer, level, end + 1, last_end, best, last_start);
}

}  // namespace

std::vector<std::size_t> jenks_starts(const std::vector<double>& sorted, const std::size_t classes) {
  if (sorted.empty()) {
    return {};
  }
  const DeviationSums sums{sorted};
  const std::size_t distinct = sums.distinct();
  const std::size_t runs = std::min(classes, distinct);
  std::vector<Level> levels(runs);
  levels[0].least.resize(distinct + 1);
  levels[0].start.assign(distinct + 1, 0);
  for (std::size_t end = 1; end <= distinct; ++end) {
    levels[0].least[end] = sums.within(0, end);
  }
  for (std::size_t k = 1; k < runs; ++k) {
    levels[k].least.assign(distinct + 1, std::numeric_limits<long double>::infinity());
    levels[k].start.assign(distinct + 1, k);
    solve(sums, levels[k - 1].least, levels[k], k + 1, distinct, k, distinct - 1);
  }
  std::vector<std::size_t> starts;
  std::size_t end = distinct;
  for (std::size_t k = runs; k-- > 1;) {
    end = levels[k].start[end];
    starts.push_back(sums.start(end));
  }
  std::ranges::reverse(starts);
  return starts;
}

}  // namespace maillage
