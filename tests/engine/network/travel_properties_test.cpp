/// What must hold of costs by road whatever the network: laws that need no second computation of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "engine/network/road_path.hpp"
#include "engine/network/travel_table.hpp"
#include "tests/support/random_roads.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

using testing::random_snaps;
using testing::road_table;
using testing::SearchableOptions;
using testing::SearchableRoads;
using testing::tangled_road_parts;

constexpr std::uint64_t kSeeds = 250;

RoadNetworkParts without_restrictions(RoadNetworkParts parts) {
  parts.restriction_first = {0};
  parts.restriction_arcs.clear();
  parts.restriction_mandatory.clear();
  return parts;
}

SearchableOptions options_of(const std::uint64_t seed) {
  return {.graph = {.u_turns = seed % 3 == 0 ? UTurns::dead_ends_only : UTurns::allowed},
          .metric = seed % 2 == 0 ? RoadMetric::travel_time_ms : RoadMetric::length_cm};
}

/// Distances between all states.
std::vector<std::uint32_t> all_pairs(const SearchableRoads& roads) {
  Csr<OriginIndex, Terminal> origins;
  Csr<FacilityIndex, Terminal> facilities;
  for (std::uint32_t state = 0; state < roads.graph.states(); ++state) {
    origins.push_row(std::vector<Terminal>{{state, 0}});
    facilities.push_row(std::vector<Terminal>{{state, 0}});
  }
  std::vector<std::uint32_t> table;
  stream_table(roads.hierarchy, origins, facilities, {},
               [&](OriginIndex, const auto rows) { table.insert(table.end(), rows.begin(), rows.end()); });
  return table;
}

TEST(TravelProperties, NoWayRoundIsShorter) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const SearchableRoads roads(tangled_road_parts(seed), options_of(seed));
    const std::vector<std::uint32_t> table = all_pairs(roads);
    const std::size_t n = roads.graph.states();
    for (std::size_t a = 0; a < n; ++a) {
      ASSERT_EQ(table[a * n + a], 0U);
      for (std::size_t b = 0; b < n; ++b) {
        for (std::size_t c = 0; c < n; ++c) {
          ASSERT_LE(table[a * n + c], std::uint64_t{table[a * n + b]} + table[b * n + c]) << "seed " << seed;
        }
      }
    }
  }
}

/// All roads and restrictions driven the other way. A mandatory turn has no mirror image: as prohibitions it has.
RoadNetworkParts reversed(RoadNetworkParts parts) {
  for (Road& road : parts.roads) {
    std::swap(road.forward_ms, road.backward_ms);
  }
  for (std::size_t k = 0; k + 1 < parts.restriction_first.size(); ++k) {
    const auto begin = parts.restriction_arcs.begin() + static_cast<std::ptrdiff_t>(parts.restriction_first[k]);
    const auto end = parts.restriction_arcs.begin() + static_cast<std::ptrdiff_t>(parts.restriction_first[k + 1]);
    std::reverse(begin, end);
    std::transform(begin, end, begin, [](const std::uint32_t arc) { return arc ^ 1U; });
  }
  return parts;
}

TEST(TravelProperties, TripsHomeAreTripsOnTheReversedNetwork) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    RoadNetworkParts parts = tangled_road_parts(seed);
    std::fill(parts.restriction_mandatory.begin(), parts.restriction_mandatory.end(), std::uint8_t{0});
    // Where U-turns are for dead ends, the ends of one-way streets differ by direction: allowed everywhere here.
    const SearchableOptions options{.metric = options_of(seed).metric};
    const SearchableRoads roads(parts, options);
    const SearchableRoads mirror(reversed(parts), options);
    std::vector<Snap> origins = random_snaps(roads.network, seed, 7);
    std::vector<Snap> facilities = random_snaps(roads.network, seed + 500, 6);
    for (std::vector<Snap>* places : {&origins, &facilities}) {
      for (Snap& place : *places) {  // no position halfway between two whole parts, which is rounded away from the start
        place.fraction = place.fraction * 0.998 + 0.00071234567;
      }
    }
    ASSERT_EQ(road_table(roads.model(), origins, facilities, Direction::backward),
              road_table(mirror.model(), origins, facilities, Direction::forward))
        << "seed " << seed;
    const auto there = road_table(roads.model(), origins, facilities, Direction::forward);
    const auto back = road_table(roads.model(), facilities, origins, Direction::backward);
    for (std::size_t a = 0; a < origins.size(); ++a) {
      for (std::size_t b = 0; b < facilities.size(); ++b) {
        ASSERT_EQ(there[a * facilities.size() + b], back[b * origins.size() + a]) << "seed " << seed;
      }
    }
  }
}

struct Renumbered {
  RoadNetworkParts parts;
  std::vector<std::size_t> road;     ///< new number per old one
  std::vector<std::uint8_t> turned;  ///< the new road runs the other way
};

