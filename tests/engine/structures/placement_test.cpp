#include "engine/structures/placement.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/ascii_territory.hpp"

namespace maillage {
namespace {

/// 10 km squares, B in another departement; the source plane is the territory's plane.
///
///     y
///     20 km  A C
///     10 km  A B
///      0      x = 0, 10, 20 km
class PlaceStructures : public ::testing::Test {
 protected:
  PlaceStructures()
      : territory_(test::TerritoryDrawing({"AC", "AB"}, {.cell_m = 10'000, .population = {{'C', 5'000}}}).territory()) {
    planes_.source_to_plane = [](std::span<Point>) {};
    postcodes_ = {{"59100", "5900A"}, {"59200", "5900A"}, {"59200", "5900C"},
                  {"59300", "5900B"}, {"59300", "02999"}, {"02100", "02999"}};
  }

  static Structure at(const double x_km, const double y_km, const std::string& code = {}) {
    Structure structure;
    structure.name = "Lieu";
    structure.commune_code = code;
    structure.declared_position = Point{x_km * 1000, y_km * 1000};
    return structure;
  }
  static Structure declared(const std::string& code, const std::string& postcode = {}, const std::string& commune = {}) {
    Structure structure;
    structure.name = "Lieu";
    structure.commune_code = code;
    structure.postcode = postcode;
    structure.commune_name = commune;
    return structure;
  }

  Placement place(const Structure& structure, const PlacementOptions& options = {}) {
    StructureSet set;
    set.structures.push_back(structure);
    const CodeHistory history(events_);
    result_ = place_structures(territory_, {history, postcodes_}, set, planes_, options);
    return result_.of[StructureIndex{0}];
  }
  [[nodiscard]] std::string reasons() const {
    std::string text;
    for (const RowNote& note : result_.notes) {
      text += (text.empty() ? "" : " ") + note.reason;
    }
    return text;
  }
  [[nodiscard]] std::string name(const CommuneIndex commune) const {
    return commune.is_none() ? "-" : territory_.communes[commune].name;
  }

  Territory territory_;
  Planes planes_;
  std::vector<CodeEvent> events_{{"59998", "5900A", CodeEventKind::merged, "2016-01-01"},
                                 {"59997", "5900A", CodeEventKind::reestablished, "2016-01-01"},
                                 {"59997", "5900B", CodeEventKind::reestablished, "2016-01-01"}};
  std::vector<std::pair<std::string, std::string>> postcodes_;
  Placements result_;
};

TEST_F(PlaceStructures, BothKeysAgree) {
  const Placement placement = place(at(5, 5, "5900A"));
  EXPECT_EQ(name(placement.commune), "A");
  EXPECT_EQ(placement.agreement, KeyAgreement::agree);
  EXPECT_EQ(placement.precision, PositionPrecision::point);
  EXPECT_EQ(placement.position, (Point{5'000, 5'000}));
  EXPECT_EQ(reasons(), "");
}

