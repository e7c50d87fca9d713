#include "engine/coverage/hour_worth.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/coverage/demand_origins.hpp"

namespace maillage {
namespace {

// [begin, end) of the one opening that the slot becomes part of; a week long or more: never closes.
MinuteInterval grown(const MinuteInterval slot, const MinuteIntervals& joined) {
  MinuteInterval result = slot;
  for (const MinuteInterval& opening : joined) {
    for (const std::int32_t shift : {-kMinutesPerWeek, 0, kMinutesPerWeek}) {
      if (opening.begin + shift <= slot.end && opening.end + shift >= slot.begin) {
        result.begin = std::min(result.begin, opening.begin + shift);
        result.end = std::max(result.end, opening.end + shift);
      }
    }
  }
  return result;
}

std::int64_t count(const std::int32_t* const before, const std::vector<MomentRange>& runs) {
  std::int64_t moments = 0;
  for (const MomentRange& run : runs) {
    moments += before[run.end] - before[run.begin];
  }
  return moments;
}

// What opening or closing each slot of one structure changes at an origin, as runs of moments.
class SlotChanges {
 public:
  SlotChanges(const MinuteIntervals& open, const ContinuityDefinition& definition, const std::int32_t slot_minutes)
      : open_(open), axis_(definition.axis), stay_minutes_(definition.stay_minutes) {
    const MinuteIntervals joined = joined_over_midnight(open, kMinutesPerWeek);
    const bool never_closes = open.size() == 1 && open.front() == MinuteInterval{0, kMinutesPerWeek};
    for (std::int32_t begin = 0; begin < kMinutesPerWeek; begin += slot_minutes) {
      const MinuteInterval slot{begin, begin + slot_minutes};
      Opening opening{.grown = grown(slot, joined), .always = never_closes};
      opening.always = opening.always || opening.grown.end - opening.grown.begin >= kMinutesPerWeek;
      opening.closes = !common(open, std::array{slot}).empty();
      openings_.push_back(opening);
      if (opening.closes) {
        without_slot_.push_back(without(open, std::array{slot}));
      }
    }
    gained_.resize(openings_.size());
    kept_.resize(without_slot_.size());
  }

  [[nodiscard]] bool closes(const std::size_t slot) const { return openings_[slot].closes; }

  /// The runs for those who travel that long.
  void find(const std::int64_t travel_seconds) {
    for (std::size_t slot = 0; slot < openings_.size(); ++slot) {
      const Opening& opening = openings_[slot];
      runs_.clear();
      if (opening.always) {
        runs_.push_back({0, axis_.moments});
      } else {
        leave_run(opening.grown.begin, opening.grown.end, axis_, stay_minutes_, travel_seconds, runs_);
      }
      runs_.resize(gained_[slot].size());  // one opening makes two runs at most: before and after the week's end
      std::ranges::copy(runs_, gained_[slot].begin());
    }
    served_.clear();
    leave_moments(open_, axis_, stay_minutes_, travel_seconds, served_);
    for (std::size_t k = 0; k < kept_.size(); ++k) {
      kept_[k].clear();
      leave_moments(without_slot_[k], axis_, stay_minutes_, travel_seconds, kept_[k]);
    }
  }

  /// Adds what that means to inhabitants whose moments with none open, and with one, are counted so.
  void add(const std::int64_t people, const std::int32_t* const unserved, const std::int32_t* const by_one,
           std::vector<SlotWorth>& worths) const {
    for (std::size_t slot = 0; slot < worths.size(); ++slot) {
      const auto& [first, second] = gained_[slot];
      const std::int64_t more =
          unserved[first.end] - unserved[first.begin] + unserved[second.end] - unserved[second.begin];
      worths[slot].gained_population_minutes += people * more * axis_.step_minutes;
      worths[slot].gained_population += more > 0 ? people : 0;
    }
    if (kept_.empty()) {
      return;
    }
    const std::int64_t before = count(by_one, served_);
    for (std::size_t slot = 0, k = 0; slot < worths.size(); ++slot) {
      if (openings_[slot].closes) {
        const std::int64_t less = before - count(by_one, kept_[k++]);
        worths[slot].lost_population_minutes += people * less * axis_.step_minutes;
        worths[slot].lost_population += less > 0 ? people : 0;
      }
    }
  }

 private:
  struct Opening {
    MinuteInterval grown;  // the one opening that the slot becomes part of
    bool always = false;
    bool closes = false;  // open during some of the slot
  };

