#include "engine/coverage/continuity.hpp"

#include <algorithm>
#include <bit>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/coverage/continuity_detail.hpp"
#include "engine/coverage/demand_origins.hpp"

namespace maillage {
namespace {

void check(const Placements& placed, const ContinuityDefinition& definition) {
  if (definition.hours.size() != definition.structures.size() || definition.stay_minutes < 0) {
    throw ArgumentError("compute_continuity: hours are parallel to structures, and a stay is not negative");
  }
  for (std::size_t k = 0; k < definition.structures.size(); ++k) {
    const StructureIndex structure = definition.structures[k];
    if (structure.value() >= placed.of.size() || placed.of[structure].precision == PositionPrecision::none ||
        (k > 0 && structure <= definition.structures[k - 1])) {
      throw ArgumentError("compute_continuity: structures must be placed, ascending and unique");
    }
  }
}

// Who lives where: the one origin that speaks for a commune, or none where several do.
struct Voices {
  static constexpr std::uint32_t kSeveral = 0xFFFFFFFFU;
  std::vector<std::uint32_t> origin_of;   // per commune
  std::vector<std::int64_t> population;   // per commune
  std::vector<std::uint32_t> slot_of;     // per commune with several origins: row of `inhabitants`
  std::vector<std::int64_t> inhabitants;  // slots x moments: inhabitants served

  Voices(const DemandOrigins& origins, const std::size_t communes, const std::size_t moments)
      : origin_of(communes), population(communes), slot_of(communes, kSeveral) {
    std::vector<std::uint8_t> populated(communes);
    for (std::uint32_t commune = 0; commune < communes; ++commune) {
      origin_of[commune] = commune;
    }
    std::uint32_t slots = 0;
    for (std::size_t origin = 0; origin < origins.size(); ++origin) {
      const std::uint32_t commune = origins.communes[origin];
      if (origins.population[origin] <= 0) {
        continue;
      }
      population[commune] += origins.population[origin];
      if (populated[commune] == 0) {
        origin_of[commune] = static_cast<std::uint32_t>(origin);
        populated[commune] = 1;
      } else if (origin_of[commune] != kSeveral) {
        origin_of[commune] = kSeveral;
        slot_of[commune] = slots++;
      }
    }
    inhabitants.resize(std::size_t{slots} * moments);
  }
};

// Structures open and in reach at each moment, from one origin.
class DepthCounter {
 public:
  explicit DepthCounter(const ContinuityDefinition& definition)
      : definition_(definition),
        unit_(cost_unit(definition.travel)),
        depth_(static_cast<std::size_t>(definition.axis.moments) + 1) {}

  std::span<const std::int32_t> count(const std::span<const Reach> reached) {
    std::fill(depth_.begin(), depth_.end(), 0);
    for (const Reach& reach : reached) {
      const StructureHours& hours = definition_.hours[reach.facility.value()];
      runs_.clear();
      leave_moments(hours.open, definition_.axis, definition_.stay_minutes, seconds_of(reach.cost, unit_), runs_);
      for (const MomentRange& run : runs_) {
        depth_[static_cast<std::size_t>(run.begin)] += 1;
        depth_[static_cast<std::size_t>(run.end)] -= 1;
      }
    }
    std::int32_t open = 0;
    for (std::int32_t& depth : depth_) {
      open += depth;
      depth = open;
    }
    return std::span<const std::int32_t>{depth_}.first(depth_.size() - 1);
  }

