#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/indexed.hpp"
#include "engine/core/progress.hpp"
#include "engine/coverage/leave_moments.hpp"
#include "engine/network/travel_costs.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/territory.hpp"
#include "engine/time/time_axis.hpp"

namespace maillage {

/// One question of continuity: at which moments can one leave home and find an open door?
struct ContinuityDefinition {
  std::string name;   ///< [a-z0-9_]+, used in field names
  std::string label;  ///< for legends
  TravelModel travel;
  Cost limit = 0;                 ///< closed, in the model's unit; costs in metres take no time
  std::int32_t stay_minutes = 0;  ///< the structure stays open that long after one arrives
  TimeAxis axis;
  std::vector<TimeWindow> windows;
  std::vector<StructureIndex> structures;  ///< placed, ascending
  std::vector<StructureHours> hours;       ///< parallel to `structures`
};

/// Commune x moment, one bit each: at least half of the commune's inhabitants are served when they leave then (its point
/// is, where nobody lives). Only structures whose hours are known count.
class ServedCube {
 public:
  ServedCube() = default;
  ServedCube(std::size_t communes, std::int32_t moments)
      : words_((static_cast<std::size_t>(moments) + 63) / 64), moments_(moments), bits_(communes * words_) {}
  [[nodiscard]] bool served(const CommuneIndex commune, const std::int32_t moment) const {
    return (row(commune)[static_cast<std::size_t>(moment) / 64] >> (static_cast<unsigned>(moment) % 64) & 1U) != 0;
  }
  void set(const CommuneIndex commune, const MomentRange run) {
    std::uint64_t* const words = bits_.data() + commune.value() * words_;
    for (std::int32_t moment = run.begin; moment < run.end; ++moment) {
      words[static_cast<std::size_t>(moment) / 64] |= std::uint64_t{1} << (static_cast<unsigned>(moment) % 64);
    }
  }
  [[nodiscard]] std::span<const std::uint64_t> row(const CommuneIndex commune) const {
    return std::span<const std::uint64_t>{bits_}.subspan(commune.value() * words_, words_);
  }
  /// Runs of moments that are served (or are not), ascending, disjoint, not touching.
  void runs(CommuneIndex commune, bool served, std::vector<MomentRange>& result) const;
  /// The first served moment from `moment` on, past the end of a week into the next.
  [[nodiscard]] std::optional<std::int32_t> next_served(CommuneIndex commune, std::int32_t moment, bool is_week) const;
  [[nodiscard]] std::int32_t moments() const { return moments_; }
  [[nodiscard]] std::size_t communes() const { return words_ == 0 ? 0 : bits_.size() / words_; }
  friend bool operator==(const ServedCube&, const ServedCube&) = default;

 private:
  std::size_t words_ = 0;
  std::int32_t moments_ = 0;
  std::vector<std::uint64_t> bits_;
};

/// What a commune gets under one definition, over the moments of the axis.
struct CommuneContinuity {
  std::int64_t population = 0;            ///< inhabitants to serve
  std::int64_t population_minutes = 0;    ///< sum over its inhabitants of the minutes at which they are served
  std::int32_t minutes_served = 0;        ///< of its row of the cube
  std::int32_t longest_gap_minutes = 0;   ///< longest time without an offer; a week's end joins its beginning
  std::int32_t longest_gap_begin = 0;     ///< moment at which it begins
  std::int32_t days_without = 0;          ///< days without any served moment
  std::int32_t longest_days_without = 0;  ///< most of them in a row
  /// Shannon's entropy of served minutes over the days of the week, over ln 7: 1 = the same every day, 0 = one day or none.
  double regularity = 0;
  double mean_depth = 0;               ///< structures open and in reach of its point, mean over all moments
  std::uint32_t greatest_depth = 0;    ///< and at the best of them
  std::uint32_t unknown_in_reach = 0;  ///< structures in reach of its point whose hours are not known
  /// Bounds of `minutes_served` given that: at most what those could add, at least the largest weekly total (without a
  /// stay).
  std::int64_t surely_minutes = 0;
  std::int64_t possibly_minutes = 0;
};

/// Continuity of one class of communes: sums over inhabitants.
struct ContinuityShare {
  std::int64_t communes = 0;
  std::int64_t population = 0;
  std::int64_t population_minutes = 0;
  std::vector<std::int64_t> window_population_minutes;  ///< per window
  std::vector<std::int64_t> profile;                    ///< inhabitants served, per moment
  std::vector<std::int64_t> window_population;          ///< per window, inhabitants of communes served at some moment of it
  std::int64_t surely_population_minutes = 0;           ///< population_minutes whatever the unknown hours, at least
  std::int64_t possibly_population_minutes = 0;         ///< and at most
  std::int64_t population_uncertain = 0;                ///< inhabitants whose answer hangs on unknown hours
  std::vector<std::int64_t> window_unknown_minutes;     ///< per window, what unknown hours could add at most
};

/// Result of one definition.
struct Continuity {
  ContinuityDefinition definition;
  ServedCube cube;
  IndexedVector<CommuneIndex, CommuneContinuity> communes;
  /// Per window and commune: minutes of the window at which the commune is served.
  std::vector<IndexedVector<CommuneIndex, std::int32_t>> window_minutes;
  std::vector<std::int32_t> window_lengths;  ///< minutes of each window
  ContinuityShare total;
  IndexedVector<TierIndex, ContinuityShare> by_tier;
  IndexedVector<ZoneIndex, ContinuityShare> by_departement;
  IndexedVector<ZoneIndex, ContinuityShare> by_epci;
  IndexedVector<ZoneIndex, ContinuityShare> by_region;
};

/// Answers one definition. Cost: pairs within the limit x openings of each structure, streamed; memory: communes x moments
/// bits, and 4 bytes per moment for communes whose inhabitants live at several points. Same result for any number of
/// threads. \throws ArgumentError on structures that are not ascending or not placed, hours that are not theirs, a negative
/// stay
[[nodiscard]] Continuity compute_continuity(const Territory& territory, const Placements& placed,
                                            const ContinuityDefinition& definition, const Progress& progress = {});

/// Minutes of a window at which a commune may be served, at most: known hours, and the unknown ones all inside of it.
/// `window_minutes` says how many at least.
[[nodiscard]] std::int64_t most_window_minutes(const Continuity& continuity, std::size_t window, CommuneIndex commune);

/// Minutes at which a commune is served by both at the same moment: two skills that go together.
/// \throws ArgumentError unless both have the same axis and communes
[[nodiscard]] IndexedVector<CommuneIndex, std::int32_t> minutes_of_both(const Continuity& a, const Continuity& b);

/// The same with whatever hours are not known, at most: those of the one that possibly has fewer.
/// \throws ArgumentError as above
[[nodiscard]] IndexedVector<CommuneIndex, std::int64_t> most_minutes_of_both(const Continuity& a, const Continuity& b);

}  // namespace maillage
