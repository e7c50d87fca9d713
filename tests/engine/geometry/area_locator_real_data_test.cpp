#include <geos_c.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "engine/geometry/area_locator.hpp"
#include "engine/geometry/equal_edges.hpp"
#include "engine/geometry/locate_points.hpp"
#include "tests/support/geojson_areas.hpp"
#include "tests/support/random_areas.hpp"

namespace maillage {
namespace {

class LocatorRealData : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(std::filesystem::path(MAILLAGE_SHARED_DATA) / "communes-2018")) {
      GTEST_SKIP() << "no communes-2018 in " << MAILLAGE_SHARED_DATA;
    }
    france_ = testing::read_metropolitan_communes(MAILLAGE_SHARED_DATA).areas;
  }
  AreaSet france_;
};

/// GEOS's answer: location of the point in each area whose box holds it.
class GeosOracle {
 public:
  explicit GeosOracle(const AreaSet& areas) : context_(GEOS_init_r()) {
    for (std::size_t area = 0; area < areas.areas(); ++area) {
      std::vector<GEOSGeometry*> polygons;
      for (std::size_t p = areas.area_first[area]; p < areas.area_first[area + 1]; ++p) {
        const auto range = areas.rings_of_polygon(p);
        std::vector<GEOSGeometry*> rings;
        for (std::size_t r = range.first; r < range.last; ++r) {
          const auto ring = areas.ring(r);
          rings.push_back(GEOSGeom_createLinearRing_r(
              context_, GEOSCoordSeq_copyFromBuffer_r(context_, &ring.front().x, static_cast<unsigned>(ring.size()), 0, 0)));
        }
        polygons.push_back(
            GEOSGeom_createPolygon_r(context_, rings[0], rings.data() + 1, static_cast<unsigned>(rings.size() - 1)));
      }
      geometries_.push_back(
          GEOSGeom_createCollection_r(context_, GEOS_MULTIPOLYGON, polygons.data(), static_cast<unsigned>(polygons.size())));
      prepared_.push_back(GEOSPrepare_r(context_, geometries_.back()));
      boxes_.push_back(bounding_box(areas, AreaIndex{area}));
    }
  }
  ~GeosOracle() {
    for (std::size_t i = 0; i < geometries_.size(); ++i) {
      GEOSPreparedGeom_destroy_r(context_, prepared_[i]);
      GEOSGeom_destroy_r(context_, geometries_[i]);
    }
    GEOS_finish_r(context_);
  }
  GeosOracle(const GeosOracle&) = delete;
  GeosOracle& operator=(const GeosOracle&) = delete;

  struct Answer {
    std::vector<AreaIndex> within;
    std::vector<AreaIndex> touched;  // on the border of
  };
  Answer ask(const Point& p) const {
    Answer answer;
    GEOSGeometry* point = GEOSGeom_createPointFromXY_r(context_, p.x, p.y);
    for (std::size_t i = 0; i < geometries_.size(); ++i) {
      if (!boxes_[i].contains(p)) {
        continue;
      }
      if (GEOSPreparedContains_r(context_, prepared_[i], point) == 1) {
        answer.within.push_back(AreaIndex{i});
      } else if (GEOSPreparedIntersects_r(context_, prepared_[i], point) == 1) {
        answer.touched.push_back(AreaIndex{i});
      }
    }
    GEOSGeom_destroy_r(context_, point);
    return answer;
  }

 private:
  GEOSContextHandle_t context_;
  std::vector<GEOSGeometry*> geometries_;
  std::vector<const GEOSPreparedGeometry*> prepared_;
  std::vector<Box> boxes_;
};

