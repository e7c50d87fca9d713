#include "adapters/builtin/builtin_france.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <set>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/geometry/equal_edges.hpp"
#include "engine/territory/commune.hpp"
#include "maps/french_grammar.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

const TerritorySource& france() {
  static const TerritorySource source = builtin_france(BuiltinSelection{.france = true});
  return source;
}

const TerritorySource& hauts_de_france() {
  static const TerritorySource source = builtin_france(BuiltinSelection{.regions = {"32"}});
  return source;
}

std::int64_t population(const TerritorySource& source) {
  std::int64_t sum = 0;
  for (const CommuneRecord& record : source.records) {
    sum += record.population.value_or(0);
  }
  return sum;
}

const CommuneRecord& commune(const TerritorySource& source, const std::string& code) {
  const auto found = std::ranges::find(source.records, code, &CommuneRecord::code);
  EXPECT_NE(found, source.records.end()) << code;
  return *found;
}

using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

Pairs pairs_of_areas(const std::vector<EqualPair>& equal, const std::vector<std::uint32_t>& area) {
  Pairs pairs;
  for (const EqualPair& pair : equal) {
    if (area[pair.first] != area[pair.second]) {
      pairs.insert(std::minmax(area[pair.first], area[pair.second]));
    }
  }
  return pairs;
}

