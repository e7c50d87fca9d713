#include "maps/lonlat_converter.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/support/ascii_territory.hpp"

namespace maillage {
namespace {

Planes planes_by(const double from_source, const double from_plane) {
  const auto shift = [](const double longitude) {
    return [longitude](const std::span<Point> positions) {
      for (Point& position : positions) {
        position.x += longitude;
      }
    };
  };
  Planes planes;
  planes.source_to_lonlat = shift(from_source);
  planes.plane_to_lonlat = shift(from_plane);
  return planes;
}

TEST(LonLatConverter, GivesContourVerticesTheirSourcePosition) {
  Territory territory = test::draw_territory({"AB"});
  for (Point& vertex : territory.source_contours.vertices) {
    vertex.y += 7;  // the source plane differs from the territory's
  }
  const Planes planes = planes_by(100, 200);
  const LonLatConverter converter{territory, planes};
  std::vector<Point> positions{{0, 0}, {1'000, 1'000}, {500, 0}, {-0.0, 0}};
  converter.convert(std::span<Point>{positions});
  EXPECT_EQ(positions, (std::vector<Point>{{100, 7}, {1'100, 1'007}, {700, 0}, {100, 7}}));
  EXPECT_EQ(converter.contours().vertices.front(), (Point{100, 7}));
}

TEST(LonLatConverter, KeepsTheShapeOfAreasAndLines) {
  const Territory territory = test::draw_territory({"AB"});
  const Planes planes = planes_by(1, 2);
  const LonLatConverter converter{territory, planes};
  EXPECT_EQ(converter.convert(territory.contours), converter.contours());
  LineSet lines;
  lines.vertices = {{0, 0}, {5, 5}};
  lines.end_line();
  lines.end_feature();
  const LineSet converted = converter.convert(lines);
  EXPECT_EQ(converted.line_first, lines.line_first);
  EXPECT_EQ(converted.vertices, (std::vector<Point>{{1, 0}, {7, 5}}));
}

TEST(LonLatConverter, NeedsTheWaysToDegreesAndMatchingContours) {
  Territory territory = test::draw_territory({"AB"});
  EXPECT_THROW((LonLatConverter{territory, Planes{}}), ArgumentError);
  territory.source_contours = AreaSet{};
  EXPECT_THROW((LonLatConverter{territory, planes_by(0, 0)}), ArgumentError);
}

}  // namespace
}  // namespace maillage
