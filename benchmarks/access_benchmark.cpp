// Measures of access for 35,228 demand points and 10,000 supply points over metropolitan France, straight line, 30 km.
// peers_access.py runs these beside pysal/access and scipy on the same points, which it writes to the files that
// MAILLAGE_BENCHMARK_DEMAND and MAILLAGE_BENCHMARK_SUPPLY name: little-endian doubles x, y, amount.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>
#include <vector>

#include "engine/accessibility/measure_catalogue.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

constexpr Cost kLimit_m = 30'000;

struct Places {
  std::vector<Point> points;
  std::vector<double> amounts;
};

Places read_places(const char* const variable, const std::size_t otherwise, const unsigned seed) {
  Places places;
  if (const char* const file = std::getenv(variable)) {
    std::ifstream stream(file, std::ios::binary);
    double row[3];
    while (stream.read(reinterpret_cast<char*>(row), sizeof(row))) {
      places.points.push_back({row[0], row[1]});
      places.amounts.push_back(row[2]);
    }
    return places;
  }
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> metres(0, 740'000);
  for (std::size_t k = 0; k < otherwise; ++k) {
    places.points.push_back({metres(random), metres(random)});
    places.amounts.push_back(1 + static_cast<double>(random() % 1000));
  }
  return places;
}

struct Case {
  Places demand = read_places("MAILLAGE_BENCHMARK_DEMAND", 35'228, 1);
  Places supply = read_places("MAILLAGE_BENCHMARK_SUPPLY", 10'000, 2);
};

const Case& france() {
  static const Case made;
  return made;
}

std::vector<AccessMeasure> measures_of(const std::span<const std::string_view> kinds) {
  std::vector<AccessMeasure> measures;
  for (const std::string_view kind : kinds) {
    const auto made = standard_measures(kind, {.cutoffs = {10'000, 20'000, kLimit_m}, .unit = CostUnit::metres});
    for (const NamedMeasure& named : made.value()) {
      measures.push_back(named.measure);
    }
  }
  return measures;
}

void answer(benchmark::State& state, const std::vector<AccessMeasure>& measures) {
  const Case& places = france();
  const ThreadLimit limit{static_cast<std::size_t>(state.range(0))};
  const auto find_trips = [&] {
    return make_trip_source(StraightLine{}, TravelPlaces{places.demand.points}, TravelPlaces{places.supply.points}, kLimit_m,
                            std::size_t{2} << 30U,
                            std::ranges::any_of(measures, needs_order) ? ReachOrder::by_cost : ReachOrder::as_found);
  };
  double sum = 0;
  for (auto _ : state) {
    const TripSource trips = find_trips();
    const auto results =
        measure_access(trips, {.population = places.demand.amounts, .supply = places.supply.amounts}, measures);
    sum = 0;
    for (std::size_t k = 0; k < places.demand.amounts.size(); ++k) {
      sum += results.front().of_origin[k] * places.demand.amounts[k];
    }
    benchmark::DoNotOptimize(sum);
  }
  state.counters["sum"] = sum;
  state.counters["measures"] = static_cast<double>(measures.size());
  if (const char* const file = std::getenv("MAILLAGE_BENCHMARK_RESULT"); file != nullptr && measures.size() == 1) {
    const TripSource trips = find_trips();
    const auto results =
        measure_access(trips, {.population = places.demand.amounts, .supply = places.supply.amounts}, measures);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(results.front().of_origin.data()),
               static_cast<std::streamsize>(results.front().of_origin.size() * sizeof(double)));
  }
}

void access_trips(benchmark::State& state) {
  const Case& places = france();
  const ThreadLimit limit{static_cast<std::size_t>(state.range(0))};
  for (auto _ : state) {
    const TripSource trips = make_trip_source(StraightLine{}, TravelPlaces{places.demand.points},
                                              TravelPlaces{places.supply.points}, kLimit_m, std::size_t{2} << 30U);
    benchmark::DoNotOptimize(trips.origins());
  }
}

void access_two_step(benchmark::State& state) {
  answer(state, {FloatingCatchment{.decay = {.kind = BinaryDecay{}, .farthest = kLimit_m}}});
}

/// All kinds but the competitive one, which rarely exists within a cutoff.
void access_all_measures(benchmark::State& state) {
  std::vector<std::string_view> kinds(measure_kinds().begin(), measure_kinds().end());
  std::erase(kinds, "competitive");
  std::erase(kinds, "cost");
  std::erase(kinds, "balancing");
  auto measures = measures_of(kinds);
  for (const std::uint32_t k : {1U, 2U, 3U}) {
    measures.emplace_back(CostToKth{.k = k});
  }
  measures.emplace_back(BalancingCost{});
  for (AccessMeasure& measure : measures) {
    if (auto* variable = std::get_if<VariableCatchment>(&measure)) {
      variable->base_population = 5'000;
      variable->enough_ratio = 0.01;
    }
  }
  answer(state, measures);
}

BENCHMARK(access_trips)->Arg(1)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK(access_two_step)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
BENCHMARK(access_all_measures)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

}  // namespace
}  // namespace maillage