TEST(BuiltinFrance, HoldsTheWholeCountry) {
  EXPECT_EQ(france().records.size(), 34'875U);
  EXPECT_EQ(france().contours.areas(), 34'875U);
  EXPECT_EQ(france().contours.vertices.size(), 1'084'009U);
  EXPECT_EQ(population(france()), 66'526'267);
  EXPECT_EQ(std::ranges::count_if(france().records, [](const CommuneRecord& r) { return r.point.has_value(); }), 34'825)
      << "34,827 rows of the package have a town hall point, two of them an empty one (42084, 56098)";
  EXPECT_TRUE(std::ranges::is_sorted(france().records, {}, &CommuneRecord::code));
  EXPECT_EQ(france().crs.definition, "OGC:CRS84");
  EXPECT_TRUE(france().crs.geographic);
}

TEST(BuiltinFrance, KeepsTheEightCommunesWithoutContour) {
  std::vector<std::string> without;
  for (std::size_t i = 0; i < france().records.size(); ++i) {
    if (france().contours.area_first[i] == france().contours.area_first[i + 1]) {
      without.push_back(france().records[i].code);
    }
  }
  EXPECT_EQ(without, (std::vector<std::string>{"12218", "14581", "15031", "15035", "15047", "15171", "49126", "69114"}));
}

TEST(BuiltinFrance, ReachesTheSeasBeyond) {
  for (const auto& [code, name] : {std::pair{"01", "Guadeloupe"}, std::pair{"02", "Martinique"}, std::pair{"03", "Guyane"},
                                   std::pair{"04", "La Réunion"}, std::pair{"06", "Mayotte"}}) {
    const TerritorySource source = builtin_france(BuiltinSelection{.regions = {code}});
    EXPECT_FALSE(source.records.empty()) << code;
    EXPECT_EQ(source.region_names.size(), 1U);
    EXPECT_EQ(source.region_names.front().first, code);
    EXPECT_EQ(source.records.front().departement.size(), 3U);
    EXPECT_NE(std::string{name}.find(source.region_names.front().second.substr(0, 6)), std::string::npos)
        << source.region_names.front().second;
  }
}

TEST(BuiltinFrance, HasTheFiguresOfHautsDeFrance) {
  EXPECT_EQ(hauts_de_france().records.size(), 3'782U);
  EXPECT_EQ(hauts_de_france().contours.vertices.size(), 90'566U);
  EXPECT_EQ(population(hauts_de_france()), 6'003'283);
  std::array<std::int64_t, 4> communes{};
  std::array<std::int64_t, 4> inhabitants{};
  std::vector<std::string> unknown;
  for (const CommuneRecord& record : hauts_de_france().records) {
    EXPECT_EQ(record.region, "32");
    const TierIndex tier = tier_of(default_population_tiers(), record.population);
    if (tier.is_none()) {
      unknown.push_back(record.code);
    } else {
      ++communes[tier.value()];
      inhabitants[tier.value()] += *record.population;
    }
  }
  EXPECT_EQ(unknown, std::vector<std::string>{"60694"});
  // The commune without population is of the first tier by Etalab's count: 3,245 with it.
  EXPECT_EQ(communes, (std::array<std::int64_t, 4>{3'244, 488, 47, 2}));
  EXPECT_EQ(inhabitants, (std::array<std::int64_t, 4>{1'631'180, 2'445'373, 1'559'886, 366'844}));
}

TEST(BuiltinFrance, SharesBordersExactly) {
  const AreaSet& contours = hauts_de_france().contours;
  const std::vector<std::uint32_t> area = area_of_vertices(contours);
  // 10,991 by edges of any length: Licourt (80474) and Saint-Christ-Briost (80701) share one without length, a repeated
  // vertex.
  EXPECT_EQ(pairs_of_areas(equal_edges(contours), area).size(), 10'990U);
  const std::vector<std::uint32_t> earlier = earlier_equal_vertices(contours);
  std::vector<EqualPair> vertices;
  for (std::uint32_t k = 0; k < earlier.size(); ++k) {
    for (std::uint32_t other = earlier[k]; other != kNoVertex; other = earlier[other]) {
      vertices.push_back({other, k});
    }
  }
  EXPECT_EQ(pairs_of_areas(vertices, area).size(), 11'099U);
}

bool is_inside(const AreaSet& areas, const AreaIndex area, const Point& point) {
  bool odd = false;
  const AreaSet::RingRange rings = areas.rings_of(area);
  for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
    const std::span<const Point> vertices = areas.ring(ring);
    for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
      const Point& a = vertices[i];
      const Point& b = vertices[i + 1];
      if ((a.y > point.y) != (b.y > point.y) && point.x < a.x + (point.y - a.y) * (b.x - a.x) / (b.y - a.y)) {
        odd = !odd;
      }
    }
  }
  return odd;
}

TEST(BuiltinFrance, KeepsTownHallsThatLieOutsideTheirCommune) {
  std::size_t inside = 0;
  std::size_t outside = 0;
  for (std::size_t i = 0; i < hauts_de_france().records.size(); ++i) {
    if (const auto& point = hauts_de_france().records[i].point) {
      ++(is_inside(hauts_de_france().contours, AreaIndex{i}, *point) ? inside : outside);
    }
  }
  EXPECT_EQ(inside, 3'542U);
  EXPECT_EQ(outside, 235U);
}

TEST(BuiltinFrance, IsTheSameWholeOrByParts) {
  const TerritorySource& part = hauts_de_france();
  for (std::size_t i = 0; i < part.records.size(); i += 97) {
    const auto in_france = std::ranges::lower_bound(france().records, part.records[i].code, {}, &CommuneRecord::code);
    AreaSet of_part;
    of_part.add_area(part.contours, AreaIndex{i});
    AreaSet of_whole;
    of_whole.add_area(france().contours, AreaIndex{static_cast<std::size_t>(in_france - france().records.begin())});
    EXPECT_EQ(of_part, of_whole) << part.records[i].code;
    EXPECT_EQ(in_france->name, part.records[i].name);
  }
}

TEST(BuiltinFrance, KeepsPositionsWithinHalfAStep) {
  struct Golden {
    const char* code;
    Point vertex;          // of the source, first of its contour
    std::size_t vertices;  // of the first ring, closing one included
  };
  const std::array<Golden, 4> golden{{{"59350", {3.0458513375451126, 50.64803942557807}, 70},
                                      {"29155", {-5.033955498017902, 48.46406863122806}, 6},
                                      {"97411", {55.37571445620842, -20.89604277621952}, 72},
                                      {"2A004", {8.622724870546937, 41.97059188072441}, 110}}};
  for (const Golden& expected : golden) {
    const TerritorySource source = builtin_france(BuiltinSelection{.communes = {expected.code}});
    ASSERT_EQ(source.records.size(), 1U);
    ASSERT_EQ(source.contours.ring(0).size(), expected.vertices) << expected.code;
    double nearest = 1;
    for (const Point& vertex : source.contours.ring(0)) {
      nearest = std::min(nearest, std::max(std::abs(vertex.x - expected.vertex.x), std::abs(vertex.y - expected.vertex.y)));
    }
    EXPECT_LE(nearest, 0.5000001e-6) << expected.code;
  }
  EXPECT_NEAR(commune(france(), "59350").point->x, 3.07086, 0.5000001e-6);
  EXPECT_NEAR(commune(france(), "97411").point->y, -20.878974, 0.5000001e-6);
}

TEST(BuiltinFrance, ClosesEveryRing) {
  const AreaSet& contours = france().contours;
  std::size_t open = 0;
  for (std::size_t ring = 0; ring < contours.rings(); ++ring) {
    open += contours.ring(ring).size() < 4 || contours.ring(ring).front() != contours.ring(ring).back() ? 1U : 0U;
  }
  EXPECT_EQ(open, 0U);
}

TEST(BuiltinFrance, WritesNamesWithTheirArticles) {
  EXPECT_EQ(commune(france(), "76351").name, "Le Havre");
  EXPECT_EQ(commune(france(), "01001").name, "L'Abergement-Clémenciat");
  EXPECT_EQ(commune(france(), "59350").name, "Lille");
  EXPECT_EQ(commune(france(), "59350").departement, "59");
  EXPECT_EQ(commune(france(), "59350").epci, "200093201");
  EXPECT_EQ(commune(france(), "29155").epci, "") << "Ouessant is in no EPCI";
  EXPECT_EQ(commune(france(), "55039").population, 0) << "a village destroyed in 1916: zero is known";
  EXPECT_FALSE(commune(france(), "97601").population.has_value());
}

TEST(BuiltinFrance, NamesEveryDepartementAndRegionAsSentencesKnowThem) {
  EXPECT_EQ(france().departement_names.size(), 101U);
  for (const auto* names : {&france().departement_names, &france().region_names}) {
    for (const auto& [code, name] : *names) {
      EXPECT_TRUE(french::is_area(name)) << code << " " << name;
    }
  }
}

TEST(BuiltinFrance, TellsWhatBecameOfOldCodes) {
  const std::vector<CodeEvent>& history = france().history;
  const auto contains = [&](const char* old_code, const char* new_code, const CodeEventKind kind) {
    return std::ranges::find(history, CodeEvent{old_code, new_code, kind, ""}) != history.end();
  };
  EXPECT_TRUE(contains("59355", "59350", CodeEventKind::associated)) << "Lomme";
  EXPECT_TRUE(contains("75120", "75056", CodeEventKind::arrondissement));
  EXPECT_TRUE(contains("69381", "69123", CodeEventKind::arrondissement));
  EXPECT_EQ(std::ranges::count(history, CodeEventKind::arrondissement, &CodeEvent::kind), 45);
  EXPECT_EQ(std::ranges::count(history, CodeEventKind::associated, &CodeEvent::kind), 471);
  EXPECT_TRUE(std::ranges::all_of(history, [](const CodeEvent& event) { return event.old_code != event.new_code; }));
  EXPECT_EQ(hauts_de_france().history.size(), 75U);
}

TEST(BuiltinFrance, LinksPostcodesToCommunes) {
  const auto& postcodes = hauts_de_france().postcodes;
  EXPECT_TRUE(std::ranges::is_sorted(postcodes));
  EXPECT_TRUE(std::ranges::binary_search(postcodes, std::pair<std::string, std::string>{"59000", "59350"}));
}

TEST(BuiltinFrance, DescribesItself) {
  const BuiltinDescription description = describe_builtin_france();
  EXPECT_EQ(description.communes, 34'875U);
  EXPECT_EQ(description.without_contour, 8U);
  EXPECT_EQ(description.located, 34'825U);
  EXPECT_EQ(description.population, 66'526'267);
  EXPECT_EQ(description.without_population, 18U) << "Mayotte's 17 and 60694";
  EXPECT_EQ(description.departements, 101U);
  EXPECT_EQ(description.regions, 18U);
  EXPECT_EQ(description.epcis, 1'253U);
  EXPECT_EQ(description.delegated, 2'105U);
  EXPECT_EQ(description.associated, 471U);
  EXPECT_EQ(description.arrondissements, 45U);
  EXPECT_EQ(description.producers.size(), 3U);
  EXPECT_NE(description.licence.find("Licence Ouverte 2.0"), std::string::npos);
  EXPECT_EQ(description.source_sha256.size(), 64U);
  EXPECT_LE(description.bytes, 6'000'000U);
  EXPECT_EQ(description.bytes, std::filesystem::file_size(MAILLAGE_SOURCE_DIR "/adapters/builtin/france.bin"));
}

TEST(BuiltinFrance, ListsZonesAndCommunesWithoutDecodingContours) {
  EXPECT_EQ(builtin_communes().size(), 34'875U);
  const auto region = std::ranges::find(builtin_tables().regions, "32", &BuiltinZone::code);
  ASSERT_NE(region, builtin_tables().regions.end());
  EXPECT_EQ(*region, (BuiltinZone{"32", "Hauts-de-France", 3'782}));
  std::size_t in_departements = 0;
  for (const BuiltinZone& departement : builtin_tables().departements) {
    in_departements += departement.communes;
  }
  EXPECT_EQ(in_departements, 34'875U);
}

}  // namespace
}  // namespace maillage
