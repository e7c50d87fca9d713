#include "engine/coverage/space_time_gaps.hpp"

#include <algorithm>

#include "engine/core/disjoint_sets.hpp"

namespace maillage {
namespace {

class GapFinder {
 public:
  GapFinder(const Territory& territory, const Continuity& continuity, const std::vector<MomentRange>& window)
      : territory_(territory), continuity_(continuity) {
    std::vector<MomentRange> unserved;
    for (const CommuneIndex commune : continuity.communes.indices()) {
      first_.push_back(wants_.size());
      continuity.cube.runs(commune, false, unserved);
      for (std::size_t i = 0, j = 0; i < unserved.size() && j < window.size();) {
        const MomentRange both{std::max(unserved[i].begin, window[j].begin), std::min(unserved[i].end, window[j].end)};
        if (both.begin < both.end) {
          wants_.push_back({commune, both});
        }
        (unserved[i].end < window[j].end ? i : j) += 1;
      }
    }
    first_.push_back(wants_.size());
  }

  std::vector<SpaceTimeGap> find() {
    DisjointSets sets{wants_.size()};
    for (const CommuneIndex commune : continuity_.communes.indices()) {
      for (const Neighbour& neighbour : territory_.neighbours[commune]) {
        if (commune < neighbour.commune) {
          join(commune, neighbour.commune, sets);
        }
      }
    }
    std::vector<std::uint32_t> gap_of(wants_.size());
    std::vector<SpaceTimeGap> gaps;
    std::vector<std::int64_t> heaviest;
    for (std::uint32_t k = 0; k < wants_.size(); ++k) {  // the lowest of a set comes first
      const std::uint32_t lowest = sets.lowest(k);
      if (lowest == k) {
        gap_of[k] = static_cast<std::uint32_t>(gaps.size());
        SpaceTimeGap gap;
        gap.begin = wants_[k].moments.begin;
        gap.end = wants_[k].moments.end;
        gaps.push_back(std::move(gap));
        heaviest.push_back(-1);
      }
      gap_of[k] = gap_of[lowest];
      add(wants_[k], gaps[gap_of[k]], heaviest[gap_of[k]]);
    }
    std::sort(gaps.begin(), gaps.end(), [](const SpaceTimeGap& a, const SpaceTimeGap& b) {
      return std::tuple(-a.population_minutes, a.begin, a.communes.front()) <
             std::tuple(-b.population_minutes, b.begin, b.communes.front());
    });
    return gaps;
  }

 private:
  void join(const CommuneIndex a, const CommuneIndex b, DisjointSets& sets) const {
    for (std::size_t i = first_[a.value()], j = first_[b.value()]; i < first_[a.value() + 1] && j < first_[b.value() + 1];) {
      const MomentRange& first = wants_[i].moments;
      const MomentRange& second = wants_[j].moments;
      if (first.begin < second.end && second.begin < first.end) {
        sets.unite(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
      }
      (first.end < second.end ? i : j) += 1;
    }
  }

  void add(const CommuneWant& want, SpaceTimeGap& gap, std::int64_t& heaviest) const {
    const TimeAxis& axis = continuity_.definition.axis;
    const std::int64_t population = continuity_.communes[want.commune].population;
    const std::int64_t moments = want.moments.end - want.moments.begin;
    if (gap.communes.empty() || gap.communes.back() != want.commune) {
      gap.communes.push_back(want.commune);
      gap.population += population;
    }
    gap.wants.push_back(want);
    gap.begin = std::min(gap.begin, want.moments.begin);
    gap.end = std::max(gap.end, want.moments.end);
    gap.cells += moments;
    gap.population_minutes += population * moments * axis.step_minutes;
    if (population * moments > heaviest) {
      heaviest = population * moments;
      gap.core = want.commune;
      gap.core_moments = want.moments;
    }
  }

  const Territory& territory_;
  const Continuity& continuity_;
  std::vector<CommuneWant> wants_;
  std::vector<std::size_t> first_;
};

void find_nearest(const Territory& territory, const Placements& placed, const Continuity& continuity, SpaceTimeGap& gap) {
  const ContinuityDefinition& definition = continuity.definition;
  const TimeAxis& axis = definition.axis;
  const MinuteIntervals span{{gap.core_moments.begin * axis.step_minutes, gap.core_moments.end * axis.step_minutes}};
  std::vector<Point> facilities;
  std::vector<std::uint32_t> keys;
  for (std::size_t k = 0; k < definition.structures.size(); ++k) {
    if (!common(definition.hours[k].open, span).empty()) {
      facilities.push_back(placed.of[definition.structures[k]].position);
      keys.push_back(definition.structures[k].value());
    }
  }
  const std::vector<Point> point{territory.points[gap.core].position};
  const std::vector<std::uint32_t> row{gap.core.value()};
  const Reach reach = nearest_facility(definition.travel, TravelPlaces{point, row}, TravelPlaces{facilities, keys}).front();
  if (!reach.facility.is_none()) {
    gap.nearest_cost = reach.cost;
    gap.nearest = StructureIndex{keys[reach.facility.value()]};
  }
  if (const auto next = continuity.cube.next_served(gap.core, gap.core_moments.begin, axis.is_week)) {
    gap.wait_minutes = (*next - gap.core_moments.begin) * axis.step_minutes;
  }
}

}  // namespace

std::vector<SpaceTimeGap> space_time_gaps(const Territory& territory, const Placements& placed, const Continuity& continuity,
                                          const TimeWindow& window, const std::size_t detailed) {
  const std::vector<MomentRange> moments = moments_of(window, continuity.definition.axis);
  std::vector<SpaceTimeGap> gaps = GapFinder{territory, continuity, moments}.find();
  for (std::size_t k = 0; k < std::min(detailed, gaps.size()); ++k) {
    find_nearest(territory, placed, continuity, gaps[k]);
  }
  return gaps;
}

}  // namespace maillage
