#include "adapters/publish/network_report.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/ascii_roads.hpp"

namespace maillage {
namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

class NetworkReport : public ::testing::Test {
 protected:
  testing::AsciiRoads map_ = testing::ascii_roads({"A--B>>C  D-E", "|  |", "F--G~~H"});
  RoadAudit audit_ = audit_roads(map_.network, find_components(map_.network));
  NetworkQuality quality_{.file = "routes.mlg",
                          .source = "a|b.osm.pbf",
                          .vintage = "2026-11-01",
                          .attribution = "© les contributeurs",
                          .network = map_.network,
                          .audit = audit_,
                          .max_access_m = 1'000,
                          .places = {}};
};

TEST_F(NetworkReport, CountsEveryFaultAlsoThoseThatAreNot) {
  const Table table = fault_table(audit_);
  ASSERT_EQ(table.rows.size(), kRoadFaults);
  const auto row = [&](const RoadFault fault) { return table.rows[static_cast<std::size_t>(fault)]; };
  EXPECT_EQ(row(RoadFault::island)[1], TableCell{std::int64_t{1}});
  EXPECT_EQ(row(RoadFault::island)[3], (TableCell{Decimal{.units = 20, .decimals = 3}})) << "20 m";
  EXPECT_EQ(row(RoadFault::no_exit)[2], TableCell{std::int64_t{1}});
  EXPECT_EQ(row(RoadFault::dead_ferry)[1], TableCell{std::int64_t{1}});
  EXPECT_EQ(row(RoadFault::cut_off)[1], TableCell{std::int64_t{0}});
  EXPECT_EQ(row(RoadFault::no_exit)[4], percentage(3'000, 18'000, 2)) << "of the length of open roads";
}

TEST_F(NetworkReport, SaysSoWhenNoPlacesWereGiven) {
  const std::string text = network_quality_markdown(quality_, Language::french);
  EXPECT_NE(text.find("Aucun lieu n'a été donné"), std::string::npos);
  EXPECT_NE(text.find("a\\|b.osm.pbf (2026-11-01)"), std::string::npos) << text;
  EXPECT_NE(text.find("| îlot | 1 | 1 | 0,020 |"), std::string::npos) << text;
}

TEST_F(NetworkReport, CountsCommunesWithTheirPeopleAndListsThoseConcerned) {
  quality_.places = {
      {.key = "59001", .name = "Abancourt", .kind = "commune", .population = 450, .position = {}},
      {.key = "59002",
       .name = "L'Île",
       .kind = "commune",
       .population = 1'200,
       .position = {},
       .access_m = 12.4,
       .standing = RoadStanding::island},
      {.key = "s", .name = "", .kind = "structure", .population = {}, .position = {}, .standing = RoadStanding::closed}};
  const Table table = place_table(quality_.places);
  EXPECT_EQ(table.columns.size(), 4U) << "state, communes, inhabitants, structures; no other places";
  for (const auto& row : table.rows) {
    EXPECT_EQ(row.size(), table.columns.size());
  }
  const std::string text = network_quality_markdown(quality_, Language::french);
  EXPECT_NE(text.find("| sur un îlot | 1 | 1\u202f200 | 0 |"), std::string::npos) << text;
  EXPECT_NE(text.find("- commune 59002 (L'Île) : sur un îlot, 12 m"), std::string::npos) << text;
  EXPECT_NE(text.find("- structure s : loin de toute route\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("Abancourt"), std::string::npos) << "it is joined";
  const std::string english = network_quality_markdown(quality_, Language::english);
  EXPECT_NE(english.find("| on an island | 1 | 1,200 | 0 |"), std::string::npos) << english;
  EXPECT_EQ(english.find("îlot :"), std::string::npos);
}

TEST_F(NetworkReport, ListsTheFirstFiftyPlacesOnly) {
  quality_.places.assign(
      73, {.key = "k", .name = "", .kind = "lieu", .population = {}, .position = {}, .standing = RoadStanding::no_exit});
  const std::string text = network_quality_markdown(quality_, Language::french);
  EXPECT_EQ(count_of(text, "- lieu k"), 50U);
  EXPECT_NE(text.find("… et 23 autres"), std::string::npos);
}

TEST_F(NetworkReport, KeepsTheConsolesColumnsInLine) {
  const std::string text = table_text(fault_table(audit_), Language::french);
  EXPECT_EQ(count_of(text, "\n"), kRoadFaults);
  std::size_t begin = 0;
  std::vector<std::size_t> widths;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    widths.push_back(static_cast<std::size_t>(
        std::ranges::count_if(line, [](const char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; })));
    begin = end + 1;
  }
  EXPECT_EQ(std::ranges::count(widths, widths.front()), static_cast<std::ptrdiff_t>(widths.size())) << text;
}

}  // namespace
}  // namespace maillage
