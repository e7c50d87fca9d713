#include "engine/coverage/gaps.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/core/compensated_sum.hpp"

namespace maillage {

namespace {

// The communes of `start`'s component, ascending; marks them in `seen`.
std::vector<CommuneIndex> component_of(const Territory& territory, const CommuneIndex start,
                                       const IndexedVector<CommuneIndex, std::uint8_t>& in_gap,
                                       IndexedVector<CommuneIndex, std::uint8_t>& seen) {
  std::vector<CommuneIndex> found{start};
  seen[start] = 1;
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const Neighbour& neighbour : territory.neighbours[found[next]]) {
      if (in_gap[neighbour.commune] != 0 && seen[neighbour.commune] == 0) {
        seen[neighbour.commune] = 1;
        found.push_back(neighbour.commune);
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

GapComponent describe(const Territory& territory, const Coverage& coverage, std::vector<CommuneIndex> communes) {
  GapComponent gap;
  CompensatedSum area;
  for (const CommuneIndex commune : communes) {
    const CommuneCoverage& result = coverage.communes[commune];
    gap.population += result.population;
    area.add(surface(territory.contours, AreaIndex{commune.value()}));
    if (!result.nearest.is_none() &&
        std::tie(result.cost, result.nearest, commune) < std::tie(gap.nearest_cost, gap.nearest, gap.nearest_from)) {
      gap.nearest = result.nearest;
      gap.nearest_cost = result.cost;
      gap.nearest_from = commune;
    }
  }
  gap.area_m2 = area.value();
  gap.communes = std::move(communes);
  return gap;
}

}  // namespace

std::vector<GapComponent> gap_components(const Territory& territory, const Coverage& coverage,
                                         const IndexedVector<CommuneIndex, std::uint8_t>& in_gap) {
  std::vector<GapComponent> gaps;
  IndexedVector<CommuneIndex, std::uint8_t> seen(in_gap.size());
  for (const CommuneIndex commune : in_gap.indices()) {
    if (in_gap[commune] != 0 && seen[commune] == 0) {
      gaps.push_back(describe(territory, coverage, component_of(territory, commune, in_gap, seen)));
    }
  }
  // Found by lowest commune; a stable sort keeps that order among equals.
  std::ranges::stable_sort(gaps, [](const GapComponent& a, const GapComponent& b) { return a.population > b.population; });
  return gaps;
}

IndexedVector<CommuneIndex, std::uint8_t> communes_without_structure(const Territory& territory, const Placements& placed,
                                                                     const CoverageDefinition& definition) {
  IndexedVector<CommuneIndex, std::uint8_t> without(territory.communes.size(), 1);
  for (const StructureIndex structure : definition.structures) {
    if (!placed.of[structure].commune.is_none()) {
      without[placed.of[structure].commune] = 0;
    }
  }
  return without;
}

IndexedVector<CommuneIndex, std::uint8_t> communes_beyond_limit(const Coverage& coverage) {
  IndexedVector<CommuneIndex, std::uint8_t> beyond(coverage.communes.size());
  for (const CommuneIndex commune : beyond.indices()) {
    beyond[commune] = coverage.communes[commune].covered ? 0 : 1;
  }
  return beyond;
}

RemoteCommunes communes_without_structure_nearby(const Territory& territory,
                                                 const IndexedVector<CommuneIndex, std::uint8_t>& without) {
  RemoteCommunes remote;
  for (const CommuneIndex commune : without.indices()) {
    const bool alone = without[commune] != 0 &&
                       std::ranges::all_of(territory.neighbours[commune],
                                           [&](const Neighbour& neighbour) { return without[neighbour.commune] != 0; });
    if (alone) {
      remote.communes += 1;
      remote.population += territory.communes[commune].population.value_or(0);
    }
  }
  return remote;
}

ContiguousPairs contiguous_pairs(const Territory& territory, const IndexedVector<CommuneIndex, std::uint8_t>& has) {
  ContiguousPairs counts;
  for (const CommuneIndex commune : has.indices()) {
    for (const Neighbour& neighbour : territory.neighbours[commune]) {
      if (commune < neighbour.commune) {
        const int with = (has[commune] != 0 ? 1 : 0) + (has[neighbour.commune] != 0 ? 1 : 0);
        (with == 2 ? counts.both : with == 1 ? counts.one : counts.neither) += 1;
      }
    }
  }
  return counts;
}

std::vector<Discontinuity> discontinuities(const Territory& territory, const Coverage& coverage) {
  std::vector<Discontinuity> jumps;
  for (const CommuneIndex first : coverage.communes.indices()) {
    for (const Neighbour& neighbour : territory.neighbours[first]) {
      const Cost a = coverage.communes[first].cost;
      const Cost b = coverage.communes[neighbour.commune].cost;
      if (neighbour.commune <= first || a == kUnreachable || b == kUnreachable) {
        continue;
      }
      const auto [low, high] = std::minmax(a, b);
      jumps.push_back({.first = first,
                       .second = neighbour.commune,
                       .absolute = high - low,
                       .relative = low == 0 ? 0 : static_cast<double>(high) / static_cast<double>(low),
                       .border_m = neighbour.border_m});
    }
  }
  return jumps;
}

}  // namespace maillage
