#include "engine/core/closest_name.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

TEST(ClosestName, CountsEditsAndTranspositions) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("region", "regoin"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

TEST(ClosestName, SuggestsTheNearestAndNothingFar) {
  const std::vector<std::string> keys{"region", "departement", "epci", "communes"};
  EXPECT_EQ(closest_names("regoin", keys), (std::vector<std::string>{"region"}));
  EXPECT_EQ(closest_names("dep", keys), (std::vector<std::string>{"departement"}));
  EXPECT_TRUE(closest_names("zzzzzz", keys).empty());
}

}  // namespace
}  // namespace maillage
