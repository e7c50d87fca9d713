#include "adapters/cog/official_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "tests/support/etalab_folder.hpp"

namespace maillage {
namespace {

using enum CodeEventKind;

constexpr const char* kCommunes = R"([
 {"code":"01015","nom":"Arboys en Bugey","typeLiaison":1,"departement":"01","region":"84","type":"commune-actuelle","anciensCodes":["01340"],"codesPostaux":["01300"],"population":710},
 {"code":"01015","nom":"Arbignieu","type":"commune-deleguee","chefLieu":"01015"},
 {"code":"01340","nom":"Saint-Bois","type":"commune-deleguee","chefLieu":"01015"},
 {"code":"01120","nom":"Cordieux","type":"commune-associee","chefLieu":"01262"},
 {"code":"13201","nom":"Marseille 1er","type":"arrondissement-municipal","commune":"13055","population":37599},
 {"code":"98901","nom":"Île de Clipperton","departement":"989","type":"commune-actuelle"},
 {"code":"zzz","nom":"?","type":"commune-actuelle"}, 12])";

TEST(OfficialFile, TellsKindsByContent) {
  EXPECT_EQ(detect_official_file(kCommunes), OfficialFile::etalab_communes);
  EXPECT_EQ(detect_official_file(R"([{"code":"200000172","nom":"CC Faucigny","membres":[{"code":"74042"}]}])"),
            OfficialFile::etalab_epci);
  EXPECT_EQ(detect_official_file(R"( [{"code":"01","region":"84","chefLieu":"01053","nom":"Ain"}])"),
            OfficialFile::etalab_departements);
  EXPECT_EQ(detect_official_file(R"([{"code":"01","chefLieu":"97105","nom":"Guadeloupe"}])"), OfficialFile::etalab_regions);
  EXPECT_EQ(detect_official_file("\xEF\xBB\xBFMOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,TYPECOM_AP,COM_AP\n"),
            OfficialFile::insee_movements);
  EXPECT_EQ(
      detect_official_file("DEP\tAR\tCT\tCOM\tLEG\tJO\tEFF\tDTR\tMOD\tC_LOFF\tC_LANC\tNBCOM\tRANGCOM\tCOMECH\tPOPECH\n"),
      OfficialFile::insee_history);
  for (const char* text : {"", " \n", "{\"type\":\"FeatureCollection\"}", "[]", "[1,2]", "code;nom\n59350;Lille",
                           "[{\"code\":\"", "[{\"code\":12,\"nom\":"}) {
    EXPECT_EQ(detect_official_file(text), OfficialFile::other) << text;
  }
}

TEST(OfficialFile, ReadsCommunesOfEtalab) {
  const auto reading = parse_official_file(kCommunes, "communes.json");
  EXPECT_EQ(reading.rows_in, 8);
  ASSERT_EQ(reading.value.records.size(), 2U);
  EXPECT_EQ(reading.value.records[0].name, "Arboys en Bugey");
  EXPECT_EQ(reading.value.records[0].population, 710);
  EXPECT_EQ(reading.value.records[0].region, "84");
  EXPECT_FALSE(reading.value.records[1].population);
  const std::vector<CodeEvent> expected{{"01340", "01015", merged, ""},
                                        {"01340", "01015", delegated, ""},
                                        {"01120", "01262", associated, ""},
                                        {"13201", "13055", arrondissement, ""}};
  EXPECT_EQ(reading.value.history, expected);
  EXPECT_EQ(reading.value.postcodes, (std::vector<std::pair<std::string, std::string>>{{"01300", "01015"}}));
  ASSERT_EQ(reading.rejections.size(), 2U);
  EXPECT_EQ(reading.rejections[0].reason, "invalid_commune_code");
  EXPECT_EQ(reading.rejections[1].reason, "not_an_object");
}

TEST(OfficialFile, ReadsAnswersOfGeoApi) {
  const auto reading = parse_official_file(
      R"([{"nom":"Lille","code":"59350","departement":{"code":"59","nom":"Nord"},"region":{"code":"32","nom":"Hauts-de-France"},)"
      R"("epci":{"code":"200093201","nom":"Métropole Européenne de Lille"},"population":236710,"mairie":{"type":"Point","coordinates":[3.07,50.63]}},)"
      R"({"nom":"Roubaix","code":"59512","codeDepartement":"59","codeRegion":"32","codeEpci":"200093201"}])",
      "communes");
  ASSERT_EQ(reading.value.records.size(), 2U);
  EXPECT_EQ(reading.value.records[0].departement, "59");
  EXPECT_EQ(reading.value.records[0].point, (Point{3.07, 50.63}));
  EXPECT_EQ(reading.value.records[1].epci, "200093201");
  ASSERT_EQ(reading.value.epci_names.size(), 1U);
  EXPECT_EQ(reading.value.epci_names[0].second, "Métropole Européenne de Lille");
}

TEST(OfficialFile, ReadsEpciAndZones) {
  const auto epci = parse_official_file(
      R"([{"code":"200000172","nom":"CC Faucigny - Glières","membres":[{"code":"74042","nom":"Bonneville"},{"code":"bad"}]},{"code":"1","nom":"sans membres"}])",
      "epci.json");
  ASSERT_EQ(epci.value.records.size(), 1U);
  EXPECT_EQ(epci.value.records[0].epci, "200000172");
  EXPECT_FALSE(epci.value.records[0].population);
  EXPECT_EQ(epci.rejections.size(), 1U);
  EXPECT_EQ(epci.repairs.size(), 1U);
  const auto regions = parse_official_file(R"([{"code":"32","nom":"Hauts-de-France"}])", "regions.json");
  EXPECT_EQ(regions.value.region_names.at(0).second, "Hauts-de-France");
}

