#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "maps/field_dictionary.hpp"
#include "maps/layer_views.hpp"

namespace maillage {
namespace {

/// Two communes with fields of those names in a Shapefile.
Layer continuity_layer(const std::vector<std::string>& short_names) {
  Layer layer;
  layer.name = layer_name(LayerKind::continuity);
  for (const std::string& name : short_names) {
    Field field;
    field.name = "mairie_" + name;
    field.short_name = name;
    field.type = FieldType::real;
    layer.fields.push_back(field);
    layer.columns.push_back({Value{10.0}, Value{90.0}});
  }
  return layer;
}

std::size_t times_told(const LayerView& view) {
  std::size_t times = 0;
  for (std::size_t at = view.note.french.find("au moins autant"); at != std::string::npos;
       at = view.note.french.find("au moins autant", at + 1)) {
    ++times;
  }
  return times;
}

TEST(ContinuityViews, OfWindowsSayOnceThatTheyShowTheLeast) {
  const auto views = detail::continuity_views(continuity_layer({"H01_HEURES", "H01_W01", "H01_W02", "H01_X01", "H01_X02"}), {});
  ASSERT_EQ(views.size(), 3U) << "upper bounds have no map of their own";
  EXPECT_EQ(times_told(views[0]), 0U);
  EXPECT_EQ(times_told(views[1]), 1U);
  EXPECT_EQ(times_told(views[2]), 1U);
}

TEST(ContinuityViews, SayNothingWhereAllHoursAreKnown) {
  for (const LayerView& view : detail::continuity_views(continuity_layer({"H01_HEURES", "H01_W01"}), {})) {
    EXPECT_EQ(times_told(view), 0U);
  }
}

}  // namespace
}  // namespace maillage
