#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/coverage/continuity.hpp"

namespace maillage {

/// What it would change if one structure were open, or closed, during one slot of the week. Inhabitants x minutes count the
/// moments of the axis at which somebody may leave, as the cube does.
struct SlotWorth {
  std::int64_t gained_population_minutes = 0;
  std::int64_t gained_population = 0;  ///< inhabitants newly served at some moment
  std::int64_t lost_population_minutes = 0;
  std::int64_t lost_population = 0;  ///< inhabitants no longer served at some moment
  bool is_open = false;              ///< the structure is open during some of it
  friend bool operator==(const SlotWorth&, const SlotWorth&) = default;
};

/// Structure (position in the definition) and slot of the week.
struct Opening {
  std::uint32_t structure = 0;
  std::int32_t slot = 0;
  std::int64_t gained_population_minutes = 0;  ///< at its turn
  std::int64_t gained_population = 0;          ///< at its turn
};

/// Openings chosen for a budget of slots.
struct OpeningPlan {
  std::vector<Opening> openings;
  std::int64_t population_minutes = 0;  ///< gained by all
  std::int64_t upper_bound = 0;         ///< no choice of as many openings gains more
  bool proven = false;                  ///< no choice of as many gains more than this one
};

/// Slots of a typical week, and who is served or not at every moment: what the worth of hours is read from.
class HourWorth {
 public:
  /// Keeps all pairs within the limit: 8 bytes each, twice, and 8 bytes per origin and moment.
  /// \param slot_minutes  divides a day; a multiple of the axis's step
  /// \throws ArgumentError on a dated axis or another slot
  HourWorth(const Territory& territory, const Placements& placed, const ContinuityDefinition& definition,
            std::int32_t slot_minutes);

  [[nodiscard]] std::int32_t slots() const { return kMinutesPerWeek / slot_minutes_; }
  /// Every slot of one structure, exactly: opening adds the slot to its hours, closing takes it away.
  /// Cost: inhabitants' points in reach x slots.
  [[nodiscard]] std::vector<SlotWorth> of_structure(std::size_t structure) const;
  /// Every structure, on all threads.
  [[nodiscard]] std::vector<std::vector<SlotWorth>> all() const;
  /// Openings taken one by one, the most gained first, ties to the lowest structure and slot. The bound adds, to what they
  /// gain, the best that as many more slots could each bring: it holds with a stay too, where gains may help one another.
  /// Structures whose hours are not known are left out: they may be open already.
  /// Without a stay greedy is at least 1 - 1/e of the best (Nemhauser, Wolsey & Fisher 1978, doi:10.1007/BF01588971).
  /// \param allowed  per slot of the week: may it be chosen?
  /// \param worths   what all() says
  [[nodiscard]] OpeningPlan greedy(std::size_t budget, const std::vector<std::uint8_t>& allowed,
                                   std::vector<std::vector<SlotWorth>> worths) const;
  /// The best choice by branch and bound from a plan already known (greedy's); `proven` is false where `nodes` were not
  /// enough. For small cases: each node copies state_bytes().
  [[nodiscard]] OpeningPlan exact(std::size_t budget, const std::vector<std::uint8_t>& allowed, std::size_t nodes,
                                  OpeningPlan known) const;
  [[nodiscard]] std::size_t state_bytes() const { return unserved_.size() * sizeof(unserved_.front()); }

 private:
  struct Pair {
    std::uint32_t other = 0;
    Cost cost = 0;
  };
  struct State;
  class Search;
  [[nodiscard]] std::vector<SlotWorth> worth(std::size_t structure, const State& state) const;
  [[nodiscard]] std::int64_t bound_of(std::size_t structure, std::int32_t slot, const State& state) const;
  [[nodiscard]] bool may_open(const std::size_t structure, const std::int32_t slot,
                              const std::vector<std::uint8_t>& allowed) const {
    return allowed[static_cast<std::size_t>(slot)] != 0 && definition_.hours[structure].known;
  }
  [[nodiscard]] State start() const;
  [[nodiscard]] std::int64_t open_slot(std::size_t structure, std::int32_t slot, State& state) const;
  [[nodiscard]] std::int64_t best_bounds(std::size_t budget, const std::vector<std::uint8_t>& allowed, const State& state,
                                         const std::vector<std::vector<SlotWorth>>& worths) const;

  ContinuityDefinition definition_;
  std::int32_t slot_minutes_;
  std::vector<std::int64_t> population_;  // per origin
  std::vector<std::uint64_t> first_;      // per structure, into pairs_
  std::vector<Pair> pairs_;               // origins in reach
  std::vector<std::uint64_t> origin_first_;
  std::vector<std::uint32_t> origin_structures_;
  std::vector<std::int32_t> unserved_;  // origins x (moments + 1): moments before that one with none open
  std::vector<std::int32_t> by_one_;    // the same with exactly one open
};

}  // namespace maillage
