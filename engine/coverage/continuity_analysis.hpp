#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/coverage/continuity.hpp"
#include "engine/coverage/hour_worth.hpp"
#include "engine/coverage/next_openings.hpp"
#include "engine/coverage/space_time_gaps.hpp"

namespace maillage {

/// Best hour to add and least useful hour kept, of one structure.
struct StructureWorth {
  std::int32_t best_slot = 0;
  SlotWorth best;                ///< its gain
  std::int32_t least_slot = -1;  ///< -1: no slot is open
  SlotWorth least;               ///< its loss
};

/// Everything that one question of continuity says of a territory.
struct ContinuityAnalysis {
  Continuity week;
  std::optional<Continuity> year;      ///< by the hour of one year
  std::int32_t most_days_without = 0;  ///< days in a row without an offer that a continuous one may have
  std::vector<SpaceTimeGap> gaps;      ///< of the week
  std::string together;                ///< label of the other question; empty: none
  IndexedVector<CommuneIndex, std::int32_t> minutes_together;  ///< of known hours; empty: none
  IndexedVector<CommuneIndex, std::int64_t> most_together;     ///< no unknown hours make it more
  std::int32_t slot_minutes = 60;
  OpeningPlan plan;                          ///< greedy's
  std::optional<OpeningPlan> exact;          ///< of small cases where greedy's is not proven the best
  std::int32_t worth_minutes = 0;            ///< length of the slots of `worths`; 0: they were not asked for
  std::vector<std::vector<SlotWorth>> worths;  ///< parallel to the definition's structures
  std::vector<std::uint8_t> worth_allowed;     ///< per slot of them: may it be opened?
  std::vector<StructureWorth> structures;  ///< parallel to the definition's
  /// Per commune, from the moment asked for; empty: none was.
  IndexedVector<CommuneIndex, std::optional<NextOpening>> next;
  std::int32_t next_first_day = 0;    ///< day number of that moment
  std::int32_t next_from_minute = 0;  ///< and its minute
  std::int64_t filled = 0;                 ///< structures whose hours are written
  std::int64_t understood = 0;             ///< of them, those whose hours are understood
};

/// Whether unknown hours could change what somebody gets.
[[nodiscard]] inline bool is_uncertain(const ContinuityAnalysis& analysis) {
  return analysis.week.total.population_uncertain > 0 || (analysis.year && analysis.year->total.population_uncertain > 0);
}

/// Best and least slot of every structure; `allowed` says which may be added. Nothing of structures whose hours are not
/// known.
[[nodiscard]] std::vector<StructureWorth> structure_worths(const std::vector<std::vector<SlotWorth>>& worths,
                                                           const std::vector<StructureHours>& hours,
                                                           const std::vector<std::uint8_t>& allowed);

}  // namespace maillage
