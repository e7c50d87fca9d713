#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/territory/code_history.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// The present communes of a set of sources, and the one that each row of each source belongs to.
struct PresentCommunes {
  /// No present commune: the row was rejected.
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  /// A repaired row, reported only if its commune ends up in the territory.
  struct Repair {
    std::size_t commune;
    RowNote note;
  };

  std::vector<std::string> codes;                    ///< sorted
  std::vector<std::vector<std::size_t>> commune_of;  ///< [source][record]: position in codes, or kNone
  std::vector<std::size_t> contour_sources;          ///< sources whose contours are used, in the order given
  std::vector<std::size_t> by_authority;             ///< all sources, the one that decides first in front
  std::vector<Repair> repairs;
  std::vector<RowNote> rejections;
};

/// Applies code history to the rows of all sources; the rules are those of register_communes.
[[nodiscard]] PresentCommunes find_present_communes(const std::vector<TerritorySource>& sources, const CodeHistory& history);

}  // namespace maillage
