#include "adapters/config/study.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/config/config_value.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

std::filesystem::path written(const std::string& text) {
  static int count = 0;
  const auto path = std::filesystem::path{testing::TempDir()} /
                    ("study_" + std::to_string(::getpid()) + "_" + std::to_string(++count) + ".toml");
  std::ofstream(path) << text;
  return path;
}

std::string french_error(const std::string& text) {
  const auto path = written(text);
  try {
    (void)read_study(path);
  } catch (const StudyError& error) {
    return error.message().french;
  }
  return "";
}

constexpr const char* kSource = "[[structures]]\nfile = \"lieux.csv\"\n";

TEST(Study, ReadsHowMapsLook) {
  const Study study = read_study(written(std::string{kSource} + R"(
[maps]
classification = "jenks"
classes = 6
least_per_class = 10
credits = ["Ministère de la Culture"]
[[maps.field]]
field = "c1_cout"
breaks = [2000, 5000]
centre = 5000
palette = "BrBG"
[[maps.field]]
field = "c2_cout"
)"));
  const ViewSettings& views = study.maps.views;
  EXPECT_EQ(views.classes.method, ClassMethod::jenks);
  EXPECT_EQ(views.classes.classes, 6U);
  EXPECT_EQ(views.classes.least, 10U);
  ASSERT_EQ(views.fields.size(), 2U);
  EXPECT_EQ(views.fields[0].classes.method, ClassMethod::fixed);
  EXPECT_EQ(views.fields[0].classes.breaks, (std::vector<double>{2000, 5000}));
  EXPECT_EQ(views.fields[0].classes.centre, 5000.0);
  EXPECT_EQ(views.fields[0].palette, Palette::brown_teal);
  EXPECT_EQ(views.fields[1].classes.method, ClassMethod::jenks);
  EXPECT_EQ(views.fields[1].classes.least, 10U);
  EXPECT_EQ(study.maps.credits, std::vector<std::string>{"Ministère de la Culture"});
}

TEST(Study, RefusesMapsThatCannotBeDrawn) {
  const auto error = [](const std::string& maps) { return french_error(std::string{kSource} + maps); };
  EXPECT_NE(error("[maps]\nclasses = 9\n").find("entre 2 et 7"), std::string::npos);
  EXPECT_NE(error("[maps]\nclassification = \"naturelle\"\n").find("jenks"), std::string::npos);
  EXPECT_NE(error("[maps]\nclassification = \"fixed\"\n").find("breaks"), std::string::npos);
  EXPECT_NE(error("[[maps.field]]\nbreaks = [1]\n").find("champ"), std::string::npos);
  EXPECT_NE(error("[[maps.field]]\nfield = \"x\"\nbreaks = [2, 1]\n").find("croissantes"), std::string::npos);
  EXPECT_NE(error("[[maps.field]]\nfield = \"x\"\ncentre = 3\npalette = \"OrRd\"\n").find("deux branches"),
            std::string::npos);
}

TEST(Study, ReadsAWholeStudy) {
  const auto path = written(R"(
title = "Essai"
[territory]
region = "32"
[tiers]
bounds = [1000, 5000]
[[structures]]
file = "lieux.csv"
typology = "Fablab"
columns = { name = "Intitulé" }
where = { genre = ["a", "b"] }
[travel]
detour_factor = 1.3
speed_kmh = 60
[[coverage]]
name = "c1"
limit = "15 min"
where = { competences = "animer" }
[output]
formats = ["gpkg", "csv-excel"]
)");
  const Study study = read_study(path);
  EXPECT_EQ(study.title, "Essai");
  EXPECT_EQ(study.territory.regions, std::vector<std::string>{"32"});
  EXPECT_FALSE(study.territory.guessed());
  ASSERT_EQ(study.tiers.lower_bounds.size(), 3U);
  EXPECT_EQ(study.tiers.labels_french[TierIndex{2U}], "5000 hab. et plus");
  ASSERT_EQ(study.sources.size(), 1U);
  EXPECT_EQ(study.sources[0].file, path.parent_path() / "lieux.csv");
  EXPECT_EQ(study.sources[0].mapping.constants.at(0).second, "Fablab");
  ASSERT_EQ(study.coverages.size(), 1U);
  EXPECT_EQ(study.coverages[0].limit, 900U);
  EXPECT_EQ(study.coverages[0].unit, CostUnit::seconds);
  EXPECT_EQ(study.output.formats, (std::vector<OutputFormat>{OutputFormat::geopackage, OutputFormat::csv_excel}));
}

TEST(Study, SuggestsTheRightKey) {
  const std::string message = french_error(std::string{kSource} + "[territory]\nregoin = \"32\"\n");
  EXPECT_NE(message.find("ligne 4, territory.regoin : clé inconnue. Vouliez-vous dire « region » ?"), std::string::npos)
      << message;
}

TEST(Study, NamesLineValueAndWayOut) {
  EXPECT_NE(french_error(std::string{kSource} + "[territory]\nregion = 32\n").find("32 trouvé, un texte"),
            std::string::npos);
  EXPECT_NE(french_error("title = \"x\"\n").find("aucune source de structures"), std::string::npos);
  EXPECT_NE(french_error(std::string{kSource} + "[[coverage]]\nname = \"a\"\nlimit = \"loin\"\n")
                .find("« loin » n'est pas une limite"),
            std::string::npos);
  EXPECT_NE(french_error(std::string{kSource} + "[[coverage]]\nname = \"a\"\nlimit = \"5 min\"\n").find("speed_kmh"),
            std::string::npos);
  EXPECT_NE(french_error(std::string{kSource} + "[[coverage]]\nname = \"Été 5\"\nlimit = \"5 km\"\n").find("nom court"),
            std::string::npos);
  EXPECT_NE(french_error(std::string{kSource} + "[output]\nformats = [\"gpgk\"]\n").find("format « gpgk » inconnu"),
            std::string::npos);
  EXPECT_NE(french_error("[[structures]\n").find("ligne 1"), std::string::npos);
}

TEST(Study, SurvivesHostileDocuments) {
  EXPECT_THROW((void)parse_toml(std::string(2U << 20U, 'a'), "x"), StudyError);
  std::string dotted = "a";
  for (int i = 0; i < 200'000; ++i) {
    dotted += ".b";
  }
  EXPECT_THROW((void)parse_toml(dotted + " = 1", "x"), StudyError);
  EXPECT_THROW((void)parse_toml("[" + dotted + "]", "x"), StudyError);
  EXPECT_THROW((void)parse_toml("a = " + std::string(100'000, '['), "x"), StudyError);
  EXPECT_THROW((void)parse_toml(std::string("a = \"\0\"", 7), "x"), StudyError);
}

TEST(Limit, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(parse_limit("10 km")->value, 10'000U);
  EXPECT_EQ(parse_limit("10km")->value, 10'000U);
  EXPECT_EQ(parse_limit("10,5 km")->value, 10'500U);
  EXPECT_EQ(parse_limit("800 m")->value, 800U);
  EXPECT_EQ(parse_limit("15 min")->value, 900U);
  EXPECT_EQ(parse_limit("1 h")->unit, CostUnit::seconds);
  for (const char* wrong : {"", "km", "10", "10 lieues", "-5 km", "0 m", "1e9 km", "5 km 3", "1..5 km"}) {
    EXPECT_FALSE(parse_limit(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace maillage
