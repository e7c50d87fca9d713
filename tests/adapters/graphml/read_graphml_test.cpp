#include "adapters/graphml/read_graphml.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "adapters/config/travel_profiles.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

/// 1 == 2 -> 3, with an edge to a node that is not there and one whose geometry is none.
constexpr const char* kGraph = R"(<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d9" for="edge" attr.name="maxspeed" attr.type="string"/>
<key id="d8" for="edge" attr.name="length" attr.type="string"/>
<key id="d7" for="edge" attr.name="oneway" attr.type="string"/>
<key id="d6" for="edge" attr.name="osmid" attr.type="string"/>
<key id="d5" for="edge" attr.name="highway" attr.type="string"/>
<key id="d4" for="edge" attr.name="geometry" attr.type="string"/>
<key id="d2" for="node" attr.name="x" attr.type="string"/>
<key id="d1" for="node" attr.name="y" attr.type="string"/>
<key id="d0" for="graph" attr.name="crs" attr.type="string"/>
<graph edgedefault="directed"><data key="d0">epsg:4326</data>
<node id="10"><data key="d1">48.90</data><data key="d2">2.10</data></node>
<node id="2"><data key="d1">48.91</data><data key="d2">2.10</data></node>
<node id="3"><data key="d1">48.91</data><data key="d2">2.12</data></node>
<edge source="10" target="2" id="0"><data key="d5">primary</data><data key="d7">False</data><data key="d8">1000.5</data>
<data key="d9">['80', '50']</data><data key="d6">[7, 5]</data><data key="d4">LINESTRING (2.10 48.90, 2.11 48.905, 2.10 48.91)</data></edge>
<edge source="2" target="10" id="0"><data key="d5">primary</data><data key="d7">False</data><data key="d8">1000.5</data>
<data key="d9">50</data><data key="d6">5</data><data key="d4">LINESTRING (2.10 48.91, 2.11 48.905, 2.10 48.90)</data></edge>
<edge source="2" target="3" id="0"><data key="d5">residential &amp; more</data><data key="d7">True</data></edge>
<edge source="2" target="4" id="0"><data key="d5">residential</data></edge>
<edge source="2" target="3" id="1"><data key="d5">residential</data><data key="d4">POINT (1 2)</data></edge>
</graph></graphml>
)";

class ReadGraphMl : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  void put(const std::string& text) const { std::ofstream{file_, std::ios::binary} << text; }
  [[nodiscard]] std::string refusal(const std::string& text) const {
    put(text);
    try {
      (void)make_road_network(read_graphml_roads(file_, profile_).value.parts);
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
      return error.message().english;
    }
    return {};
  }
  const fs::path folder_ = fs::temp_directory_path() / ("maillage_graphml_" + std::to_string(getpid()));
  const fs::path file_ = folder_ / "town.graphml";
  const TravelProfile profile_ = builtin_travel_profile("car");
};

TEST_F(ReadGraphMl, MakesLinesOfEdges) {
  put(kGraph);
  const Reading<GraphMlGraph> reading = read_graphml(file_);
  const FeatureTable& edges = reading.value.edges;
  EXPECT_EQ(edges.columns, (std::vector<std::string>{"u", "v", "key", "highway", "length", "maxspeed", "oneway", "osmid"}));
  EXPECT_EQ(edges.crs.definition, "EPSG:4326");
  EXPECT_EQ(reading.rows_in, 5);
  ASSERT_EQ(edges.rows(), 3U);
  EXPECT_EQ(edges.lines.line(0).size(), 3U);
  EXPECT_EQ(edges.lines.line(2)[1], (Point{2.12, 48.91}));
  EXPECT_EQ(edges.cells.at(2, 3), "residential & more");
  ASSERT_EQ(reading.rejections.size(), 2U);
  EXPECT_EQ(reading.rejections[0].reason, "unknown_node");
  EXPECT_EQ(reading.rejections[0].value, "4");
  EXPECT_EQ(reading.rejections[1].reason, "bad_geometry");
  EXPECT_EQ(reading.rejections[1].row, 22);
}

