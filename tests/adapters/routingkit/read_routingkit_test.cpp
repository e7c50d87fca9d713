#include "adapters/routingkit/read_routingkit.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <vector>

#include "engine/network/dijkstra.hpp"
#include "engine/network/search_graph.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

template <typename T>
std::vector<T> read_array(const fs::path& file) {
  std::vector<T> values(fs::file_size(file) / sizeof(T));
  std::ifstream{file, std::ios::binary}.read(reinterpret_cast<char*>(values.data()),
                                             static_cast<std::streamsize>(values.size() * sizeof(T)));
  return values;
}

class ReadRoutingKit : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    // 0 --- 1 --> 2, and never 2 -> 0
    put<std::uint32_t>("first_out", {0, 1, 3, 4});
    put<std::uint32_t>("head", {1, 0, 2, 0});
    put<std::uint32_t>("travel_time", {1000, 1500, 700, 0x7fffffff});
    put<std::uint32_t>("geo_distance", {25, 25, 9, 3});
    put<float>("latitude", {49.60F, 49.61F, 49.62F});
    put<float>("longitude", {6.10F, 6.11F, 6.12F});
  }
  void TearDown() override { fs::remove_all(folder_); }
  template <typename T>
  void put(const std::string& name, const std::vector<T>& values) const {
    std::ofstream{folder_ / ("toy_" + name), std::ios::binary}.write(
        reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
  }
  [[nodiscard]] std::string refusal() const {
    try {
      (void)read_routingkit(folder_);
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
      return error.message().english;
    }
    return {};
  }
  const fs::path folder_ = fs::temp_directory_path() / ("maillage_routingkit_" + std::to_string(getpid()));
};

TEST_F(ReadRoutingKit, KeepsNodesAndBothMetrics) {
  Reading<ImportedRoads> reading = read_routingkit(folder_, {.mode = "truck"});
  EXPECT_EQ(reading.rows_in, 4);
  EXPECT_EQ(reading.value.counts.at("two_way_roads"), 1);
  const std::vector<std::uint32_t> arcs = reading.value.arc_of_input;
  const RoadNetwork network = make_road_network(std::move(reading.value.parts));
  EXPECT_EQ(network.mode, "truck");
  EXPECT_EQ(network.crs, "EPSG:2154");
  ASSERT_EQ(network.nodes.size(), 3U);
  ASSERT_EQ(network.roads.size(), 3U);
  ASSERT_EQ(arcs.size(), 4U);
  EXPECT_EQ(arcs[0] ^ 1U, arcs[1]);
  EXPECT_EQ(network.time_ms(ArcIndex{arcs[1]}), 1500U);
  EXPECT_EQ(network.road(road_of(ArcIndex{arcs[2]})).length_cm, 900U);
  EXPECT_EQ(network.time_ms(ArcIndex{arcs[3]}), kClosed);
}

