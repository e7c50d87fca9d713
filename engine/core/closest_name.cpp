#include "engine/core/closest_name.hpp"

#include <algorithm>
#include <utility>

namespace maillage {

std::size_t edit_distance(const std::string_view a, const std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::vector<std::string> closest_names(const std::string_view wanted, const std::span<const std::string> names,
                                       const std::size_t most) {
  const std::size_t allowed = std::max<std::size_t>(2, wanted.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& name : names) {
    const bool starts = !wanted.empty() && name.starts_with(wanted);
    const std::size_t distance = starts ? 1 : edit_distance(wanted, name);
    if (distance <= allowed) {
      ranked.emplace_back(distance, name);
    }
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> closest;
  for (const auto& [distance, name] : ranked) {
    if (closest.size() < most && std::find(closest.begin(), closest.end(), name) == closest.end()) {
      closest.push_back(name);
    }
  }
  return closest;
}

}  // namespace maillage
