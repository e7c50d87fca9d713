#include "engine/geometry/dissolve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <random>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/area_locator.hpp"
#include "engine/geometry/geos_overlay.hpp"
#include "engine/geometry/ring_assembly.hpp"
#include "tests/support/geojson_areas.hpp"
#include "tests/support/random_areas.hpp"

namespace maillage {
namespace {

using testing::add_polygon;
using testing::add_square;

std::vector<std::uint32_t> all_in_one(const AreaSet& areas) {
  return std::vector<std::uint32_t>(areas.areas(), 0);
}

TEST(Dissolve, CancelsInnerEdgesAndKeepsEveryOuterVertex) {
  const AreaSet areas = testing::unit_squares(3, 2);
  const Dissolved result = dissolve_groups(areas, all_in_one(areas), 1);
  EXPECT_TRUE(result.united_by_overlay.empty());
  ASSERT_EQ(result.areas.rings(), 1U);
  const std::vector<Point> expected{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {3, 1}, {3, 2}, {2, 2}, {1, 2}, {0, 2}, {0, 1}, {0, 0}};
  EXPECT_TRUE(std::ranges::equal(result.areas.ring(0), expected));
}

TEST(Dissolve, LeavesAHoleWhereAnAreaIsInAnotherGroup) {
  const AreaSet areas = testing::unit_squares(3, 3);
  std::vector<std::uint32_t> groups = all_in_one(areas);
  groups[4] = 1;
  const AreaSet result = dissolve(areas, groups, 3);
  ASSERT_EQ(result.areas(), 3U);
  EXPECT_EQ(result.polygons(), 2U);
  EXPECT_EQ(result.rings(), 3U);
  EXPECT_DOUBLE_EQ(surface(result, AreaIndex{0}), 8);
  EXPECT_LT(twice_signed_area(result.ring(1)), 0) << "holes run clockwise";
  EXPECT_DOUBLE_EQ(surface(result, AreaIndex{2}), 0) << "a group without areas is empty";
}

TEST(Dissolve, SkipsAreasInNoGroup) {
  const AreaSet areas = testing::unit_squares(2, 1);
  const AreaSet result = dissolve(areas, std::vector<std::uint32_t>{kNoGroup, 0}, 1);
  EXPECT_DOUBLE_EQ(surface(result, AreaIndex{0}), 1);
}

TEST(Dissolve, KeepsPartsThatTouchAtACornerApart) {
  // #.      .#
  // .#  and #.
  for (const auto& members : {std::pair{0U, 3U}, std::pair{1U, 2U}}) {
    const AreaSet areas = testing::unit_squares(2, 2);
    std::vector<std::uint32_t> groups(4, kNoGroup);
    groups[members.first] = groups[members.second] = 0;
    const Dissolved result = dissolve_groups(areas, groups, 1);
    EXPECT_TRUE(result.united_by_overlay.empty());
    EXPECT_EQ(result.areas.polygons(), 2U);
    EXPECT_EQ(result.areas.rings(), 2U);
  }
}

TEST(Dissolve, KeepsAHoleThatTouchesItsShellAtACornerAsAHole) {
  // #####        the hole in the middle touches the outside at one corner
  // #.###
  // ##.##   ->   the two holes touch each other at a corner
  // #####
  const AreaSet areas = testing::unit_squares(5, 4);
  std::vector<std::uint32_t> groups = all_in_one(areas);
  groups[11] = kNoGroup;
  groups[7] = kNoGroup;
  Dissolved result = dissolve_groups(areas, groups, 1);
  EXPECT_TRUE(result.united_by_overlay.empty());
  EXPECT_EQ(result.areas.polygons(), 1U);
  EXPECT_EQ(result.areas.rings(), 3U);
  groups = all_in_one(areas);
  groups[0] = kNoGroup;
  groups[6] = kNoGroup;
  result = dissolve_groups(areas, groups, 1);
  EXPECT_EQ(result.areas.polygons(), 1U);
  EXPECT_EQ(result.areas.rings(), 2U);
  EXPECT_DOUBLE_EQ(surface(result.areas, AreaIndex{0}), 18);
}

TEST(Dissolve, UnitesWhatIsNoCoverage) {
  AreaSet overlapping;
  add_square(overlapping, 0, 0, 2);
  add_square(overlapping, 1, 1, 2);
  AreaSet twice;
  add_square(twice, 0, 0, 2);
  add_square(twice, 0, 0, 2);
  AreaSet inside;
  add_square(inside, 0, 0, 4);
  add_square(inside, 1, 1, 1);
  AreaSet t_junction;
  add_square(t_junction, 0, 0, 2);
  add_square(t_junction, 2, 0, 1);
  AreaSet bow_tie;
  add_polygon(bow_tie, {{{0, 0}, {2, 2}, {2, 0}, {0, 2.5}}});
  bow_tie.end_area();
  struct Case {
    AreaSet* areas;
    double surface;
    std::size_t by_overlay;
  };
  // An area inside another crosses nothing: counting how often ground is covered is enough.
  for (const auto& [areas, expected, by_overlay] :
       {Case{&overlapping, 7, 1}, Case{&twice, 4, 1}, Case{&inside, 16, 0}, Case{&t_junction, 5, 1}}) {
    const Dissolved result = dissolve_groups(*areas, all_in_one(*areas), 1);
    EXPECT_EQ(result.united_by_overlay.size(), by_overlay);
    EXPECT_DOUBLE_EQ(surface(result.areas, AreaIndex{0}), expected);
    EXPECT_EQ(result.areas.polygons(), 1U);
  }
  const Dissolved result = dissolve_groups(bow_tie, all_in_one(bow_tie), 1);
  EXPECT_EQ(result.united_by_overlay.size(), 1U);
  EXPECT_GT(surface(result.areas, AreaIndex{0}), 0);
}

TEST(Dissolve, DoesNotDependOnOrderDirectionOrThreads) {
  const AreaSet areas = testing::unit_squares(12, 9);
  std::mt19937 random(4);
  std::vector<std::uint32_t> groups(areas.areas());
  for (std::uint32_t& group : groups) {
    group = static_cast<std::uint32_t>(random() % 4);
  }
  const AreaSet expected = dissolve(areas, groups, 4);
  std::vector<std::uint32_t> order(areas.areas());
  std::iota(order.begin(), order.end(), 0U);
  for (int round = 0; round < 10; ++round) {
    std::ranges::shuffle(order, random);
    AreaSet shuffled;
    std::vector<std::uint32_t> shuffled_groups;
    for (const std::uint32_t area : order) {
      shuffled.add_area(areas, AreaIndex{area});
      shuffled_groups.push_back(groups[area]);
      if (random() % 2 == 0) {
        std::reverse(shuffled.vertices.end() - 5, shuffled.vertices.end());
      }
    }
    const ThreadLimit limit(1 + static_cast<std::size_t>(round) % 2);
    ASSERT_EQ(dissolve(shuffled, shuffled_groups, 4), expected);
  }
}

TEST(Dissolve, CoversExactlyWhatItsMembersCover) {
  std::mt19937 random(9);
  for (int round = 0; round < 50; ++round) {
    const AreaSet areas = testing::unit_squares(8, 8);
    std::vector<std::uint32_t> groups(areas.areas());
    for (std::uint32_t& group : groups) {
      group = static_cast<std::uint32_t>(random() % 3);
    }
    const Dissolved result = dissolve_groups(areas, groups, 3);
    ASSERT_TRUE(result.united_by_overlay.empty());
    const AreaLocator whole(result.areas);
    for (std::uint32_t area = 0; area < 64; ++area) {
      ASSERT_EQ(whole.locate({area % 8 + 0.5, area / 8 + 0.5}), AreaIndex{groups[area]});
    }
    // The same rings GEOS finds: as many polygons and holes, the same surface.
    for (std::uint32_t group = 0; group < 3; ++group) {
      std::vector<std::uint32_t> members;
      for (std::uint32_t area = 0; area < 64; ++area) {
        if (groups[area] == group) {
          members.push_back(area);
        }
      }
      const AreaSet oracle = geos_union(areas, members);
      ASSERT_EQ(result.areas.area_first[group + 1] - result.areas.area_first[group], oracle.polygons());
      const auto range = result.areas.rings_of(AreaIndex{group});
      ASSERT_EQ(range.last - range.first, oracle.rings());
      ASSERT_DOUBLE_EQ(surface(result.areas, AreaIndex{group}), surface(oracle, AreaIndex{0}));
    }
  }
}

TEST(Dissolve, RefusesGroupsOutOfRange) {
  const AreaSet areas = testing::unit_squares(2, 1);
  EXPECT_THROW((void)dissolve(areas, std::vector<std::uint32_t>{0}, 1), ArgumentError);
  EXPECT_THROW((void)dissolve(areas, std::vector<std::uint32_t>{0, 1}, 1), ArgumentError);
}

TEST(RingAssembly, RefusesEdgesThatLeadNowhere) {
  EXPECT_FALSE(assemble_area({{{0, 0}, {1, 0}}, {{1, 0}, {1, 1}}}).has_value());
  EXPECT_FALSE(assemble_area({{{0, 0}, {0, 1}}, {{0, 1}, {1, 1}}, {{1, 1}, {0, 0}}}).has_value()) << "a hole in nothing";
  EXPECT_EQ(assemble_area({})->polygons(), 0U);
}

TEST(DissolveRealData, MakesTheDepartementsOfMetropolitanFrance) {
  if (!std::filesystem::exists(std::filesystem::path(MAILLAGE_SHARED_DATA) / "communes-2018")) {
    GTEST_SKIP() << "no communes-2018 in " << MAILLAGE_SHARED_DATA;
  }
  const testing::GeoJsonAreas france = testing::read_metropolitan_communes(MAILLAGE_SHARED_DATA);
  std::map<std::string, std::uint32_t> departements;
  for (const std::string& code : france.codes) {
    departements.emplace(code.substr(0, 2), 0);
  }
  std::uint32_t count = 0;
  for (auto& [code, group] : departements) {
    group = count++;
  }
  ASSERT_EQ(count, 96U);
  std::vector<std::uint32_t> groups;
  std::vector<double> expected(count, 0);
  for (std::size_t area = 0; area < france.areas.areas(); ++area) {
    groups.push_back(departements.at(france.codes[area].substr(0, 2)));
    expected[groups.back()] += surface(france.areas, AreaIndex{area});
  }
  const Dissolved result = dissolve_groups(france.areas, groups, count);
  for (std::uint32_t group = 0; group < count; ++group) {
    EXPECT_NEAR(surface(result.areas, AreaIndex{group}), expected[group], 1e-10) << group;
  }
  EXPECT_TRUE(result.united_by_overlay.empty());
}

}  // namespace
}  // namespace maillage
