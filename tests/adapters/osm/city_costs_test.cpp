#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <random>

#include "adapters/config/travel_profiles.hpp"
#include "adapters/osm/read_osm_roads.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/catchment_sweep.hpp"
#include "engine/network/nearest_sweep.hpp"
#include "engine/network/road_path.hpp"
#include "engine/network/scenario.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;
using testing::random_snaps;
using testing::road_table;
using testing::RoadOracle;
using testing::SearchableRoads;

/// Real towns, with all their turn restrictions and without U-turns but in dead ends: every arc is a state.
class CityCostsRealData : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const fs::path file = fs::path{MAILLAGE_SHARED_DATA} / "osm" / GetParam();
    if (!fs::exists(file)) {
      GTEST_SKIP() << file << " is not there";
    }
    OsmRoads read = read_osm_roads(file, builtin_travel_profile("car"));
    roads_ = std::make_unique<SearchableRoads>(std::move(read.parts),
                                               testing::SearchableOptions{.graph = {.u_turns = UTurns::dead_ends_only}});
    RecordProperty("nodes", static_cast<int>(roads_->network.nodes.size()));
    RecordProperty("states", static_cast<int>(roads_->graph.states()));
    RecordProperty("restrictions", static_cast<int>(roads_->network.restrictions()));
  }
  /// Places as users have them: points in town, snapped; every tenth outside it.
  [[nodiscard]] std::vector<Snap> snapped_places(const std::uint64_t seed, const std::size_t count) const {
    std::mt19937_64 random(seed);
    const auto& nodes = roads_->network.nodes;
    std::vector<Point> points;
    for (std::size_t k = 0; k < count; ++k) {
      const double reach_m = k % 10 == 0 ? 20'000 : 200;
      const auto offset = [&] { return (static_cast<double>(random() % 2'001) / 1'000 - 1) * reach_m; };
      const Point& near = nodes[random() % nodes.size()];
      points.push_back({near.x + offset(), near.y + offset()});
    }
    return roads_->locator.snap_all(points, {});
  }
  /// Tables by one search of Dijkstra per origin, on all threads. \returns pairs that differ, and pairs with a path
  [[nodiscard]] static std::pair<std::size_t, std::size_t> compare_table(const SearchableRoads& roads,
                                                                         const std::vector<Snap>& origins,
                                                                         const std::vector<Snap>& facilities,
                                                                         const Direction direction) {
    const RoadModel model = roads.model();
    const bool forward = direction == Direction::forward;
    const auto table = road_table(model, origins, facilities, direction);
    const auto starts = make_terminals<OriginIndex>(model, origins, forward ? TripEnd::start : TripEnd::end);
    const auto ends = make_terminals<FacilityIndex>(model, facilities, forward ? TripEnd::end : TripEnd::start);
    const MoveLists lists = make_move_lists(roads.graph, roads.weights, direction);
    std::atomic<std::size_t> differ = 0;
    std::atomic<std::size_t> paths = 0;
    parallel_for_blocks(origins.size(), 25, [&](const std::size_t begin, const std::size_t end) {
      DijkstraQuery query(lists);
      for (std::size_t row = begin; row < end; ++row) {
        query.run(starts[OriginIndex{row}]);
        for (std::size_t k = 0; k < facilities.size(); ++k) {
          std::uint32_t least = forward ? along_one_road(model, origins[row], facilities[k])
                                        : along_one_road(model, facilities[k], origins[row]);
          for (const Terminal& terminal : ends[FacilityIndex{k}]) {
            least = std::min(least, query.distance(terminal.state) + terminal.weight);
          }
          differ += table[row * facilities.size() + k] != least ? 1 : 0;
          paths += least != kNoPath ? 1 : 0;
        }
      }
    });
    return {differ, paths};
  }
  std::unique_ptr<SearchableRoads> roads_;
};

