#include "adapters/dimacs/read_dimacs.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <random>

namespace maillage {
namespace {

namespace fs = std::filesystem;

class ReadDimacs : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    put("t.gr", kTimes);
    put("p.co", kPositions);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream{folder_ / name, std::ios::binary} << text;
  }
  [[nodiscard]] Reading<ImportedRoads> read(const DimacsOptions& options = {}) const {
    return read_dimacs(folder_ / "t.gr", folder_ / "p.co", options);
  }
  [[nodiscard]] std::string refusal(const DimacsOptions& options = {}) const {
    try {
      (void)make_road_network(read(options).value.parts);
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
      return error.message().english;
    }
    return {};
  }
  void expect_refused(const std::string& name, const std::string& text, const std::string& words) {
    put(name, text);
    const std::string message = refusal();
    EXPECT_NE(message.find(name + ", line "), std::string::npos) << message;
    EXPECT_NE(message.find(words), std::string::npos) << message;
    SetUp();
  }
  static constexpr const char* kTimes = "c a toy\np sp 3 4\na 1 2 100\na 2 1 130\r\nc between\na 2 3 70\na 3 3 5\n";
  static constexpr const char* kPositions =
      "p aux sp co 3\nv 1 2000000 48000000\nv 2 2010000 48000000\nv 3 2010000 48010000\n";
  const fs::path folder_ = fs::temp_directory_path() / ("maillage_dimacs_" + std::to_string(getpid()));
};

TEST_F(ReadDimacs, ReadsTimesAndMeasuresLengths) {
  Reading<ImportedRoads> reading = read({.ms_per_unit = 10});
  EXPECT_EQ(reading.rows_in, 4);
  EXPECT_EQ(reading.value.counts.at("two_way_roads"), 1);
  EXPECT_EQ(reading.value.counts.at("loops"), 1);
  const std::vector<std::uint32_t> arcs = reading.value.arc_of_input;
  const RoadNetwork network = make_road_network(std::move(reading.value.parts));
  ASSERT_EQ(network.nodes.size(), 3U);
  ASSERT_EQ(network.roads.size(), 3U);
  EXPECT_EQ(network.crs, "EPSG:2154");
  EXPECT_EQ(network.time_ms(ArcIndex{arcs[1]}), 1300U);
  EXPECT_EQ(arcs[0], arcs[1] ^ 1U);
  EXPECT_NEAR(network.road(road_of(ArcIndex{arcs[0]})).length_cm, 74'613, 60);  // 0.01 degree at 48 north
  EXPECT_EQ(network.time_ms(reverse_of(ArcIndex{arcs[2]})), kClosed);
}

TEST_F(ReadDimacs, TakesLengthsFromTheSecondFile) {
  put("d.gr", "p sp 3 4\na 1 2 7000\na 2 1 7001\na 2 3 1\na 3 3 0\n");
  Reading<ImportedRoads> reading = read({.lengths = folder_ / "d.gr"});
  EXPECT_EQ(reading.value.counts.at("two_way_roads"), 0);  // not of one length
  EXPECT_EQ(reading.value.parts.roads[reading.value.arc_of_input[0] / 2].length_cm, 70'000U);
  put("d.gr", "p sp 3 4\na 1 2 7000\na 2 3 1\na 2 1 7001\na 3 3 0\n");
  EXPECT_NE(refusal({.lengths = folder_ / "d.gr"}).find("same order"), std::string::npos);
}

TEST_F(ReadDimacs, GivesTheSameRoadsForAnyOrderOfLines) {
  const std::vector<Road> roads = read().value.parts.roads;
  put("t.gr", "p sp 3 4\na 3 3 5\na 2 3 70\na 2 1 130\na 1 2 100\n");
  EXPECT_EQ(read().value.parts.roads, roads);
}

TEST_F(ReadDimacs, SaysWhichLineIsWrong) {
  expect_refused("t.gr", "", "not a line");
  expect_refused("t.gr", "p max 3 4\n", "'p max 3 4'");
  expect_refused("t.gr", "p sp 3 4\na 1 2 100\n", "1 lines of data, 4 announced");
  expect_refused("t.gr", "p sp 4 4\n", "4 nodes announced, but 3");
  expect_refused("t.gr", "p sp 3 999999999\n", "more than the file can hold");
  expect_refused("t.gr", "p sp 3 -1\n", "more than the file can hold");
  expect_refused("t.gr", "p sp 3 1\na 1 4 1\n", "line 2: arc 1 -> 4");
  expect_refused("t.gr", "p sp 3 1\na 0 2 1\n", "arc 0 -> 2");
  expect_refused("t.gr", "p sp 3 1\na 1 2 -1\n", "impossible weight -1");
  expect_refused("t.gr", "p sp 3 1\na 1 2 1000000001\n", "impossible weight");
  expect_refused("t.gr", "p sp 3 1\na 1 2 99999999999999999999\n", "not a line");
  expect_refused("t.gr", "p sp 3 1\na 1 2\n", "not a line");
  expect_refused("t.gr", "p sp 3 1\na 1 2 3 4\n", "not a line");
  expect_refused("t.gr", "p sp 3 1\na 1 2 3.5\n", "not a line");
  expect_refused("t.gr", "p sp 3 1\na1 2 3\n", "not a line");
  expect_refused("p.co", "p aux sp co 3\nv 1 1 1\nv 1 1 1\nv 2 1 1\n", "line 3: node 1");
  expect_refused("p.co", "p aux sp co 3\nv 1 1 1\nv 4 1 1\n", "node 4");
  expect_refused("p.co", "p aux sp co 3\nv 1 190000000 1\n", "not a position");
  expect_refused("p.co", "p aux sp co 3\nv 1 1 1\nv 2 1 1\n", "2 lines of data, 3 announced");
}

TEST_F(ReadDimacs, SurvivesDamage) {
  std::mt19937_64 random{4};
  for (std::size_t trial = 0; trial < 300; ++trial) {
    std::string times = kTimes;
    std::string positions = kPositions;
    std::string& text = trial % 2 == 0 ? times : positions;
    text[random() % text.size()] = static_cast<char>(random() % 256);
    put("t.gr", times.substr(0, trial % 3 == 0 ? random() % times.size() : times.size()));
    put("p.co", positions);
    (void)refusal();  // refused or read: never anything else
  }
}

}  // namespace
}  // namespace maillage
