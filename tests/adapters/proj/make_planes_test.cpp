#include "adapters/proj/make_planes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>
#include <vector>

#include "adapters/builtin/builtin_france.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

const CoordinateSystem kDegrees{.definition = "OGC:CRS84", .geographic = true};

Box around(const double longitude, const double latitude, const double half = 0.2) {
  return {longitude - half, latitude - half, longitude + half, latitude + half};
}

Point converted(const Conversion& conversion, const Point& position) {
  std::vector<Point> points{position};
  conversion(points);
  return points.front();
}

struct Golden {
  const char* plane;
  Point degrees;
  Point metres;  // by cs2cs (PROJ 9.1): echo '3.0573 50.6292' | cs2cs -f %.4f OGC:CRS84 EPSG:2154
};

class LegalPlanes : public ::testing::TestWithParam<Golden> {};

TEST_P(LegalPlanes, AreChosenByPlaceAndGiveTheKnownMetres) {
  const Golden& golden = GetParam();
  const Planes planes = make_planes(kDegrees, around(golden.degrees.x, golden.degrees.y, 0.01));
  EXPECT_EQ(planes.plane, golden.plane);
  const Point metres = converted(planes.source_to_plane, golden.degrees);
  EXPECT_NEAR(metres.x, golden.metres.x, 0.001);
  EXPECT_NEAR(metres.y, golden.metres.y, 0.001);
  const Point back = converted(planes.plane_to_lonlat, metres);
  EXPECT_LT(std::hypot(back.x - golden.degrees.x, back.y - golden.degrees.y) * 111'320, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    France, LegalPlanes,
    ::testing::Values(Golden{"EPSG:2154", {3.0573, 50.6292}, {704'061.1459, 7'059'136.5895}},
                      Golden{"EPSG:2975", {55.4504, -20.8789}, {338'807.6094, 7'690'477.7454}},
                      Golden{"EPSG:5490", {-61.5340, 16.2411}, {656'674.6945, 1'796'165.4870}},
                      Golden{"EPSG:2972", {-52.3135, 4.9224}, {354'363.1555, 544'229.7815}},
                      Golden{"EPSG:4471", {45.2279, -12.7806}, {524'735.3747, 8'587'115.8115}},
                      Golden{"EPSG:4467", {-56.1773, 46.7811}, {562'801.1017, 5'181'167.5970}},
                      Golden{"EPSG:32738", {47.5236, -18.9100}, {765'819.4595, 7'907'232.7458}},    // Antananarivo
                      Golden{"EPSG:32738", {43.2551, -11.7022}, {309'818.6567, 8'705'788.6598}},    // Moroni
                      Golden{"EPSG:32738", {44.4406, -12.2155}, {439'152.1393, 8'649'553.7602}}));  // Mutsamudu

TEST(MakePlanes, LegalSystemsServeTheirAreasOfUse) {
  for (const std::string legal : {"EPSG:2154", "EPSG:5490", "EPSG:2972", "EPSG:2975", "EPSG:4471", "EPSG:4467"}) {
    Box area = area_of_use(legal).value();
    if (legal == "EPSG:4471") {
      area.min_x = 44.7;  // the Comoros are not French
    } else if (legal == "EPSG:2972") {
      area.min_x = -54.61;  // EPSG's box leaves out the west of Guyane
      area.min_y = 2.11;
    }
    for (const double x : {area.min_x, area.max_x}) {
      for (const double y : {area.min_y, area.max_y}) {
        const double inward_x = x == area.min_x ? 0.005 : -0.005;
        const double inward_y = y == area.min_y ? 0.005 : -0.005;
        EXPECT_EQ(make_planes(kDegrees, around(x + inward_x, y + inward_y, 0.001)).plane, legal);
        EXPECT_TRUE(make_planes(kDegrees, around(x - inward_x, y + inward_y, 0.001)).plane.starts_with("EPSG:32"))
            << legal << ' ' << x << ' ' << y;
        EXPECT_TRUE(make_planes(kDegrees, around(x + inward_x, y - inward_y, 0.001)).plane.starts_with("EPSG:32"))
            << legal << ' ' << x << ' ' << y;
      }
    }
  }
}

TEST(MakePlanes, GivesEveryOverseasCommuneItsLegalSystem) {
  const std::vector<std::pair<std::string, std::string>> legal{
      {"971", "EPSG:5490"}, {"972", "EPSG:5490"}, {"973", "EPSG:2972"}, {"974", "EPSG:2975"}, {"976", "EPSG:4471"}};
  for (const auto& [departement, plane] : legal) {
    const TerritorySource source = builtin_france({.departements = {departement}});
    std::vector<Box> extents;
    for (std::size_t area = 0; area < source.contours.areas(); ++area) {
      extents.push_back(bounding_box(source.contours, AreaIndex{area}));
    }
    const Box all = bounding_box(source.contours);
    for (const Point& corner : {Point{all.min_x, all.min_y}, Point{all.max_x, all.max_y}}) {
      EXPECT_EQ(make_planes(kDegrees, around(corner.x, corner.y, 1e-6)).plane, plane) << departement;
    }
    EXPECT_GE(extents.size(), 17U);
    EXPECT_EQ(make_planes(kDegrees, extents).plane, plane);
  }
}

TEST(MakePlanes, FollowsTheNationalGeographicInstitute) {
  // IGNF:LAMBE 600000 2600545.4523 -> 652760.737 7033791.243 (PROJ's test_cs2cs_ignf.yaml, values of the IGN itself).
  const Point metres =
      converted(make_conversion(describe_crs("EPSG:27572"), describe_crs("EPSG:2154")), {600'000, 2'600'545.4523});
  EXPECT_NEAR(metres.x, 652'760.737, 0.05);  // by the NTF grid that PROJ's data carry; without it, off by half a metre
  EXPECT_NEAR(metres.y, 7'033'791.243, 0.05);
}

TEST(MakePlanes, KeepsAMetricSource) {
  const Planes planes = make_planes(describe_crs("EPSG:3945"), Box{1'600'000, 4'100'000, 1'700'000, 4'200'000});
  EXPECT_EQ(planes.plane, "EPSG:3945");
  EXPECT_EQ(converted(planes.source_to_plane, {1'650'000.125, 4'150'000.5}), (Point{1'650'000.125, 4'150'000.5}));
}

TEST(MakePlanes, DoesNotMeasureInMercator) {
  EXPECT_EQ(make_planes(describe_crs("EPSG:3857"), Box{330'000, 6'550'000, 350'000, 6'560'000}).plane, "EPSG:2154");
  EXPECT_THROW((void)make_planes(kDegrees, around(3, 50), "EPSG:3857"), InputError);
}

TEST(MakePlanes, TakesAUtmZoneElsewhere) {
  EXPECT_EQ(make_planes(kDegrees, around(28.98, 41.01)).plane, "EPSG:32635");    // Istanbul
  EXPECT_EQ(make_planes(kDegrees, around(-51.23, -30.03)).plane, "EPSG:32722");  // Porto Alegre
}

TEST(MakePlanes, WantedPlaneWinsOrIsRefused) {
  EXPECT_EQ(make_planes(kDegrees, around(3, 50), "EPSG:3950").plane, "EPSG:3950");
  for (const char* wanted : {"EPSG:4326", "EPSG:2263", "EPSG:2975", "EPSG:4978", "nonsense"}) {
    EXPECT_THROW((void)make_planes(kDegrees, around(3, 50), wanted), InputError) << wanted;
  }
  EXPECT_THROW((void)make_planes(kDegrees, around(-56.2, 46.8), "EPSG:2154"), InputError);  // looks right (9,991 m), is not
}

TEST(MakePlanes, LaysOverseasFarFromTheMetropolis) {
  const std::vector<Box> extents{around(3, 50), around(-61.5, 16.2), around(-53, 4), around(55.5, -21.1),
                                 around(45.2, -12.8)};
  const Planes planes = make_planes(kDegrees, extents);
  EXPECT_EQ(planes.plane,
            "EPSG:2154 + EPSG:5490 (+20000 km) + EPSG:2972 (+40000 km) + EPSG:2975 (+60000 km) + EPSG:4471 (+80000 km)");
  std::vector<Point> points;
  for (const Box& extent : extents) {
    points.push_back({extent.min_x, extent.min_y});
  }
  const std::vector<Point> degrees = points;
  planes.source_to_plane(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_GT(distance_m(points[i], points[j]), 5e6);
    }
  }
  const Point alone = converted(make_planes(kDegrees, extents[3]).source_to_plane, degrees[3]);
  EXPECT_NEAR(points[3].x - 60e6, alone.x, 1e-7);
  EXPECT_NEAR(points[3].y, alone.y, 1e-9);
  planes.plane_to_lonlat(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_LT(std::hypot(points[i].x - degrees[i].x, points[i].y - degrees[i].y) * 111'320, 1e-6);
  }
}

TEST(MakePlanes, GivesNoPositionForNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Planes& planes :
       {make_planes(kDegrees, around(3, 50)), make_planes(kDegrees, std::vector<Box>{around(3, 50), around(55.5, -21)})}) {
    for (const Point& bad :
         {Point{nan, 50}, Point{3, nan}, Point{3, std::numeric_limits<double>::infinity()}, Point{3, 1e30}}) {
      std::vector<Point> points{{3, 50}, bad, {3, 50}};
      planes.source_to_plane(points);
      EXPECT_FALSE(std::isfinite(points[1].x) || std::isfinite(points[1].y)) << bad.x << ' ' << bad.y;
      EXPECT_EQ(points[0], points[2]);
      EXPECT_NEAR(points[0].x, 700'000, 1e-6);
    }
  }
}

TEST(MakePlanes, RefusesContoursThatCannotBeThere) {
  EXPECT_THROW((void)make_planes(kDegrees, Box{700'000, 6'500'000, 800'000, 6'600'000}),
               InputError);  // metres said to be degrees
  EXPECT_THROW((void)make_planes(kDegrees, Box{}), InputError);
}

TEST(Conversion, MayBeUsedByManyThreads) {
  const Conversion conversion = make_conversion(kDegrees, describe_crs("EPSG:2154"));
  std::vector<Point> expected;
  for (int i = 0; i < 50'000; ++i) {
    expected.push_back({-4 + i * 2e-4, 43 + i * 1e-4});
  }
  const std::vector<Point> degrees = expected;
  conversion(expected);
  std::vector<std::vector<Point>> results(4, degrees);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&conversion, &result] { conversion(result); });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  for (const auto& result : results) {
    EXPECT_EQ(result, expected);
  }
}

TEST(DescribeCrs, NormalisesNames) {
  EXPECT_EQ(describe_crs("EPSG:2154"), (CoordinateSystem{.definition = "EPSG:2154", .geographic = false}));
  EXPECT_EQ(describe_crs("urn:ogc:def:crs:EPSG::2154").definition, "EPSG:2154");
  EXPECT_TRUE(describe_crs("EPSG:4326").geographic);
  EXPECT_TRUE(describe_crs("urn:ogc:def:crs:OGC:1.3:CRS84").geographic);
  const char* esri =
      "PROJCS[\"RGF93_Lambert_93\",GEOGCS[\"GCS_RGF_1993\",DATUM[\"D_RGF_1993\",SPHEROID[\"GRS_1980\",6378137.0,298."
      "257222101]],"
      "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Lambert_Conformal_Conic\"],"
      "PARAMETER[\"False_Easting\",700000.0],PARAMETER[\"False_Northing\",6600000.0],PARAMETER[\"Central_Meridian\",3.0],"
      "PARAMETER[\"Standard_Parallel_1\",49.0],PARAMETER[\"Standard_Parallel_2\",44.0],PARAMETER[\"Latitude_Of_Origin\",46."
      "5],"
      "UNIT[\"Meter\",1.0]]";
  EXPECT_EQ(describe_crs(esri).definition, "EPSG:2154");
}

TEST(DescribeCrs, RefusesWhatIsNoPlaneNorDegrees) {
  for (const std::string& text :
       {std::string{}, std::string{"EPSG:999999"}, std::string{"EPSG:4978"}, std::string{"EPSG:5773"},
        std::string{"+proj=pipeline +step +proj=merc"}, std::string{"http://example.org/crs"}, std::string(100'000, 'x'),
        std::string{"EPSG:2154\0x", 11}}) {
    EXPECT_THROW((void)describe_crs(text), InputError) << text.substr(0, 40);
  }
}

TEST(ScaleFactorRange, TellsDunkerqueFromParis) {
  EXPECT_NEAR(scale_factor_range("EPSG:2154", Box{2.377, 51.034, 2.377, 51.034}).greatest * 10'000, 10'022, 1);
  EXPECT_NEAR(scale_factor_range("EPSG:2154", Box{2.35, 48.85, 2.35, 48.85}).least * 10'000, 9'999, 1);
}

}  // namespace
}  // namespace maillage
