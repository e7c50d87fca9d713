#pragma once

#include <cstdint>
#include <vector>

#include "adapters/cli/report_builder.hpp"

namespace maillage::detail {

/// A place among others: 1 is best; equals share the better place.
struct Rank {
  std::int64_t place = 0;
  std::int64_t among = 0;
};

/// What sheets say of communes under one coverage, found once for all of them.
struct CoverageRanks {
  IndexedVector<CommuneIndex, Rank> in_tier;       ///< by cost; none (among = 0) where the tier is unknown
  IndexedVector<CommuneIndex, Rank> in_territory;  ///< by cost
  IndexedVector<ZoneIndex, Rank> of_epci;          ///< by share of inhabitants covered
  std::vector<const GapComponent*> gap_of;         ///< per commune, the gap beyond the limit that it is part of; nullptr
  /// Inhabitants beyond the limit today whom a structure at the commune's point would cover; empty unless trips are straight
  /// lines, where that is known without asking a network.
  IndexedVector<CommuneIndex, std::int64_t> would_cover;
};

/// Cost: O(communes log communes), and communes x communes beyond the limit on all threads for `would_cover`.
[[nodiscard]] std::vector<CoverageRanks> coverage_ranks(const ReportSources& sources);

}  // namespace maillage::detail
