#include <gtest/gtest.h>

#include <string>

#include "adapters/publish/quality_report.hpp"

namespace maillage {
namespace {

TEST(ReasonLabels, AreInWordsForEveryReasonOfRoadsAndPlaces) {
  for (const std::string reason : {"bad_geometry",
                                   "bad_speed",
                                   "duplicate_way",
                                   "ferry_duration_not_believed",
                                   "maxspeed_far_from_class",
                                   "maxspeed_not_believed",
                                   "maxspeed_unreadable",
                                   "no_length",
                                   "no_line",
                                   "no_position",
                                   "not_a_length",
                                   "not_near_a_road",
                                   "repeated_key",
                                   "repeated_pair",
                                   "restriction_ambiguous",
                                   "restriction_member_of_wrong_type",
                                   "restriction_members_apart",
                                   "restriction_of_unknown_kind",
                                   "restriction_way_missing",
                                   "restriction_with_several_members",
                                   "restriction_with_several_vias",
                                   "restriction_without_from",
                                   "restriction_without_to",
                                   "restriction_without_via",
                                   "road_too_long",
                                   "unknown_access",
                                   "unknown_access_value",
                                   "unknown_direction",
                                   "unknown_node",
                                   "unknown_road_class",
                                   "way_cut_at_border",
                                   "way_of_one_node",
                                   "way_without_nodes"}) {
    const Text label = reason_label(reason);
    EXPECT_NE(label.french, reason);
    EXPECT_NE(label.english, reason);
    EXPECT_NE(label.french, label.english);
  }
}

TEST(ReasonLabels, GiveBackAReasonThatNobodyKnows) {
  EXPECT_EQ(reason_label("never_heard_of").french, "never_heard_of");
}

}  // namespace
}  // namespace maillage
