// Continuity: the week of all communes by the quarter hour, a year of a region by the hour, the worth of every hour.
// peers_continuity.py runs these beside numpy on the same communes and town halls, which it writes to the files that
// MAILLAGE_BENCHMARK_COMMUNES and MAILLAGE_BENCHMARK_TOWN_HALLS name (little-endian doubles x, y, inhabitants; x, y, number
// of openings, their minutes of the week); MAILLAGE_BENCHMARK_WORTHS names the file that worths are written to.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>
#include <vector>

#include "engine/coverage/hour_worth.hpp"

namespace maillage {
namespace {

std::vector<double> read_doubles(const char* const variable) {
  std::vector<double> values;
  if (const char* const file = std::getenv(variable)) {
    std::ifstream stream(file, std::ios::binary);
    double value = 0;
    while (stream.read(reinterpret_cast<char*>(&value), sizeof(value))) {
      values.push_back(value);
    }
  }
  return values;
}

struct Case {
  Territory territory;
  Placements placed;
  std::vector<StructureHours> hours;

  Case() {
    std::vector<double> communes = read_doubles("MAILLAGE_BENCHMARK_COMMUNES");
    std::vector<double> halls = read_doubles("MAILLAGE_BENCHMARK_TOWN_HALLS");
    if (communes.empty() || halls.empty()) {
      draw(communes, halls);
    }
    territory.tiers = default_population_tiers();
    for (std::size_t k = 0; k + 2 < communes.size(); k += 3) {
      const CommuneIndex commune{k / 3};
      const Point point{communes[k], communes[k + 1]};
      const auto people = static_cast<std::int64_t>(communes[k + 2]);
      territory.communes.push_back({});
      territory.points.push_back({.position = point, .origin = CommunePoint::Origin::declared});
      territory.tier.push_back(TierIndex{0});
      territory.departements.zone_of.push_back(ZoneIndex::none());
      territory.demand.push_back({.position = point, .population = people, .commune = commune});
    }
    for (std::size_t k = 0; k + 2 < halls.size();) {
      Placement placement;
      placement.position = {halls[k], halls[k + 1]};
      placement.precision = PositionPrecision::point;
      placed.of.push_back(placement);
      StructureHours open;
      const auto openings = static_cast<std::size_t>(halls[k + 2]);
      for (k += 3; open.open.size() < openings; k += 2) {
        open.open.push_back({static_cast<std::int32_t>(halls[k]), static_cast<std::int32_t>(halls[k + 1])});
      }
      hours.push_back(std::move(open));
    }
  }

  // As many as a region has, where no file is given.
  static void draw(std::vector<double>& communes, std::vector<double>& halls) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> metres(0, 180'000);
    for (int k = 0; k < 3'782; ++k) {
      const double x = metres(random);
      const double y = metres(random);
      communes.insert(communes.end(), {x, y, static_cast<double>(random() % 3'000)});
      halls.insert(halls.end(), {x, y, 2, 540, 720, 3'420, 3'660});
    }
  }

  [[nodiscard]] ContinuityDefinition definition(const TravelModel& travel, const Cost limit, const TimeAxis& axis) const {
    ContinuityDefinition made{.name = "mairie",
                              .label = "Mairie",
                              .travel = travel,
                              .limit = limit,
                              .stay_minutes = 0,
                              .axis = axis,
                              .windows = usual_windows(),
                              .structures = {},
                              .hours = hours};
    for (const StructureIndex structure : placed.of.indices()) {
      made.structures.push_back(structure);
    }
    return made;
  }
};

const Case& town_halls() {
  static const Case made;
  return made;
}

void count(benchmark::State& state, const Continuity& found) {
  double open_minutes = 0;
  double gaps = 0;
  double depth = 0;
  for (const CommuneContinuity& commune : found.communes) {
    open_minutes += commune.minutes_served;
    gaps += commune.longest_gap_minutes;
    depth += commune.mean_depth;
  }
  state.counters["population_minutes"] = static_cast<double>(found.total.population_minutes);
  state.counters["minutes"] = open_minutes;
  state.counters["gaps"] = gaps;
  state.counters["depth"] = depth;
}

void continuity_week(benchmark::State& state) {
  const Case& one = town_halls();
  const ContinuityDefinition definition = one.definition(StraightLine{}, 20'000, week_axis(15));
  Continuity found;
  for (auto _ : state) {
    found = compute_continuity(one.territory, one.placed, definition);
  }
  count(state, found);
}

void continuity_week_with_travel_times(benchmark::State& state) {
  const Case& one = town_halls();
  const StraightLine drive{.detour_factor = 1.3, .speed_kmh = 60, .unit = CostUnit::seconds};
  const ContinuityDefinition definition = one.definition(drive, 1'560, week_axis(15));  // 20 km
  for (auto _ : state) {
    benchmark::DoNotOptimize(compute_continuity(one.territory, one.placed, definition));
  }
}

void continuity_year(benchmark::State& state) {
  const Case& one = town_halls();
  constexpr std::int32_t kDays = 366;
  ContinuityDefinition definition = one.definition(StraightLine{}, 20'000, dated_axis(19'723, kDays, 60));  // 2024
  definition.windows.clear();
  for (StructureHours& hours : definition.hours) {
    const MinuteIntervals week = hours.open;
    hours.open.clear();
    for (std::int32_t first = 0; first < kDays; first += 7) {
      for (const MinuteInterval& opening : week) {
        hours.open.push_back({first * kMinutesPerDay + opening.begin, first * kMinutesPerDay + opening.end});
      }
    }
    hours.open = merged_intervals(hours.open);
  }
  Continuity found;
  for (auto _ : state) {
    found = compute_continuity(one.territory, one.placed, definition);
  }
  count(state, found);
}

void continuity_worth_of_hours(benchmark::State& state) {
  const Case& one = town_halls();
  const auto slot = static_cast<std::int32_t>(state.range(0));
  const ContinuityDefinition definition = one.definition(StraightLine{}, 20'000, week_axis(15));
  std::vector<std::vector<SlotWorth>> worths;
  for (auto _ : state) {
    worths = HourWorth{one.territory, one.placed, definition, slot}.all();
  }
  if (const char* const file = std::getenv("MAILLAGE_BENCHMARK_WORTHS"); file != nullptr && slot == 60) {
    std::ofstream stream(file, std::ios::binary);
    for (const std::vector<SlotWorth>& slots : worths) {
      for (const SlotWorth& worth : slots) {
        const std::int64_t row[4] = {worth.gained_population_minutes, worth.gained_population, worth.lost_population_minutes,
                                     worth.lost_population};
        stream.write(reinterpret_cast<const char*>(row), sizeof(row));
      }
    }
  }
}

void continuity_greedy(benchmark::State& state) {
  const Case& one = town_halls();
  const HourWorth worth{one.territory, one.placed, one.definition(StraightLine{}, 20'000, week_axis(15)), 60};
  const std::vector<std::uint8_t> allowed(static_cast<std::size_t>(worth.slots()), 1);
  const auto worths = worth.all();
  for (auto _ : state) {
    benchmark::DoNotOptimize(worth.greedy(20, allowed, worths));
  }
}

BENCHMARK(continuity_week)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(continuity_week_with_travel_times)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(continuity_year)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(continuity_worth_of_hours)->Arg(60)->Arg(15)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(continuity_greedy)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace maillage
