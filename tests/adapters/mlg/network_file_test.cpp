#include "adapters/mlg/network_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>

#include "adapters/mlg/network_layout.hpp"
#include "engine/core/error.hpp"
#include "tests/adapters/mlg/small_bundle.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;
using mlg::Header;
using mlg::SectionEntry;

template <typename T>
std::vector<T> values(const Column<T>& column) {
  return {column.begin(), column.end()};
}

/// A network file under construction by a hostile hand: everything can be changed, and the checksums made right again.
struct RawFile {
  std::string bytes;

  [[nodiscard]] Header header() const {
    Header header;
    std::memcpy(&header, bytes.data(), sizeof header);
    return header;
  }
  [[nodiscard]] SectionEntry entry(const std::size_t k) const {
    SectionEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(Header) + k * sizeof entry, sizeof entry);
    return entry;
  }
  void set_entry(const std::size_t k, const SectionEntry& entry) {
    std::memcpy(bytes.data() + sizeof(Header) + k * sizeof entry, &entry, sizeof entry);
  }
  [[nodiscard]] std::size_t find(const std::string& name) const {
    for (std::size_t k = 0; k < header().sections; ++k) {
      if (name == entry(k).name.data()) {
        return k;
      }
    }
    throw std::out_of_range(name);
  }
  [[nodiscard]] std::span<const std::byte> view(const std::size_t offset, const std::size_t size) const {
    return std::as_bytes(std::span{bytes}).subspan(offset, size);
  }
  /// Checksums of the sections that lie inside the file, of the table and of the header.
  void sign(const bool sections = true) {
    Header changed = header();
    for (std::size_t k = 0; sections && k < changed.sections; ++k) {
      SectionEntry section = entry(k);
      section.checksum = mlg::checksum(view(section.offset, section.bytes));
      set_entry(k, section);
    }
    changed.file_bytes = bytes.size();
    changed.table_checksum = mlg::checksum(view(sizeof(Header), changed.sections * sizeof(SectionEntry)));
    changed.header_checksum = mlg::checksum(std::as_bytes(std::span{&changed, 1}).first(offsetof(Header, header_checksum)));
    std::memcpy(bytes.data(), &changed, sizeof changed);
  }
};

/// Touches everything that a search could: sanitizers would see a step outside.
std::uint64_t walk(const NetworkBundle& bundle) {
  std::uint64_t sum = 0;
  for (std::size_t state = 0; state < bundle.graph.states(); ++state) {
    for (std::uint32_t move = bundle.graph.first_out[state]; move < bundle.graph.first_out[state + 1]; ++move) {
      const ArcIndex arc{bundle.graph.arc[move]};
      const RoadNodeIndex head{bundle.graph.node[bundle.graph.head[move]]};
      sum += bundle.network.time_ms(arc) + bundle.network.shape(road_of(arc)).size();
      sum += bundle.network.nodes[head.value()].x > 0 ? 1U : 0U;
    }
  }
  for (const MetricHierarchy& each : bundle.hierarchies) {
    const ContractionHierarchy& hierarchy = each.hierarchy;
    for (std::size_t place = 0; place < hierarchy.places(); ++place) {
      for (std::uint32_t at = static_cast<std::uint32_t>(place), k = hierarchy.up_first[at]; k < hierarchy.up_first[at + 1];
           k = hierarchy.up_first[at]) {
        sum += hierarchy.up_arcs[k].weight + hierarchy.up_via[k];
        at = hierarchy.up_arcs[k].place;
      }
      for (std::uint32_t k = hierarchy.down_first[place]; k < hierarchy.down_first[place + 1]; ++k) {
        sum += hierarchy.place_of_state[hierarchy.state_of_place[hierarchy.down_arcs[k].place]];
      }
    }
  }
  for (std::size_t k = 0; k < bundle.network.restrictions(); ++k) {
    sum += bundle.network.restriction(k).size();
  }
  return sum;
}

class NetworkFile : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  [[nodiscard]] static std::string read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
  }
  void put(const std::string& bytes) const { std::ofstream{path_, std::ios::binary} << bytes; }
  /// English message of the refusal; empty when the file is accepted and was walked over.
  [[nodiscard]] std::string refusal(const std::string& bytes, const NetworkFileChecks& checks = {}) const {
    put(bytes);
    try {
      const MappedNetwork network{path_, checks};
      (void)walk(network.bundle());
    } catch (const InputError& error) {
      EXPECT_FALSE(error.message().french.empty());
      return error.message().english;
    }
    return {};
  }
  [[nodiscard]] RawFile small_file(const std::uint32_t right_angle_turn_ms = 0) const {
    write_network_file(path_, test_support::small_bundle(7, right_angle_turn_ms));
    return {read(path_)};
  }

  const fs::path folder_ = fs::temp_directory_path() / ("maillage_mlg_" + std::to_string(getpid()));
  const fs::path path_ = folder_ / "roads.mlg";
};

