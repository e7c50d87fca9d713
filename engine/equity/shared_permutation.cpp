// Why one random order serves all units: leave unit i out of a uniformly random order of n units, and what is left is a
// uniformly random order of the n - 1 others. Its first d units are therefore a conditional permutation of i's d neighbours.
// They are the first d units of the whole order, unless i is among those: then the one after them takes i's place. So
// the sums of first d units are sorted once for all units of d neighbours, and only the few that met themselves are counted
// anew.
#include <algorithm>
#include <atomic>
#include <numeric>

#include "engine/core/counter_random.hpp"
#include "engine/core/parallel.hpp"
#include "engine/equity/conditional_permutation_detail.hpp"

namespace maillage::detail {

namespace {

/// Units with the same number of neighbours, by observed sum.
struct DegreeClass {
  std::uint32_t degree = 0;
  std::vector<std::uint32_t> units;
};

std::vector<DegreeClass> degree_classes(const RankingTask& task) {
  std::vector<std::vector<std::uint32_t>> by_degree(
      task.degree.empty() ? 0 : std::size_t{*std::ranges::max_element(task.degree)} + 1);
  for (std::uint32_t unit = 0; unit < task.degree.size(); ++unit) {
    by_degree[task.degree[unit]].push_back(unit);
  }
  std::vector<DegreeClass> classes;
  for (std::uint32_t degree = 1; degree < by_degree.size(); ++degree) {
    if (!by_degree[degree].empty()) {
      classes.push_back({degree, std::move(by_degree[degree])});
    }
  }
  parallel_for_blocks(classes.size(), 1, [&](const std::size_t begin, std::size_t) {
    std::ranges::sort(classes[begin].units, {}, [&](const std::uint32_t unit) { return task.least[unit]; });
  });
  return classes;
}

/// A unit that stands among the first d of an order, d being the number of its own neighbours.
struct SelfMeeting {
  std::uint32_t degree = 0;
  std::uint32_t unit = 0;
  std::uint32_t order = 0;
};

/// The first units of some random orders.
struct Orders {
  std::size_t count = 0;
  std::vector<std::uint32_t> units;   ///< [place][order]
  std::vector<SelfMeeting> meetings;  ///< by degree
};

/// \param places  how many units of each order are wanted, at most all
Orders draw_orders(const RankingTask& task, const std::size_t begin, const std::size_t end, const std::size_t places) {
  const auto size = static_cast<std::uint32_t>(task.values.size());
  Orders orders{end - begin, std::vector<std::uint32_t>(places * (end - begin)), {}};
  std::vector<std::uint32_t> all(size);
  std::iota(all.begin(), all.end(), 0U);
  std::vector<std::uint32_t> partner(places);
  for (std::uint32_t order = 0; order < orders.count; ++order) {
    CounterRandom random(task.seed, DrawPurpose::shared_order, static_cast<std::uint32_t>(begin + order), 0);
    for (std::uint32_t place = 0; place < places; ++place) {  // Fisher and Yates's shuffle, as far as wanted
      partner[place] = place + random.below(size - place);
      std::swap(all[place], all[partner[place]]);
      const std::uint32_t unit = all[place];
      orders.units[place * orders.count + order] = unit;
      if (task.degree[unit] > place) {
        orders.meetings.push_back({task.degree[unit], unit, order});
      }
    }
    for (std::size_t place = places; place-- > 0;) {
      std::swap(all[place], all[partner[place]]);
    }
  }
  std::ranges::sort(orders.meetings, {}, &SelfMeeting::degree);
  return orders;
}

/// Counts of all blocks together; whole numbers, so the order in which blocks add does not matter.
class Counts {
 public:
  explicit Counts(std::vector<NeighbourRank>& ranks) : ranks_(ranks) {}
  void add(const std::uint32_t unit, const std::size_t at_least, const std::size_t at_most) {
    std::atomic_ref(ranks_[unit].at_least).fetch_add(static_cast<std::uint32_t>(at_least), std::memory_order_relaxed);
    std::atomic_ref(ranks_[unit].at_most).fetch_add(static_cast<std::uint32_t>(at_most), std::memory_order_relaxed);
  }

