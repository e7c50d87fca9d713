#include "engine/structures/duplicates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "engine/structures/name_similarity.hpp"
#include "engine/structures/read_structures.hpp"

namespace maillage {
namespace {

struct Rows {
  StructureSet set;
  Placements placements;

  Structure& add(const std::string& source, const std::string& name, const std::size_t commune = 0) {
    Structure structure;
    structure.source = source;
    structure.name = name;
    structure.row = static_cast<std::int64_t>(set.structures.size()) + 2;
    Placement placement;
    placement.commune = CommuneIndex{commune};
    placement.precision = PositionPrecision::commune;
    placement.scope = PlacementScope::inside;
    placements.of.push_back(placement);
    return set.structures[set.structures.push_back(structure)];
  }
  Structure& add_at(const std::string& source, const std::string& name, const double x, const double y) {
    Structure& structure = add(source, name);
    placements.of.raw().back().position = {x, y};
    placements.of.raw().back().precision = PositionPrecision::point;
    placements.of.raw().back().commune_of_point = CommuneIndex{0};
    return structure;
  }
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> groups(const DuplicateOptions& options = {}) const {
    std::vector<std::vector<std::uint32_t>> list;
    for (const DuplicateGroup& group : find_duplicates(set, placements, options).groups) {
      list.emplace_back();
      for (const StructureIndex member : group.members) {
        list.back().push_back(member.value());
      }
    }
    return list;
  }
};

using Groups = std::vector<std::vector<std::uint32_t>>;

TEST(FindDuplicates, CloseAndAlikeAcrossSources) {
  Rows rows;
  rows.add_at("a", "Médiathèque Jean Lévy", 0, 0);
  rows.add_at("b", "MEDIATHEQUE JEAN-LEVY", 60, 80);
  rows.add_at("b", "Médiathèque Jean Lévy", 500, 0);
  rows.add_at("b", "Musée des Beaux-Arts", 0, 0);
  EXPECT_EQ(rows.groups(), (Groups{{0, 1}}));
  EXPECT_EQ(rows.groups({.max_distance_m = 99.9}), Groups{});
}

TEST(FindDuplicates, ManyStructuresAtOneAddressAreReal) {
  Rows rows;
  for (const char* name : {"CCAS", "Mairie", "Bibliothèque municipale", "France services La Poste", "France services Mairie",
                           "Club 1", "Club 2"}) {
    rows.add_at("a", name, 0, 0);
  }
  EXPECT_EQ(rows.groups(), Groups{});
}

TEST(FindDuplicates, OneWordAndOneTypologyNeedMore) {
  Rows rows;
  rows.add_at("a", "Maison", 0, 0);
  rows.add_at("a", "Maison", 50, 0);
  rows.add_at("a", "Théâtre municipal", 0, 0).typology = "Monument";
  rows.add_at("a", "Théâtre municipal", 0, 0).typology = "Théâtre";
  EXPECT_EQ(rows.groups(), Groups{});
  rows.add_at("b", "Maison", 8, 0);
  EXPECT_EQ(rows.groups(), (Groups{{0, 4}}));
}

TEST(FindDuplicates, AKeyOfOneSourceIsOneStructureUnlessReused) {
  Rows rows;
  rows.add("a", "Rex", 1).key = "7";
  rows.add("a", "Autre nom", 1).key = "7";
  rows.add("b", "Encore", 1).key = "7";
  rows.add("a", "Le Palace", 1).key = "8";
  rows.add("a", "Le Palace", 2).key = "8";
  EXPECT_EQ(rows.groups(), (Groups{{0, 1}}));
  std::vector<std::string> reasons;
  for (const RowNote& note : find_duplicates(rows.set, rows.placements, {}).notes) {
    reasons.push_back(note.reason);
  }
  EXPECT_EQ(reasons, (std::vector<std::string>{"key_reused", "duplicate_key"}));
}

TEST(FindDuplicates, WithoutPointTheWholeNameMustBeTheSame) {
  Rows rows;
  rows.add("a", "Bibliothèque municipale", 0);
  rows.add("b", "La bibliothèque municipale", 0);
  rows.add("b", "Bibliothèque municipale", 1);
  rows.add("b", "Bibliothèques municipales", 0);
  EXPECT_EQ(rows.groups(), (Groups{{0, 1}}));
}

TEST(FindDuplicates, WithoutPointTwoKeysOfOneSourceAreTwo) {
  Rows rows;
  rows.add("a", "La Poste", 0).key = "1";
  rows.add("a", "La Poste", 0).key = "2";
  EXPECT_EQ(rows.groups(), Groups{});
}

TEST(FindDuplicates, ARowWithoutPointJoinsOnlyOneLocatedGroup) {
  Rows rows;
  rows.add_at("a", "La Poste", 0, 0);
  rows.add_at("a", "La Poste", 5'000, 0);
  rows.add("b", "LA POSTE", 0);
  EXPECT_EQ(rows.groups(), Groups{}) << "which of the two?";
  EXPECT_EQ(find_duplicates(rows.set, rows.placements, {}).notes.at(0).reason, "ambiguous_duplicate");
}

TEST(FindDuplicates, UnplacedRowsAreLeftAlone) {
  Rows rows;
  rows.add("a", "X").key = "1";
  rows.add("a", "X").key = "1";
  for (Placement& placement : rows.placements.of) {
    placement.commune = CommuneIndex::none();
  }
  EXPECT_EQ(rows.groups(), Groups{});
}

TEST(FindDuplicates, ADefaultPointIsNobodysOwn) {
  Rows rows;
  for (int i = 0; i < 20'000; ++i) {
    rows.add_at("a", "Structure numéro " + std::to_string(i / 2), 0, 0);
  }
  const Duplicates found = find_duplicates(rows.set, rows.placements, {});
  EXPECT_EQ(found.groups.size(), 10'000U) << "compared by their whole names";
  EXPECT_EQ(found.notes.at(0).reason, "crowded_position");
  EXPECT_EQ(found.notes.at(0).detail, "20000");
}

TEST(FindDuplicates, TheGridMissesNoPair) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> place(-600, 600);
  const std::vector<std::string> names{"Espace Jean Moulin", "Espace Jean Moulins", "Centre social Nord",
                                       "Centre social Sud", "Centre Nord social"};
  for (int round = 0; round < 20; ++round) {
    Rows rows;
    for (int i = 0; i < 120; ++i) {
      rows.add_at(i % 2 == 0 ? "a" : "b", names[random() % names.size()], place(random), place(random));
    }
    std::vector<std::size_t> group(120);
    for (std::size_t i = 0; i < group.size(); ++i) {
      group[i] = i;
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const auto& a = rows.set.structures.raw()[i];
        const auto& b = rows.set.structures.raw()[j];
        if (distance_m(rows.placements.of.raw()[i].position, rows.placements.of.raw()[j].position) <= 100 &&
            name_similarity(comparable_name(a.name), comparable_name(b.name)) >= 0.85) {
          const std::size_t later = std::max(group[i], group[j]);
          const std::size_t earlier = std::min(group[i], group[j]);
          std::ranges::replace(group, later, earlier);
        }
      }
    }
    std::map<std::size_t, std::vector<std::uint32_t>> expected;
    for (std::size_t i = 0; i < group.size(); ++i) {
      expected[group[i]].push_back(static_cast<std::uint32_t>(i));
    }
    Groups oracle;
    for (const auto& [first, members] : expected) {
      if (members.size() > 1) {
        oracle.push_back(members);
      }
    }
    EXPECT_EQ(rows.groups(), oracle);
  }
}

TEST(MergeDuplicates, KeepsTheBestPlacedThenTheFirst) {
  Rows rows;
  rows.add("a", "Médiathèque Jean Lévy", 0);
  rows.add_at("b", "Médiathèque Jean Lévy", 10, 10);
  rows.add_at("c", "Médiathèque Jean Lévy", 10, 12);
  rows.add("d", "Autre", 0);
  const Duplicates duplicates = find_duplicates(rows.set, rows.placements, {});
  const MergedStructures merged = merge_duplicates(rows.set, rows.placements, duplicates);
  ASSERT_EQ(merged.structures.structures.size(), 2U);
  EXPECT_EQ(merged.structures.structures[StructureIndex{0}].source, "b");
  EXPECT_EQ(merged.structures.structures[StructureIndex{1}].source, "d");
  EXPECT_EQ(merged.placements.of.size(), 2U);
  ASSERT_EQ(merged.notes.size(), 2U);
  EXPECT_EQ(merged.notes[0].reason, "merged_duplicate");
  EXPECT_EQ(merged.notes[0].detail, "b:3 Médiathèque Jean Lévy");
}

}  // namespace
}  // namespace maillage
