#include "maps/field_dictionary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

CoverageDefinition definition_named(const std::string& name, const CostUnit unit = CostUnit::metres) {
  return {.name = name,
          .label = "Libellé",
          .travel = StraightLine{.speed_kmh = 5, .unit = unit},
          .limit = 5'000,
          .structures = {}};
}

bool is_identifier(const std::string& name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, [](const char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
  });
}

bool is_short_name(const std::string& name) {
  return !name.empty() && name.size() <= 10 && name.front() >= 'A' && name.front() <= 'Z' &&
         std::ranges::all_of(name, [](const char letter) {
           return (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '_';
         });
}

TEST(FieldDictionary, NamesAreUniqueAndWellFormedInEveryLayer) {
  for (const LayerKind kind : all_layer_kinds()) {
    std::vector<Field> fields = common_fields(kind);
    for (std::size_t position = 0; position < 99; ++position) {
      const auto more = coverage_fields(kind, definition_named("d" + std::to_string(position)), position);
      fields.insert(fields.end(), more.begin(), more.end());
    }
    std::set<std::string> names;
    std::set<std::string> short_names;
    for (const Field& field : fields) {
      EXPECT_TRUE(names.insert(field.name).second) << layer_name(kind) << ' ' << field.name;
      EXPECT_TRUE(short_names.insert(field.short_name).second) << layer_name(kind) << ' ' << field.short_name;
      EXPECT_TRUE(is_identifier(field.name)) << field.name;
      EXPECT_TRUE(is_short_name(field.short_name)) << field.short_name;
    }
  }
}

TEST(FieldDictionary, SaysEverythingOfEveryField) {
  std::set<std::string> layers;
  for (const DictionaryEntry& entry : field_dictionary()) {
    layers.insert(layer_name(entry.layer));
    EXPECT_LE(entry.field.short_name.size(), 10U) << entry.field.short_name;
    EXPECT_TRUE(entry.field.unit == "selon la mesure" || !entry.field.label.french.empty()) << entry.field.name;
    EXPECT_TRUE(entry.field.unit == "selon la mesure" || !entry.field.label.english.empty()) << entry.field.name;
    EXPECT_FALSE(entry.field.meaning.french.empty()) << entry.field.name;
    EXPECT_FALSE(entry.field.meaning.english.empty()) << entry.field.name;
    // How many decimals the value of a measure has depends on the measure.
    EXPECT_EQ(entry.field.decimals > 0 || entry.field.unit == "selon la mesure", entry.field.type == FieldType::real)
        << entry.field.name;
    EXPECT_EQ(entry.repeated, entry.field.name.starts_with("<definition>_") || entry.field.name.starts_with("<acces>") ||
                                  entry.field.name.starts_with("<continuite>_"));
  }
  EXPECT_EQ(layers.size(), all_layer_kinds().size());
}

TEST(FieldDictionary, TwoDefinitionsNeverMakeTheSameName) {
  // "a" + "_x_y" is "a_x" + "_y" only if one suffix ends with another.
  for (const LayerKind kind : all_layer_kinds()) {
    const auto fields = coverage_fields(kind, definition_named("d"), 0);
    for (const Field& one : fields) {
      for (const Field& other : fields) {
        EXPECT_FALSE(one.name != other.name && one.name.ends_with(other.name.substr(1))) << one.name << ' ' << other.name;
      }
    }
  }
}

TEST(FieldDictionary, NamesFieldsAfterTheDefinitionAndItsPlace) {
  const auto fields = coverage_fields(LayerKind::communes, definition_named("bibliotheques_5km", CostUnit::seconds), 11);
  const auto cost = std::ranges::find(fields, "bibliotheques_5km_cout", &Field::name);
  ASSERT_NE(cost, fields.end());
  EXPECT_EQ(cost->short_name, "C12_COUT");
  EXPECT_EQ(cost->unit, "s");
  EXPECT_EQ(cost->label.french, "Coût jusqu’à la plus proche (Libellé)");
  EXPECT_THROW((void)coverage_fields(LayerKind::communes, definition_named("x"), 99), StudyError);
}

TEST(CarriedField, HasAPlainNameAndTheColumnsOwnLabel) {
  const Field field = carried_field("Code INSEE (de l'été)", 0);
  EXPECT_EQ(field.name, "code_insee_de_l_ete");
  EXPECT_EQ(field.short_name, "X01_CODEIN");
  EXPECT_EQ(field.label.french, "Code INSEE (de l'été)");
  for (const std::string column : {"2019", "", "日本", "_", "a"}) {
    const Field odd = carried_field(column, 8);
    EXPECT_TRUE(is_identifier(odd.name)) << odd.name;
    EXPECT_TRUE(is_short_name(odd.short_name)) << odd.short_name;
  }
  EXPECT_THROW((void)carried_field("x", 99), StudyError);
}

}  // namespace
}  // namespace maillage