TEST_F(NetworkFile, GivesBackWhatWasWritten) {
  for (const std::uint32_t turn_ms : {0U, 3000U}) {
    const NetworkBundle written = test_support::small_bundle(7, turn_ms);
    write_network_file(path_, written);
    MappedNetwork opened{path_, {.paths = true}};
    const MappedNetwork mapped = std::move(opened);  // the views follow
    const NetworkBundle& read = mapped.bundle();
    EXPECT_EQ(read.metadata, written.metadata);
    EXPECT_EQ(read.network.crs, "EPSG:2154");
    EXPECT_EQ(read.network.mode, "car");
    ASSERT_EQ(read.hierarchies.size(), 2U);
    EXPECT_EQ(read.hierarchies[1].metric, "length");
    EXPECT_NE(read.find_hierarchy("travel_time"), nullptr);
    EXPECT_EQ(read.find_hierarchy("beauty"), nullptr);
    std::vector<std::string> seen;
    std::vector<std::string> bytes;
    const auto collect = [&](const std::string_view name, const auto& column) {
      seen.emplace_back(name);
      const auto raw = std::as_bytes(column.view());
      bytes.emplace_back(reinterpret_cast<const char*>(raw.data()), raw.size());
    };
    mlg::each_column(written, collect);
    const std::vector<std::string> expected = bytes;
    bytes.clear();
    mlg::each_column(read, collect);
    EXPECT_EQ(bytes, expected);
    EXPECT_EQ(seen.size(), 2 * (13U + 2 * 8U));
    EXPECT_EQ(walk(read), walk(written));
    EXPECT_EQ(values(read.network.roads), values(written.network.roads));
  }
}

TEST_F(NetworkFile, IsTheSameBytesEveryTime) {
  write_network_file(path_, test_support::small_bundle());
  const std::string first = read(path_);
  write_network_file(path_, MappedNetwork{path_}.bundle());  // over the very file that is mapped
  EXPECT_EQ(read(path_), first);
  EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, {}), 1);
}

TEST_F(NetworkFile, LeavesTheOldFileWhenTheNewOneCannotBeWritten) {
  const std::string old = small_file().bytes;
  NetworkBundle twice = test_support::small_bundle(4);
  twice.hierarchies[1].metric = twice.hierarchies[0].metric;
  EXPECT_THROW(write_network_file(path_, twice), ArgumentError);
  EXPECT_THROW(write_network_file(folder_ / "nowhere" / "roads.mlg", test_support::small_bundle(4)), OutputError);
  EXPECT_EQ(read(path_), old);
}

TEST_F(NetworkFile, TellsWhatItIsWithoutReadingTheNetwork) {
  RawFile file = small_file();
  const NetworkFileSummary summary = read_network_summary(path_);
  EXPECT_EQ(summary.metadata.attribution, "© les contributeurs d’OpenStreetMap");
  EXPECT_EQ(summary.crs, "EPSG:2154");
  EXPECT_EQ(summary.mode, "car");
  EXPECT_EQ(summary.metrics, (std::vector<std::string>{"travel_time", "length"}));
  EXPECT_EQ(summary.file_bytes, file.bytes.size());
  ASSERT_EQ(summary.sections.size(), 1 + 13U + 2 * 8U);
  EXPECT_EQ(summary.sections[2].name, "network.roads");
  EXPECT_EQ(summary.sections[2].bytes, 85 * sizeof(Road));
  for (const NetworkSection& section : summary.sections) {
    EXPECT_EQ(section.offset % 64, 0U) << section.name;
  }
}

TEST_F(NetworkFile, IsReusedOnlyForTheSameSourceProfileAndSettings) {
  const NetworkOrigin origin = test_support::small_bundle().metadata.origin;
  EXPECT_TRUE(why_rebuild(path_, origin).has_value());
  const RawFile file = small_file();
  EXPECT_FALSE(why_rebuild(path_, origin).has_value());
  NetworkOrigin wanted = origin;
  wanted.source_name = "moved.osm.pbf";
  EXPECT_FALSE(why_rebuild(path_, wanted).has_value());
  wanted.source_sha256 = "ef";
  EXPECT_EQ(why_rebuild(path_, wanted)->french, "la source a changé");
  wanted = origin;
  wanted.profile_sha256 = "ef";
  EXPECT_EQ(why_rebuild(path_, wanted)->english, "the profile has changed");
  wanted = origin;
  wanted.settings = "u_turns = dead_ends_only";
  EXPECT_EQ(why_rebuild(path_, wanted)->english, "the settings have changed");
  put(file.bytes.substr(0, 100));
  EXPECT_TRUE(why_rebuild(path_, origin).has_value());
}

