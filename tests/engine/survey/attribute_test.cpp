#include "engine/survey/attribute.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/support/ascii_territory.hpp"
#include "tests/support/placed_structures.hpp"

namespace maillage {
namespace {

using test::at;
using test::draw_territory;
using test::PlacedStructures;
using Texts = std::vector<std::string>;

TEST(AttributeOfTexts, OrdersByCountThenText) {
  const std::vector<Texts> texts{{"b"}, {"a"}, {"c"}, {"c"}};
  const Attribute attribute = attribute_of_texts("x", {"X", "X"}, texts);
  EXPECT_EQ(attribute.categories[CategoryIndex{0}].french, "c");
  EXPECT_EQ(attribute.categories[CategoryIndex{1}].french, "a");
  EXPECT_EQ(attribute.categories[CategoryIndex{2}].french, "b");
}

TEST(StructureAttribute, ReadsEveryKindOfAttribute) {
  const Territory territory = draw_territory({"AB"}, {.departement = {{'B', "62"}}});
  PlacedStructures structures;
  structures.set.carried_columns = {"label"};
  Structure library;
  library.typology = "Bibliothèque";
  library.competences = {"numérique", "sciences"};
  library.carried = {"vert; bleu ;"};
  structures.add(at(territory, 'B'), {1'500, 500}, library);
  structures.add_unplaced();
  const std::vector<StructureIndex> which{StructureIndex{0}, StructureIndex{1}};
  const auto attribute = [&](const std::string& name, const std::string& separator = "") {
    return structure_attribute(territory, structures.set, structures.placed, which, {.name = name, .separator = separator});
  };
  EXPECT_EQ(attribute("departement").values[UnitIndex{0}].front().value(), 1U);
  EXPECT_TRUE(attribute("departement").values[UnitIndex{1}].empty());
  EXPECT_TRUE(attribute("tier").values[UnitIndex{1}].empty());
  EXPECT_EQ(attribute("typology").categories.size(), 1U);
  EXPECT_TRUE(attribute("competences").multiple);
  EXPECT_EQ(attribute("competences").values[UnitIndex{0}].size(), 2U);
  EXPECT_EQ(attribute("label").categories.size(), 1U);
  EXPECT_EQ(attribute("label", ";").categories[CategoryIndex{0}].french, "bleu");
  EXPECT_EQ(attribute("label", ";").values[UnitIndex{0}].size(), 2U);
  EXPECT_EQ(attribute("precision").values[UnitIndex{1}].front().value(), 3U);
  EXPECT_EQ(attribute("commune").categories[CategoryIndex{0}].french, "B (5900B)");
  for (const std::string& name : structure_attribute_names(structures.set)) {
    EXPECT_EQ(attribute(name).values.rows(), 2U) << name;
  }
}

TEST(StructureAttribute, SuggestsTheNameThatWasMeant) {
  const Territory territory = draw_territory({"A"});
  try {
    (void)commune_attribute(territory, "departemnt");
    FAIL();
  } catch (const StudyError& error) {
    EXPECT_NE(error.message().french.find("departement"), std::string::npos);
  }
  EXPECT_THROW((void)structure_attribute(territory, {}, {}, {}, {.name = "typologie", .separator = ""}), StudyError);
}

}  // namespace
}  // namespace maillage
