#include "engine/structures/read_structures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/feature_tables.hpp"

namespace maillage {
namespace {

using testing::table_of;

/// Degrees are the source plane; Lambert-93 metres convert to a marked place in it.
StructureConversions degrees() {
  return {.lonlat_to_source = [](std::span<Point>) {},
          .file_to_source = {},
          .lambert93_to_source =
              [](std::span<Point> points) {
                for (Point& point : points) {
                  point = {point.x / 1e6, point.y / 1e6};
                }
              },
          .territory_deg = {}};
}

std::vector<std::string> reasons(const std::vector<RowNote>& notes) {
  std::vector<std::string> list;
  for (const RowNote& note : notes) {
    list.push_back(note.reason);
  }
  return list;
}

struct PositionCase {
  const char* latitude;
  const char* longitude;
  std::optional<Point> expected;
  const char* reason;
};

class Position : public ::testing::TestWithParam<PositionCase> {};

TEST_P(Position, IsReadOrToldNeverMovedSilently) {
  const PositionCase& wanted = GetParam();
  const FeatureTable table = table_of({"nom", "latitude", "longitude"}, {{"A", wanted.latitude, wanted.longitude}});
  const Reading<StructureSet> reading = read_structures(table, {}, degrees());
  ASSERT_EQ(reading.value.structures.size(), 1U) << "nothing is lost";
  EXPECT_EQ(reading.value.structures[StructureIndex{0}].declared_position, wanted.expected);
  EXPECT_EQ(reasons(reading.repairs),
            *wanted.reason == '\0' ? std::vector<std::string>{} : std::vector<std::string>{wanted.reason});
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Position,
    ::testing::Values(PositionCase{"50.5", "3.25", Point{3.25, 50.5}, ""},
                      PositionCase{"50,5", "3,25", Point{3.25, 50.5}, ""}, PositionCase{"", "", std::nullopt, ""},
                      PositionCase{"50.5", "", std::nullopt, "incomplete_coordinates"},
                      PositionCase{"MF Mobile", "3", std::nullopt, "unreadable_coordinates"},
                      PositionCase{"0", "0.0", std::nullopt, "zero_coordinates"},
                      PositionCase{"1e25", "3", std::nullopt, "coordinates_out_of_range"},
                      PositionCase{"50", "-1e25", std::nullopt, "coordinates_out_of_range"},
                      PositionCase{"3.25", "50.5", Point{3.25, 50.5}, "swapped_coordinates"},
                      PositionCase{"55.5", "-21.1", Point{55.5, -21.1}, "swapped_coordinates"},
                      PositionCase{"-21.1", "55.5", Point{55.5, -21.1}, ""},
                      PositionCase{"52.5", "13.4", Point{13.4, 52.5}, ""},  // Berlin: abroad either way, left as it is
                      PositionCase{"7059000", "704000", Point{0.704, 7.059}, "lambert93_in_degree_columns"},
                      PositionCase{"704000", "7059000", Point{0.704, 7.059}, "swapped_coordinates"},
                      PositionCase{"2500000", "600000", std::nullopt, "metres_in_degree_columns"}));

TEST(ReadStructures, ReadsBothCoordinatesFromOneCell) {
  for (const char* cell :
       {"46.178735, 5.322996", "46,178735;5,322996", "[46.178735,5.322996]", "46,178735 5,322996", "46,178735, 5,322996"}) {
    const Reading<StructureSet> reading =
        read_structures(table_of({"nom", "geolocalisation"}, {{"A", cell}}), {}, degrees());
    EXPECT_EQ(reading.value.structures[StructureIndex{0}].declared_position, (Point{5.322996, 46.178735})) << cell;
  }
}

TEST(ReadStructures, WithoutAConversionMetresAreToldAndNotUsed) {
  StructureConversions conversions = degrees();
  conversions.lambert93_to_source = {};
  const auto reading = read_structures(table_of({"x", "y"}, {{"704000", "7059000"}}), {}, conversions);
  EXPECT_EQ(reading.value.structures[StructureIndex{0}].declared_position, std::nullopt);
  EXPECT_EQ(reasons(reading.repairs), std::vector<std::string>{"metres_in_degree_columns"});
}

TEST(ReadStructures, ConvertsMappedXAndYFromTheirCrs) {
  StructureConversions conversions = degrees();
  conversions.file_to_source = [](std::span<Point> points) {
    for (Point& point : points) {
      point = point.x < 0 ? Point{NAN, NAN} : Point{point.x + 1, point.y + 1};
    }
  };
  StructureMapping mapping;
  mapping.columns = {{"x", "abscisse"}, {"y", "ordonnee"}};
  mapping.crs = "EPSG:27572";
  const auto reading = read_structures(
      table_of({"nom", "abscisse", "ordonnee"}, {{"A", "600000", "2400000"}, {"B", "-1", "5"}}), mapping, conversions);
  EXPECT_EQ(reading.value.structures[StructureIndex{0}].declared_position, (Point{600001, 2400001}));
  EXPECT_EQ(reading.value.structures[StructureIndex{1}].declared_position, std::nullopt);
  EXPECT_EQ(reasons(reading.repairs), std::vector<std::string>{"coordinates_not_convertible"});
}

TEST(ReadStructures, NothingIsLost) {
  const auto reading = read_structures(
      table_of({"nom", "code_insee"}, {{"A", "59350"}, {"", ""}, {"nom", "code_insee"}, {"", "59009"}, {"B", ""}}), {},
      degrees());
  EXPECT_EQ(reading.rows_in, 5);
  EXPECT_EQ(reading.value.structures.size(), 3U);
  EXPECT_EQ(reasons(reading.rejections), (std::vector<std::string>{"empty_row", "repeated_header"}));
  EXPECT_EQ(reading.rejections[0].row, 3);
}

TEST(ReadStructures, SplitsMultiResponsesInOrderWithoutRepeats) {
  StructureMapping mapping;
  const FeatureTable table = table_of({"nom", "insee", "actions"}, {{"A", "59350", "ateliers; visites |ateliers;,; a, b"}});
  const auto by_default = read_structures(table, mapping, degrees());
  EXPECT_EQ(by_default.value.structures[StructureIndex{0}].actions,
            (std::vector<std::string>{"ateliers", "visites", ",", "a, b"}));
  mapping.multi_response_separators = ";|,";
  const auto with_comma = read_structures(table, mapping, degrees());
  EXPECT_EQ(with_comma.value.structures[StructureIndex{0}].actions,
            (std::vector<std::string>{"ateliers", "visites", "a", "b"}));
}

TEST(ReadStructures, RecodesWithAnAuditTrail) {
  StructureMapping mapping;
  mapping.recodings = {{"typology", {{"MJC", "Jeunesse"}, {"FJT", "Jeunesse"}, {"Absent", "Rien"}}},
                       {"ville", {{"X", "Y"}}}};
  mapping.carried = {"ville"};
  const auto reading = read_structures(
      table_of({"type", "insee", "ville"}, {{"MJC", "59350", "X"}, {"FJT", "59350", "Z"}, {"MJC", "59351", "X"}}), mapping,
      degrees());
  for (const Structure& structure : reading.value.structures) {
    EXPECT_EQ(structure.typology, "Jeunesse");
    EXPECT_NE(structure.carried.at(0), "X");
  }
  std::vector<std::string> details;
  for (const RowNote& note : reading.repairs) {
    details.push_back(note.reason + " " + note.column + " " + note.detail);
  }
  EXPECT_EQ(details,
            (std::vector<std::string>{"unused_recoding typology Absent -> Rien (0)", "recoded typology FJT -> Jeunesse (1)",
                                      "recoded typology MJC -> Jeunesse (2)", "recoded ville X -> Y (2)"}));
}

TEST(ReadStructures, RefusesToRecodeWhatIsNotThere) {
  StructureMapping mapping;
  mapping.recodings = {{"ville", {{"X", "Y"}}}};
  EXPECT_THROW(static_cast<void>(read_structures(table_of({"type", "insee", "ville"}, {}), mapping, degrees())), StudyError);
}

TEST(ReadStructures, FiltersAreScopeNotRejections) {
  StructureMapping mapping;
  mapping.filters = {{"annee", {"2023", "2022"}}};
  const auto reading = read_structures(
      table_of({"insee", "annee"}, {{"59350", "2023"}, {"59350", "2019"}, {"59350", "2022"}}), mapping, degrees());
  EXPECT_EQ(reading.rows_in, 2);
  EXPECT_EQ(reading.value.structures.size(), 2U);
  EXPECT_TRUE(reading.rejections.empty());
  ASSERT_EQ(reading.repairs.size(), 1U);
  EXPECT_EQ(reading.repairs[0].reason, "filtered_out");
  EXPECT_EQ(reading.repairs[0].detail, "1");
}

TEST(ReadStructures, JoinsDayColumnsIntoOneText) {
  const auto reading =
      read_structures(table_of({"id_fs", "lib_fs", "insee_com", "h_lundi", "h_mardi", "h_samedi"},
                               {{"1", "France services A", "59350", "09:00 - 12:00 / 14:00 - 17:00", "-", "09:00 - 12:00"}}),
                      {}, degrees());
  const Structure& structure = reading.value.structures[StructureIndex{0}];
  EXPECT_EQ(structure.opening_hours, "lundi 09:00 - 12:00 / 14:00 - 17:00 ; samedi 09:00 - 12:00");
  EXPECT_EQ(structure.typology, "France Services");
  EXPECT_EQ(structure.key, "1");
}

TEST(ReadStructures, TakesTheFirstFilledOfSeveralColumns) {
  const auto reading = read_structures(
      table_of({"year", "CODE COMMUNE", "COMMUNE", "DEPCOM", "ECRANS", "FAUTEUILS", "GENRE", "NOM ETABLISSEMENT", "NomEtab"},
               {{"2023", "", "Lille", "59350", "14", "2 500", "FIXE", "", "UGC"},
                {"2003", "59350", "Lille", "", "14", "beaucoup", "FIXE", "REX", ""}}),
      {}, degrees());
  const Structure& first = reading.value.structures[StructureIndex{0}];
  const Structure& second = reading.value.structures[StructureIndex{1}];
  EXPECT_EQ(first.name, "REX");
  EXPECT_EQ(second.name, "UGC");
  EXPECT_EQ(second.commune_code, "59350");
  EXPECT_EQ(second.capacity, 2500);
  EXPECT_EQ(first.capacity, std::nullopt);
  EXPECT_EQ(reasons(reading.repairs), std::vector<std::string>{"unreadable_number"});
}

TEST(ReadStructures, RowOrderChangesNothing) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 200; ++i) {
    rows.push_back({std::to_string(i % 7), "nom " + std::to_string(i % 5), "5935" + std::to_string(i % 10),
                    std::to_string(40 + i % 13)});
  }
  const auto content = [&] {
    auto reading = read_structures(table_of({"id", "nom", "insee", "ville"}, rows), {}, degrees());
    std::string text;
    for (const Structure& structure : reading.value.structures) {
      text += structure.key + "," + structure.name + "," + structure.commune_code + "," + structure.commune_name + "\n";
    }
    return text;
  };
  const std::string expected = content();
  std::mt19937 random(7);
  for (int round = 0; round < 5; ++round) {
    std::ranges::shuffle(rows, random);
    EXPECT_EQ(content(), expected);
  }
}

TEST(CombineStructures, AlignsCarriedColumns) {
  StructureSet first;
  first.carried_columns = {"a", "b"};
  Structure one;
  one.source = "z";
  one.carried = {"1", "2"};
  first.structures.push_back(one);
  StructureSet second;
  second.carried_columns = {"b", "c"};
  Structure two;
  two.source = "y";
  two.carried = {"3", "4"};
  second.structures.push_back(two);
  const StructureSet combined = combine_structures(std::vector{first, second});
  EXPECT_EQ(combined.carried_columns, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(combined.structures[StructureIndex{0}].carried, (std::vector<std::string>{"", "3", "4"}));
  EXPECT_EQ(combined.structures[StructureIndex{1}].carried, (std::vector<std::string>{"1", "2", ""}));
}

}  // namespace
}  // namespace maillage
