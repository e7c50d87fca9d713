#include "engine/time/hours_tokens.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

TEST(HoursTokens, DashesWordsAndCommentsOfFrenchTexts) {
  const std::vector<HoursToken> tokens = hours_tokens("Août\u00a0– 9h30 à 12:00 et \"sur rdv\" ?");
  ASSERT_EQ(tokens.size(), 13U);
  EXPECT_EQ(tokens[0].text, "aout");
  EXPECT_EQ(tokens[1].text, "-");
  EXPECT_EQ(tokens[2].value, 9);
  EXPECT_EQ(tokens[3].text, "h");
  EXPECT_EQ(tokens[5].text, "-");
  EXPECT_EQ(tokens[9].text, ",");
  EXPECT_EQ(tokens[10].kind, HoursToken::Kind::comment);
  EXPECT_EQ(tokens[10].text, "sur rdv");
  EXPECT_EQ(tokens[11].kind, HoursToken::Kind::other);
  EXPECT_EQ(tokens[12].kind, HoursToken::Kind::end);
  EXPECT_EQ(hours_tokens("\"open").front().kind, HoursToken::Kind::other);
}

TEST(HoursTokens, ClockTimes) {
  const auto minutes = [](const char* text) { return clock_time(hours_tokens(text), 0).minutes; };
  EXPECT_EQ(minutes("09:00"), 540);
  EXPECT_EQ(minutes("9:05"), 545);
  EXPECT_EQ(minutes("9h"), 540);
  EXPECT_EQ(minutes("9H05"), 545);
  EXPECT_EQ(minutes("9 h 30"), 570);
  EXPECT_EQ(minutes("9h 10h"), 540);
  EXPECT_EQ(minutes("24:00"), 1'440);
  EXPECT_EQ(minutes("48:00"), 2'880);
  for (const char* wrong : {"48:01", "9:5", "9:60", "9:00:00", "9", "123:00", "h9", "", "9:"}) {
    EXPECT_EQ(minutes(wrong), -1) << wrong;
  }
}

TEST(HoursTokens, NamesOfDaysAndMonths) {
  EXPECT_EQ(weekday_named("mo"), 0);
  EXPECT_EQ(weekday_named("sunday"), 6);
  EXPECT_EQ(weekday_named("mercredi"), 2);
  EXPECT_EQ(weekday_named("m"), -1);
  EXPECT_EQ(month_named("jan"), 1);
  EXPECT_EQ(month_named("mar"), 3);
  EXPECT_EQ(month_named("mai"), 5);
  EXPECT_EQ(month_named("decembre"), 12);
  EXPECT_EQ(month_named("mardi"), -1);
}

TEST(HoursTokens, FragmentsEndBetweenCharacters) {
  EXPECT_EQ(hours_fragment("Mo x; Tu", 3), "x");
  EXPECT_EQ(hours_fragment("; Tu 9h; We", 0), "; Tu 9h");
  EXPECT_EQ(hours_fragment("abc", 9), "");
  EXPECT_EQ(hours_fragment(std::string(39, 'a').append("é"), 0), std::string(39, 'a'));
  EXPECT_EQ(hours_fragment(std::string(38, 'a').append("é!"), 0), std::string(38, 'a').append("é"));
}

}  // namespace
}  // namespace maillage