  const MinuteIntervals& open_;
  const TimeAxis& axis_;
  std::int32_t stay_minutes_;
  std::vector<Opening> openings_;              // per slot
  std::vector<MinuteIntervals> without_slot_;  // per slot that closes
  std::vector<std::array<MomentRange, 2>> gained_;
  std::vector<MomentRange> served_;
  std::vector<std::vector<MomentRange>> kept_;  // per slot that closes
  std::vector<MomentRange> runs_;
};

}  // namespace

struct HourWorth::State {
  std::vector<MinuteIntervals> open;   // per structure
  std::vector<std::int32_t> unserved;  // as HourWorth::unserved_
};

HourWorth::HourWorth(const Territory& territory, const Placements& placed, const ContinuityDefinition& definition,
                     const std::int32_t slot_minutes)
    : definition_(definition), slot_minutes_(slot_minutes) {
  const TimeAxis& axis = definition_.axis;
  if (!axis.is_week || slot_minutes < axis.step_minutes || kMinutesPerDay % slot_minutes != 0 ||
      slot_minutes % axis.step_minutes != 0) {
    throw ArgumentError("HourWorth: a typical week and slots of whole moments that divide a day are needed");
  }
  std::vector<Point> facilities;
  std::vector<std::uint32_t> keys;
  for (const StructureIndex structure : definition_.structures) {
    facilities.push_back(placed.of[structure].position);
    keys.push_back(structure.value());
  }
  const DemandOrigins origins = demand_origins(territory);
  const auto row = static_cast<std::size_t>(axis.moments) + 1;
  origin_first_ = {0};
  std::vector<std::uint64_t> of_structure(definition_.structures.size() + 1);
  std::vector<std::pair<std::uint32_t, Pair>> found;
  const CostUnit unit = cost_unit(definition_.travel);
  stream_reach(definition_.travel, origins.places(), TravelPlaces{facilities, keys}, definition_.limit,
               [&](const OriginIndex first, const Csr<OriginIndex, Reach>& reached) {
                 std::vector<std::int32_t> depth(row);
                 std::vector<MomentRange> runs;
                 for (const OriginIndex position : reached.indices()) {
                   const std::size_t origin = first.value() + position.value();
                   if (origins.population[origin] <= 0) {
                     continue;
                   }
                   const auto kept = static_cast<std::uint32_t>(population_.size());
                   population_.push_back(origins.population[origin]);
                   std::ranges::fill(depth, 0);
                   for (const Reach& reach : reached[position]) {
                     const std::uint32_t structure = static_cast<std::uint32_t>(reach.facility.value());
                     found.push_back({structure, {.other = kept, .cost = reach.cost}});
                     of_structure[structure + 1] += 1;
                     origin_structures_.push_back(structure);
                     runs.clear();
                     leave_moments(definition_.hours[structure].open, axis, definition_.stay_minutes,
                                   seconds_of(reach.cost, unit), runs);
                     for (const MomentRange& run : runs) {
                       depth[static_cast<std::size_t>(run.begin)] += 1;
                       depth[static_cast<std::size_t>(run.end)] -= 1;
                     }
                   }
                   origin_first_.push_back(origin_structures_.size());
                   std::int32_t open = 0;
                   std::int32_t none = 0;
                   std::int32_t one = 0;
                   for (const std::int32_t change : depth) {
                     unserved_.push_back(none);
                     by_one_.push_back(one);
                     open += change;
                     none += open == 0 ? 1 : 0;
                     one += open == 1 ? 1 : 0;
                   }
                 }
               });
  std::partial_sum(of_structure.begin(), of_structure.end(), of_structure.begin());
  first_ = of_structure;
  pairs_.resize(found.size());
  for (const auto& [structure, pair] : found) {
    pairs_[of_structure[structure]++] = pair;
  }
}

std::vector<SlotWorth> HourWorth::worth(const std::size_t structure, const State& state) const {
  const CostUnit unit = cost_unit(definition_.travel);
  const auto row = static_cast<std::size_t>(definition_.axis.moments) + 1;
  SlotChanges changes{state.open[structure], definition_, slot_minutes_};
  std::vector<SlotWorth> result(static_cast<std::size_t>(slots()));
  for (std::size_t slot = 0; slot < result.size(); ++slot) {
    result[slot].is_open = changes.closes(slot);
  }
  if (unit == CostUnit::metres) {
    changes.find(0);
  }
  for (std::uint64_t k = first_[structure]; k < first_[structure + 1]; ++k) {
    if (unit == CostUnit::seconds) {
      changes.find(seconds_of(pairs_[k].cost, unit));
    }
    const std::uint32_t origin = pairs_[k].other;
    changes.add(population_[origin], state.unserved.data() + origin * row, by_one_.data() + origin * row, result);
  }
  return result;
}

std::vector<SlotWorth> HourWorth::of_structure(const std::size_t structure) const {
  return worth(structure, start());
}

HourWorth::State HourWorth::start() const {
  State state{.open = {}, .unserved = unserved_};
  for (const StructureHours& hours : definition_.hours) {
    state.open.push_back(hours.open);
  }
  return state;
}

std::vector<std::vector<SlotWorth>> HourWorth::all() const {
  const State state = start();
  std::vector<std::vector<SlotWorth>> result(definition_.structures.size());
  constexpr std::size_t kStructuresPerTask = 16;
  parallel_for_blocks(result.size(), kStructuresPerTask, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t structure = begin; structure < end; ++structure) {
      result[structure] = worth(structure, state);
    }
  });
  return result;
}