TEST_P(CityCostsRealData, AMillionPairsAreThoseOfDijkstra) {
  const auto [differ, paths] =
      compare_table(*roads_, snapped_places(1, 1'000), snapped_places(2, 1'000), Direction::forward);
  EXPECT_EQ(differ, 0U);
  EXPECT_GT(paths, 500'000U);
  EXPECT_LT(paths, 1'000'000U) << "some places lie off the roads, or on an island";
}

TEST_P(CityCostsRealData, SoAreAMillionWhereUTurnsAreAllowed) {
  const SearchableRoads roads(apply_scenario(roads_->network, {}));
  const auto [differ, paths] = compare_table(roads, snapped_places(9, 1'000), snapped_places(10, 1'000), Direction::forward);
  EXPECT_EQ(differ, 0U);
  EXPECT_GT(paths, 500'000U);
}

TEST_P(CityCostsRealData, SoAreThoseOfTheWayBack) {
  const auto [differ, paths] = compare_table(*roads_, snapped_places(3, 100), snapped_places(4, 1'000), Direction::backward);
  EXPECT_EQ(differ, 0U);
  EXPECT_GT(paths, 50'000U);
}

TEST_P(CityCostsRealData, NearestFacilitiesAreThoseOfDijkstra) {
  constexpr std::size_t kFacilities = 60;
  constexpr std::size_t kMost = 3;
  const RoadModel model = roads_->model();
  const std::vector<Snap> snaps = snapped_places(5, kFacilities);
  for (const Direction direction : {Direction::forward, Direction::backward}) {
    const auto facilities =
        make_terminals<FacilityIndex>(model, snaps, direction == Direction::forward ? TripEnd::end : TripEnd::start);
    const MoveLists lists = make_move_lists(roads_->graph, roads_->weights, opposite(direction));
    DijkstraQuery query(lists);
    std::vector<std::vector<FacilityDistance>> expected(roads_->graph.states());
    for (const FacilityIndex facility : facilities.indices()) {
      query.run(facilities[facility]);
      for (const std::uint32_t state : query.reached()) {
        std::vector<FacilityDistance>& best = expected[state];
        best.push_back({query.distance(state), facility});
        std::sort(best.begin(), best.end());
        best.resize(std::min(best.size(), kMost));
      }
    }
    for (const std::size_t k : {std::size_t{1}, kMost}) {
      const auto nearest = nearest_of_all_places(roads_->hierarchy, facilities, direction, k);
      std::size_t differ = 0;
      for (std::size_t place = 0; place < roads_->hierarchy.places(); ++place) {
        const auto& best = expected[roads_->hierarchy.state_of_place[place]];
        for (std::size_t rank = 0; rank < k; ++rank) {
          differ += nearest.at(place, rank) != (rank < best.size() ? best[rank] : FacilityDistance{}) ? 1 : 0;
        }
      }
      EXPECT_EQ(differ, 0U) << "of " << k;
    }
  }
}

TEST_P(CityCostsRealData, CatchmentsAreThoseOfBoundedDijkstra) {
  const RoadModel model = roads_->model();
  const std::vector<Snap> snaps = snapped_places(6, 2 * kLanes - 5);
  for (const Direction direction : {Direction::forward, Direction::backward}) {
    const auto terminals =
        make_terminals<OriginIndex>(model, snaps, direction == Direction::forward ? TripEnd::start : TripEnd::end);
    const auto arcs = CatchmentSweep::make_downward_arcs(roads_->hierarchy, direction);
    CatchmentSweep sweep(roads_->hierarchy, arcs);
    const MoveLists lists = make_move_lists(roads_->graph, roads_->weights, direction);
    DijkstraQuery query(lists);
    for (const std::uint32_t cutoff : {120'000U, 600'000U}) {
      for (std::size_t first = 0; first < snaps.size(); first += kLanes) {
        const std::size_t count = std::min(kLanes, snaps.size() - first);
        std::vector<std::span<const Terminal>> starts;
        for (std::size_t k = 0; k < count; ++k) {
          starts.push_back(terminals[OriginIndex{first + k}]);
        }
        std::vector<std::vector<std::uint32_t>> found(count, std::vector<std::uint32_t>(roads_->graph.states(), kNoPath));
        sweep.run(starts, cutoff, [&](const std::span<const std::uint32_t> states, const std::span<const Lanes> rows) {
          for (std::size_t row = 0; row < rows.size(); ++row) {
            for (std::size_t k = 0; k < count; ++k) {
              found[k][states[row]] = rows[row].at[k];
            }
          }
        });
        for (std::size_t k = 0; k < count; ++k) {
          query.run(starts[k], cutoff);
          EXPECT_TRUE(std::equal(found[k].begin(), found[k].end(), query.distances().begin())) << first + k;
        }
      }
    }
  }
}

TEST_P(CityCostsRealData, PathsAreDrivenAsTheTableSays) {
  const RoadModel model = roads_->model();
  const RoadOracle oracle(roads_->network, UTurns::dead_ends_only);
  const std::vector<Snap> origins = snapped_places(7, 12);
  const std::vector<Snap> facilities = snapped_places(8, 12);
  const auto table = road_table(model, origins, facilities);
  std::size_t paths = 0;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const Snap& from = origins[k / facilities.size()];
    const Snap& to = facilities[k % facilities.size()];
    const auto path = find_road_path(model, from, to);
    ASSERT_EQ(path ? path->weight : kNoPath, table[k]);
    if (!path) {
      continue;
    }
    ++paths;
    EXPECT_EQ(road_of(path->arcs.front()), from.road);
    EXPECT_EQ(road_of(path->arcs.back()), to.road);
    EXPECT_TRUE(oracle.may_drive(path->arcs));
    std::uint64_t sum = access_weight(model, from) + access_weight(model, to);
    for (const ArcIndex arc : path->arcs) {
      sum += model.network.time_ms(arc);
    }
    sum -= oracle.position(path->arcs.front().value(), from);
    sum -= model.network.time_ms(path->arcs.back()) - oracle.position(path->arcs.back().value(), to);
    EXPECT_EQ(sum, path->weight);
    // As the crow flies there is nothing shorter; lengths on the ground differ from the plane's by its scale.
    EXPECT_GT(path->length_cm * 1.01 + 100, 100 * distance_m(from.position, to.position));
  }
  EXPECT_GT(paths, 60U);
}

template <typename T>
bool same(const Column<T>& a, const Column<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

TEST_P(CityCostsRealData, HierarchyAndTableAreTheSameOnOneThread) {
  const std::vector<Snap> origins = snapped_places(11, 400);
  const std::vector<Snap> facilities = snapped_places(12, 300);
  const auto table = road_table(roads_->model(), origins, facilities);
  const ThreadLimit limit(1);
  const SearchableRoads alone(apply_scenario(roads_->network, {}), {.graph = {.u_turns = UTurns::dead_ends_only}});
  const ContractionHierarchy& a = roads_->hierarchy;
  const ContractionHierarchy& b = alone.hierarchy;
  EXPECT_TRUE(same(a.place_of_state, b.place_of_state) && same(a.up_first, b.up_first) && same(a.up_arcs, b.up_arcs) &&
              same(a.up_via, b.up_via) && same(a.down_first, b.down_first) && same(a.down_arcs, b.down_arcs) &&
              same(a.down_via, b.down_via));
  EXPECT_EQ(table, road_table(alone.model(), origins, facilities));
}

INSTANTIATE_TEST_SUITE_P(Cities, CityCostsRealData,
                         ::testing::Values("milan_italy_small.otp.osm.pbf", "porto_portugal.r5.osm.pbf",
                                           "malta-latest.gh.osm.pbf"),
                         [](const auto& test) { return std::string{test.param}.substr(0, 5); });

}  // namespace
}  // namespace maillage
