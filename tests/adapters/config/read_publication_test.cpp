#include "adapters/config/read_publication.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

std::string complaint(const std::string& toml) {
  try {
    (void)parse_publication(toml, "f.toml");
  } catch (const StudyError& error) {
    return error.message().english;
  }
  return "";
}

TEST(ReadPublication, ReadsTheExampleOf2019) {
  const PublishedStudy study =
      read_publication(std::string{MAILLAGE_SOURCE_DIR} + "/examples/hauts-de-france/chiffres-2019.toml");
  EXPECT_EQ(study.questions.size(), 13U);
  EXPECT_EQ(study.shares.size(), 7U);
  EXPECT_EQ(study.unions.size(), 4U);
  ASSERT_EQ(study.cross_tables.size(), 1U);
  const PublishedCrossTable& table = study.cross_tables[0];
  EXPECT_EQ(table.cells[2], (std::vector<Decimal>{{.units = 44, .decimals = 0}, {.units = 53, .decimals = 0}}));
  EXPECT_EQ(table.uncertain_rows, (std::vector<std::vector<std::size_t>>{{0, 1, 2, 3}}));
  EXPECT_EQ(table.parts[3].column, 2U);
}

TEST(ReadPublication, DecimalsAreThoseOfTheMostPreciseFigureOrAsSaid) {
  const std::string question = "[[question]]\nname = \"q\"\nbase = 40\nlabels = [\"a\", \"b\"]\n";
  EXPECT_EQ(parse_publication(question + "percentages = [54.3, 45.7]", "f").questions[0].percentages[0],
            (Decimal{.units = 543, .decimals = 1}));
  EXPECT_EQ(parse_publication(question + "percentages = [54, 45.75]", "f").questions[0].percentages[0],
            (Decimal{.units = 5400, .decimals = 2}));
  EXPECT_EQ(parse_publication(question + "decimals = 1\npercentages = [54, 46]", "f").questions[0].percentages[1],
            (Decimal{.units = 460, .decimals = 1}));
  EXPECT_NE(complaint(question + "decimals = 1\npercentages = [54.25, 46]"), "");
}

TEST(ReadPublication, NamesTheLineAndTheWayOut) {
  EXPECT_NE(complaint("title = \"t\"").find("nothing to audit"), std::string::npos);
  EXPECT_NE(complaint("[[question]]\nname = \"q\"\nbase = 0\nlabels = [\"a\"]\npercentages = [100]").find("line 3"),
            std::string::npos);
  EXPECT_NE(complaint("[[question]]\nname = \"q\"\nlabels = [\"a\"]\npercentages = [100]").find("base_between"),
            std::string::npos);
  EXPECT_NE(
      complaint("[[question]]\nname = \"q\"\nbase = 9\nlabels = [\"a\"]\npercentages = [100, 2]").find("2 numbers found"),
      std::string::npos);
  EXPECT_NE(
      complaint("[[question]]\nname = \"q\"\nbase = 9\nlabels = [\"a\"]\npercentages = [101]").find("between 0 and 100"),
      std::string::npos);
  EXPECT_NE(
      complaint("[[share]]\nname = \"q\"\npercentage = 5\ngroup = 9\n[[share]]\nname = \"q\"\npercentage = 5\ngroup = 9")
          .find("taken"),
      std::string::npos);
  EXPECT_NE(complaint("[[share]]\nname = \"../q\"\npercentage = 5\ngroup = 9").find("lower-case"), std::string::npos);
  EXPECT_NE(complaint("[[share]]\nname = \"q\"\npercentage = nan\ngroup = 9").find("between 0 and 100"), std::string::npos);
  EXPECT_NE(complaint("[[share]]\nname = \"q\"\npercentage = 5\ngrup = 9\ngroup = 9").find("Did you mean 'group'"),
            std::string::npos);
}

}  // namespace
}  // namespace maillage
