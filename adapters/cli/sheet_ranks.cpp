#include "adapters/cli/sheet_ranks.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/core/parallel.hpp"

namespace maillage::detail {
namespace {

/// Ranks of positions within groups by ascending cost.
IndexedVector<CommuneIndex, Rank> ranks_by_cost(const Coverage& coverage, const std::vector<std::uint32_t>& group_of) {
  IndexedVector<CommuneIndex, Rank> ranks(coverage.communes.size());
  std::map<std::uint32_t, std::vector<CommuneIndex>> groups;
  for (const CommuneIndex commune : coverage.communes.indices()) {
    if (group_of[commune.value()] != CommuneIndex::none().value()) {
      groups[group_of[commune.value()]].push_back(commune);
    }
  }
  for (auto& [group, members] : groups) {
    std::ranges::stable_sort(members, {}, [&](const CommuneIndex commune) { return coverage.communes[commune].cost; });
    std::int64_t place = 0;
    for (std::size_t k = 0; k < members.size(); ++k) {
      if (k == 0 || coverage.communes[members[k]].cost != coverage.communes[members[k - 1]].cost) {
        place = static_cast<std::int64_t>(k + 1);
      }
      ranks[members[k]] = {place, static_cast<std::int64_t>(members.size())};
    }
  }
  return ranks;
}

IndexedVector<ZoneIndex, Rank> epci_ranks(const Coverage& coverage) {
  IndexedVector<ZoneIndex, Rank> ranks(coverage.by_epci.size());
  const auto share = [&](const ZoneIndex zone) {
    const CoverageShare& of = coverage.by_epci[zone];
    return of.population > 0 ? static_cast<double>(of.population_covered) / static_cast<double>(of.population) : -1;
  };
  std::int64_t among = 0;
  for (const ZoneIndex zone : coverage.by_epci.indices()) {
    among += share(zone) >= 0 ? 1 : 0;
  }
  for (const ZoneIndex zone : coverage.by_epci.indices()) {
    std::int64_t better = 0;
    for (const ZoneIndex other : coverage.by_epci.indices()) {
      better += share(other) > share(zone) ? 1 : 0;
    }
    ranks[zone] = {better + 1, among};
  }
  return ranks;
}

/// How far one may be, in metres as the crow flies; less than 0 where trips are not straight lines.
double reach_m(const CoverageStudy& coverage) {
  if (coverage.travel.model != TravelStudy::Model::straight_line) {
    return -1;
  }
  const double along = coverage.unit == CostUnit::metres
                           ? static_cast<double>(coverage.limit)
                           : static_cast<double>(coverage.limit) * coverage.travel.speed_kmh / 3.6;
  return along / coverage.travel.detour_factor;
}

IndexedVector<CommuneIndex, std::int64_t> would_cover(const Territory& territory, const Coverage& coverage,
                                                      const double reach) {
  std::vector<CommuneIndex> wanting;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const CommuneCoverage& of = coverage.communes[commune];
    if (of.population > of.population_covered && territory.points[commune].origin != CommunePoint::Origin::none) {
      wanting.push_back(commune);
    }
  }
  IndexedVector<CommuneIndex, std::int64_t> people(territory.communes.size());
  parallel_for_blocks(territory.communes.size(), 256, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const Point& at = territory.points[CommuneIndex{k}].position;
      for (const CommuneIndex other : wanting) {
        if (distance_m(at, territory.points[other].position) <= reach) {
          people[CommuneIndex{k}] += coverage.communes[other].population - coverage.communes[other].population_covered;
        }
      }
    }
  });
  return people;
}

}  // namespace

std::vector<CoverageRanks> coverage_ranks(const ReportSources& sources) {
  const Territory& territory = sources.inputs.territory;
  std::vector<std::uint32_t> tiers;
  for (const CommuneIndex commune : territory.communes.indices()) {
    tiers.push_back(territory.tier[commune].value());
  }
  const std::vector<std::uint32_t> together(territory.communes.size(), 0);
  std::vector<CoverageRanks> all;
  for (std::size_t k = 0; k < sources.results.analyses.size(); ++k) {
    const CoverageAnalysis& analysis = sources.results.analyses[k];
    CoverageRanks ranks{.in_tier = ranks_by_cost(analysis.coverage, tiers),
                        .in_territory = ranks_by_cost(analysis.coverage, together),
                        .of_epci = epci_ranks(analysis.coverage),
                        .gap_of = std::vector<const GapComponent*>(territory.communes.size(), nullptr),
                        .would_cover = {}};
    for (const GapComponent& gap : analysis.gaps_beyond_limit) {
      for (const CommuneIndex commune : gap.communes) {
        ranks.gap_of[commune.value()] = &gap;
      }
    }
    const double reach = reach_m(sources.study.coverages[k]);
    if (reach >= 0) {
      ranks.would_cover = would_cover(territory, analysis.coverage, reach);
    }
    all.push_back(std::move(ranks));
  }
  return all;
}

}  // namespace maillage::detail
