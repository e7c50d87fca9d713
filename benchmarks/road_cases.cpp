#include "benchmarks/road_cases.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <unordered_set>
#include <utility>

#include "adapters/config/travel_profiles.hpp"
#include "adapters/mlg/network_file.hpp"
#include "adapters/osm/read_osm_roads.hpp"
#include "adapters/routingkit/read_routingkit.hpp"
#include "benchmarks/synthetic_roads.hpp"
#include "engine/network/nearest_sweep.hpp"
#include "engine/network/travel_table.hpp"

namespace maillage::benchmarks {

namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

fs::path cached(const std::string& name) {
  const std::string folder = environment("MAILLAGE_BENCHMARK_ROAD_CACHE");
  return folder.empty() ? fs::path{} : fs::path{folder} / (name + ".mlg");
}

template <typename T>
void write_array(const fs::path& file, const T* values, const std::size_t count) {
  std::ofstream out(file, std::ios::binary);
  out.exceptions(std::ios::failbit | std::ios::badbit);
  out.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(count * sizeof(T)));
}

template <typename I>
Csr<I, Terminal> terminals(const std::vector<std::uint32_t>& states) {
  Csr<I, Terminal> rows;
  for (const std::uint32_t state : states) {
    const Terminal terminal{state, 0};
    rows.push_row({&terminal, 1});
  }
  return rows;
}

}  // namespace

std::vector<std::string> road_case_names() {
  const std::string wanted = environment("MAILLAGE_BENCHMARK_ROAD_NODES");
  std::istringstream list(wanted.empty() ? "luxembourg,milan,60000,1000000" : wanted);
  std::vector<std::string> names;
  for (std::string name; std::getline(list, name, ',');) {
    names.push_back(name);
  }
  return names;
}

NetworkBundle make_road_case(const std::string& name) {
  const fs::path data{MAILLAGE_SHARED_DATA};
  NetworkBundle bundle;
  if (name == "luxembourg") {
    bundle.network = make_road_network(std::move(read_routingkit(data / "roads/luxembourg_routingkit").value.parts));
  } else if (name == "milan") {
    bundle.network =
        make_road_network(read_osm_roads(data / "osm/milan_italy_small.otp.osm.pbf", builtin_travel_profile("car")).parts);
  } else {
    bundle.network = make_synthetic_roads(std::stoul(name));
  }
  bundle.graph = build_search_graph(bundle.network, {});
  return bundle;
}

void keep_road_case(const std::string& name, const NetworkBundle& bundle) {
  if (const fs::path file = cached(name); !file.empty()) {
    write_network_file(file, bundle);
  }
}

const NetworkBundle& road_case(const std::string& name) {
  static std::string last;
  static std::unique_ptr<MappedNetwork> mapped;
  static NetworkBundle built;
  if (name != last) {
    mapped.reset();
    built = {};
    last = name;
    if (const fs::path file = cached(name); !file.empty() && fs::exists(file)) {
      mapped = std::make_unique<MappedNetwork>(file);
    } else {
      built = make_road_case(name);
      const auto weights = move_weights(built.network, built.graph, RoadMetric::travel_time_ms);
      built.hierarchies.push_back(
          {metric_key(RoadMetric::travel_time_ms), build_contraction_hierarchy(built.graph, weights, {})});
      keep_road_case(name, built);
    }
  }
  return mapped ? mapped->bundle() : built;
}

std::vector<std::uint32_t> draw_states(const std::size_t states, const std::size_t count, const std::uint64_t seed) {
  std::vector<std::uint32_t> drawn;
  std::unordered_set<std::uint32_t> taken;
  for (std::uint64_t k = 0; drawn.size() < std::min(count, states); ++k) {
    std::uint64_t value = (seed << 32U) + k + 0x9e3779b97f4a7c15ULL;  // splitmix64's finish
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    const auto state = static_cast<std::uint32_t>((value ^ (value >> 31U)) % states);
    if (taken.insert(state).second) {
      drawn.push_back(state);
    }
  }
  return drawn;
}

void export_road_case(const std::string& name, const std::string& folder_name) {
  constexpr std::size_t kLarge = 5'000;
  constexpr std::size_t kSmall = 1'000;
  const NetworkBundle& bundle = road_case(name);
  const fs::path folder = fs::path{folder_name} / name;
  fs::create_directories(folder);
  const SearchGraph& graph = bundle.graph;
  const auto weights = move_weights(bundle.network, graph, RoadMetric::travel_time_ms);
  write_array(folder / "first_out", graph.first_out.data(), graph.first_out.size());
  write_array(folder / "head", graph.head.data(), graph.head.size());
  write_array(folder / "travel_time", weights.data(), weights.size());
  std::vector<double> x;
  std::vector<double> y;
  for (const std::uint32_t node : graph.node) {
    x.push_back(bundle.network.nodes[node].x);
    y.push_back(bundle.network.nodes[node].y);
  }
  write_array(folder / "x", x.data(), x.size());
  write_array(folder / "y", y.data(), y.size());
  std::vector<std::uint32_t> sources = draw_states(graph.states(), kLarge, 1);
  std::vector<std::uint32_t> targets = draw_states(graph.states(), kLarge, 2);
  write_array(folder / "sources", sources.data(), sources.size());
  write_array(folder / "targets", targets.data(), targets.size());
  sources.resize(std::min(kSmall, sources.size()));
  targets.resize(std::min(kSmall, targets.size()));

  const ContractionHierarchy& hierarchy = bundle.hierarchies.front().hierarchy;
  std::vector<std::uint32_t> table;
  stream_table(
      hierarchy, terminals<OriginIndex>(sources), terminals<FacilityIndex>(targets), {},
      [&](OriginIndex, const std::span<const std::uint32_t> rows) { table.insert(table.end(), rows.begin(), rows.end()); });
  write_array(folder / "table", table.data(), table.size());
  const auto nearest = nearest_of_all_places(hierarchy, terminals<FacilityIndex>(targets), Direction::forward, 1);
  std::vector<std::uint32_t> costs(graph.states());
  for (std::size_t place = 0; place < nearest.places(); ++place) {
    costs[hierarchy.state_of_place[place]] = nearest.at(place).distance;
  }
  write_array(folder / "nearest", costs.data(), costs.size());
}

}  // namespace maillage::benchmarks
