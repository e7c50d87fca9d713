// Union of 5 km discs over metropolitan France. peers_discs.py runs these beside GeoPandas on the same outline and points.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/core/parallel.hpp"
#include "engine/coverage/geometric_gaps.hpp"
#include "engine/geometry/disc_union.hpp"
#include "engine/geometry/dissolve.hpp"
#include "tests/support/geojson_areas.hpp"

namespace maillage {
namespace {

constexpr double kRadius = 5000;

struct Case {
  AreaSet outline;
  std::vector<Disc> discs;
};

template <typename T>
std::vector<T> read(std::ifstream& file, const std::size_t count) {
  std::vector<T> values(count);
  file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
  return values;
}

/// Folder of the peers' run: outline.bin (rings: number of them, then for each its polygon, its size and its vertices) and
/// points-N.bin.
Case from_peers(const std::string& folder, const std::size_t count) {
  Case input;
  std::ifstream outline(folder + "/outline.bin", std::ios::binary);
  const auto rings = read<std::uint32_t>(outline, 1).front();
  std::uint32_t polygon = 0;
  for (std::uint32_t ring = 0; ring < rings; ++ring) {
    const auto head = read<std::uint32_t>(outline, 2);
    if (ring > 0 && head[0] != polygon) {
      input.outline.end_polygon();
    }
    polygon = head[0];
    input.outline.add_ring(read<Point>(outline, head[1]));
  }
  input.outline.end_polygon();
  input.outline.end_area();
  std::ifstream points(folder + "/points-" + std::to_string(count) + ".bin", std::ios::binary);
  for (const Point& point : read<Point>(points, count)) {
    input.discs.push_back({point, kRadius});
  }
  return input;
}

const Territory& france() {
  static const Territory territory = [] {
    Territory made;
    const auto source = testing::read_metropolitan_communes(MAILLAGE_SHARED_DATA);
    made.contours = testing::to_rough_metres(source.areas);
    orient_rings(made.contours);
    made.tiers = default_population_tiers();
    for (const std::string& code : source.codes) {
      Commune commune;
      commune.code = code;
      commune.population = 1800;
      made.tier.push_back(tier_of(made.tiers, commune.population));
      made.communes.push_back(std::move(commune));
    }
    return made;
  }();
  return territory;
}

const AreaSet& france_outline() {
  static const AreaSet outline = dissolve(france().contours, std::vector<std::uint32_t>(france().contours.areas(), 0), 1);
  return outline;
}

/// Without peers: France in rough metres, and points around random vertices of its communes.
Case made_up(const std::size_t count) {
  Case input{france_outline(), {}};
  std::mt19937_64 random(42);
  std::uniform_int_distribution<std::size_t> vertex(0, france().contours.vertices.size() - 1);
  std::uniform_real_distribution<double> near(-8000, 8000);
  for (std::size_t i = 0; i < count; ++i) {
    const Point& at = france().contours.vertices[vertex(random)];
    input.discs.push_back({{at.x + near(random), at.y + near(random)}, kRadius});
  }
  return input;
}

const Case& input_of(const std::size_t count) {
  static std::map<std::size_t, Case> cases;
  const auto found = cases.find(count);
  if (found != cases.end()) {
    return found->second;
  }
  const char* folder = std::getenv("MAILLAGE_BENCHMARK_DISCS");
  return cases[count] = folder != nullptr ? from_peers(folder, count) : made_up(count);
}

void discs_area(benchmark::State& state) {
  const Case& input = input_of(static_cast<std::size_t>(state.range(0)));
  const ThreadLimit one{1};
  double gap_m2 = 0;
  for (auto _ : state) {
    gap_m2 = disc_cover(input.discs, input.outline).gap_m2;
  }
  state.counters["gap_m2"] = gap_m2;
}
BENCHMARK(discs_area)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

/// The same on all threads; real time counts.
void all_threads_discs_area(benchmark::State& state) {
  const Case& input = input_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(disc_cover(input.discs, input.outline));
  }
}
BENCHMARK(all_threads_discs_area)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void discs_polygons(benchmark::State& state) {
  const Case& input = input_of(static_cast<std::size_t>(state.range(0)));
  const ThreadLimit one{1};
  DiscGaps gaps;
  for (auto _ : state) {
    gaps = disc_gaps(input.discs, input.outline, 1);
  }
  state.counters["gap_m2"] = gaps.total.gap_m2;
  state.counters["parts"] = static_cast<double>(gaps.parts.areas());
  state.counters["vertices"] = static_cast<double>(gaps.parts.vertices.size());
  state.counters["overlay"] = gaps.from_overlay ? 1 : 0;
}
BENCHMARK(discs_polygons)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

/// The same on all threads; real time counts.
void all_threads_discs_polygons(benchmark::State& state) {
  const Case& input = input_of(static_cast<std::size_t>(state.range(0)));
  DiscGaps gaps;
  for (auto _ : state) {
    gaps = disc_gaps(input.discs, input.outline, 1);
  }
  state.counters["parts"] = static_cast<double>(gaps.parts.areas());
}
BENCHMARK(all_threads_discs_polygons)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->UseRealTime();

/// All of GeometricGaps: parts, exact areas by commune, population and tiers; all threads.
void geometric_gaps_of_france(benchmark::State& state) {
  std::vector<Point> structures;
  for (const Disc& disc : made_up(static_cast<std::size_t>(state.range(0))).discs) {
    structures.push_back(disc.centre);
  }
  std::size_t parts = 0;
  for (auto _ : state) {
    parts = geometric_gaps(france(), france_outline(), structures, kRadius).parts.size();
  }
  state.counters["parts"] = static_cast<double>(parts);
}
BENCHMARK(geometric_gaps_of_france)->Arg(15'000)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace maillage