TEST_F(ReadRoutingKit, SaysWhichArrayIsWrongAndWhere) {
  const auto expect = [&](const std::string& file, const std::string& words) {
    const std::string message = refusal();
    EXPECT_NE(message.find("toy_" + file), std::string::npos) << message;
    EXPECT_NE(message.find(words), std::string::npos) << message;
    SetUp();
  };
  put<std::uint32_t>("head", {1, 0, 3, 0});
  expect("head", "position 2: 3");
  put<std::uint32_t>("head", {1, 0, 2});
  expect("head", "3 values, 4 wanted");
  put<char>("travel_time", {1, 2, 3});
  expect("travel_time", "3 bytes");
  put<std::uint32_t>("first_out", {0, 3, 1, 4});
  expect("first_out", "position 2: 1");
  put<std::uint32_t>("first_out", {0, 1, 3, 0xffffffff});
  expect("head", "4294967295 wanted");
  put<std::uint32_t>("first_out", {});
  expect("first_out", "empty graph");
  put<std::uint32_t>("geo_distance", {25, 25, 10'000'001, 3});
  expect("geo_distance", "position 2");
  put<std::uint32_t>("travel_time", {1, 1, 1'000'000'001, 3});
  expect("travel_time", "position 2");
  put<float>("latitude", {49, 91, 49});
  expect("latitude", "position 1: 91");
  put<float>("longitude", {6, 6, std::numeric_limits<float>::quiet_NaN()});
  expect("longitude", "position 2: nan");
  fs::remove(folder_ / "toy_geo_distance");
  expect("geo_distance", "not found");
  std::ofstream{folder_ / "other_first_out"};
  EXPECT_NE(refusal().find("2 found"), std::string::npos);
  EXPECT_THROW((void)read_routingkit(folder_ / "nowhere"), InputError);
}

TEST(ReadRoutingKitRealData, ReadsLuxembourgArcForArc) {
  const fs::path folder = fs::path{MAILLAGE_SHARED_DATA} / "roads/luxembourg_routingkit";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  Reading<ImportedRoads> reading = read_routingkit(folder);
  EXPECT_EQ(reading.value.counts.at("nodes"), 76'595);
  EXPECT_EQ(reading.value.counts.at("arcs_in"), 175'323);
  EXPECT_EQ(reading.value.counts.at("two_way_roads"), 82'301);
  const std::vector<std::uint32_t> arc_of_input = reading.value.arc_of_input;
  const RoadNetwork network = make_road_network(std::move(reading.value.parts));
  EXPECT_EQ(network.crs, "EPSG:2154");  // Luxembourg lies inside Lambert-93's area of use
  const auto first_out = read_array<std::uint32_t>(folder / "luxembourg_first_out");
  const auto head = read_array<std::uint32_t>(folder / "luxembourg_head");
  const auto travel_time = read_array<std::uint32_t>(folder / "luxembourg_travel_time");
  const auto geo_distance = read_array<std::uint32_t>(folder / "luxembourg_geo_distance");
  std::vector<char> seen(2 * network.roads.size());
  for (std::size_t node = 0; node + 1 < first_out.size(); ++node) {
    for (std::size_t k = first_out[node]; k < first_out[node + 1]; ++k) {
      const ArcIndex arc{arc_of_input[k]};
      ASSERT_EQ(network.tail(arc).value(), node);
      ASSERT_EQ(network.head(arc).value(), head[k]);
      ASSERT_EQ(network.time_ms(arc), travel_time[k]);
      ASSERT_EQ(network.road(road_of(arc)).length_cm, geo_distance[k] * 100);
      ASSERT_EQ(seen[arc.value()]++, 0);
    }
  }
}

TEST(ReadRoutingKitRealData, GivesTheReferenceDistances) {
  const fs::path folder = fs::path{MAILLAGE_SHARED_DATA} / "roads/luxembourg_routingkit";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  const RoadNetwork network = make_road_network(read_routingkit(folder).value.parts);
  const SearchGraph graph = build_search_graph(network, {});
  const auto source = read_array<std::uint32_t>(folder / "luxembourg_source_node");
  const auto target = read_array<std::uint32_t>(folder / "luxembourg_target_node");
  const auto time_ms = read_array<std::uint32_t>(folder / "luxembourg_query_reference_travel_time_length");
  const auto length_m = read_array<std::uint32_t>(folder / "luxembourg_query_reference_geo_distance_length");
  for (const RoadMetric metric : {RoadMetric::travel_time_ms, RoadMetric::length_cm}) {
    const MoveLists moves = make_move_lists(graph, move_weights(network, graph, metric), Direction::forward);
    DijkstraQuery dijkstra{moves};
    for (std::size_t query = 0; query < 20; ++query) {
      dijkstra.run(std::vector<Terminal>{{source[query], 0}});
      const std::uint32_t found = dijkstra.distance(target[query]);
      const bool by_time = metric == RoadMetric::travel_time_ms;
      const std::uint32_t reference = by_time ? time_ms[query] : length_m[query];
      if (reference == 0x7fffffffU) {
        EXPECT_EQ(found, kNoPath) << query;
        continue;
      }
      EXPECT_EQ(found, by_time ? reference : reference * 100) << query;
    }
  }
}

}  // namespace
}  // namespace maillage