/// The same roads with other numbers for nodes and roads, some drawn from their other end.
Renumbered renumbered(const RoadNetworkParts& parts, std::mt19937_64& random) {
  std::vector<std::size_t> node(parts.nodes.size());
  std::iota(node.begin(), node.end(), 0U);
  std::shuffle(node.begin(), node.end(), random);
  Renumbered result{parts, std::vector<std::size_t>(parts.roads.size()), {}};
  std::iota(result.road.begin(), result.road.end(), 0U);
  std::shuffle(result.road.begin(), result.road.end(), random);
  for (std::size_t k = 0; k < node.size(); ++k) {
    result.parts.nodes[node[k]] = parts.nodes[k];
  }
  for (std::size_t k = 0; k < parts.roads.size(); ++k) {
    Road road = parts.roads[k];
    road.from = RoadNodeIndex{node[road.from.value()]};
    road.to = RoadNodeIndex{node[road.to.value()]};
    result.turned.push_back(random() % 2);
    if (result.turned.back() != 0) {
      std::swap(road.from, road.to);
      std::swap(road.forward_ms, road.backward_ms);
    }
    result.parts.roads[result.road[k]] = road;
  }
  for (std::uint32_t& arc : result.parts.restriction_arcs) {
    arc = static_cast<std::uint32_t>(2 * result.road[arc / 2] + ((arc % 2) ^ result.turned[arc / 2]));
  }
  return result;
}

TEST(TravelProperties, NumbersOfNodesAndRoadsDoNotMatter) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const RoadNetworkParts parts = tangled_road_parts(seed);
    std::mt19937_64 random(seed);
    const Renumbered other = renumbered(parts, random);
    const SearchableRoads roads(parts, options_of(seed));
    const SearchableRoads same(other.parts, options_of(seed));
    std::vector<Snap> places = random_snaps(roads.network, seed, 12);
    for (Snap& place : places) {  // fractions that 1 - fraction gives back to the bit
      place.fraction = std::round(place.fraction * 1024) / 1024;
    }
    std::vector<Snap> moved = places;
    for (Snap& place : moved) {
      if (!place.road.is_none()) {
        const std::size_t old = place.road.value();
        place.road = RoadIndex{other.road[old]};
        place.fraction = other.turned[old] != 0 ? 1 - place.fraction : place.fraction;
      }
    }
    ASSERT_EQ(road_table(roads.model(), places, places), road_table(same.model(), moved, moved)) << "seed " << seed;
  }
}

TEST(TravelProperties, TakingAwayRestrictionsNeverLengthens) {
  std::size_t shorter = 0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const RoadNetworkParts parts = tangled_road_parts(seed);
    const SearchableRoads roads(parts, options_of(seed));
    const SearchableRoads free(without_restrictions(parts), options_of(seed));
    const std::vector<Snap> places = random_snaps(roads.network, seed, 12);
    const auto before = road_table(roads.model(), places, places);
    const auto after = road_table(free.model(), places, places);
    for (std::size_t k = 0; k < before.size(); ++k) {
      ASSERT_LE(after[k], before[k]) << "seed " << seed;
    }
    shorter += after != before ? 1 : 0;
  }
  EXPECT_GT(shorter, 30U) << "or no restriction ever mattered";
}

TEST(TravelProperties, TwoPlacesInsideARoadPartItAsOneWould) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const SearchableRoads roads(tangled_road_parts(seed), options_of(seed));
    const RoadModel model = roads.model();
    for (std::uint32_t road = 0; road < roads.network.roads.size(); ++road) {
      const auto at = [&](const double fraction) {
        return Snap{.road = RoadIndex{std::size_t{road}}, .fraction = fraction};
      };
      const auto table = road_table(model, {at(0), at(0.3), at(1)}, {at(0), at(0.3), at(1)});
      const ArcIndex forward = forward_arc(RoadIndex{std::size_t{road}});
      if (roads.network.time_ms(forward) != kClosed) {
        const std::uint32_t whole = roads.metric == RoadMetric::travel_time_ms ? roads.network.time_ms(forward)
                                                                               : roads.network.roads[road].length_cm;
        ASSERT_LE(table[0 * 3 + 2], whole);
        ASSERT_LE(table[0 * 3 + 1] + std::uint64_t{table[1 * 3 + 2]}, whole) << "parts make the whole";
      }
      for (std::size_t k = 0; k < 3; ++k) {
        const Road& here = roads.network.roads[road];
        ASSERT_EQ(table[k * 4], here.forward_ms == kClosed && here.backward_ms == kClosed ? kNoPath : 0U);
      }
    }
  }
}

TEST(TravelProperties, TheLengthOfTheQuickestPathIsNeverUnderTheShortest) {
  std::size_t longer = 0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const RoadNetworkParts parts = tangled_road_parts(seed);
    const SearchableRoads quick(parts);
    const SearchableRoads brief(parts, {.metric = RoadMetric::length_cm});
    std::vector<Snap> places = random_snaps(quick.network, seed, 8);
    std::erase_if(places, [](const Snap& place) { return place.road.is_none(); });
    const auto lengths = road_table(brief.model(), places, places);
    for (std::size_t k = 0; k < lengths.size(); ++k) {
      const Snap& from = places[k / places.size()];
      const Snap& to = places[k % places.size()];
      if (from.road == to.road) {
        continue;  // which of two places comes first on a road may differ where one metric rounds them to one position
      }
      const auto path = find_road_path(quick.model(), from, to);
      ASSERT_EQ(path.has_value(), lengths[k] != kNoPath) << "seed " << seed;
      if (path) {
        ASSERT_GE(path->length_cm + 3, lengths[k]) << "but for what is rounded at both ends; seed " << seed;
        longer += path->length_cm > lengths[k] + 3 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(longer, 100U) << "or time and length would be one metric";
}

}  // namespace
}  // namespace maillage
