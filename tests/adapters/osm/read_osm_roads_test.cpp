#include "adapters/osm/read_osm_roads.hpp"

#include <bzlib.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>

#include "engine/core/parallel.hpp"
#include "tests/support/osm_sketch.hpp"
#include "tests/support/pbf_sketch.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;
using testing::OsmSketch;
using testing::PbfTown;
using testing::TemporaryFile;

std::string bytes_of(const fs::path& file) {
  std::ifstream input{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{input}, {}};
}

/// What reading bytes gave: nothing when they were refused, as they must be, by an InputError in both languages.
std::optional<OsmRoads> roads_of(const std::string_view bytes, const std::string& ending = ".osm.pbf") {
  const TemporaryFile file{ending, bytes};
  try {
    OsmRoads roads = read_osm_roads(file.path(), builtin_travel_profile("car"));
    RoadNetworkParts parts = roads.parts;
    (void)make_road_network(std::move(parts));  // whatever is read is whole
    return roads;
  } catch (const InputError& error) {
    EXPECT_FALSE(error.message().french.empty());
    EXPECT_NE(error.message().english.find(file.path().filename().string()), std::string::npos) << error.message().english;
    return std::nullopt;
  }
}

bool same(const OsmRoads& a, const OsmRoads& b) {
  return a.parts.nodes == b.parts.nodes && a.parts.roads == b.parts.roads && a.parts.shape_points == b.parts.shape_points &&
         a.parts.restriction_arcs == b.parts.restriction_arcs && a.node_ids == b.node_ids && a.rejections == b.rejections;
}

