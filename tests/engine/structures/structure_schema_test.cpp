#include "engine/structures/structure_schema.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/support/feature_tables.hpp"

namespace maillage {
namespace {

using enum StructureField;
using testing::table_of;

std::string columns_for(const StructureColumns& columns, const std::vector<std::string>& names, const StructureField field) {
  std::string text;
  for (const std::size_t column : columns[field].columns) {
    text += (text.empty() ? "" : "+") + names[column];
  }
  return text;
}

TEST(StructureSchema, RecognisesAPlannersOwnTable) {
  const std::vector<std::string> names{
      "Identifiant", "NOM DE LA STRUCTURE", "Catégorie", "Code_INSEE", "code postal", "Ville", "Lat", "Lng", "Téléphone"};
  const StructureColumns columns = recognise_structure_columns(names);
  EXPECT_EQ(columns.schema, "generic");
  EXPECT_EQ(columns_for(columns, names, key), "Identifiant");
  EXPECT_EQ(columns_for(columns, names, name), "NOM DE LA STRUCTURE");
  EXPECT_EQ(columns_for(columns, names, typology), "Catégorie");
  EXPECT_EQ(columns_for(columns, names, commune_code), "Code_INSEE");
  EXPECT_EQ(columns_for(columns, names, postcode), "code postal");
  EXPECT_EQ(columns_for(columns, names, commune_name), "Ville");
  EXPECT_EQ(columns_for(columns, names, latitude), "Lat");
  EXPECT_EQ(columns_for(columns, names, longitude), "Lng");
  for (const StructureColumns::Source& source : columns.fields) {
    EXPECT_EQ(std::ranges::count(source.columns, std::size_t{8}), 0) << "a telephone number belongs to no field";
  }
}

TEST(StructureSchema, EverySpellingOfACommuneCodeIsKnown) {
  for (const char* spelling :
       {"code_insee", "insee", "CODGEO", "code commune", "code_commune", "INSEE_COM", "Code Insee commune", "DEPCOM"}) {
    const std::vector<std::string> names{spelling};
    EXPECT_EQ(recognise_structure_columns(names)[commune_code].columns.size(), 1U) << spelling;
  }
}

TEST(StructureSchema, RecognisesTheNationalSchemaOldAndNew) {
  const std::vector<std::string> v1{"id",
                                    "nom",
                                    "pivot",
                                    "commune",
                                    "code_postal",
                                    "code_insee",
                                    "adresse",
                                    "latitude",
                                    "longitude",
                                    "services",
                                    "source",
                                    "date_maj",
                                    "dispositif_programmes_nationaux",
                                    "formations_labels",
                                    "horaires"};
  const StructureColumns columns = recognise_structure_columns(v1);
  EXPECT_EQ(columns.schema, "mediation_numerique");
  EXPECT_EQ(columns_for(columns, v1, competences), "formations_labels+dispositif_programmes_nationaux");
  EXPECT_EQ(columns_for(columns, v1, actions), "services");
  EXPECT_EQ(columns[typology].otherwise, "Lieu de médiation numérique");
}

TEST(StructureSchema, TheStudysWordIsFinal) {
  const FeatureTable table = table_of({"nom", "genre", "lat", "lon", "xx", "yy"}, {});
  StructureMapping mapping;
  mapping.columns = {{"typology", "Genre"}, {"name", ""}, {"x", "xx"}, {"y", "yy"}};
  mapping.constants = {{"legal_status", "Association"}};
  const StructureColumns columns = structure_columns(table, mapping);
  EXPECT_EQ(columns[typology].columns, std::vector<std::size_t>{1});
  EXPECT_TRUE(columns[name].columns.empty());
  EXPECT_TRUE(columns[latitude].columns.empty()) << "x and y replace the recognised degrees";
  EXPECT_EQ(columns[x].columns, std::vector<std::size_t>{4});
  EXPECT_EQ(columns[legal_status].otherwise, "Association");
}

TEST(StructureSchema, NamesTheColumnsWhenAMappedOneIsMissing) {
  const FeatureTable table = table_of({"nom", "typologie", "code_insee"}, {});
  StructureMapping mapping;
  mapping.columns = {{"typology", "typolgie"}};
  try {
    static_cast<void>(structure_columns(table, mapping));
    FAIL();
  } catch (const StudyError& error) {
    EXPECT_NE(error.message().french.find("« typologie »"), std::string::npos) << error.message().french;
    EXPECT_NE(error.message().french.find("\"code_insee\""), std::string::npos);
    EXPECT_NE(error.message().english.find("did you mean \"typologie\""), std::string::npos);
  }
}

TEST(StructureSchema, RefusesFieldsThatDoNotExistAndTablesThatPlaceNothing) {
  StructureMapping mapping;
  mapping.columns = {{"typologie", "nom"}};
  EXPECT_THROW(static_cast<void>(structure_columns(table_of({"nom", "code_insee"}, {}), mapping)), StudyError);
  EXPECT_THROW(static_cast<void>(structure_columns(table_of({"nom", "latitude"}, {}), {})), StudyError);
}

TEST(StructureSchema, SaysWhatIsMissing) {
  const StructureColumns columns = structure_columns(table_of({"nom", "type", "insee"}, {}), {});
  ASSERT_EQ(columns.remarks.size(), 1U);
  EXPECT_NE(columns.remarks[0].french.find("pas de coordonnées"), std::string::npos);
}

TEST(StructureSchema, CarriesPersonalDataOnlyByName) {
  const FeatureTable table = table_of({"nom", "insee", "Courriels", "telephone"}, {});
  StructureMapping mapping;
  mapping.carried = {"*"};
  EXPECT_EQ(structure_columns(table, mapping).carried, (std::vector<std::size_t>{0, 1}));
  mapping.carried = {"*", "courriels"};
  EXPECT_EQ(structure_columns(table, mapping).carried, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(StructureSchema, FieldNamesComeBack) {
  for (std::size_t i = 0; i < kStructureFields; ++i) {
    const auto field = static_cast<StructureField>(i);
    EXPECT_EQ(structure_field(name_of(field)), field);
  }
  EXPECT_EQ(structure_field("nom"), std::nullopt);
}

class PublishedSchemaRealData : public ::testing::TestWithParam<std::tuple<const char*, const char*, char>> {};

TEST_P(PublishedSchemaRealData, IsRecognisedFromItsHeader) {
  const auto& [file, schema, delimiter] = GetParam();
  const std::filesystem::path path = std::filesystem::path(MAILLAGE_SHARED_DATA) / "structures" / file;
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "no shared data";
  }
  std::string header;
  std::ifstream stream(path);
  std::getline(stream, header);
  const std::filesystem::path short_file = std::filesystem::path(::testing::TempDir()) / file;
  std::ofstream(short_file) << header << "\n";
  const FeatureTable table = testing::plain_csv(short_file, delimiter);
  const StructureColumns columns = structure_columns(table, {});
  EXPECT_EQ(columns.schema, schema);
  EXPECT_FALSE(columns[name].columns.empty());
  EXPECT_TRUE(!columns[commune_code].columns.empty() || !columns[postcode].columns.empty());
}

INSTANTIATE_TEST_SUITE_P(AllFiles, PublishedSchemaRealData,
                         ::testing::Values(std::tuple{"bibliotheques_publiques_france.csv", "bibliotheques_publiques", ';'},
                                           std::tuple{"france_services_20221201.csv", "france_services", ','},
                                           std::tuple{"france_services_20240801.csv", "france_services", ','},
                                           std::tuple{"mediation_conseillers_numeriques_2022.csv", "mediation_numerique",
                                                      ','},
                                           std::tuple{"mediation_data_inclusion_2023.csv", "mediation_numerique", ','},
                                           std::tuple{"mediation_numi_normandie_2023.csv", "mediation_numerique", ','},
                                           std::tuple{"mediation_hinaura_aura_2022.csv", "generic", ','},
                                           std::tuple{"fablabs_france.csv", "fablabs", ','},
                                           std::tuple{"basilic_lieux_petites_communes_points.csv", "basilic", ';'},
                                           std::tuple{"etablissements_cinema_annual.csv", "cinemas", ';'}));

}  // namespace
}  // namespace maillage
