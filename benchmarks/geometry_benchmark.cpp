// Join, contiguity and dissolve on the communes of metropolitan France (2018). peers_geometry.py runs these beside GeoPandas
// and libpysal.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "engine/core/parallel.hpp"
#include "engine/geometry/dissolve.hpp"
#include "engine/geometry/locate_points.hpp"
#include "engine/territory/contiguity.hpp"
#include "tests/support/geojson_areas.hpp"

namespace maillage {
namespace {

const testing::GeoJsonAreas& france() {
  static const testing::GeoJsonAreas areas = testing::read_metropolitan_communes(MAILLAGE_SHARED_DATA);
  return areas;
}

/// The points of the peers' run (little-endian doubles, x y x y...), else 1,000,000 of a fixed sequence over the bounding
/// box.
std::vector<Point> join_points() {
  std::vector<Point> points(1'000'000);
  if (const char* file = std::getenv("MAILLAGE_BENCHMARK_POINTS")) {
    std::ifstream(file, std::ios::binary)
        .read(reinterpret_cast<char*>(points.data()), static_cast<std::streamsize>(points.size() * sizeof(Point)));
    return points;
  }
  const Box box = bounding_box(france().areas);
  for (std::size_t i = 0; i < points.size(); ++i) {  // R2 sequence: even coverage, in no spatial order
    const double u = 0.7548776662466927 * static_cast<double>(i);
    const double v = 0.5698402909980532 * static_cast<double>(i);
    points[i] = {box.min_x + (u - static_cast<double>(static_cast<std::int64_t>(u))) * (box.max_x - box.min_x),
                 box.min_y + (v - static_cast<double>(static_cast<std::int64_t>(v))) * (box.max_y - box.min_y)};
  }
  return points;
}

void join(benchmark::State& state) {
  const ThreadLimit limit(static_cast<std::size_t>(state.range(0)));
  const std::vector<Point> points = join_points();
  (void)france();
  std::size_t placed = 0;
  for (auto _ : state) {
    placed = 0;
    for (const AreaIndex area : locate_points(france().areas, points)) {
      placed += area.is_none() ? 0 : 1;
    }
  }
  state.counters["placed"] = static_cast<double>(placed);
}
BENCHMARK(join)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void rook(benchmark::State& state) {
  const AreaSet metres = testing::to_rough_metres(france().areas);
  for (auto _ : state) {
    state.counters["pairs"] = static_cast<double>(contiguity(france().areas, metres).values().size());
  }
}
BENCHMARK(rook)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

void queen(benchmark::State& state) {
  const AreaSet metres = testing::to_rough_metres(france().areas);
  for (auto _ : state) {
    state.counters["pairs"] = static_cast<double>(common_point_neighbours(france().areas, metres).values().size());
  }
}
BENCHMARK(queen)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

void dissolve_departements(benchmark::State& state) {
  const ThreadLimit limit(1);
  std::map<std::string, std::uint32_t> departements;
  for (const std::string& code : france().codes) {
    departements.emplace(code.substr(0, 2), 0);
  }
  std::uint32_t count = 0;
  for (auto& [code, group] : departements) {
    group = count++;
  }
  std::vector<std::uint32_t> groups;
  for (const std::string& code : france().codes) {
    groups.push_back(departements.at(code.substr(0, 2)));
  }
  for (auto _ : state) {
    state.counters["polygons"] = static_cast<double>(dissolve(france().areas, groups, count).polygons());
  }
}
BENCHMARK(dissolve_departements)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

}  // namespace
}  // namespace maillage