TEST_F(NetworkFile, SaysWhatIsWrongAndHowToGoOn) {
  RawFile file = small_file();
  EXPECT_THROW(MappedNetwork{folder_ / "absent.mlg"}, InputError);
  EXPECT_NE(refusal("").find("not a network file"), std::string::npos);
  EXPECT_NE(refusal("\x89PNG and more").find("not a network file"), std::string::npos);
  EXPECT_NE(refusal(file.bytes.substr(0, 30)).find("cut short (30 bytes of 64)"), std::string::npos);
  EXPECT_NE(refusal(file.bytes.substr(0, file.bytes.size() - 1)).find("cut short"), std::string::npos);
  EXPECT_NE(refusal(file.bytes + "x").find("damaged"), std::string::npos);
  std::string changed = file.bytes;
  changed[24] = 2;
  EXPECT_NE(refusal(changed).find("format version 2, newer"), std::string::npos);
  changed[24] = 0;
  EXPECT_NE(refusal(changed).find("format version 0, older"), std::string::npos);
  changed = file.bytes;
  changed[file.entry(file.find("graph.head")).offset] ^= 1;
  const std::string message = refusal(changed);
  EXPECT_NE(message.find("'graph.head'"), std::string::npos) << message;
  EXPECT_NE(message.find("maillage network build SOURCE --mode MODE -o roads.mlg"), std::string::npos) << message;
}

TEST_F(NetworkFile, RefusesEveryDamage) {
  const RawFile file = small_file();
  std::mt19937_64 random{1};
  std::size_t tried = 0;
  // Every section twice at least, and anywhere.
  for (std::size_t k = 0; k < 300; ++k) {
    const SectionEntry section = file.entry(k % file.header().sections);
    const bool inside = k < 150 && section.bytes > 0;
    const std::size_t position = inside ? section.offset + random() % section.bytes : random() % file.bytes.size();
    std::string changed = file.bytes;
    changed[position] = static_cast<char>(changed[position] ^ (1 << random() % 8));
    EXPECT_NE(refusal(changed), "") << "bit flipped at " << position;
    ++tried;
  }
  for (std::size_t k = 0; k < 100; ++k) {
    const std::size_t size = random() % file.bytes.size();
    EXPECT_NE(refusal(file.bytes.substr(0, size)), "") << "cut at " << size;
    ++tried;
  }
  EXPECT_EQ(tried, 400U);
}

TEST_F(NetworkFile, RefusesTablesThatLie) {
  const RawFile file = small_file();
  const std::size_t sections = file.header().sections;
  const std::vector<std::function<void(SectionEntry&)>> lies{
      [](SectionEntry& e) { e.offset = ~std::uint64_t{0} - 63; },  // wraps around
      [](SectionEntry& e) { e.offset = static_cast<std::uint64_t>(-64); },
      [](SectionEntry& e) { e.offset = std::uint64_t{1} << 62U; },
      [](SectionEntry& e) { e.offset -= 64; },  // overlaps the one before
      [](SectionEntry& e) { e.offset += 64; },
      [](SectionEntry& e) { e.offset += 1; },
      [](SectionEntry& e) { e.bytes = ~std::uint64_t{0}; },
      [](SectionEntry& e) { e.bytes += std::uint64_t{1} << 40U; },
      [](SectionEntry& e) { e.bytes += 64; },
      [](SectionEntry& e) { e.element_bytes = 0; },
      [](SectionEntry& e) { e.element_bytes = 3; },
      [](SectionEntry& e) { e.name.fill('x'); },  // not terminated
      [](SectionEntry& e) { e.reserved = 1; }};
  for (std::size_t lie = 0; lie < lies.size(); ++lie) {
    for (std::size_t k = 0; k < sections; ++k) {
      RawFile changed = file;
      SectionEntry entry = changed.entry(k);
      lies[lie](entry);
      changed.set_entry(k, entry);
      changed.sign(false);
      EXPECT_NE(refusal(changed.bytes), "") << "lie " << lie << " in section " << k;
    }
  }
  for (const std::uint32_t count : {0U, 1U, 5U, 1000U, 1025U, 0xffffffffU}) {
    RawFile changed = file;
    Header header = changed.header();
    header.sections = count;
    header.header_checksum = mlg::checksum(std::as_bytes(std::span{&header, 1}).first(offsetof(Header, header_checksum)));
    std::memcpy(changed.bytes.data(), &header, sizeof header);
    EXPECT_NE(refusal(changed.bytes), "") << count << " sections";
  }
}