TEST_F(PlaceStructures, ANearConflictIsToldAndTheOptionDecides) {
  const Placement by_code = place(at(11, 5, "5900A"));
  EXPECT_EQ(name(by_code.commune), "A");
  EXPECT_EQ(name(by_code.commune_of_point), "B");
  EXPECT_EQ(by_code.agreement, KeyAgreement::conflict);
  EXPECT_EQ(by_code.conflict_distance_m, 1'000);
  EXPECT_EQ(by_code.precision, PositionPrecision::point);
  EXPECT_EQ(reasons(), "commune_conflict");
  EXPECT_EQ(result_.notes[0].detail, "Lieu: 5900A A -> 5900B B, 1000 m");
  const Placement by_point = place(at(11, 5, "5900A"), {.wins = CommuneKey::point});
  EXPECT_EQ(name(by_point.commune), "B");
  EXPECT_EQ(name(by_point.commune_of_code), "A");
}

TEST_F(PlaceStructures, MisplacedCoordinatesStretchNothing) {
  for (const CommuneKey wins : {CommuneKey::code, CommuneKey::point}) {
    const Placement inside = place(at(19, 5, "5900A"), {.wins = wins});
    EXPECT_EQ(name(inside.commune), "A");
    EXPECT_EQ(inside.position, territory_.points[*territory_.find("5900A")].position);
    EXPECT_EQ(inside.precision, PositionPrecision::commune);
    EXPECT_EQ(inside.conflict_distance_m, 9'000);
    EXPECT_EQ(reasons(), "misplaced_coordinates");
  }
  const Placement far = place(at(3'000, 5, "5900B"));
  EXPECT_EQ(name(far.commune), "B");
  EXPECT_EQ(far.precision, PositionPrecision::commune);
  EXPECT_EQ(far.agreement, KeyAgreement::code_only);
  EXPECT_EQ(far.conflict_distance_m, 2'980'000);
  EXPECT_EQ(reasons(), "misplaced_coordinates");
}

TEST_F(PlaceStructures, LimitsAreClosed) {
  EXPECT_EQ(place(at(15, 5, "5900A")).precision, PositionPrecision::point);
  EXPECT_EQ(place(at(15.001, 5, "5900A")).precision, PositionPrecision::commune);
  EXPECT_EQ(name(place(at(-2, 5)).commune), "A");
  EXPECT_EQ(place(at(-2.001, 5)).scope, PlacementScope::outside);
}

TEST_F(PlaceStructures, OffshorePointsGoToTheNearestOrTheDeclaredCommune) {
  const Placement nearest = place(at(21, 9));
  EXPECT_EQ(name(nearest.commune), "B");
  EXPECT_EQ(nearest.offshore_distance_m, 1'000);
  EXPECT_EQ(nearest.agreement, KeyAgreement::point_only);
  EXPECT_EQ(reasons(), "offshore_point");
  const Placement declared_one = place(at(21, 9, "5900C"));
  EXPECT_EQ(name(declared_one.commune), "C") << "B is nearer, but C is declared and within the tolerance";
  EXPECT_EQ(declared_one.agreement, KeyAgreement::agree);
  const Placement beyond = place(at(24, 5, "5900B"));
  EXPECT_EQ(name(beyond.commune), "B");
  EXPECT_EQ(beyond.agreement, KeyAgreement::code_only);
  EXPECT_EQ(beyond.precision, PositionPrecision::point);
  EXPECT_EQ(reasons(), "point_outside_territory");
}

TEST_F(PlaceStructures, ScopeIsNotBadData) {
  EXPECT_EQ(place(at(100, 5)).scope, PlacementScope::outside);
  EXPECT_EQ(result_.outside.at(0).first, "outside_by_point");
  EXPECT_EQ(place(at(100, 5, "62001")).scope, PlacementScope::outside);
  EXPECT_EQ(result_.outside.at(0).first, "outside_by_both_keys");
  EXPECT_EQ(place(declared("62001")).scope, PlacementScope::outside);
  EXPECT_EQ(result_.outside.at(0).first, "outside_by_code");
  EXPECT_EQ(place(declared("", "02100")).scope, PlacementScope::outside);
  EXPECT_EQ(place(declared("", "62000")).scope, PlacementScope::outside);
  EXPECT_EQ(result_.outside.at(0).first, "outside_by_postcode");
  EXPECT_EQ(reasons(), "");
  EXPECT_EQ(place(at(5, 5, "62001")).scope, PlacementScope::outside);
  EXPECT_EQ(reasons(), "code_outside_point_inside");
  const Placement by_point = place(at(5, 5, "62001"), {.wins = CommuneKey::point});
  EXPECT_EQ(name(by_point.commune), "A");
  EXPECT_EQ(by_point.agreement, KeyAgreement::conflict);
}

TEST_F(PlaceStructures, CodesAreRepairedFollowedOrTold) {
  EXPECT_EQ(name(place(declared("59998")).commune), "A");
  EXPECT_EQ(reasons(), "obsolete_commune_code");
  EXPECT_EQ(place(declared("59123")).scope, PlacementScope::unplaced)
      << "of the territory's departement, and nobody knows it";
  EXPECT_EQ(reasons(), "unknown_commune_code unplaced_structure");
  EXPECT_EQ(name(place(at(5, 5, "0null")).commune), "A");
  EXPECT_EQ(reasons(), "malformed_commune_code");
  const Placement divided = place(at(15, 5, "59997"));
  EXPECT_EQ(name(divided.commune), "B");
  EXPECT_EQ(divided.agreement, KeyAgreement::agree);
  EXPECT_EQ(reasons(), "divided_commune_code");
}

TEST_F(PlaceStructures, PostcodesGiveCandidatesAndNamesDecide) {
  const Placement one = place(declared("", "59100", "anything"));
  EXPECT_EQ(name(one.commune), "A");
  EXPECT_EQ(one.precision, PositionPrecision::postcode);
  EXPECT_EQ(one.agreement, KeyAgreement::postcode_only);
  EXPECT_EQ(name(place(declared("", "59200", "a")).commune), "A");
  EXPECT_EQ(reasons(), "");
  EXPECT_EQ(name(place(declared("", "59200")).commune), "C") << "the most populous";
  EXPECT_EQ(reasons(), "ambiguous_postcode");
  EXPECT_EQ(result_.notes[0].detail, "Lieu: 5900A A, 5900C C -> 5900C");
  EXPECT_EQ(name(place(declared("", "59809", "B CEDEX 9")).commune), "B");
  EXPECT_EQ(reasons(), "placed_by_commune_name");
  EXPECT_EQ(place(declared("", "59809", "Nulle-Part")).scope, PlacementScope::unplaced);
  EXPECT_EQ(reasons(), "unknown_postcode unplaced_structure");
  EXPECT_EQ(place(declared("", "2100", "B")).scope, PlacementScope::unplaced);
  EXPECT_EQ(reasons(), "malformed_postcode unplaced_structure");
  EXPECT_EQ(place(declared("", "59300", "Ailleurs")).scope, PlacementScope::outside) << "shared with a commune outside";
  EXPECT_EQ(name(place(declared("", "59300", "B")).commune), "B");
}

TEST_F(PlaceStructures, APostcodeUnseatsOnlyAFarPoint) {
  Structure structure = at(12, 5);
  structure.postcode = "59100";
  EXPECT_EQ(name(place(structure).commune), "B");
  EXPECT_EQ(reasons(), "postcode_conflict");
  structure.declared_position = Point{19'000, 5'000};
  EXPECT_EQ(name(place(structure).commune), "A");
  EXPECT_EQ(place(structure).precision, PositionPrecision::postcode);
  EXPECT_EQ(reasons(), "misplaced_coordinates");
  structure.commune_name = "b";
  EXPECT_EQ(name(place(structure).commune), "B") << "point and name agree against the postcode";
  EXPECT_EQ(reasons(), "placed_by_commune_name");
  structure.postcode = "62100";
  EXPECT_EQ(name(place(structure).commune), "B");
  EXPECT_EQ(reasons(), "postcode_conflict");
  structure.postcode = "59100";
  structure.declared_position = Point{900'000, 5'000};
  structure.commune_name = "";
  EXPECT_EQ(name(place(structure).commune), "A");
  EXPECT_EQ(place(structure).position, territory_.points[*territory_.find("5900A")].position);
}

TEST_F(PlaceStructures, ACommuneWithoutPointStillCounts) {
  territory_.points[*territory_.find("5900A")].origin = CommunePoint::Origin::none;
  const Placement placement = place(declared("5900A"));
  EXPECT_EQ(name(placement.commune), "A");
  EXPECT_EQ(placement.precision, PositionPrecision::none);
  EXPECT_EQ(placement.scope, PlacementScope::inside);
  EXPECT_EQ(reasons(), "commune_without_point");
}

TEST_F(PlaceStructures, NothingAtAllIsUnplaced) {
  EXPECT_EQ(place(declared("")).scope, PlacementScope::unplaced);
  EXPECT_EQ(reasons(), "unplaced_structure");
}

TEST_F(PlaceStructures, PositionsThatCannotBeMeasuredAreTold) {
  planes_.source_to_plane = [](std::span<Point> points) {
    for (Point& point : points) {
      point = {NAN, NAN};
    }
  };
  const Placement placement = place(at(5, 5, "5900A"));
  EXPECT_EQ(name(placement.commune), "A");
  EXPECT_EQ(placement.precision, PositionPrecision::commune);
  EXPECT_EQ(reasons(), "coordinates_not_convertible");
}

TEST_F(PlaceStructures, ACommuneWithoutContourIsMeasuredFromItsPoint) {
  Territory bare;
  bare.communes.push_back(Commune{"59001", "Nue", 10, "59", "32", ""});
  bare.contours.end_area();
  bare.source_contours.end_area();
  bare.points.push_back({{0, 0}, CommunePoint::Origin::declared});
  bare.tiers = default_population_tiers();
  bare.tier.push_back(tier_of(bare.tiers, 10));
  territory_ = bare;
  const Placement near = place(at(1, 0, "59001"));
  EXPECT_EQ(near.precision, PositionPrecision::point);
  EXPECT_EQ(near.conflict_distance_m, 1'000);
  EXPECT_EQ(place(at(9, 0, "59001")).precision, PositionPrecision::commune);
  EXPECT_EQ(reasons(), "misplaced_coordinates");
}

TEST_F(PlaceStructures, KeepsInScopeAllButTheOutside) {
  StructureSet set;
  set.carried_columns = {"x"};
  for (const Structure& structure : {at(5, 5), at(500, 5), declared(""), declared("5900B")}) {
    set.structures.push_back(structure);
  }
  const CodeHistory history(events_);
  const Placements placed = place_structures(territory_, {history, postcodes_}, set, planes_, {});
  const StructuresInScope kept = keep_in_scope(set, placed);
  EXPECT_EQ(kept.structures.structures.size(), 3U);
  EXPECT_EQ(kept.placements.of.size(), 3U);
  EXPECT_EQ(kept.structures.carried_columns, set.carried_columns);
  EXPECT_EQ(kept.placements.of[StructureIndex{1}].scope, PlacementScope::unplaced);
  EXPECT_EQ(kept.placements.outside, (std::vector<std::pair<std::string, std::int64_t>>{{"outside_by_point", 1}}));
}

TEST(CompareName, SeesThroughSpellings) {
  EXPECT_EQ(compare_name("ST-OMER CEDEX 2"), compare_name("Saint-Omer"));
  EXPECT_EQ(compare_name("MARSEILLE 11"), compare_name("Marseille"));
  EXPECT_EQ(compare_name("Paris 8e Arrondissement"), compare_name("PARIS"));
  EXPECT_EQ(compare_name("Œuilly"), "oeuilly");
  EXPECT_NE(compare_name("Le Mée"), compare_name("Le Mesnil"));
}

}  // namespace
}  // namespace maillage
