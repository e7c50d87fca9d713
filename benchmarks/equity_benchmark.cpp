// Local spatial statistics on the communes of metropolitan France (2018). peers_equity.py runs these beside libgeoda and
// esda on the same values and neighbours, which it writes to the files that MAILLAGE_BENCHMARK_VALUES and
// MAILLAGE_BENCHMARK_LINKS name.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "engine/core/parallel.hpp"
#include "engine/equity/autocorrelation.hpp"
#include "engine/equity/inequality.hpp"
#include "engine/equity/local_autocorrelation.hpp"
#include "engine/territory/contiguity.hpp"
#include "tests/support/geojson_areas.hpp"
#include "tests/support/rough_planes.hpp"

namespace maillage {
namespace {

struct Case {
  SpatialWeights weights;
  std::vector<double> values;
};

/// Pairs of little-endian 32-bit numbers, sorted: unit, neighbour.
SpatialWeights read_links(const char* const file, const std::size_t units) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<std::vector<UnitIndex>> rows(units);
  std::uint32_t link[2];
  while (stream.read(reinterpret_cast<char*>(link), sizeof(link))) {
    rows.at(link[0]).emplace_back(link[1]);
  }
  SpatialWeights weights;
  for (const std::vector<UnitIndex>& row : rows) {
    weights.neighbours.push_row(row);
  }
  return weights;
}

Case make_case() {
  Case made;
  const char* const values = std::getenv("MAILLAGE_BENCHMARK_VALUES");
  const char* const links = std::getenv("MAILLAGE_BENCHMARK_LINKS");
  if (values != nullptr && links != nullptr) {
    std::ifstream stream(values, std::ios::binary);
    double value = 0;
    while (stream.read(reinterpret_cast<char*>(&value), sizeof(value))) {
      made.values.push_back(value);
    }
    made.weights = read_links(links, made.values.size());
    return made;
  }
  const AreaSet areas = testing::read_metropolitan_communes(MAILLAGE_SHARED_DATA).areas;
  made.weights = contiguity_weights(common_point_neighbours(areas, testing::to_rough_metres(areas)));
  for (std::size_t unit = 0; unit < areas.areas(); ++unit) {
    const Box box = bounding_box(areas, AreaIndex{unit});
    made.values.push_back(std::sin(box.min_x * 2) + std::cos(box.min_y * 3) + static_cast<double>(unit * 7919 % 1000) / 500);
  }
  return made;
}

const Case& france() {
  static const Case made = make_case();
  return made;
}

void local_moran_case(benchmark::State& state, const PermutationScheme scheme, const std::size_t permutations) {
  const ThreadLimit limit(static_cast<std::size_t>(state.range(0)));
  (void)france();
  double significant = 0;
  for (auto _ : state) {
    significant = 0;
    for (const LocalStatistic& statistic : local_moran(france().weights, france().values,
                                                       {.permutations = {.permutations = permutations, .scheme = scheme}})) {
      significant += statistic.p_two_sided <= 0.05 ? 1 : 0;
    }
  }
  state.counters["significant"] = significant;
}
BENCHMARK_CAPTURE(local_moran_case, shared_999, PermutationScheme::shared, 999)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(local_moran_case, shared_99999, PermutationScheme::shared, 99'999)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(local_moran_case, independent_999, PermutationScheme::independent, 999)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// Writes the p of 99,999 permutations, for peers_equity.py to compare.
void local_moran_values(benchmark::State& state) {
  LocalStatistics local;
  for (auto _ : state) {
    local = local_moran(france().weights, france().values);
  }
  if (const char* const file = std::getenv("MAILLAGE_BENCHMARK_RESULT")) {
    std::ofstream stream(file, std::ios::binary);
    for (const LocalStatistic& statistic : local) {
      const double row[2]{statistic.value, std::min(statistic.p_greater, statistic.p_less)};
      stream.write(reinterpret_cast<const char*>(row), sizeof(row));
    }
  }
}
BENCHMARK(local_moran_values)->Unit(benchmark::kMillisecond)->Iterations(1);

void global_moran(benchmark::State& state) {
  const ThreadLimit limit(static_cast<std::size_t>(state.range(0)));
  (void)france();
  for (auto _ : state) {
    state.counters["moran"] = moran_i(france().weights, france().values)->value;
  }
}
BENCHMARK(global_moran)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void all_inequality(benchmark::State& state) {
  std::vector<double> values;
  for (const double value : france().values) {
    values.push_back(std::abs(value));
  }
  const std::vector<double> population(values.size(), 7);
  for (auto _ : state) {
    const WeightedValues weighted = weighted_values(values, population);
    benchmark::DoNotOptimize(*gini(weighted) + *theil_t(weighted) + *atkinson(weighted, 0.5) +
                             quantile_shares(weighted, 10).front() + foster_greer_thorbecke(weighted, 1).gap);
  }
}
BENCHMARK(all_inequality)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace maillage
