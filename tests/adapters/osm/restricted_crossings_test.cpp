#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

#include "adapters/config/travel_profiles.hpp"
#include "adapters/osm/read_osm_roads.hpp"
#include "engine/network/road_path.hpp"
#include "engine/network/scenario.hpp"
#include "tests/support/road_oracle.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;
using testing::RoadOracle;
using testing::SearchableRoads;

RoadNetwork without_restrictions(const RoadNetwork& network) {
  RoadNetwork free = apply_scenario(network, {});
  free.restriction_first = std::vector<std::uint64_t>{0};
  free.restriction_arcs = std::vector<std::uint32_t>{};
  free.restriction_mandatory = std::vector<std::uint8_t>{};
  validate(free);
  return free;
}

/// The streets of Milan as they are signed, and as they would be without a sign.
class RestrictedCrossingsRealData : public ::testing::Test {
 protected:
  void SetUp() override {
    const fs::path file = fs::path{MAILLAGE_SHARED_DATA} / "osm/milan_italy_small.otp.osm.pbf";
    if (!fs::exists(file)) {
      GTEST_SKIP() << file << " is not there";
    }
    signed_ = std::make_unique<SearchableRoads>(read_osm_roads(file, builtin_travel_profile("car")).parts);
    free_ = std::make_unique<SearchableRoads>(without_restrictions(signed_->network));
  }
  /// A place halfway along the road of an arc.
  [[nodiscard]] static Snap halfway(const std::uint32_t arc) {
    return {.road = road_of(ArcIndex{std::size_t{arc}}), .fraction = 0.5};
  }
  [[nodiscard]] static bool drives(const RoadPath& path, const std::span<const std::uint32_t> sequence) {
    return std::search(path.arcs.begin(), path.arcs.end(), sequence.begin(), sequence.end(),
                       [](const ArcIndex a, const std::uint32_t b) { return a.value() == b; }) != path.arcs.end();
  }
  std::unique_ptr<SearchableRoads> signed_;
  std::unique_ptr<SearchableRoads> free_;
};

struct Tally {
  std::size_t tried = 0;
  std::size_t longer = 0;
  std::size_t impossible = 0;
};

TEST_F(RestrictedCrossingsRealData, CostMoreThanTheTurnsTheyForbid) {
  const RoadOracle rules(signed_->network);
  Tally over_node;
  Tally over_way;
  for (std::size_t k = 0; k < signed_->network.restrictions(); ++k) {
    const auto sequence = signed_->network.restriction(k);
    if (signed_->network.restriction_mandatory[k] != 0) {
      continue;
    }
    const Snap from = halfway(sequence.front());
    const Snap to = halfway(sequence.back());
    const auto free = find_road_path(free_->model(), from, to);
    ASSERT_TRUE(free.has_value());
    if (!drives(*free, sequence)) {
      continue;  // nobody would turn there
    }
    Tally& tally = sequence.size() == 2 ? over_node : over_way;
    ++tally.tried;
    EXPECT_FALSE(rules.may_drive(free->arcs));
    const auto held = find_road_path(signed_->model(), from, to);
    if (!held) {
      ++tally.impossible;
      continue;
    }
    EXPECT_FALSE(drives(*held, sequence)) << "restriction " << k;
    EXPECT_TRUE(rules.may_drive(held->arcs)) << "restriction " << k;
    EXPECT_GE(held->weight, free->weight) << "restriction " << k;
    tally.longer += held->weight > free->weight ? 1 : 0;
  }
  RecordProperty("over_node", static_cast<int>(over_node.tried));
  RecordProperty("over_node_longer", static_cast<int>(over_node.longer));
  RecordProperty("over_node_impossible", static_cast<int>(over_node.impossible));
  RecordProperty("over_way", static_cast<int>(over_way.tried));
  RecordProperty("over_way_longer", static_cast<int>(over_way.longer));
  EXPECT_EQ(over_node.longer + over_node.impossible, over_node.tried);
  EXPECT_EQ(over_way.longer + over_way.impossible, over_way.tried);
  EXPECT_GT(over_node.longer, 150U);
  EXPECT_GT(over_way.longer, 3U);
}