// Everybody whom an opening could serve by touching the slot at all: with a stay, whoever arrives up to a stay before it.
std::int64_t HourWorth::bound_of(const std::size_t structure, const std::int32_t slot, const State& state) const {
  const CostUnit unit = cost_unit(definition_.travel);
  const auto row = static_cast<std::size_t>(definition_.axis.moments) + 1;
  std::int64_t bound = 0;
  std::vector<MomentRange> runs;
  for (std::uint64_t k = first_[structure]; k < first_[structure + 1]; ++k) {
    runs.clear();
    leave_run(std::int64_t{slot} * slot_minutes_ - definition_.stay_minutes, (std::int64_t{slot} + 1) * slot_minutes_,
              definition_.axis, 0, seconds_of(pairs_[k].cost, unit), runs);
    bound += population_[pairs_[k].other] * count(state.unserved.data() + pairs_[k].other * row, runs) *
             definition_.axis.step_minutes;
  }
  return bound;
}

// Opens the slot and tells what that gains; whoever is in reach of it is served at more moments.
std::int64_t HourWorth::open_slot(const std::size_t structure, const std::int32_t slot, State& state) const {
  const TimeAxis& axis = definition_.axis;
  const CostUnit unit = cost_unit(definition_.travel);
  const auto row = static_cast<std::size_t>(axis.moments) + 1;
  state.open[structure] =
      united(state.open[structure], std::array{MinuteInterval{slot * slot_minutes_, (slot + 1) * slot_minutes_}});
  std::int64_t gained = 0;
  std::vector<MomentRange> runs;
  for (std::uint64_t k = first_[structure]; k < first_[structure + 1]; ++k) {
    runs.clear();
    leave_moments(state.open[structure], axis, definition_.stay_minutes, seconds_of(pairs_[k].cost, unit), runs);
    std::int32_t* const before = state.unserved.data() + pairs_[k].other * row;
    const std::int64_t more = count(before, runs);
    if (more == 0) {
      continue;
    }
    gained += population_[pairs_[k].other] * more * axis.step_minutes;
    std::int32_t less = 0;
    std::size_t run = 0;
    std::int32_t unserved_before = 0;  // of the old row, before this moment
    for (std::int32_t moment = 0; moment < axis.moments; ++moment) {
      while (run < runs.size() && runs[run].end <= moment) {
        ++run;
      }
      const bool was_unserved = before[moment + 1] > unserved_before;
      unserved_before = before[moment + 1];
      less += was_unserved && run < runs.size() && runs[run].begin <= moment ? 1 : 0;
      before[moment + 1] -= less;
    }
  }
  return gained;
}

std::int64_t HourWorth::best_bounds(const std::size_t budget, const std::vector<std::uint8_t>& allowed, const State& state,
                                    const std::vector<std::vector<SlotWorth>>& worths) const {
  std::vector<std::vector<std::int64_t>> bounds(definition_.structures.size());
  parallel_for_blocks(bounds.size(), 16, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t structure = begin; structure < end; ++structure) {
      for (std::int32_t slot = 0; slot < slots(); ++slot) {
        if (may_open(structure, slot, allowed)) {
          // Without a stay a slot serves in its own minutes only: what it gains is its bound.
          bounds[structure].push_back(definition_.stay_minutes == 0
                                          ? worths[structure][static_cast<std::size_t>(slot)].gained_population_minutes
                                          : bound_of(structure, slot, state));
        }
      }
    }
  });
  std::vector<std::int64_t> together;
  for (const std::vector<std::int64_t>& one : bounds) {
    together.insert(together.end(), one.begin(), one.end());
  }
  const auto kept = static_cast<std::ptrdiff_t>(std::min(budget, together.size()));
  std::partial_sort(together.begin(), together.begin() + kept, together.end(), std::greater<>{});
  return std::accumulate(together.begin(), together.begin() + kept, std::int64_t{0});
}

