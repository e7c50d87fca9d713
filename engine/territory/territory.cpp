#include "engine/territory/territory.hpp"

#include <algorithm>

namespace maillage {

std::optional<CommuneIndex> Territory::find(const std::string_view code) const {
  const auto& sorted = communes.raw();
  const auto found =
      std::lower_bound(sorted.begin(), sorted.end(), code,
                       [](const Commune& commune, const std::string_view wanted) { return commune.code < wanted; });
  if (found == sorted.end() || found->code != code) {
    return std::nullopt;
  }
  return CommuneIndex{static_cast<std::size_t>(found - sorted.begin())};
}

}  // namespace maillage
