// Reading and writing GeoJSON. peers_formats.py makes the file, names it in MAILLAGE_GEOJSON_FILE, and runs pyogrio beside
// these.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "adapters/geojson/read_geojson.hpp"
#include "adapters/geojson/write_geojson.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

std::filesystem::path source_file() {
  const char* const file = std::getenv("MAILLAGE_GEOJSON_FILE");
  return file == nullptr ? std::filesystem::path{} : std::filesystem::path{file};
}

/// The file as a layer: columns named "entier..." hold integers, "reel..." reals with two decimals, the others text.
Layer layer_of(const FeatureTable& table) {
  Layer layer;
  layer.name = "communes";
  layer.geometry = GeometryKind::multi_polygon;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    Field field;
    field.name = table.columns[column];
    field.type = field.name.starts_with("entier") ? FieldType::integer
                 : field.name.starts_with("reel") ? FieldType::real
                                                  : FieldType::text;
    field.decimals = 2;
    std::vector<Value> values;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string cell{table.cells.at(row, column)};
      values.push_back(field.type == FieldType::integer ? Value{std::int64_t{std::stoll(cell)}}
                       : field.type == FieldType::real  ? Value{std::stod(cell)}
                                                        : Value{cell});
    }
    layer.fields.push_back(field);
    layer.columns.push_back(std::move(values));
  }
  layer.areas_lonlat = table.areas;
  return layer;
}

void geojson_read(benchmark::State& state) {
  if (source_file().empty()) {
    state.SkipWithError("MAILLAGE_GEOJSON_FILE names no file: run peers_formats.py");
    return;
  }
  const ThreadLimit limit(static_cast<std::size_t>(state.range(0)));
  std::size_t rows = 0;
  for (auto _ : state) {
    rows = read_geojson(source_file()).value.rows();
  }
  state.counters["features"] = static_cast<double>(rows);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(std::filesystem::file_size(source_file())));
}
BENCHMARK(geojson_read)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

/// Argument 1: 1 when coordinates are moved off the grid of 7 decimals, as after a reprojection: every polygon is then
/// checked.
void geojson_write(benchmark::State& state) {
  if (source_file().empty()) {
    state.SkipWithError("MAILLAGE_GEOJSON_FILE names no file: run peers_formats.py");
    return;
  }
  Layer layer = layer_of(read_geojson(source_file()).value);
  if (state.range(1) == 1) {
    for (Point& vertex : layer.areas_lonlat.vertices) {
      vertex = {vertex.x * 1.000'000'000'123 + 3.3e-8, vertex.y * 1.000'000'000'123 + 3.3e-8};
    }
  }
  const ThreadLimit limit(static_cast<std::size_t>(state.range(0)));
  const auto file =
      std::filesystem::temp_directory_path() / ("maillage_geojson_benchmark_" + std::to_string(getpid()) + ".geojson");
  for (auto _ : state) {
    write_geojson(file, layer);
    state.PauseTiming();
    state.counters["MB"] = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
    std::filesystem::remove(file);
    state.ResumeTiming();
  }
}
BENCHMARK(geojson_write)
    ->Args({1, 0})
    ->Args({2, 0})
    ->Args({1, 1})
    ->Args({2, 1})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace maillage
