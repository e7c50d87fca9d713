#include "adapters/proj/default_plane.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(DefaultPlane, IsTheLegalSystemInFrance) {
  EXPECT_EQ(default_plane({2.0, 48.8, 2.2, 49.0}), "EPSG:2154");
  EXPECT_EQ(default_plane({-61.9, 15.8, -61.0, 16.6}), "EPSG:5490");
  EXPECT_EQ(default_plane({55.2, -21.4, 55.9, -20.8}), "EPSG:2975");
}

TEST(DefaultPlane, IsTheUtmZoneOfTheMiddleElsewhere) {
  EXPECT_EQ(default_plane({24.8, 60.1, 25.0, 60.2}), "EPSG:32635");
  EXPECT_EQ(default_plane({-51.4, -30.2, -51.0, -29.9}), "EPSG:32722");
}

TEST(DefaultPlane, RefusesWhatIsNotInDegrees) {
  EXPECT_THROW((void)default_plane({652000, 6860000, 653000, 6870000}), InputError);
  EXPECT_THROW((void)default_plane(Box{}), InputError);
}

}  // namespace
}  // namespace maillage