TEST(ReadOsmRoads, ReadsAFileMadeByHand) {
  for (const bool compressed : {true, false}) {
    PbfTown town;
    town.compressed = compressed;
    const auto roads = roads_of(town.file());
    ASSERT_TRUE(roads.has_value());
    EXPECT_EQ(roads->parts.nodes.size(), 5U);
    EXPECT_EQ(roads->parts.roads.size(), 4U);
    EXPECT_EQ(roads->parts.restriction_arcs.size(), 2U);
    EXPECT_NEAR(roads->parts.roads.front().length_cm, 30'400, 200);
    EXPECT_TRUE(roads->rejections.empty());
  }
}

TEST(ReadOsmRoads, RefusesEveryCutInsideABlock) {
  const PbfTown town;
  const std::string file = town.file();
  std::vector<std::size_t> ends{0};
  for (const std::string& block : town.blocks()) {
    ends.push_back(ends.back() + block.size());
  }
  for (std::size_t length = 0; length < file.size(); ++length) {
    const auto roads = roads_of(std::string_view{file}.substr(0, length));
    // A file that ends between two blocks is a smaller file: the format has no end mark. Without its last block it has all
    // roads and no restriction; without the ways no road at all.
    EXPECT_EQ(roads.has_value(), length == ends[3]) << length << " bytes";
  }
}

TEST(ReadOsmRoads, RefusesWhatFollowsTheLastBlock) {
  const PbfTown town;
  const std::string file = town.file();
  for (const std::string& tail : {std::string(1, '\0'), std::string(3, '\0'), std::string(5, '\0'),
                                  std::string(50'000, '\0'), std::string{"\x01"}, std::string(100, 'x')}) {
    EXPECT_FALSE(roads_of(file + tail).has_value()) << tail.size();
  }
  const std::vector<std::string> blocks = town.blocks();
  const std::string hole = blocks[0] + blocks[1] + blocks[2] + std::string(blocks[3].size(), '\0');
  EXPECT_FALSE(roads_of(hole).has_value()) << "a download that was broken off, its place on the disk kept";
}

/// Blocks compressed by zlib have a checksum: a changed bit is found, or was in what says nothing.
TEST(ReadOsmRoads, FindsEveryBitFlippedInCompressedBlocks) {
  const std::string file = PbfTown{}.file();
  const auto whole = roads_of(file);
  ASSERT_TRUE(whole.has_value());
  std::size_t accepted = 0;
  for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
    std::string damaged = file;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    if (const auto roads = roads_of(damaged)) {
      ++accepted;
      EXPECT_TRUE(same(*roads, *whole)) << "bit " << bit % 8 << " of byte " << bit / 8;
    }
  }
  EXPECT_LT(accepted, file.size() / 10);
}

/// Plain blocks have none: any road network may come out, but a whole one, and nothing else may happen.
TEST(ReadOsmRoads, SurvivesBitsFlippedInPlainBlocks) {
  PbfTown town;
  town.compressed = false;
  const std::string file = town.file();
  std::mt19937_64 random(3);
  std::size_t refused = 0;
  for (int trial = 0; trial < 600; ++trial) {
    std::string damaged = file;
    for (int k = 0; k <= trial % 3; ++k) {
      damaged[random() % damaged.size()] ^= static_cast<char>(1U << (random() % 8));
    }
    refused += roads_of(damaged).has_value() ? 0 : 1;
  }
  EXPECT_GT(refused, 100U);
}

TEST(ReadOsmRoads, RefusesListsOfDifferentLengths) {
  std::vector<PbfTown> towns(6);
  towns[0].lats.pop_back();
  towns[1].lons.pop_back();
  towns[2].way_values.clear();
  towns[3].way_keys.clear();
  towns[4].node_tags = {1};
  towns[5].node_tags = {1, 2, 0, 1};
  for (std::size_t k = 0; k < towns.size(); ++k) {
    for (const bool compressed : {true, false}) {
      towns[k].compressed = compressed;
      EXPECT_FALSE(roads_of(towns[k].file()).has_value()) << "town " << k;
    }
  }
}

/// libosmium ends such lists with the shortest of them: an object is missing, as at the border of an extract.
TEST(ReadOsmRoads, TellsWhatEndsEarlyWithALongerListBeside) {
  std::vector<PbfTown> towns(4);
  towns[0].node_ids.pop_back();
  towns[1].relation_roles.pop_back();
  towns[2].relation_types.pop_back();
  towns[3].relation_members.pop_back();
  for (std::size_t k = 0; k < towns.size(); ++k) {
    const auto roads = roads_of(towns[k].file());
    EXPECT_TRUE(!roads || !roads->rejections.empty() || !roads->repairs.empty()) << "town " << k;
    if (roads) {
      EXPECT_LT(roads->parts.roads.size() + roads->parts.restriction_arcs.size(), 6U) << "town " << k;
    }
  }
}

TEST(ReadOsmRoads, RefusesWhatLeadsOutOfItsTables) {
  std::vector<PbfTown> towns(5);
  towns[0].way_keys = {99};
  towns[1].way_values = {0xffffffffU};
  towns[2].relation_roles = {6, 7, 1'000'000};
  towns[3].relation_types = {1, 0, 9};
  towns[4].required.push_back("LocationsNobodyKnows");
  for (std::size_t k = 0; k < towns.size(); ++k) {
    EXPECT_FALSE(roads_of(towns[k].file()).has_value()) << "town " << k;
  }
}

TEST(ReadOsmRoads, RefusesBlocksThatLieAboutTheirSize) {
  const PbfTown town;
  const std::vector<std::string> blocks = town.blocks();
  for (const testing::BlockLies& lies :
       {testing::BlockLies{.raw_size = 3}, testing::BlockLies{.raw_size = 30'000'000},
        testing::BlockLies{.raw_size = 0xffffffffffULL}, testing::BlockLies{.data_size = 5},
        testing::BlockLies{.data_size = 0x7fffffff}, testing::BlockLies{.data_size = 0xffffffffffULL}}) {
    const std::string lying = testing::pbf_block("OSMData", town.ways_content(), true, lies);
    EXPECT_FALSE(roads_of(blocks[0] + blocks[1] + lying + blocks[3]).has_value()) << lies.raw_size << ' ' << lies.data_size;
  }
  const std::string unknown = testing::pbf_block("OSMPicture", town.ways_content(), true);
  EXPECT_FALSE(roads_of(blocks[0] + blocks[1] + blocks[2] + unknown).has_value());
  EXPECT_FALSE(roads_of(blocks[1] + blocks[2] + blocks[3]).has_value()) << "without the header";
}

TEST(ReadOsmRoads, KeepsNodesOutOfTheWorldOutOfTheNetwork) {
  for (const std::int64_t lat : {std::int64_t{950'000'000}, std::int64_t{-2'000'000'000}}) {
    PbfTown town;
    town.lats[1] = lat;
    if (const auto roads = roads_of(town.file())) {
      EXPECT_LT(roads->parts.roads.size(), 4U);
      EXPECT_FALSE(roads->rejections.empty() && roads->repairs.empty()) << "told, not dropped in silence";
    }
  }
}

TEST(ReadOsmRoads, RefusesWhatIsOverTheMemoryAllowedWithTheEstimate) {
  const TemporaryFile file{".osm.pbf", PbfTown{}.file()};
  try {
    (void)read_osm_roads(file.path(), builtin_travel_profile("car"), {.crs = {}, .memory_budget_bytes = 1, .progress = {}});
    FAIL() << "read";
  } catch (const InputError& error) {
    EXPECT_NE(error.message().english.find("MiB"), std::string::npos);
    EXPECT_NE(error.message().french.find("Mio"), std::string::npos);
  }
  const std::uint64_t estimate = estimate_osm_memory_bytes(file.path());
  EXPECT_EQ(read_osm_roads(file.path(), builtin_travel_profile("car"),
                           {.crs = {}, .memory_budget_bytes = estimate, .progress = {}})
                .parts.roads.size(),
            4U);
}

TEST(ReadOsmRoads, RefusesOtherFilesUnderItsName) {
  for (const std::string& ending :
       {std::string{".osm.pbf"}, std::string{".osm"}, std::string{".osm.gz"}, std::string{".osm.bz2"}}) {
    for (const std::string& content :
         {std::string{}, std::string{"PK\x03\x04 zip"}, std::string{"<html></html>"}, std::string(100'000, '\0'),
          std::string{"\x1f\x8b\x08"}, std::string{"BZh9"}, std::string{"SQLite format 3\0", 16}}) {
      EXPECT_FALSE(roads_of(content, ending).has_value()) << ending << ' ' << content.substr(0, 8);
    }
  }
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

OsmSketch crossing() {
  OsmSketch map{"A--B--C", "   |   ", "   D   "};
  map.way("AB", "highway=residential").way("BC", "highway=residential").way("BD", "highway=residential");
  map.restriction("no_left_turn", "AB", {"B"}, "BD");
  return map;
}

TEST(ReadOsmRoads, RefusesXmlCutAnywhere) {
  const std::string xml = crossing().xml();
  ASSERT_TRUE(roads_of(xml, ".osm").has_value());
  const std::size_t end = xml.rfind("</osm>") + 6;
  for (std::size_t length = 0; length < end; length += length % 7 + 1) {
    EXPECT_FALSE(roads_of(std::string_view{xml}.substr(0, length), ".osm").has_value()) << length;
  }
}

TEST(ReadOsmRoads, RefusesGzipCutAnywhereOrWithABitFlipped) {
  const std::string packed = gzip(crossing().xml());
  const auto whole = roads_of(packed, ".osm.gz");
  ASSERT_TRUE(whole.has_value());
  for (std::size_t length = 0; length < packed.size(); ++length) {
    EXPECT_FALSE(roads_of(std::string_view{packed}.substr(0, length), ".osm.gz").has_value()) << length;
  }
  EXPECT_FALSE(roads_of(packed + "x", ".osm.gz").has_value());
  for (std::size_t bit = 0; bit < 8 * packed.size(); bit += 3) {
    std::string damaged = packed;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    if (const auto roads = roads_of(damaged, ".osm.gz")) {
      EXPECT_TRUE(same(*roads, *whole)) << "a date in the header, or bits between the last code and the checksum";
    }
  }
}

std::string bzip2(std::string text) {
  std::string packed(text.size() + 1'000, '\0');
  unsigned int size = static_cast<unsigned int>(packed.size());
  BZ2_bzBuffToBuffCompress(packed.data(), &size, text.data(), static_cast<unsigned int>(text.size()), 9, 0, 0);
  packed.resize(size);
  return packed;
}

TEST(ReadOsmRoads, RefusesBzip2CutAnywhereOrWithABitFlipped) {
  const std::string packed = bzip2(crossing().xml());
  const auto whole = roads_of(packed, ".osm.bz2");
  ASSERT_TRUE(whole.has_value());
  for (std::size_t length = 0; length < packed.size(); ++length) {
    EXPECT_FALSE(roads_of(std::string_view{packed}.substr(0, length), ".osm.bz2").has_value()) << length;
  }
  for (std::size_t bit = 0; bit < 8 * packed.size(); bit += 5) {
    std::string damaged = packed;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    if (const auto roads = roads_of(damaged, ".osm.bz2")) {
      EXPECT_TRUE(same(*roads, *whole)) << "bit " << bit % 8 << " of byte " << bit / 8 << " of " << packed.size();
    }
  }
  // Two streams one after another are one text, as parallel packers write them. libosmium loses the last streams where all
  // of them fit its buffer of 5,000 bytes: the text then ends early, and is refused.
  const std::string xml = crossing().xml();
  const auto halves = roads_of(bzip2(xml.substr(0, 700)) + bzip2(xml.substr(700)), ".osm.bz2");
  EXPECT_TRUE(!halves || same(*halves, *whole));
  const auto members = roads_of(gzip(xml.substr(0, 700)) + gzip(xml.substr(700)), ".osm.gz");
  ASSERT_TRUE(members.has_value());
  EXPECT_TRUE(same(*members, *whole));
}

TEST(ReadOsmRoadsRealData, RefusesParisCutOrDamaged) {
  const fs::path file = fs::path{MAILLAGE_SHARED_DATA} / "osm/paris_bss.valhalla.osm.pbf";
  if (!fs::exists(file)) {
    GTEST_SKIP() << file << " is not there";
  }
  const std::string bytes = bytes_of(file);
  const auto whole = roads_of(bytes);
  ASSERT_TRUE(whole.has_value());
  std::mt19937_64 random(4);
  std::size_t cut_accepted = 0;
  for (int trial = 0; trial < 60; ++trial) {
    const auto roads =
        roads_of(std::string_view{bytes}.substr(0, trial < 5 ? bytes.size() - 1 - trial : random() % bytes.size()));
    cut_accepted += roads.has_value() ? 1 : 0;
  }
  EXPECT_EQ(cut_accepted, 0U);
  for (int trial = 0; trial < 150; ++trial) {
    std::string damaged = bytes;
    damaged[random() % damaged.size()] ^= static_cast<char>(1U << (random() % 8));
    if (const auto roads = roads_of(damaged)) {
      EXPECT_TRUE(same(*roads, *whole)) << "trial " << trial;
    }
  }
}

TEST(ReadOsmRoadsRealData, GivesTheSameRoadsAtAnyNumberOfThreads) {
  const fs::path file = fs::path{MAILLAGE_SHARED_DATA} / "osm/malta-latest.gh.osm.pbf";
  if (!fs::exists(file)) {
    GTEST_SKIP() << file << " is not there";
  }
  const TravelProfile profile = builtin_travel_profile("car");
  const auto on_threads = [&](const std::size_t threads) {
    const ThreadLimit limit(threads);
    return read_osm_roads(file, profile);
  };
  const OsmRoads one = on_threads(1);
  EXPECT_TRUE(same(one, on_threads(2)));
  EXPECT_EQ(one.counts.road_ways, one.counts.ways_used + one.counts.ways_closed_to_mode + one.counts.ways_rejected);
  EXPECT_GT(one.counts.ways_used, 1'000);
}

/// Objects that every town has; the figures are those of osmium-tool's fileinfo.
TEST(ReadOsmRoadsRealData, CountsWhatIsThere) {
  const fs::path folder = fs::path{MAILLAGE_SHARED_DATA} / "osm";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  for (const char* name : {"milan_italy_small.otp.osm.pbf", "porto_portugal.r5.osm.pbf", "rnv-rhein-neckar.gh.osm.pbf",
                           "liechtenstein.valhalla.osm.pbf", "monaco.gh.osm.gz"}) {
    for (const char* mode : {"car", "bicycle", "foot"}) {
      const OsmRoads roads = read_osm_roads(folder / name, builtin_travel_profile(mode));
      const OsmCounts& counts = roads.counts;
      EXPECT_EQ(counts.road_ways, counts.ways_used + counts.ways_closed_to_mode + counts.ways_rejected) << name;
      std::int64_t relations = counts.restrictions_used;
      for (const auto* reasons : {&counts.restrictions_ignored, &counts.restrictions_damaged}) {
        for (const auto& [reason, count] : *reasons) {
          relations += count;
        }
      }
      EXPECT_EQ(relations, counts.restriction_relations) << name << ' ' << mode;
      RoadNetworkParts parts = roads.parts;
      EXPECT_GT(make_road_network(std::move(parts)).roads.size(), 500U) << name << ' ' << mode;
    }
  }
}

}  // namespace
}  // namespace maillage