TEST(OfficialFile, ReadsMovements) {
  const auto reading = parse_official_file(
      "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP\n"
      "32,2016-01-01,COM,01015,1,ARBIGNIEU,COM,01015,1,\"ARBOYS, EN BUGEY\"\n"
      "32,2016-01-01,COM,01015,1,ARBIGNIEU,COMD,01015,1,ARBIGNIEU\n"
      "32,2016-01-01,COM,01340,0,SAINT BOIS,COM,01015,1,ARBOYS EN BUGEY\n"
      "32,2016-01-01,COM,01340,0,SAINT BOIS,COMD,01340,0,SAINT BOIS\n"
      "33,1973-01-01,COM,01120,0,CORDIEUX,COM,01262,0,MONTLUEL\n"
      "10,2001-01-01,COM,01001,0,A,COM,01001,0,B\n"
      "21,2008-01-01,COM,02524,0,CHARMONT,COM,02166,0,CHARTEVES\n"
      "41,2018-01-01,COM,49144,0,FREIGNE,COM,44225,0,FREIGNE\n"
      "31,1972-01-01,COM,XX,0,A,COM,01002,0,B\n"
      "88,1972-01-01,COM,01003,0,A,COM,01002,0,B\n"
      "31,1972-01-01,COM\n",
      "v_mvtcommune_2024.csv");
  const std::vector<CodeEvent> expected{{"01340", "01015", delegated, "2016-01-01"},
                                        {"01120", "01262", associated, "1973-01-01"},
                                        {"02524", "02166", reestablished, "2008-01-01"},
                                        {"49144", "44225", recoded, "2018-01-01"}};
  EXPECT_EQ(reading.value.history, expected);
  EXPECT_EQ(reading.rows_in, 11);
  ASSERT_EQ(reading.rejections.size(), 3U);
  EXPECT_EQ(reading.rejections[0].reason, "invalid_commune_code");
  EXPECT_EQ(reading.rejections[0].row, 10);
  EXPECT_EQ(reading.rejections[1].reason, "unknown_movement");
  EXPECT_EQ(reading.rejections[2].reason, "incomplete_row");
}

TEST(OfficialFile, RefusesBrokenFilesInFrench) {
  for (const char* text : {"[{\"code\":\"01001\",\"nom\":\"A\"", "[{\"code\":\"01001\",\"nom\":\"A\"},]"}) {
    try {
      (void)parse_official_file(text, "communes.json");
      FAIL() << text;
    } catch (const InputError& error) {
      EXPECT_NE(error.message().french.find("communes.json : JSON illisible"), std::string::npos);
    }
  }
  EXPECT_THROW((void)parse_official_file("a;b", "x.csv"), InputError);
  EXPECT_THROW((void)read_official_file("/nowhere/communes.json"), InputError);
  EXPECT_THROW((void)read_official_file("/tmp"), InputError);
}

TEST(OfficialFileRealData, HoldsEtalabsCommunes) {
  const auto folder = testing::etalab_folder();
  if (folder.empty()) {
    GTEST_SKIP() << testing::kNoEtalab;
  }
  const auto communes = read_official_file(folder / "communes.json");
  EXPECT_EQ(communes.rows_in, 37'590);
  EXPECT_TRUE(communes.rejections.empty());
  EXPECT_EQ(communes.value.records.size(), 34'969U);
  const auto events = [&](const CodeEventKind kind) {
    return std::count_if(communes.value.history.begin(), communes.value.history.end(),
                         [&](const CodeEvent& event) { return event.kind == kind; });
  };
  EXPECT_EQ(events(merged), 4'240);
  EXPECT_EQ(events(arrondissement), 45);
  EXPECT_EQ(events(delegated) + events(associated), 2'105 + 471 - 584);  // 584 bear the code of their own commune
  const auto epci = read_official_file(folder / "epci.json");
  EXPECT_EQ(epci.value.records.size(), 34'871U);
  EXPECT_EQ(epci.value.epci_names.size(), 1'255U);
  EXPECT_EQ(read_official_file(folder / "departements.json").value.departement_names.size(), 109U);
  EXPECT_EQ(read_official_file(folder / "regions.json").value.region_names.size(), 26U);
}

TEST(OfficialFileRealData, HoldsInseesHistory) {
  const std::filesystem::path file = std::filesystem::path{MAILLAGE_SHARED_DATA} / "population/insee_historiq2018.txt";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << file << " is absent";
  }
  const auto reading = read_official_file(file);
  EXPECT_EQ(reading.rows_in, 16'290);
  EXPECT_TRUE(reading.rejections.empty());
  std::map<CodeEventKind, int> kinds;
  for (const CodeEvent& event : reading.value.history) {
    ++kinds[event.kind];
  }
  EXPECT_EQ(kinds[recoded], 903 + 4 + 18);  // 410, 411, 500
  EXPECT_EQ(kinds[associated], 1'043);      // 330
}

}  // namespace
}  // namespace maillage