TEST_F(LocatorRealData, GivesEachSharedVertexExactlyOneCommuneThatItBelongsTo) {
  // Overseas too: metropolitan France alone has 1,017,403.
  const AreaSet all = testing::read_communes_up_to(MAILLAGE_SHARED_DATA, "976").areas;
  ASSERT_EQ(all.areas(), 35'357U);
  const std::vector<std::uint32_t> area_of = area_of_vertices(all);
  std::vector<std::pair<Point, std::uint32_t>> uses;  // (vertex, area)
  for (std::size_t k = 0; k < all.vertices.size(); ++k) {
    uses.emplace_back(all.vertices[k], area_of[k]);
  }
  std::ranges::sort(uses);
  uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
  std::vector<Point> shared;
  std::vector<std::pair<std::size_t, std::size_t>> users;
  for (std::size_t begin = 0; begin < uses.size();) {
    std::size_t end = begin;
    while (end < uses.size() && uses[end].first == uses[begin].first) {
      ++end;
    }
    if (end - begin > 1) {
      shared.push_back(uses[begin].first);
      users.emplace_back(begin, end);
    }
    begin = end;
  }
  EXPECT_EQ(shared.size(), 1'026'129U) << "1,025,720 of them on exterior rings, the others around enclaves";
  const AreaLocator locator(all);
  const std::vector<AreaIndex> found = locate_points(all, shared);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const bool is_user = std::any_of(uses.begin() + static_cast<std::ptrdiff_t>(users[i].first),
                                     uses.begin() + static_cast<std::ptrdiff_t>(users[i].second),
                                     [&](const auto& use) { return AreaIndex{use.second} == found[i]; });
    wrong += is_user && found[i] == locator.locate(shared[i]) ? 0 : 1;
  }
  EXPECT_EQ(wrong, 0U);
  EXPECT_LT(locator.bytes(), 100'000'000U);
}

TEST_F(LocatorRealData, AgreesWithGeosOnAdversarialPoints) {
  const GeosOracle geos(france_);
  const AreaLocator locator(france_);
  const Box box = bounding_box(france_);
  std::mt19937_64 random(2018);
  std::uniform_real_distribution<double> x(box.min_x, box.max_x);
  std::uniform_real_distribution<double> y(box.min_y, box.max_y);
  std::size_t borders = 0;
  std::vector<Point> points;
  std::vector<AreaIndex> answers;
  for (int i = 0; i < 20'000; ++i) {
    const Point& vertex = france_.vertices[random() % (france_.vertices.size() - 1)];
    const Point& next = *(&vertex + 1);
    const Point& other = france_.vertices[random() % france_.vertices.size()];
    const Point choices[] = {
        {x(random), y(random)},
        vertex,
        {(vertex.x + next.x) / 2, (vertex.y + next.y) / 2},
        {vertex.x, other.y},                                                       // on the row and column of vertices
        {vertex.x + (next.x - vertex.x) * 2, vertex.y + (next.y - vertex.y) * 2},  // in line with an edge
        {vertex.x + 1e-7, vertex.y}};
    const Point p = choices[i % 6];
    const GeosOracle::Answer answer = geos.ask(p);
    const AreaIndex found = locator.locate(p);
    points.push_back(p);
    answers.push_back(found);
    ASSERT_EQ(locator.is_on_border(p), !answer.touched.empty());
    borders += answer.touched.empty() ? 0 : 1;
    if (answer.touched.empty()) {
      ASSERT_EQ(found, answer.within.empty() ? AreaIndex::none() : answer.within.front()) << p.x << " " << p.y;
    } else {
      ASSERT_TRUE(std::ranges::count(answer.touched, found) + std::ranges::count(answer.within, found) == 1)
          << p.x << " " << p.y;
    }
  }
  EXPECT_GT(borders, 3'000U);
  EXPECT_EQ(locate_points(france_, points), answers);
}

TEST_F(LocatorRealData, DoesNotDependOnTheDirectionOrStartOfRings) {
  AreaSet turned = france_;
  for (std::size_t ring = 0; ring < turned.rings(); ++ring) {
    std::vector<Point> vertices(turned.ring(ring).begin(), turned.ring(ring).end());
    vertices.pop_back();
    std::ranges::rotate(vertices, vertices.begin() + static_cast<std::ptrdiff_t>(vertices.size() / 3));
    std::ranges::reverse(vertices);
    vertices.push_back(vertices.front());
    std::ranges::copy(vertices, turned.vertices.begin() + turned.ring_first[ring]);
  }
  EXPECT_EQ(locate_points(turned, france_.vertices), locate_points(france_, france_.vertices));
}

}  // namespace
}  // namespace maillage
