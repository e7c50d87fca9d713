#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/mlg/network_bundle.hpp"

namespace maillage::benchmarks {

/// Names of the networks to measure: those of MAILLAGE_BENCHMARK_ROAD_NODES (numbers of nodes with commas between, and
/// "luxembourg" or "milan"); without it both and synthetic ones of 60,000 and 1,000,000 nodes.
[[nodiscard]] std::vector<std::string> road_case_names();

/// The network and its states, without a hierarchy. \throws InputError, ArgumentError where there is no such network
[[nodiscard]] NetworkBundle make_road_case(const std::string& name);

/// The network with its hierarchy of travel times: the file of the folder MAILLAGE_BENCHMARK_ROAD_CACHE, or built, and
/// written there. The last one asked for is kept. A file is believed: empty the folder when the program has changed.
[[nodiscard]] const NetworkBundle& road_case(const std::string& name);

/// Writes the file that road_case reads; nothing without a folder.
void keep_road_case(const std::string& name, const NetworkBundle& bundle);

/// Seeded choice of different states. A shorter draw is the beginning of a longer one.
[[nodiscard]] std::vector<std::uint32_t> draw_states(std::size_t states, std::size_t count, std::uint64_t seed);

/// The graph of states in RoutingKit's layout (first_out, head, travel_time), x and y in metres as float64, the draws
/// `sources` and `targets` of 5,000 states, and our answers: `table` of the first 1,000 of each, row by row, and per state
/// `nearest`, the cost to the nearest of the first 1,000 targets; 2^31 - 1 where there is no path.
void export_road_case(const std::string& name, const std::string& folder);

}  // namespace maillage::benchmarks