TEST_F(ReadGraphMl, MakesRoadsForAMode) {
  put(kGraph);
  Reading<ImportedRoads> reading = read_graphml_roads(file_, profile_);
  EXPECT_EQ(reading.value.counts.at("undirected"), 0);
  EXPECT_EQ(reading.rows_in, 5);
  ASSERT_EQ(reading.repairs.size(), 1U);
  EXPECT_EQ(reading.repairs[0].reason, "unknown_road_class");
  const RoadNetwork network = make_road_network(std::move(reading.value.parts));
  EXPECT_EQ(network.crs, "EPSG:2154");
  EXPECT_EQ(network.mode, "car");
  ASSERT_EQ(network.nodes.size(), 3U);
  ASSERT_EQ(network.roads.size(), 2U);
  const auto two_way = std::find_if(network.roads.begin(), network.roads.end(),
                                    [](const Road& r) { return r.road_class == RoadClass::primary; });
  ASSERT_NE(two_way, network.roads.end());
  EXPECT_EQ(two_way->length_cm, 100'050U);
  EXPECT_EQ(two_way->source_id, 5);
  EXPECT_EQ(two_way->forward_ms, two_way->backward_ms);  // of 80 and 50, the slower
  EXPECT_EQ(two_way->forward_ms, travel_time_ms(1000.5, limited_speed_kmh(profile_, RoadClass::primary, 50, true)));
  const auto one_way = std::find_if(network.roads.begin(), network.roads.end(),
                                    [](const Road& r) { return r.road_class == RoadClass::other; });
  ASSERT_NE(one_way, network.roads.end());
  EXPECT_TRUE((one_way->forward_ms == kClosed) != (one_way->backward_ms == kClosed));
  EXPECT_NEAR(one_way->length_cm, 146'600, 300);  // not told: measured
}

TEST_F(ReadGraphMl, RefusesBombsBeforeTheyGoOff) {
  const std::string bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><graphml><graph>&c;</graph></graphml>";
  EXPECT_NE(refusal(bomb).find("DOCTYPE"), std::string::npos);
  EXPECT_NE(refusal("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><graphml/>").find("DOCTYPE"), std::string::npos);
  std::string deep;
  for (int k = 0; k < 100'000; ++k) {
    deep += "<a>";
  }
  EXPECT_NE(refusal(deep).find("nested"), std::string::npos);
  EXPECT_NE(
      refusal("<graphml><key id=\"d\" for=\"edge\" attr.name=\"x\"/><graph><data key=\"d\">" + std::string(2'000'000, 'x'))
          .find("million"),
      std::string::npos);
}

TEST_F(ReadGraphMl, SaysWhatIsWrong) {
  const std::string graph = kGraph;
  EXPECT_NE(refusal("").find("line 1"), std::string::npos);
  EXPECT_NE(refusal("not XML").find("not readable"), std::string::npos);
  EXPECT_NE(refusal("<gpx/>").find("no GraphML graph"), std::string::npos);
  EXPECT_NE(refusal("<graphml><graph/></graphml>").find("coordinate system"), std::string::npos);
  EXPECT_NE(refusal(graph.substr(0, graph.size() - 5)).find("cut short"), std::string::npos);
  std::string changed = graph;
  changed.replace(changed.find("epsg:4326"), 9, "epsg:9999");
  EXPECT_NE(refusal(changed), "");
  changed = graph;
  changed.replace(changed.find("key=\"d5\""), 8, "key=\"zz\"");
  EXPECT_NE(refusal(changed).find("'zz'"), std::string::npos);
}

TEST_F(ReadGraphMl, SurvivesDamage) {
  std::mt19937_64 random{6};
  for (std::size_t trial = 0; trial < 150; ++trial) {
    std::string text = kGraph;
    for (std::size_t k = 0; k < 1 + trial % 3; ++k) {
      text[random() % text.size()] = static_cast<char>(random() % 256);
    }
    (void)refusal(trial % 4 == 0 ? text.substr(0, random() % text.size()) : text);  // refused or read, nothing else
  }
}

TEST_F(ReadGraphMl, RefusesEveryCut) {
  const std::string graph = kGraph;
  const std::size_t end = graph.rfind('>');
  for (std::size_t length = 0; length <= end; ++length) {
    EXPECT_NE(refusal(graph.substr(0, length)), "") << length << " bytes";
  }
  EXPECT_EQ(refusal(graph.substr(0, end + 1)), "") << "whole but for the line end";
  EXPECT_NE(refusal(graph + graph), "") << "two documents";
}

TEST_F(ReadGraphMl, SurvivesEveryBitFlipped) {
  const std::string graph = kGraph;
  std::size_t refused = 0;
  for (std::size_t byte = 0; byte < graph.size(); byte += 5) {
    std::string damaged = graph;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << (byte % 8)));
    refused += refusal(damaged).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, graph.size() / 15);
}

