#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/network/road_network.hpp"

namespace maillage::benchmarks {

/// A seeded road network shaped like a real one: a third of the nodes spread over the country, the others in towns whose
/// sizes follow a power law; roads join relative neighbours (Toussaint 1980, doi:10.1016/0031-3203(80)90066-7: no third node
/// is nearer to both); three levels of speed, the two faster ones along the shortest ways between neighbouring towns, small
/// and large; an eighth of the short streets is one-way. Nodes are numbered along a space-filling curve. As dense as France:
/// a node for 0.11 km2. Same network for any number of threads. Cost: a few microseconds a node; memory: about 300 bytes a
/// node.
[[nodiscard]] RoadNetwork make_synthetic_roads(std::size_t nodes, std::uint64_t seed = 1);

}  // namespace maillage::benchmarks