/// Every 32-bit and 64-bit index of the file, set to what is just outside or far outside, with all checksums right.
TEST_F(NetworkFile, RefusesForgedIndicesWhoseChecksumsAreRight) {
  const RawFile file = small_file(3000);
  const std::vector<std::string> columns{"network.shape_first",
                                         "network.restriction_first",
                                         "network.restriction_arcs",
                                         "graph.first_out",
                                         "graph.head",
                                         "graph.arc",
                                         "graph.node",
                                         "graph.arrival",
                                         "hierarchy.0.place_of_state",
                                         "hierarchy.0.state_of_place",
                                         "hierarchy.0.up_first",
                                         "hierarchy.1.down_first",
                                         "hierarchy.0.up_via",
                                         "hierarchy.1.down_via"};
  for (const std::string& name : columns) {
    const SectionEntry section = file.entry(file.find(name));
    const std::uint64_t count = section.bytes / section.element_bytes;
    ASSERT_GT(count, 0U) << name;
    for (const std::uint64_t row : {std::uint64_t{0}, count / 2, count - 1}) {
      for (const std::uint64_t value :
           {std::uint64_t{100'000}, std::uint64_t{0x7fffffff}, std::uint64_t{0xfffffffe}, ~std::uint64_t{0}}) {
        RawFile changed = file;
        std::memcpy(changed.bytes.data() + section.offset + row * section.element_bytes, &value, section.element_bytes);
        if (changed.bytes == file.bytes) {
          continue;  // a closed arc has no arrival: that value was there
        }
        changed.sign();
        EXPECT_NE(refusal(changed.bytes), "") << name << '[' << row << "] = " << value;
      }
    }
  }
  for (const std::string name : {"hierarchy.0.up_arcs", "hierarchy.1.down_arcs", "network.roads"}) {
    const SectionEntry section = file.entry(file.find(name));
    for (const std::uint32_t value : {5000U, 0xffffffffU}) {
      RawFile changed = file;
      std::memcpy(changed.bytes.data() + section.offset + section.bytes / section.element_bytes / 2 * section.element_bytes,
                  &value, sizeof value);
      changed.sign();
      EXPECT_NE(refusal(changed.bytes), "") << name;
    }
  }
}

TEST_F(NetworkFile, SurvivesRandomForgeries) {
  const RawFile file = small_file();
  std::mt19937_64 random{2};
  std::size_t refused = 0;
  constexpr std::size_t kTrials = 300;
  for (std::size_t trial = 0; trial < kTrials; ++trial) {
    RawFile changed = file;
    for (std::size_t flips = 1 + random() % 3; flips > 0; --flips) {
      const SectionEntry section = file.entry(1 + random() % (file.header().sections - 1));
      if (section.bytes > 0) {
        changed.bytes[section.offset + random() % section.bytes] ^= static_cast<char>(1 << random() % 8);
      }
    }
    changed.sign();
    refused += refusal(changed.bytes).empty() ? 0 : 1;  // what is accepted has been walked over
  }
  EXPECT_GT(refused, kTrials / 2);
  EXPECT_LT(refused, kTrials);  // a false travel time cannot be told from a true one by the quick checks
}

TEST_F(NetworkFile, FindsFalseWeightsWhenPathsAreChecked) {
  RawFile file = small_file();
  const SectionEntry section = file.entry(file.find("hierarchy.1.up_arcs"));
  file.bytes[section.offset + section.bytes / 16 * 8 + 4] ^= 1;
  file.sign();
  EXPECT_EQ(refusal(file.bytes), "");
  EXPECT_NE(refusal(file.bytes, {.paths = true}), "");
}

TEST_F(NetworkFile, RefusesForgedMetadata) {
  const RawFile file = small_file();
  const SectionEntry section = file.entry(0);
  for (const std::string& json : {std::string{"{}"}, std::string{"[[[["}, std::string(section.bytes, '['),
                                  std::string{"{\"mode\": 3}"}, std::string{"\xff\xfe"}}) {
    RawFile changed = file;
    std::string text = json.substr(0, section.bytes);
    text.resize(section.bytes, ' ');
    changed.bytes.replace(section.offset, section.bytes, text);
    changed.sign();
    EXPECT_NE(refusal(changed.bytes), "") << json.substr(0, 20);
  }
  // A metric too many: columns that are not there.
  RawFile changed = file;
  std::string json = changed.bytes.substr(section.offset, section.bytes);
  const std::size_t metrics = json.find("\"length\"");
  ASSERT_NE(metrics, std::string::npos);
  json.replace(metrics, 8, "\"l\",\"m\" ");
  changed.bytes.replace(section.offset, section.bytes, json);
  changed.sign();
  EXPECT_NE(refusal(changed.bytes), "");
}

}  // namespace
}  // namespace maillage