/// Found on the map of the time: ways in the order they must not be driven.
TEST_F(RestrictedCrossingsRealData, HoldAtKnownPlaces) {
  const std::vector<std::vector<std::int64_t>> known{{187000332, 129495550},
                                                     {193999639, 238131687},
                                                     {266131808, 36951941, 36951939},
                                                     {283108112, 4875789, 266881236, 52707109}};
  for (const std::vector<std::int64_t>& ways : known) {
    bool found = false;
    for (std::size_t k = 0; k < signed_->network.restrictions() && !found; ++k) {
      const auto sequence = signed_->network.restriction(k);
      found = std::equal(
          sequence.begin(), sequence.end(), ways.begin(), ways.end(),
          [&](const std::uint32_t arc, const std::int64_t way) { return signed_->network.roads[arc / 2].source_id == way; });
      if (found) {
        const auto free = find_road_path(free_->model(), halfway(sequence.front()), halfway(sequence.back()));
        const auto held = find_road_path(signed_->model(), halfway(sequence.front()), halfway(sequence.back()));
        ASSERT_TRUE(free && held);
        EXPECT_TRUE(drives(*free, sequence));
        EXPECT_FALSE(drives(*held, sequence));
        EXPECT_GT(held->weight, free->weight);
        EXPECT_GT(held->length_cm, free->length_cm) << "round the block";
      }
    }
    EXPECT_TRUE(found) << "way " << ways.front();
  }
}

TEST_F(RestrictedCrossingsRealData, AllowNothingButTheMandatoryTurn) {
  const RoadOracle rules(signed_->network);
  std::size_t longer = 0;
  for (std::size_t k = 0; k < signed_->network.restrictions(); ++k) {
    const auto sequence = signed_->network.restriction(k);
    if (signed_->network.restriction_mandatory[k] == 0 || sequence.size() != 2) {
      continue;
    }
    for (std::uint32_t arc = 0; arc < 2 * signed_->network.roads.size(); ++arc) {
      const ArcIndex index{std::size_t{arc}};
      if (signed_->network.tail(index) != signed_->network.head(ArcIndex{std::size_t{sequence[0]}}) ||
          signed_->network.time_ms(index) == kClosed || arc == sequence[1] || arc / 2 == sequence[0] / 2) {
        continue;
      }
      const auto free = find_road_path(free_->model(), halfway(sequence[0]), halfway(arc));
      const auto held = find_road_path(signed_->model(), halfway(sequence[0]), halfway(arc));
      const std::vector<std::uint32_t> turn{sequence[0], arc};
      if (held && free && drives(*free, turn)) {
        EXPECT_FALSE(drives(*held, turn));
        EXPECT_TRUE(rules.may_drive(held->arcs));
        longer += held->weight > free->weight ? 1 : 0;
      }
    }
  }
  RecordProperty("longer", static_cast<int>(longer));
  EXPECT_GT(longer, 100U);
}

TEST_F(RestrictedCrossingsRealData, NeverShortenATrip) {
  const std::vector<Snap> places = testing::random_snaps(signed_->network, 1, 300);
  const auto held = testing::road_table(signed_->model(), places, places);
  const auto free = testing::road_table(free_->model(), places, places);
  std::size_t shorter = 0;
  std::size_t longer = 0;
  for (std::size_t k = 0; k < held.size(); ++k) {
    shorter += held[k] < free[k] ? 1 : 0;
    longer += held[k] > free[k] ? 1 : 0;
  }
  EXPECT_EQ(shorter, 0U);
  RecordProperty("longer", static_cast<int>(longer));
  EXPECT_GT(longer, held.size() / 10) << "signs cost many trips something";
}

}  // namespace
}  // namespace maillage