 private:
  const ContinuityDefinition& definition_;
  CostUnit unit_;
  std::vector<std::int32_t> depth_;
  std::vector<MomentRange> runs_;
};

// What the commune's own point tells beside its row: depth, and what is not known.
void describe_point(const std::span<const std::int32_t> depth, const std::span<const Reach> reached,
                    const ContinuityDefinition& definition, CommuneContinuity& commune) {
  std::int64_t sum = 0;
  for (const std::int32_t open : depth) {
    sum += open;
    commune.greatest_depth = std::max(commune.greatest_depth, static_cast<std::uint32_t>(open));
  }
  commune.mean_depth = static_cast<double>(sum) / static_cast<double>(depth.size());
  for (const Reach& reach : reached) {
    const StructureHours& hours = definition.hours[reach.facility.value()];
    if (hours.known) {
      continue;
    }
    commune.unknown_in_reach += 1;
    // A weekly total holds for every week of the axis; no total at all could mean always open.
    const std::int64_t minutes = hours.weekly_minutes < 0
                                     ? definition.axis.minutes()
                                     : std::int64_t{hours.weekly_minutes} * ((definition.axis.days() + 6) / 7);
    commune.possibly_minutes += std::min<std::int64_t>(minutes, definition.axis.minutes());
    if (definition.stay_minutes == 0 && definition.axis.is_week) {
      commune.surely_minutes = std::max<std::int64_t>(commune.surely_minutes, std::max(hours.weekly_minutes, 0));
    }
  }
}

void set_row(const std::span<const std::int32_t> depth, const CommuneIndex commune, ServedCube& cube) {
  for (std::size_t moment = 0; moment < depth.size();) {
    if (depth[moment] == 0) {
      ++moment;
      continue;
    }
    const std::size_t begin = moment;
    while (moment < depth.size() && depth[moment] > 0) {
      ++moment;
    }
    cube.set(commune, {static_cast<std::int32_t>(begin), static_cast<std::int32_t>(moment)});
  }
}

}  // namespace

void ServedCube::runs(const CommuneIndex commune, const bool served, std::vector<MomentRange>& result) const {
  result.clear();
  const std::span<const std::uint64_t> words = row(commune);
  const auto next = [&](std::int32_t moment, const bool wanted) {
    while (moment < moments_) {
      const unsigned bit = static_cast<unsigned>(moment) % 64;
      std::uint64_t word = words[static_cast<std::size_t>(moment) / 64];
      word = (wanted ? word : ~word) >> bit;
      if (word != 0) {
        return std::min(moment + std::countr_zero(word), moments_);
      }
      moment += 64 - static_cast<std::int32_t>(bit);
    }
    return moments_;
  };
  for (std::int32_t begin = next(0, served); begin < moments_;) {
    const std::int32_t end = next(begin, !served);
    result.push_back({begin, end});
    begin = next(end, served);
  }
}

std::optional<std::int32_t> ServedCube::next_served(const CommuneIndex commune, const std::int32_t moment,
                                                    const bool is_week) const {
  for (std::int32_t later = 0; later < moments_; ++later) {
    const std::int32_t candidate = moment + later;
    if (candidate >= moments_ && !is_week) {
      break;
    }
    if (served(commune, candidate % moments_)) {
      return candidate;
    }
  }
  return std::nullopt;
}

Continuity compute_continuity(const Territory& territory, const Placements& placed, const ContinuityDefinition& definition,
                              const Progress& progress) {
  check(placed, definition);
  Continuity result;
  result.definition = definition;
  const std::size_t communes = territory.communes.size();
  const auto moments = static_cast<std::size_t>(definition.axis.moments);
  result.cube = ServedCube{communes, definition.axis.moments};
  result.communes.resize(communes);

  std::vector<Point> facilities;
  std::vector<std::uint32_t> keys;
  for (const StructureIndex structure : definition.structures) {
    facilities.push_back(placed.of[structure].position);
    keys.push_back(structure.value());
  }
  const DemandOrigins origins = demand_origins(territory);
  Voices voices{origins, communes, moments};
  constexpr std::size_t kRowsPerTask = 64;
  stream_reach(
      definition.travel, origins.places(), TravelPlaces{facilities, keys}, definition.limit,
      [&](const OriginIndex first, const Csr<OriginIndex, Reach>& reached) {
        parallel_for_blocks(reached.rows(), kRowsPerTask, [&](const std::size_t begin, const std::size_t end) {
          DepthCounter counter{definition};
          for (std::size_t row = begin; row < end; ++row) {
            const std::size_t origin = first.value() + row;
            const CommuneIndex commune = origins.commune(origin);
            const bool speaks = voices.origin_of[commune.value()] == origin;
            if (!speaks && origin >= communes) {
              continue;
            }
            const std::span<const Reach> reach = reached[OriginIndex{row}];
            const std::span<const std::int32_t> depth = counter.count(reach);
            if (origin < communes) {
              describe_point(depth, reach, definition, result.communes[commune]);
            }
            if (speaks) {
              set_row(depth, commune, result.cube);
            }
          }
        });
        DepthCounter counter{definition};
        for (std::size_t row = 0; row < reached.rows(); ++row) {
          const std::size_t origin = first.value() + row;
          const std::uint32_t commune = origins.communes[origin];
          if (voices.slot_of[commune] == Voices::kSeveral || origins.population[origin] <= 0) {
            continue;
          }
          const std::span<const std::int32_t> depth = counter.count(reached[OriginIndex{row}]);
          std::int64_t* const served = voices.inhabitants.data() + std::size_t{voices.slot_of[commune]} * moments;
          for (std::size_t moment = 0; moment < moments; ++moment) {
            served[moment] += depth[moment] > 0 ? origins.population[origin] : 0;
          }
        }
        if (progress) {
          progress("continuity", first.value() + reached.rows(), origins.size());
        }
      },
      ReachOrder::as_found);

  detail::CommuneInhabitants inhabitants{.population = std::move(voices.population), .served = {}};
  inhabitants.served.resize(communes);
  for (const CommuneIndex commune : territory.communes.indices()) {
    const std::uint32_t slot = voices.slot_of[commune.value()];
    if (slot == Voices::kSeveral) {
      continue;
    }
    const std::span<const std::int64_t> served =
        std::span<const std::int64_t>{voices.inhabitants}.subspan(std::size_t{slot} * moments, moments);
    inhabitants.served[commune.value()] = served;
    for (std::size_t moment = 0; moment < moments; ++moment) {
      if (2 * served[moment] >= inhabitants.population[commune.value()]) {
        result.cube.set(commune, {static_cast<std::int32_t>(moment), static_cast<std::int32_t>(moment) + 1});
      }
    }
  }
  detail::measure_communes(inhabitants, result);
  detail::sum_up(territory, inhabitants, result);
  return result;
}

std::int64_t most_window_minutes(const Continuity& continuity, const std::size_t window, const CommuneIndex commune) {
  const CommuneContinuity& of = continuity.communes[commune];
  return std::min<std::int64_t>(continuity.window_lengths[window],
                                continuity.window_minutes[window][commune] + of.possibly_minutes - of.minutes_served);
}

IndexedVector<CommuneIndex, std::int32_t> minutes_of_both(const Continuity& a, const Continuity& b) {
  if (a.definition.axis != b.definition.axis || a.communes.size() != b.communes.size()) {
    throw ArgumentError("minutes_of_both: both need the same axis and communes");
  }
  IndexedVector<CommuneIndex, std::int32_t> minutes(a.communes.size());
  for (const CommuneIndex commune : minutes.indices()) {
    const auto first = a.cube.row(commune);
    const auto second = b.cube.row(commune);
    for (std::size_t word = 0; word < first.size(); ++word) {
      minutes[commune] += std::popcount(first[word] & second[word]) * a.definition.axis.step_minutes;
    }
  }
  return minutes;
}

IndexedVector<CommuneIndex, std::int64_t> most_minutes_of_both(const Continuity& a, const Continuity& b) {
  if (a.definition.axis != b.definition.axis || a.communes.size() != b.communes.size()) {
    throw ArgumentError("most_minutes_of_both: both need the same axis and communes");
  }
  IndexedVector<CommuneIndex, std::int64_t> minutes(a.communes.size());
  for (const CommuneIndex commune : minutes.indices()) {
    minutes[commune] = std::min(a.communes[commune].possibly_minutes, b.communes[commune].possibly_minutes);
  }
  return minutes;
}

}  // namespace maillage
