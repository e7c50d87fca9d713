#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/index.hpp"

namespace maillage {

/// Position of a group of units: a tier, a departement, an EPCI.
using GroupIndex = Index<struct GroupTag>;

/// The groups of any zoning or typology: `groups_of(zoning.zone_of.raw())`. None stays none.
template <typename Tag>
[[nodiscard]] std::vector<GroupIndex> groups_of(const std::vector<Index<Tag>>& zone_of) {
  std::vector<GroupIndex> groups;
  groups.reserve(zone_of.size());
  for (const Index<Tag> zone : zone_of) {
    groups.push_back(zone.is_none() ? GroupIndex::none() : GroupIndex{zone.value()});
  }
  return groups;
}

/// Units with their population and group. Views, for the length of a call.
struct GroupedValues {
  std::span<const double> values;      ///< >= 0
  std::span<const double> population;  ///< >= 0
  std::span<const GroupIndex> groups;  ///< none() where a unit is in no group
  std::size_t group_count = 0;
};

/// One group's part in the whole.
struct GroupInequality {
  double population_share = 0;
  double value_share = 0;
  double mean = 0;                ///< 0 where nobody lives
  std::optional<double> gini;     ///< within the group
  std::optional<double> theil_t;  ///< within the group
  std::optional<double> theil_l;  ///< within the group; none where somebody has nothing
};

/// total = between + within.
struct AdditiveParts {
  double total = 0;
  double between = 0;  ///< if everybody had the mean of the own group
  double within = 0;   ///< what is left if all groups had the same mean
};

/// total = between + within + overlap.
struct GiniParts {
  double total = 0;
  double between = 0;  ///< Gini of the groups' means
  double within = 0;   ///< sum of population share x value share x Gini of the group
  double overlap = 0;  ///< >= 0: inhabitants of poorer groups who have more than some of richer groups
};

struct InequalityDecomposition {
  std::vector<GroupInequality> groups;   ///< one per group, empty groups too
  std::optional<GiniParts> gini;         ///< none where the mean is 0
  std::optional<AdditiveParts> theil_t;  ///< none where the mean is 0
  std::optional<AdditiveParts> theil_l;  ///< none where somebody has nothing
  double population_without_group = 0;   ///< in no group, and so in none of the figures above
};

/// Inequality between and within groups.
/// \throws ArgumentError for sizes that differ, a group beyond `group_count`, or what weighted_values refuses.
/// Source: Shorrocks (1980), doi:10.2307/1913126; Lambert & Aronson (1993), doi:10.2307/2234247, for the Gini index.
/// Cost: O(n log n).
[[nodiscard]] InequalityDecomposition decompose_inequality(const GroupedValues& units);

}  // namespace maillage
