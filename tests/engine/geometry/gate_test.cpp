#include "engine/geometry/gate.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>
#include <set>

#include "engine/core/parallel.hpp"
#include "tests/support/geojson_areas.hpp"

namespace maillage {
namespace {

using Ring = std::vector<Point>;

/// One area per element, each a list of polygons, each a list of rings.
AreaSet areas_of(const std::vector<std::vector<std::vector<Ring>>>& areas) {
  AreaSet set;
  for (const auto& area : areas) {
    for (const auto& polygon : area) {
      for (const auto& ring : polygon) {
        set.add_ring(ring);
      }
      set.end_polygon();
    }
    set.end_area();
  }
  return set;
}

const Ring kSquare{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};
const Ring kHole{{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}};

std::vector<std::string> reasons(const std::vector<GateNote>& notes) {
  std::vector<std::string> found;
  for (const GateNote& note : notes) {
    found.push_back(note.reason);
  }
  return found;
}

TEST(Gate, LeavesValidAreasAsTheyAre) {
  const AreaSet areas = areas_of({{{kSquare, kHole}}, {}, {{{{10, 0}, {11, 0}, {10, 1}, {10, 0}}}}});
  const GatedAreas gated = pass_gate(areas);
  EXPECT_EQ(gated.areas, areas);
  EXPECT_TRUE(gated.repairs.empty());
  EXPECT_TRUE(gated.rejections.empty());
}

TEST(Gate, TurnsRingsWithoutAWord) {
  const Ring clockwise(kSquare.rbegin(), kSquare.rend());
  const GatedAreas gated = pass_gate(areas_of({{{clockwise, Ring(kHole.rbegin(), kHole.rend())}}}));
  EXPECT_EQ(gated.areas, areas_of({{{kSquare, kHole}}}));
  EXPECT_TRUE(gated.repairs.empty());
}

TEST(Gate, ClosesCleansAndLeavesEmptyPartsOut) {
  const GatedAreas gated =
      pass_gate(areas_of({{{}, {{{0, 0}, {4, 0}, {4, 0}, {4, 4}, {0, 4}}, {}, {{1, 1}, {2, 2}, {1, 1}}}, {{}}}}));
  EXPECT_EQ(gated.areas, areas_of({{{kSquare}}}));
  EXPECT_EQ(reasons(gated.repairs),
            (std::vector<std::string>{"empty_part", "ring_not_closed", "repeated_vertices", "degenerate_ring"}));
  EXPECT_EQ(gated.repairs.front().detail, "3");
}

TEST(Gate, RefusesWhatHasNoPlace) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const GatedAreas gated = pass_gate(areas_of({{{{{0, 0}, {nan, 0}, {1, 1}, {0, 0}}}},
                                               {{{{0, 0}, {1, infinity}, {1, 1}, {0, 0}}}},
                                               {{{{0, 0}, {1e300, 0}, {1, 1}, {0, 0}}}},
                                               {{{{0, 0}, {1, 0}, {0, 0}}}},
                                               {{{{0, 0}, {1, 0}, {2, 0}, {0, 0}}}},
                                               {{{}}},
                                               {{kSquare}}}));
  EXPECT_EQ(reasons(gated.rejections),
            (std::vector<std::string>{"non_finite_coordinate", "non_finite_coordinate", "coordinate_out_of_range",
                                      "no_area_left", "no_area_left", "no_area_left"}));
  ASSERT_EQ(gated.areas.areas(), 7U);
  EXPECT_EQ(gated.areas.polygons(), 1U);
  EXPECT_EQ(surface(gated.areas, AreaIndex{std::size_t{6}}), 16);
}

TEST(Gate, RebuildsWhatCrossesItself) {
  const Ring bow{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}};
  const Ring outside_hole{{8, 8}, {9, 8}, {9, 9}, {8, 9}, {8, 8}};
  const Ring overlap{{2, 2}, {6, 2}, {6, 6}, {2, 6}, {2, 2}};
  const GatedAreas gated =
      pass_gate(areas_of({{{bow}}, {{kSquare}, {overlap}}, {{kSquare, outside_hole}}, {{kSquare, kSquare}, {overlap}}}));
  EXPECT_EQ(gated.repairs.size(), 4U);
  for (const GateNote& repair : gated.repairs) {
    EXPECT_EQ(repair.reason, "invalid_geometry");
    EXPECT_FALSE(repair.detail.empty());
  }
  EXPECT_DOUBLE_EQ(surface(gated.areas, AreaIndex{std::size_t{0}}), 2);
  EXPECT_DOUBLE_EQ(surface(gated.areas, AreaIndex{std::size_t{1}}), 28);
  const GatedAreas again = pass_gate(gated.areas);
  EXPECT_EQ(again.areas, gated.areas);
  EXPECT_TRUE(again.repairs.empty());
}

TEST(Gate, GivesTheSameOnAnyNumberOfThreads) {
  AreaSet areas;
  for (int i = 0; i < 2'000; ++i) {
    const double x = i * 10;
    const Ring bow{{x, 0}, {x + 2, 2}, {x + 2, 0}, {x, 2}, {x, 0}};
    const Ring square{{x, 0}, {x, 3}, {x + 3, 3}, {x + 3, 0}, {x, 0}};
    areas.add_ring(i % 7 == 0 ? bow : square);
    areas.end_polygon();
    areas.end_area();
  }
  const GatedAreas many = pass_gate(areas);
  const ThreadLimit one{1};
  const GatedAreas single = pass_gate(areas);
  EXPECT_EQ(single.areas, many.areas);
  EXPECT_EQ(reasons(single.repairs), reasons(many.repairs));
  EXPECT_EQ(single.repairs.size(), 286U);
}

TEST(GateRealData, FindsTheOneInvalidCommuneOfFrance) {
  const std::filesystem::path data{MAILLAGE_SHARED_DATA};
  if (!std::filesystem::exists(data)) {
    GTEST_SKIP() << "no shared data at " << data;
  }
  const auto france = testing::read_metropolitan_communes(data);
  const auto start = std::chrono::steady_clock::now();
  const GatedAreas gated = pass_gate(france.areas);
  RecordProperty(
      "milliseconds",
      static_cast<int>(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count()));
  EXPECT_TRUE(gated.rejections.empty());
  std::set<std::string> invalid;
  for (const GateNote& repair : gated.repairs) {
    if (repair.reason == "invalid_geometry") {
      invalid.insert(france.codes[repair.area.value()]);
    }
  }
  EXPECT_EQ(invalid, std::set<std::string>{"14174"});
  AreaSet oriented = france.areas;
  orient_rings(oriented);
  std::size_t changed = 0;
  for (std::size_t area = 0; area < oriented.areas(); ++area) {
    AreaSet before;
    before.add_area(oriented, AreaIndex{area});
    AreaSet after;
    after.add_area(gated.areas, AreaIndex{area});
    changed += before == after ? 0 : 1;
  }
  EXPECT_LE(changed, gated.repairs.size());
}

}  // namespace
}  // namespace maillage