OpeningPlan HourWorth::greedy(const std::size_t budget, const std::vector<std::uint8_t>& allowed,
                              std::vector<std::vector<SlotWorth>> worths) const {
  if (allowed.size() != static_cast<std::size_t>(slots()) || worths.size() != definition_.structures.size()) {
    throw ArgumentError("HourWorth: one word per slot says whether it may be chosen, and every structure has its worths");
  }
  State state = start();
  OpeningPlan plan{.openings = {}, .population_minutes = 0, .upper_bound = best_bounds(budget, allowed, state, worths)};
  while (plan.openings.size() < budget) {
    Opening best;
    for (std::uint32_t structure = 0; structure < worths.size(); ++structure) {
      for (std::int32_t slot = 0; slot < slots(); ++slot) {
        const SlotWorth& worth = worths[structure][static_cast<std::size_t>(slot)];
        if (may_open(structure, slot, allowed) && worth.gained_population_minutes > best.gained_population_minutes) {
          best = {structure, slot, worth.gained_population_minutes, worth.gained_population};
        }
      }
    }
    if (best.gained_population_minutes == 0) {
      break;
    }
    plan.population_minutes += open_slot(best.structure, best.slot, state);
    plan.openings.push_back(best);
    std::vector<std::uint32_t> touched;
    for (std::uint64_t k = first_[best.structure]; k < first_[best.structure + 1]; ++k) {
      const std::uint32_t origin = pairs_[k].other;
      touched.insert(touched.end(), origin_structures_.begin() + static_cast<std::ptrdiff_t>(origin_first_[origin]),
                     origin_structures_.begin() + static_cast<std::ptrdiff_t>(origin_first_[origin + 1]));
    }
    std::ranges::sort(touched);
    touched.erase(std::ranges::unique(touched).begin(), touched.end());
    parallel_for_blocks(touched.size(), 16, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        worths[touched[k]] = worth(touched[k], state);
      }
    });
  }
  plan.upper_bound = std::min(plan.upper_bound, plan.population_minutes + best_bounds(budget, allowed, state, worths));
  plan.proven = plan.upper_bound == plan.population_minutes;
  return plan;
}

// Depth first over slots by falling bound; a branch ends where even the best bounds left cannot beat what is known.
class HourWorth::Search {
 public:
  Search(const HourWorth& worth, const std::size_t budget, const std::vector<std::uint8_t>& allowed, const std::size_t nodes,
         OpeningPlan known)
      : worth_(worth), budget_(budget), nodes_(nodes), best_(std::move(known)) {
    const State state = worth.start();
    for (std::uint32_t structure = 0; structure < worth.definition_.structures.size(); ++structure) {
      for (std::int32_t slot = 0; slot < worth.slots(); ++slot) {
        const std::int64_t bound = worth.may_open(structure, slot, allowed) ? worth.bound_of(structure, slot, state) : 0;
        if (bound > 0) {
          candidates_.push_back({structure, slot, bound, 0});
        }
      }
    }
    std::ranges::stable_sort(candidates_, std::greater<>{}, &Opening::gained_population_minutes);
  }

  OpeningPlan run() {
    std::vector<Opening> chosen;
    descend(0, 0, worth_.start(), chosen);
    best_.proven = nodes_ > 0;
    if (best_.proven) {
      best_.upper_bound = best_.population_minutes;
    }
    return std::move(best_);
  }

 private:
  void descend(const std::size_t from, const std::int64_t value, const State& state, std::vector<Opening>& chosen) {
    if (value > best_.population_minutes) {
      best_.population_minutes = value;
      best_.openings = chosen;
    }
    if (chosen.size() == budget_) {
      return;
    }
    for (std::size_t next = from; next < candidates_.size() && nodes_ > 0; ++next) {
      std::int64_t bound = value;
      for (std::size_t k = next; k < std::min(candidates_.size(), next + budget_ - chosen.size()); ++k) {
        bound += candidates_[k].gained_population_minutes;
      }
      if (bound <= best_.population_minutes) {
        return;
      }
      nodes_ -= 1;
      State after = state;
      Opening opening = candidates_[next];
      opening.gained_population_minutes = worth_.open_slot(opening.structure, opening.slot, after);
      chosen.push_back(opening);
      descend(next + 1, value + opening.gained_population_minutes, after, chosen);
      chosen.pop_back();
    }
  }

  const HourWorth& worth_;
  std::size_t budget_;
  std::size_t nodes_;
  OpeningPlan best_;
  std::vector<Opening> candidates_;  // gained_population_minutes holds the bound
};

OpeningPlan HourWorth::exact(const std::size_t budget, const std::vector<std::uint8_t>& allowed, const std::size_t nodes,
                             OpeningPlan known) const {
  return Search{*this, budget, allowed, nodes, std::move(known)}.run();
}

}  // namespace maillage