TEST_F(ReadGraphMl, KeepsWhatCannotBeOutOfTheNetwork) {
  const auto changed = [](const std::string& from, const std::string& to) {
    std::string text = kGraph;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
    return text;
  };
  // A node where none can be is no node, and its edges are told; none left is no road at all.
  for (const char* latitude : {"nan", "inf", "1e999", "-1e999", "abc", "", "91e0"}) {
    put(changed("<data key=\"d1\">48.91</data>", std::string{"<data key=\"d1\">"} + latitude + "</data>"));
    try {
      Reading<ImportedRoads> reading = read_graphml_roads(file_, profile_);
      EXPECT_FALSE(reading.rejections.empty()) << latitude;
      const RoadNetwork network = make_road_network(std::move(reading.value.parts));
      EXPECT_LT(network.nodes.size(), 4U) << latitude;
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
    }
  }
  for (const char* length : {"-5", "nan", "1e300", "inf"}) {
    put(changed("1000.5", length));
    try {
      Reading<ImportedRoads> reading = read_graphml_roads(file_, profile_);
      EXPECT_EQ(std::count_if(reading.repairs.begin(), reading.repairs.end(),
                              [](const RowNote& note) { return note.reason == "not_a_length"; }),
                2)
          << length;
      const RoadNetwork network = make_road_network(std::move(reading.value.parts));
      for (const Road& road : network.roads) {
        EXPECT_LE(road.length_cm, 1'000'000U) << length << ": measured instead";
      }
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
    }
  }
}

TEST_F(ReadGraphMl, RefusesNodesOfOneNameAtTwoPlaces) {
  std::string text = kGraph;
  text.replace(text.find("<node id=\"3\">"), 13, "<node id=\"2\">");
  put(text);
  try {
    const Reading<GraphMlGraph> reading = read_graphml(file_);
    EXPECT_FALSE(reading.rejections.empty()) << "edges to node 3 have no end";
  } catch (const InputError& error) {
    EXPECT_FALSE(error.message().french.empty());
  }
}

TEST(ReadGraphMlRealData, RefusesSaintGermainCutAnywhere) {
  const fs::path file = fs::path{MAILLAGE_SHARED_DATA} / "roads/saint_germain_en_laye.osmnx.graphml";
  if (!fs::exists(file)) {
    GTEST_SKIP() << file << " is not there";
  }
  std::ifstream input{file, std::ios::binary};
  const std::string whole{std::istreambuf_iterator<char>{input}, {}};
  const fs::path cut = fs::temp_directory_path() / ("maillage_cut_" + std::to_string(getpid()) + ".graphml");
  std::mt19937_64 random(9);
  for (int trial = 0; trial < 40; ++trial) {
    const std::size_t length = random() % (whole.rfind('>') + 1);
    std::ofstream{cut, std::ios::binary} << whole.substr(0, length);
    EXPECT_THROW((void)read_graphml(cut), InputError) << length << " bytes";
  }
  fs::remove(cut);
}

TEST(ReadGraphMlRealData, ReadsSaintGermainEnLaye) {
  const fs::path file = fs::path{MAILLAGE_SHARED_DATA} / "roads/saint_germain_en_laye.osmnx.graphml";
  if (!fs::exists(file)) {
    GTEST_SKIP() << file << " is not there";
  }
  const Reading<GraphMlGraph> graph = read_graphml(file);
  EXPECT_EQ(graph.value.nodes.size(), 3'778U);
  EXPECT_EQ(graph.rows_in, 10'588);
  EXPECT_EQ(graph.value.edges.rows(), 10'588U);
  EXPECT_TRUE(graph.rejections.empty());
  for (const std::string mode : {"car", "bicycle", "foot"}) {
    Reading<ImportedRoads> reading = read_graphml_roads(file, builtin_travel_profile(mode));
    EXPECT_EQ(reading.rows_in, 10'588);
    EXPECT_EQ(reading.value.counts.at("edges") + reading.value.counts.at("closed_to_mode"), 10'588) << mode;
    EXPECT_EQ(reading.value.counts.at("undirected"), 0) << mode;
    EXPECT_TRUE(reading.rejections.empty());
    for (const auto& [name, count] : reading.value.counts) {
      RecordProperty(mode + "." + name, static_cast<int>(count));
    }
    const RoadNetwork network = make_road_network(std::move(reading.value.parts));
    EXPECT_EQ(network.nodes.size(), 3'778U);
    EXPECT_EQ(network.crs, "EPSG:2154");
  }
}

}  // namespace
}  // namespace maillage
