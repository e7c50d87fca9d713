#include "maps/layer_builder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

CoverageDefinition definition_named(const std::string& name) {
  return {.name = name, .label = "Libellé", .travel = StraightLine{}, .limit = 5'000, .structures = {}};
}

TEST(LayerBuilder, KeepsNamesUniqueWhateverTheUserCallsThings) {
  const std::vector<std::string> carried{"Nom", "NOM", "nom_2"};
  const std::vector<CoverageDefinition> none;
  LayerBuilder builder{LayerKind::structures, 1, none, carried};
  builder.fill_carried(1, [](std::size_t) -> Value { return std::string{"x"}; });
  const Layer layer = builder.take();
  std::set<std::string> names;
  for (const Field& field : layer.fields) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
  }
  EXPECT_EQ(layer.columns[layer.columns.size() - 2][0], Value(std::string{"x"}));
}

TEST(LayerBuilder, StartsWithoutAnyValueAndRefusesUnknownFields) {
  const std::vector<CoverageDefinition> definitions{definition_named("a"), definition_named("b")};
  LayerBuilder builder{LayerKind::communes, 2, definitions};
  for (const auto& column : builder.layer().columns) {
    EXPECT_EQ(column, (std::vector<Value>{Value{}, Value{}}));
  }
  EXPECT_THROW(builder.fill("typologie", [](std::size_t) { return Value{}; }), ArgumentError);
  builder.fill(1, "cout", [](const std::size_t feature) -> Value { return static_cast<std::int64_t>(feature); });
  const auto& fields = builder.layer().fields;
  const auto at = std::ranges::find(fields, "b_cout", &Field::name) - fields.begin();
  EXPECT_EQ(builder.layer().columns[static_cast<std::size_t>(at)][1], Value(std::int64_t{1}));
}

TEST(Values, AreNothingWhenThereIsNothing) {
  EXPECT_EQ(text_value(""), Value{});
  EXPECT_EQ(cost_value(kUnreachable), Value{});
  EXPECT_EQ(cost_value(0), Value(std::int64_t{0}));
  EXPECT_EQ(ratio_value(1, 0, 100), Value{});
  EXPECT_EQ(ratio_value(1, 4, 100), Value(25.0));
  EXPECT_EQ(joined_value(std::vector<std::string>{"a", "b"}), Value(std::string{"a; b"}));
  EXPECT_EQ(joined_value({}), Value{});
}

}  // namespace
}  // namespace maillage
