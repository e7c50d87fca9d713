#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/equity/inequality.hpp"

namespace maillage {

namespace {

/// Units of equal rank, as one.
struct RankClass {
  double rank_by = 0;
  double population = 0;
  double held = 0;  ///< population times value, added up
};

struct RankedClasses {
  std::vector<RankClass> classes;  ///< ascending, poorest first
  double population = 0;
  double held = 0;
};

RankedClasses ranked_classes(const RankedValues& units) {
  if (units.rank_by.size() != units.values.size() || units.population.size() != units.values.size()) {
    throw ArgumentError("RankedValues: one value, rank and population per unit");
  }
  if (!std::ranges::all_of(units.rank_by, [](const double rank) { return std::isfinite(rank); })) {
    throw ArgumentError("RankedValues: what units are ranked by must be finite");
  }
  (void)weighted_values(units.values, units.population);  // what it refuses is refused here
  std::vector<std::size_t> order(units.values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](const std::size_t unit) { return units.population[unit] == 0; });
  std::ranges::sort(order, [&](const std::size_t a, const std::size_t b) {
    if (units.rank_by[a] != units.rank_by[b]) {
      return units.rank_by[a] < units.rank_by[b];
    }
    return units.population[a] != units.population[b] ? units.population[a] < units.population[b]
                                                      : units.values[a] < units.values[b];
  });
  RankedClasses result;
  CompensatedSum all_people;
  CompensatedSum all_held;
  for (std::size_t begin = 0; begin < order.size();) {
    const double rank = units.rank_by[order[begin]];
    CompensatedSum people;
    CompensatedSum held;
    std::size_t end = begin;
    for (; end < order.size() && units.rank_by[order[end]] == rank; ++end) {
      people.add(units.population[order[end]]);
      held.add(units.population[order[end]] * units.values[order[end]]);
    }
    result.classes.push_back({rank, people.value(), held.value()});
    all_people.add(people.value());
    all_held.add(held.value());
    begin = end;
  }
  result.population = all_people.value();
  result.held = all_held.value();
  return result;
}

/// Weighted quantile of the ranks as Hmisc::wtd.quantile counts it: populations are numbers of persons, and the quantile
/// lies between the persons before and after 1 + (persons - 1) * probability.
double person_quantile(const RankedClasses& ranked, const double probability) {
  const double order = std::max(1.0, 1 + (ranked.population - 1) * probability);
  const double low = std::floor(order);
  const auto of_person = [&](const double person) {
    CompensatedSum before;
    for (const RankClass& at : ranked.classes) {
      before.add(at.population);
      if (before.value() >= person) {
        return at.rank_by;
      }
    }
    return ranked.classes.back().rank_by;
  };
  const double lower = of_person(low);
  const double upper = of_person(low + 1);
  return lower == upper ? lower : (1 - (order - low)) * lower + (order - low) * upper;
}

struct GroupMean {
  CompensatedSum people;
  CompensatedSum held;
  void add(const RankClass& at, const double share) {
    people.add(share * at.population);
    held.add(share * at.held);
  }
  [[nodiscard]] double mean() const { return held.value() / people.value(); }
};

std::optional<double> ratio(const GroupMean& rich, const GroupMean& poor) {
  if (!(rich.people.value() > 0) || !(poor.people.value() > 0) || !(poor.held.value() > 0)) {
    return std::nullopt;
  }
  return rich.mean() / poor.mean();
}

std::optional<double> index_of(const RankedClasses& ranked) {
  if (!(ranked.held > 0)) {
    return std::nullopt;
  }
  const double mean = ranked.held / ranked.population;
  CompensatedSum sum;
  CompensatedSum before;
  for (const RankClass& at : ranked.classes) {
    const double twice_rank = (2 * before.value() + at.population) / ranked.population;
    sum.add((twice_rank - 1) * ((at.held - mean * at.population) / ranked.held));
    before.add(at.population);
  }
  return sum.value();
}

}  // namespace

PalmaRatio palma_ratio(const RankedValues& units) {
  constexpr double kPoorest = 0.4;
  constexpr double kRichest = 0.1;
  const RankedClasses ranked = ranked_classes(units);
  if (ranked.classes.empty()) {
    return {};
  }
  const double poor_rank = person_quantile(ranked, kPoorest);
  const double rich_rank = person_quantile(ranked, 1 - kRichest);
  GroupMean whole_poor;
  GroupMean whole_rich;
  GroupMean split_poor;
  GroupMean split_rich;
  CompensatedSum before;
  for (const RankClass& at : ranked.classes) {
    if (at.rank_by <= poor_rank) {
      whole_poor.add(at, 1);
    }
    if (at.rank_by > rich_rank) {
      whole_rich.add(at, 1);
    }
    const double poor_people = kPoorest * ranked.population - before.value();
    split_poor.add(at, std::clamp(poor_people / at.population, 0.0, 1.0));
    before.add(at.population);
    const double rich_people = before.value() - (1 - kRichest) * ranked.population;
    split_rich.add(at, std::clamp(rich_people / at.population, 0.0, 1.0));
  }
  return {ratio(whole_rich, whole_poor), ratio(split_rich, split_poor)};
}

std::optional<double> concentration_index(const RankedValues& units) {
  return index_of(ranked_classes(units));
}

std::optional<double> erreygers_index(const RankedValues& units, std::optional<ValueBounds> bounds) {
  const RankedClasses ranked = ranked_classes(units);
  const WeightedValues values = weighted_values(units.values, units.population);
  if (values.classes.empty()) {
    return std::nullopt;
  }
  if (!bounds) {
    bounds = ValueBounds{values.classes.front().value, values.classes.back().value};
  }
  if (values.classes.front().value < bounds->least || values.classes.back().value > bounds->greatest) {
    throw ArgumentError("erreygers_index: a value lies outside the bounds");
  }
  const std::optional<double> index = index_of(ranked);
  if (!index || !(bounds->greatest > bounds->least)) {
    return std::nullopt;
  }
  return 4 * values.mean / (bounds->greatest - bounds->least) * *index;
}

}  // namespace maillage