 private:
  std::vector<NeighbourRank>& ranks_;
};

void count_class(const RankingTask& task, const DegreeClass& of, const std::vector<std::int64_t>& sums, Counts& counts) {
  constexpr std::size_t kFewUnits = 8;
  if (of.units.size() <= kFewUnits) {
    for (const std::uint32_t unit : of.units) {
      std::size_t less = 0;
      std::size_t at_most = 0;
      for (const std::int64_t sum : sums) {
        less += sum < task.least[unit] ? 1U : 0U;
        at_most += sum <= task.most[unit] ? 1U : 0U;
      }
      counts.add(unit, sums.size() - less, at_most);
    }
    return;
  }
  std::vector<std::int64_t> sorted = sums;
  std::ranges::sort(sorted);
  std::size_t less = 0;
  std::size_t at_most = 0;
  for (const std::uint32_t unit : of.units) {
    while (less < sorted.size() && sorted[less] < task.least[unit]) {
      ++less;
    }
    at_most = std::max(at_most, less);
    while (at_most < sorted.size() && sorted[at_most] <= task.most[unit]) {
      ++at_most;
    }
    counts.add(unit, sorted.size() - less, at_most);
  }
}

void count_block(const RankingTask& task, const std::vector<DegreeClass>& classes, const Orders& orders, Counts& counts) {
  std::vector<std::int64_t> sums(orders.count, 0);
  std::uint32_t summed = 0;
  std::size_t meeting = 0;
  for (const DegreeClass& of : classes) {
    for (; summed < of.degree; ++summed) {
      const std::uint32_t* const place = &orders.units[summed * orders.count];
      for (std::size_t order = 0; order < orders.count; ++order) {
        sums[order] += task.values[place[order]];
      }
    }
    count_class(task, of, sums, counts);
    const std::uint32_t* const next = &orders.units[of.degree * orders.count];
    for (; meeting < orders.meetings.size() && orders.meetings[meeting].degree == of.degree; ++meeting) {
      const auto [degree, unit, order] = orders.meetings[meeting];
      const std::int64_t with_self = sums[order];
      const std::int64_t without = with_self - task.values[unit] + task.values[next[order]];
      const std::size_t more = (without >= task.least[unit] ? 1U : 0U) - (with_self >= task.least[unit] ? 1U : 0U);
      const std::size_t fewer = (without <= task.most[unit] ? 1U : 0U) - (with_self <= task.most[unit] ? 1U : 0U);
      counts.add(unit, more, fewer);  // minus one wraps round, and back
    }
  }
}

/// Orders per block: enough blocks for the threads of any machine, enough orders to sort at once, and a few megabytes.
std::size_t orders_per_block(const std::size_t permutations, const std::size_t places) {
  constexpr std::size_t kLeast = 128;
  constexpr std::size_t kMost = 4096;
  constexpr std::size_t kBlocks = 8;
  constexpr std::size_t kMostNumbers = std::size_t{1} << 22;
  const std::size_t wanted = std::clamp(permutations / kBlocks + 1, kLeast, kMost);
  return std::clamp(kMostNumbers / places, std::size_t{1}, wanted);
}

}  // namespace

std::vector<NeighbourRank> rank_by_shared_orders(const RankingTask& task) {
  std::vector<NeighbourRank> ranks(task.values.size());
  const std::vector<DegreeClass> classes = degree_classes(task);
  if (!classes.empty()) {
    Counts counts(ranks);
    const std::size_t places = std::size_t{classes.back().degree} + 1;
    parallel_for_blocks(task.permutations, orders_per_block(task.permutations, places),
                        [&](const std::size_t begin, const std::size_t end) {
                          count_block(task, classes, draw_orders(task, begin, end, places), counts);
                        });
  }
  for (std::size_t unit = 0; unit < ranks.size(); ++unit) {
    if (task.degree[unit] == 0) {
      ranks[unit] = {static_cast<std::uint32_t>(task.permutations), static_cast<std::uint32_t>(task.permutations)};
    }
  }
  return ranks;
}

}  // namespace maillage::detail
