// Hierarchies, tables, nearest facilities and catchments on road networks; README.md tells the variables that choose them.
#include <benchmark/benchmark.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/road_cases.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/hilbert.hpp"
#include "engine/network/catchment_sweep.hpp"
#include "engine/network/nearest_sweep.hpp"
#include "engine/network/travel_table.hpp"

namespace maillage::benchmarks {
namespace {

constexpr std::size_t kSources = 1'000;  // of catchments
constexpr double kReachedShare = 0.05;

template <typename I>
Csr<I, Terminal> draw_terminals(const NetworkBundle& bundle, const std::size_t count, const std::uint64_t seed) {
  Csr<I, Terminal> rows;
  for (const std::uint32_t state : draw_states(bundle.graph.states(), count, seed)) {
    const Terminal terminal{state, 0};
    rows.push_row({&terminal, 1});
  }
  return rows;
}

/// Most memory held since it was last asked, in MiB, as Linux counts it.
double take_peak_mib() {
  std::ifstream status("/proc/self/status");
  double peak_mib = 0;
  for (std::string word; status >> word;) {
    if (word == "VmHWM:") {
      status >> peak_mib;
      peak_mib /= 1024;
    }
  }
  std::ofstream("/proc/self/clear_refs") << 5;
  return peak_mib;
}

void preprocessing(benchmark::State& state, const std::string& name, const std::size_t threads) {
  const std::clock_t start = std::clock();
  NetworkBundle bundle = make_road_case(name);
  const double made_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const std::vector<std::uint32_t> weights = move_weights(bundle.network, bundle.graph, RoadMetric::travel_time_ms);
  const ThreadLimit limit{threads};
  bundle.hierarchies.push_back({metric_key(RoadMetric::travel_time_ms), {}});
  ContractionHierarchy& hierarchy = bundle.hierarchies.front().hierarchy;
  take_peak_mib();
  const double before_mib = take_peak_mib();
  for (auto _ : state) {
    hierarchy = build_contraction_hierarchy(bundle.graph, weights, {});
  }
  const double peak_mib = take_peak_mib();
  state.counters["peak_MiB"] = peak_mib;
  state.counters["network_MiB"] = before_mib;
  state.counters["states"] = static_cast<double>(bundle.graph.states());
  state.counters["moves"] = static_cast<double>(bundle.graph.moves());
  state.counters["made_in_s"] = made_s;
  state.counters["arcs"] = static_cast<double>(hierarchy.up_arcs.size() + hierarchy.down_arcs.size());
  keep_road_case(name, bundle);
}

void table(benchmark::State& state, const std::string& name, const std::size_t threads, const std::size_t size) {
  const NetworkBundle& bundle = road_case(name);
  const auto origins = draw_terminals<OriginIndex>(bundle, size, 1);
  const auto facilities = draw_terminals<FacilityIndex>(bundle, size, 2);
  const auto keys_of = [&](const std::uint64_t seed) {
    std::vector<Point> positions;
    for (const std::uint32_t drawn : draw_states(bundle.graph.states(), size, seed)) {
      positions.push_back(bundle.network.nodes[bundle.graph.node[drawn]]);
    }
    return hilbert_keys(positions);
  };
  const std::vector<std::uint64_t> origin_keys = keys_of(1);
  const std::vector<std::uint64_t> facility_keys = keys_of(2);
  const ThreadLimit limit{threads};
  take_peak_mib();
  std::uint64_t checked = 0;
  for (auto _ : state) {
    stream_table(bundle.hierarchies.front().hierarchy, origins, facilities,
                 {.origin_keys = origin_keys, .facility_keys = facility_keys},
                 [&](OriginIndex, const std::span<const std::uint32_t> rows) { checked += rows.front(); });
  }
  benchmark::DoNotOptimize(checked);
  state.counters["pairs"] = static_cast<double>(origins.rows() * facilities.rows());
  state.counters["peak_MiB"] = take_peak_mib();  // of the whole program, the network included
}

void nearest(benchmark::State& state, const std::string& name, const std::size_t threads) {
  const NetworkBundle& bundle = road_case(name);
  const auto facilities = draw_terminals<FacilityIndex>(bundle, 1'000, 2);
  const ThreadLimit limit{threads};
  for (auto _ : state) {
    benchmark::DoNotOptimize(nearest_of_all_places(bundle.hierarchies.front().hierarchy, facilities, Direction::forward, 1));
  }
  state.counters["pairs"] = static_cast<double>(bundle.graph.states());
}

/// The same nearest facilities by one search over the graph.
void nearest_dijkstra(benchmark::State& state, const std::string& name) {
  const NetworkBundle& bundle = road_case(name);
  const auto facilities = draw_terminals<FacilityIndex>(bundle, 1'000, 2);
  const auto weights = move_weights(bundle.network, bundle.graph, RoadMetric::travel_time_ms);
  const MoveLists lists = make_move_lists(bundle.graph, weights, Direction::backward);
  DijkstraQuery query(lists);
  for (auto _ : state) {
    query.run(facilities.values());
  }
  state.counters["pairs"] = static_cast<double>(query.reached().size());
}

/// What both ways to catchments work on: sources that lie close beside one another, and the cutoff within which the median
/// one reaches a twentieth of the states.
struct Catchments {
  MoveLists lists;
  std::vector<Terminal> sources;
  std::uint32_t cutoff = 0;
};

const Catchments& catchments_of(const std::string& name) {
  static std::string last;
  static Catchments made;
  if (name != last) {
    last = name;
    const NetworkBundle& bundle = road_case(name);
    made.lists = make_move_lists(bundle.graph, move_weights(bundle.network, bundle.graph, RoadMetric::travel_time_ms),
                                 Direction::forward);
    made.sources.clear();
    for (const std::uint32_t source : draw_states(bundle.graph.states(), kSources, 3)) {
      made.sources.push_back({source, 0});
    }
    DijkstraQuery query(made.lists);
    std::vector<std::uint32_t> cutoffs;
    for (std::size_t k = 0; k < 15; ++k) {
      query.run({&made.sources[k], 1});
      std::vector<std::uint32_t> distances(query.distances().begin(), query.distances().end());
      const auto at = static_cast<std::ptrdiff_t>(kReachedShare * static_cast<double>(distances.size()));
      std::nth_element(distances.begin(), distances.begin() + at, distances.end());
      cutoffs.push_back(std::min(distances[static_cast<std::size_t>(at)], kNoPath - 1));
    }
    std::sort(cutoffs.begin(), cutoffs.end());
    made.cutoff = cutoffs[cutoffs.size() / 2];
    std::vector<Point> positions;
    for (const Terminal& source : made.sources) {
      positions.push_back(bundle.network.nodes[bundle.graph.node[source.state]]);
    }
    const std::vector<std::uint64_t> keys = hilbert_keys(positions);
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](const auto a, const auto b) {
      return std::pair{keys[a], a} < std::pair{keys[b], b};
    });
    std::vector<Terminal> sorted;
    for (const std::size_t k : order) {
      sorted.push_back(made.sources[k]);
    }
    made.sources = std::move(sorted);
  }
  return made;
}

MAILLAGE_LANE_KERNEL std::uint32_t count_paths(const std::span<const Lanes> rows) {
  std::uint32_t paths = 0;  // of at most 64 rows
  for (const Lanes& row : rows) {
    for (const std::uint32_t distance : row.at) {
      paths += distance != kNoPath ? 1 : 0;
    }
  }
  return paths;
}

void catchments_sweep(benchmark::State& state, const std::string& name, const std::size_t threads) {
  const NetworkBundle& bundle = road_case(name);
  const Catchments& task = catchments_of(name);
  const ContractionHierarchy& hierarchy = bundle.hierarchies.front().hierarchy;
  const ThreadLimit limit{threads};
  const auto downward = CatchmentSweep::make_downward_arcs(hierarchy, Direction::forward);
  tbb::enumerable_thread_specific<CatchmentSweep> sweeps([&] { return CatchmentSweep(hierarchy, downward); });
  std::vector<std::uint64_t> pairs((task.sources.size() + kLanes - 1) / kLanes);
  for (auto _ : state) {
    parallel_for_blocks(pairs.size(), 1, [&](const std::size_t begin, const std::size_t end) {
      CatchmentSweep& sweep = sweeps.local();
      for (std::size_t batch = begin; batch < end; ++batch) {
        std::vector<std::span<const Terminal>> starts;
        for (std::size_t k = batch * kLanes; k < std::min((batch + 1) * kLanes, task.sources.size()); ++k) {
          starts.emplace_back(&task.sources[k], 1);
        }
        std::uint64_t paths = 0;  // of its own: neighbouring counts share a line that two threads would fight for
        sweep.run(starts, task.cutoff,
                  [&](std::span<const std::uint32_t>, const std::span<const Lanes> rows) { paths += count_paths(rows); });
        pairs[batch] = paths;
      }
    });
  }
  std::uint64_t all = 0;
  for (const std::uint64_t part : pairs) {
    all += part;
  }
  state.counters["pairs"] = static_cast<double>(all);
  state.counters["cutoff_s"] = task.cutoff / 1000.0;
}

void catchments_dijkstra(benchmark::State& state, const std::string& name) {
  const Catchments& task = catchments_of(name);
  DijkstraQuery query(task.lists);
  std::uint64_t pairs = 0;
  for (auto _ : state) {
    pairs = 0;
    for (const Terminal& source : task.sources) {
      query.run({&source, 1}, task.cutoff);
      pairs += query.reached().size();
    }
  }
  state.counters["pairs"] = static_cast<double>(pairs);
}

using Body = std::function<void(benchmark::State&)>;

/// One thread: processor time counts. Two: elapsed time, with the processor time of both beside.
void add(const std::string& name, const std::size_t threads, const Body& body, const bool once = false) {
  auto* const registered =
      benchmark::RegisterBenchmark(("roads/" + name + "/threads:" + std::to_string(threads)).c_str(), body);
  registered->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();
  if (threads > 1) {
    registered->UseRealTime();
  }
  if (once) {
    registered->Iterations(1);
  }
}

const bool kRegistered = [] {
  for (const std::string& name : road_case_names()) {
    for (const std::size_t threads : {std::size_t{2}, std::size_t{1}}) {
      add(
          name + "/preprocessing", threads, [=](auto& state) { preprocessing(state, name, threads); }, true);
    }
    if (const char* folder = std::getenv("MAILLAGE_BENCHMARK_ROAD_EXPORT"); folder != nullptr) {
      add(
          name + "/export", 1,
          [=, to = std::string(folder)](benchmark::State& state) {
            for (auto _ : state) {
              export_road_case(name, to);
            }
          },
          true);
    }
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
      for (const std::size_t size : {std::size_t{1'000}, std::size_t{5'000}}) {
        add(name + "/table_" + std::to_string(size), threads, [=](auto& state) { table(state, name, threads, size); });
      }
      add(name + "/nearest", threads, [=](auto& state) { nearest(state, name, threads); });
      add(name + "/catchments", threads, [=](auto& state) { catchments_sweep(state, name, threads); });
    }
    add(
        name + "/table_35000", 2, [=](auto& state) { table(state, name, 2, 35'000); }, true);
    add(name + "/nearest_dijkstra", 1, [=](auto& state) { nearest_dijkstra(state, name); });
    add(name + "/catchments_dijkstra", 1, [=](auto& state) { catchments_dijkstra(state, name); });
  }
  return true;
}();

}  // namespace
}  // namespace maillage::benchmarks
