#include "engine/territory/code_history.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace maillage {
namespace {

using enum CodeEventKind;

std::string told(const CodeHistory& history, const std::string& code, std::vector<std::string> present) {
  std::sort(present.begin(), present.end());
  const Successor successor = history.resolve(code, present);
  std::string text = successor.code;
  for (const std::string& candidate : successor.candidates) {
    text += (text.empty() ? "" : "|") + candidate;
  }
  return text + " " + successor.reason();
}

TEST(CodeHistory, LeavesPresentCodesAlone) {
  const CodeHistory history{{{"01001", "01002", merged, "2016-01-01"}}};
  EXPECT_EQ(told(history, "01001", {"01001", "01002"}), "01001 commune_present");
}

TEST(CodeHistory, FollowsChainsAndNamesTheLastStep) {
  const CodeHistory history{{{"14697", "14472", recoded, "2014-01-07"},
                             {"14624", "14697", recoded, "1990-02-01"},
                             {"14472", "14654", delegated, "2017-01-01"}}};
  EXPECT_EQ(told(history, "14624", {"14654"}), "14654 commune_delegated");
  const Successor successor = history.resolve("14624", std::vector<std::string>{"14654"});
  EXPECT_EQ(successor.chain, (std::vector{recoded, recoded, delegated}));
}

TEST(CodeHistory, StopsAtTheFirstPresentCommuneOfAChain) {
  const CodeHistory history{{{"01001", "01002", merged, "2000-01-01"}, {"01002", "01003", merged, "2010-01-01"}}};
  EXPECT_EQ(told(history, "01001", {"01002", "01003"}), "01002 commune_merged");
}

TEST(CodeHistory, TakesTheLatestOfTwoMergers) {
  // Merged, re-established, merged elsewhere: what 2016 says counts.
  const CodeHistory history{{{"01001", "01002", associated, "1973-01-01"},
                             {"01002", "01001", reestablished, "1990-01-01"},
                             {"01001", "01003", delegated, "2016-01-01"}}};
  EXPECT_EQ(told(history, "01001", {"01002", "01003"}), "01003 commune_delegated");
}

TEST(CodeHistory, NeverGoesBackInTime) {
  // 01002 was merged into 01003 before 01001 joined it (and was re-established between): the old merger says nothing of
  // 01001.
  const CodeHistory history{{{"01002", "01003", merged, "1973-01-01"}, {"01001", "01002", merged, "2000-01-01"}}};
  EXPECT_EQ(told(history, "01001", {"01003"}), " unknown_commune_code");
}

TEST(CodeHistory, ReportsDivisions) {
  const CodeHistory history{{{"08227", "08454", merged, "1968-03-02"}, {"08227", "08203", merged, "1968-03-02"}}};
  EXPECT_EQ(told(history, "08227", {"08203", "08454"}), "08203|08454 commune_divided");
  EXPECT_EQ(told(history, "08227", {"08203"}), "08203 commune_merged");
  const CodeHistory split{
      {{"01001", "01002", reestablished, "2000-01-01"}, {"01001", "01003", reestablished, "2001-01-01"}}};
  EXPECT_EQ(told(split, "01001", {"01002", "01003"}), "01002|01003 commune_divided");
}

TEST(CodeHistory, SurvivesCycles) {
  const CodeHistory history{
      {{"01001", "01002", merged, ""}, {"01002", "01001", merged, ""}, {"01003", "01003", merged, ""}}};
  EXPECT_EQ(told(history, "01001", {"01009"}), " unknown_commune_code");
  EXPECT_EQ(told(history, "01003", {"01009"}), " unknown_commune_code");
  EXPECT_EQ(told(history, "01001", {"01002"}), "01002 commune_merged");
}

TEST(CodeHistory, PrefersTheMoreTellingOfTwoNames) {
  const CodeHistory history{{{"01340", "01015", merged, ""}, {"01340", "01015", delegated, ""}}};
  EXPECT_EQ(history.events().size(), 1U);
  EXPECT_EQ(told(history, "01340", {"01015"}), "01015 commune_delegated");
}

TEST(CodeHistory, BelievesTheStateOfTodayBeforeFormerCodes) {
  // Etalab 6.0.0: 60455 is déléguée of 60694, and still among the former codes of 60054, which left the commune nouvelle.
  const CodeHistory history{
      {{"60455", "60054", merged, ""}, {"60455", "60694", delegated, ""}, {"60455", "60054", delegated, "2017-01-01"}}};
  EXPECT_EQ(told(history, "60455", {"60054", "60694"}), "60694 commune_delegated");
  EXPECT_EQ(told(history, "60455", {"60054"}), "60054 commune_merged");
}

TEST(CodeHistory, RollsArrondissementsUpWithoutEvents) {
  const CodeHistory history{{}};
  EXPECT_EQ(told(history, "75103", {"75056"}), "75056 arrondissement");
  EXPECT_EQ(told(history, "75103", {"75057"}), " unknown_commune_code");
}

TEST(CodeHistory, DoesNotDependOnTheOrderOfEvents) {
  std::vector<CodeEvent> events{{"01001", "01002", merged, "2000-01-01"},
                                {"01001", "01003", merged, "2000-01-01"},
                                {"01002", "01004", delegated, "2005-01-01"},
                                {"01003", "01004", associated, ""},
                                {"01003", "01004", merged, ""}};
  const std::string expected = told(CodeHistory{events}, "01001", {"01004"});
  std::mt19937 random{7};
  for (int round = 0; round < 20; ++round) {
    std::shuffle(events.begin(), events.end(), random);
    EXPECT_EQ(told(CodeHistory{events}, "01001", {"01004"}), expected);
  }
}

}  // namespace
}  // namespace maillage
