#include "engine/territory/commune_columns.hpp"

#include <gtest/gtest.h>

#include "tests/support/inline_table.hpp"

namespace maillage {
namespace {

using testing::inline_table;

/// Columns recognised, "code=INSEE_COM name=NOM ...".
std::string recognised(const FeatureTable& table, const CommuneMapping& mapping = {}) {
  const CommuneColumns columns = recognise_commune_columns(table, mapping);
  std::string text;
  for (std::size_t field = 0; field < kCommuneFields; ++field) {
    if (const auto column = columns.column_of[field]) {
      text += (text.empty() ? "" : " ") + commune_field_names()[field] + "=" + table.columns[*column];
    }
  }
  return text;
}

TEST(CommuneColumns, RecogniseAdminExpress) {
  EXPECT_EQ(
      recognised(inline_table("ID;NOM;NOM_M;INSEE_COM;STATUT;POPULATION;INSEE_CAN;INSEE_ARR;INSEE_DEP;INSEE_REG;SIREN_EPCI\n"
                              "COMMUNE_1;Lille;LILLE;59350;Préfecture;236234;NR;5;59;32;200093201")),
      "code=INSEE_COM name=NOM population=POPULATION departement=INSEE_DEP region=INSEE_REG epci=SIREN_EPCI");
  EXPECT_EQ(
      recognised(
          inline_table("ID;NOM_COM;NOM_COM_M;INSEE_COM;STATUT;POPULATION;CODE_DEPT;NOM_DEP;CODE_REG;NOM_REG;CODE_EPCI\n"
                       "COMMUNE_1;Lille;LILLE;59350;Préfecture;236234;59;NORD;32;HAUTS-DE-FRANCE;245900410")),
      "code=INSEE_COM name=NOM_COM population=POPULATION departement=CODE_DEPT departement_name=NOM_DEP region=CODE_REG "
      "region_name=NOM_REG epci=CODE_EPCI");
  EXPECT_EQ(recognised(inline_table("cleabs;nom_officiel;nom_officiel_en_majuscules;code_insee;statut;code_insee_du_canton;"
                                    "code_insee_de_l_arrondissement;"
                                    "code_insee_du_departement;code_insee_de_la_region;population;date_du_recensement;codes_"
                                    "siren_des_epci;code_postal\n"
                                    "C;Paris;PARIS;75056;x;NR;1;75;11;2133111;2022;200054781/200057982;75001")),
            "code=code_insee name=nom_officiel population=population departement=code_insee_du_departement "
            "region=code_insee_de_la_region "
            "epci=codes_siren_des_epci");
}

TEST(CommuneColumns, RecogniseEtalabAndFranceGeojson) {
  EXPECT_EQ(
      recognised(inline_table("code;nom;departement;region;epci;population\n01004;Ambérieu-en-Bugey;01;84;240100883;14022")),
      "code=code name=nom population=population departement=departement region=region epci=epci");
  EXPECT_EQ(
      recognised(inline_table("nom;code;codeDepartement;codeRegion;codeEpci;siren\nLille;59350;59;32;200093201;215903501")),
      "code=code name=nom departement=codeDepartement region=codeRegion epci=codeEpci");
  EXPECT_EQ(recognised(inline_table("code;nom\n02001;Abbécourt")), "code=code name=nom");
}

TEST(CommuneColumns, RecogniseInsee) {
  EXPECT_EQ(recognised(inline_table("REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n"
                                    "84;Auvergne-Rhône-Alpes;01;2;08;001;01001;L'Abergement-Clémenciat;832;16;848")),
            "code=COM name=Commune population=PMUN departement=DEP region=REG region_name=Région");
  EXPECT_EQ(recognised(inline_table("CODGEO;LIBGEO;P15_POP;P21_POP;P10_POP\n01001;L'Abergement-Clémenciat;767;832;784")),
            "code=CODGEO name=LIBGEO population=P21_POP");
  EXPECT_EQ(
      recognised(inline_table(
          "TYPECOM;COM;REG;DEP;CTCD;ARR;TNCC;NCC;NCCENR;LIBELLE;CAN;COMPARENT\n"
          "COM;01001;84;01;01D;012;5;ABERGEMENT;Abergement;L'Abergement;0108;\nCOMD;01015;;;;;1;A;A;Arbignieu;;01015")),
      "code=COM type=TYPECOM parent=COMPARENT name=LIBELLE departement=DEP region=REG");
}

TEST(CommuneColumns, LookAtValuesNotOnlyAtNames) {
  // "departement" and "region" hold names here, "code" something else than a commune.
  EXPECT_EQ(
      recognised(inline_table(
          "code;Code "
          "Commune;Département;Région;EPCI\nX-12;59350;Nord;Hauts-de-France;MEL\nX-13;59512;Nord;Hauts-de-France;MEL")),
      "code=Code Commune departement_name=Département region_name=Région epci_name=EPCI");
}

TEST(CommuneColumns, CompleteThreeDigitCodes) {
  const auto reading =
      read_communes(inline_table("Code région;Code département;Code commune;Nom de la commune;Population municipale\n"
                                 "84;1;4;Ambérieu;14022\n94;2A;004;Ajaccio;72000\n04;974;411;Saint-Denis;153000"));
  ASSERT_EQ(reading.value.records.size(), 3U);
  EXPECT_EQ(reading.value.records[0].code, "01004");
  EXPECT_EQ(reading.value.records[0].departement, "01");
  EXPECT_EQ(reading.value.records[1].code, "2A004");
  EXPECT_EQ(reading.value.records[2].code, "97411");
}

std::string message_of(const FeatureTable& table, const CommuneMapping& mapping = {}) {
  try {
    (void)recognise_commune_columns(table, mapping);
  } catch (const Error& error) {
    return error.message().french;
  }
  return "no error";
}

TEST(CommuneColumns, SayWhatIsMissing) {
  const std::string message = message_of(inline_table("codes_inse;libelle\n59350;Lille", "villes.csv"));
  EXPECT_NE(message.find("villes.csv"), std::string::npos) << message;
  EXPECT_NE(message.find("« codes_inse », « libelle »"), std::string::npos) << message;
  EXPECT_NE(message.find("les plus proches : « codes_inse »"), std::string::npos) << message;
  EXPECT_THROW((void)recognise_commune_columns(inline_table("nom\nLille")), InputError);
  EXPECT_THROW((void)recognise_commune_columns(inline_table("code_insee\nLille\nRoubaix")), InputError);
}

TEST(CommuneColumns, RefuseToChooseBetweenTwoCodes) {
  const std::string message = message_of(inline_table("code_insee;codgeo\n59350;59350\n59512;59009"));
  EXPECT_NE(message.find("« code_insee », « codgeo »"), std::string::npos) << message;
  EXPECT_EQ(recognised(inline_table("code_insee;codgeo\n59350;59350\n59512;59512")), "code=code_insee");
  EXPECT_EQ(recognised(inline_table("code_insee;codgeo\n59350;59350\n59512;59009"), {{"code", "codgeo"}}), "code=codgeo");
}

TEST(CommuneColumns, FollowTheMappingByHand) {
  EXPECT_EQ(recognised(inline_table("a;b;population\n59350;12;13"), {{"code", "A"}, {"population", "b"}}),
            "code=a population=b");
  EXPECT_NE(message_of(inline_table("a;b\n59350;1"), {{"code", "aa"}}).find("« aa »"), std::string::npos);
  EXPECT_THROW((void)recognise_commune_columns(inline_table("a\n59350"), {{"popluation", "a"}}), StudyError);
}

TEST(ReadCommunes, RepairsAndRejectsRowByRow) {
  const auto reading =
      read_communes(inline_table("Code INSEE;Nom;Population\n1004;Ambérieu;14 022\n2a004;Ajaccio;72 000,0\n;Sans "
                                 "code;5\nXYZ;Mauvais;5\n59350;Lille;n.d.\n55039;Beaumont;0\n59512;Roubaix;"));
  EXPECT_EQ(reading.rows_in, 7);
  ASSERT_EQ(reading.value.records.size(), 5U);
  EXPECT_EQ(reading.value.records[0].code, "01004");
  EXPECT_EQ(reading.value.records[0].population, 14022);
  EXPECT_EQ(reading.value.records[1].code, "2A004");
  EXPECT_EQ(reading.value.records[1].population, 72000);
  EXPECT_FALSE(reading.value.records[2].population);
  EXPECT_EQ(reading.value.records[3].population, 0);
  EXPECT_FALSE(reading.value.records[4].population);
  ASSERT_EQ(reading.rejections.size(), 2U);
  EXPECT_EQ(reading.rejections[0].reason, "missing_commune_code");
  EXPECT_EQ(reading.rejections[0].row, 4);
  EXPECT_EQ(reading.rejections[1].reason, "invalid_commune_code");
  EXPECT_EQ(reading.rejections[1].value, "XYZ");
  ASSERT_EQ(reading.repairs.size(), 2U);
  EXPECT_EQ(reading.repairs[0].reason, "leading_zero_restored");
  EXPECT_EQ(reading.repairs[0].detail, "1004 -> 01004");
  EXPECT_EQ(reading.repairs[1].reason, "population_unreadable");
}

TEST(ReadCommunes, TakesTheFirstOfSeveralEpciAndNoneOfNotAny) {
  const auto reading = read_communes(
      inline_table("INSEE_COM;SIREN_EPCI\n75056;200054781/200057982\n22016;ZZZZZZZZZ\n29083;NR\n01001;200069193"));
  ASSERT_EQ(reading.value.records.size(), 4U);
  EXPECT_EQ(reading.value.records[0].epci, "200054781");
  EXPECT_EQ(reading.value.records[1].epci, "");
  EXPECT_EQ(reading.value.records[2].epci, "");
}

TEST(ReadCommunes, MakesHistoryOfDelegatedCommunes) {
  const auto reading =
      read_communes(inline_table("TYPECOM;COM;LIBELLE;COMPARENT\nCOM;01015;Arboys en Bugey;\nCOMD;01015;Arbignieu;01015\n"
                                 "COMD;01340;Saint-Bois;01015\nCOMA;01120;Cordieux;01262\nARM;75101;Paris 1er;75056"));
  EXPECT_EQ(reading.value.records.size(), 1U);
  ASSERT_EQ(reading.value.history.size(), 3U);
  EXPECT_EQ(reading.value.history[0], (CodeEvent{"01340", "01015", CodeEventKind::delegated, ""}));
  EXPECT_EQ(reading.value.history[1].kind, CodeEventKind::associated);
}

TEST(ReadCommunes, KeepsContoursBesideTheirRows) {
  FeatureTable table = inline_table("code;nom\n59350;Lille\nXXXXX;Rien\n59512;Roubaix");
  table.geometry = FeatureTable::Geometry::areas;
  for (double x = 0; x < 3; ++x) {
    const Point ring[]{{x, 0}, {x + 1, 0}, {x + 1, 1}, {x, 0}};
    table.areas.add_ring(ring);
    table.areas.end_polygon();
    table.areas.end_area();
  }
  const auto reading = read_communes(table);
  ASSERT_EQ(reading.value.contours.areas(), 2U);
  EXPECT_EQ(reading.value.contours.vertices[4].x, 2);
}

}  // namespace
}  // namespace maillage
