#include "maps/sld_style.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "maps/shapefile_view.hpp"

namespace maillage {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

ViewClass one_class(ViewClass::Holds holds, const char* label) {
  ViewClass one;
  one.holds = holds;
  one.label = {.french = label, .english = std::string{label} + " (en)"};
  one.symbol.colour = "#74a9cf";
  return one;
}

LayerView graduated() {
  LayerView view;
  view.layer = "communes";
  view.name = "communes_cout";
  view.title = {.french = "Coût < 5 km & plus", .english = "Cost"};
  view.field = "cout";
  ViewClass low = one_class(ViewClass::Holds::interval, "Moins de 5");
  low.below = 5;
  ViewClass high = one_class(ViewClass::Holds::interval, "5 et plus");
  high.from = 5;
  view.classes = {low, high, one_class(ViewClass::Holds::rest, "Sans valeur")};
  return view;
}

Field field(const char* name, const char* short_name, const FieldType type) {
  return {.name = name, .short_name = short_name, .type = type, .unit = {}, .decimals = 0, .label = {}, .meaning = {}};
}

TEST(SldStyle, HasOneRuleForEachClassWithItsBoundsAndTitle) {
  const std::string sld = sld_style(graduated(), Language::french);
  EXPECT_EQ(count(sld, "<Rule>"), 3U);
  EXPECT_EQ(count(sld, "<ogc:PropertyIsLessThan><ogc:PropertyName>cout</ogc:PropertyName><ogc:Literal>5</ogc:Literal>"), 2U);
  EXPECT_EQ(count(sld, "<ogc:PropertyIsGreaterThanOrEqualTo>"), 2U);  // the class's, and what the rest is not
  EXPECT_EQ(count(sld, "<ogc:PropertyIsNull>"), 1U);
  EXPECT_NE(sld.find("<Title>Coût &lt; 5 km &amp; plus</Title>"), std::string::npos);
  EXPECT_NE(sld.find("<Title>Moins de 5</Title>"), std::string::npos);
  EXPECT_NE(sld_style(graduated(), Language::english).find("<Title>Moins de 5 (en)</Title>"), std::string::npos);
}

// The rest of what the view draws, not what it leaves out.
TEST(SldStyle, TheRestKeepsToTheViewsOwnConditions) {
  LayerView view = graduated();
  view.only = {{"definition", "relais"}};
  const std::string sld = sld_style(view, Language::french);
  EXPECT_EQ(count(sld, "<ogc:Literal>relais</ogc:Literal>"), 3U);
  EXPECT_NE(sld.find("<ogc:Or><ogc:PropertyIsNull><ogc:PropertyName>cout</ogc:PropertyName></ogc:PropertyIsNull><ogc:Not>"),
            std::string::npos);
}

TEST(SldStyle, CirclesGrowWithTheRootOfTheAmountAndCoverItWhole) {
  LayerView view;
  view.layer = "communes";
  view.name = "population";
  view.classes = {one_class(ViewClass::Holds::rest, "Communes")};
  view.circles = ProportionalCircles{.field = "population", .largest_value = 200'000, .largest_mm = 12, .colour = "#0570b0", .legend = {}};
  view.circles->legend = {.french = "Population (hab)", .english = "Population"};
  const std::string sld = sld_style(view, Language::french);
  EXPECT_EQ(count(sld, "<PointSymbolizer>"), 10U);
  EXPECT_EQ(count(sld, "<FeatureTypeStyle>"), 2U);
  EXPECT_NE(sld.find("<Size>42.86</Size>"), std::string::npos);  // 12 mm, the largest
  EXPECT_NE(sld.find("<Size>21.43</Size>"), std::string::npos);  // half as wide for about a quarter
  EXPECT_NE(sld.find("<ogc:Literal>41000</ogc:Literal>"), std::string::npos);  // 4.5² / 10² of 200,000 is 40,500
  EXPECT_EQ(count(sld, "<ogc:PropertyIsGreaterThan><ogc:PropertyName>population"), 1U);
  EXPECT_EQ(count(sld, "<ogc:PropertyIsLessThan>"), 9U);
}

TEST(SldStyle, FewUnitsHaveACircleEach) {
  LayerView view;
  view.classes = {one_class(ViewClass::Holds::rest, "Communes")};
  view.circles = ProportionalCircles{.field = "structures", .largest_value = 4, .largest_mm = 12, .colour = "#0570b0", .legend = {}};
  EXPECT_EQ(count(sld_style(view, Language::french), "<PointSymbolizer>"), 10U);
  view.circles->largest_value = 30;
  const std::string sld = sld_style(view, Language::french);
  EXPECT_EQ(sld.find("<ogc:Literal>0.5"), std::string::npos) << "bounds are whole";
}

TEST(SldStyle, SymbolsHaveTheStandardsWords) {
  LayerView view;
  view.classes = {one_class(ViewClass::Holds::rest, "x")};
  Symbol& symbol = view.classes.front().symbol;
  symbol.kind = Symbol::Kind::marker;
  symbol.size_mm = 2.8;
  symbol.shape = MarkerShape::diamond;
  EXPECT_NE(sld_style(view, Language::french).find("<WellKnownName>square</WellKnownName>"), std::string::npos);
  EXPECT_NE(sld_style(view, Language::french).find("<Size>7.07</Size><Rotation>45</Rotation>"), std::string::npos);
  symbol.kind = Symbol::Kind::hatch;
  EXPECT_NE(sld_style(view, Language::french).find("shape://slash"), std::string::npos);
  symbol.kind = Symbol::Kind::outline;
  EXPECT_EQ(sld_style(view, Language::french).find("<Fill>"), std::string::npos);
  symbol.kind = Symbol::Kind::line;
  EXPECT_NE(sld_style(view, Language::french).find("<LineSymbolizer><Stroke>"), std::string::npos);
  symbol.kind = Symbol::Kind::fill;
  symbol.opacity = 128;
  EXPECT_NE(sld_style(view, Language::french).find("fill-opacity\">0.50<"), std::string::npos);
}

TEST(ShapefileView, HasShortNamesAndDigitsForBooleans) {
  Layer layer;
  layer.name = "communes";
  layer.fields = {field("est_couverte", "COUV", FieldType::boolean), field("definition", "DEF", FieldType::text),
                  field("population", "POP", FieldType::integer)};
  LayerView view;
  view.field = "est_couverte";
  view.classes = {one_class(ViewClass::Holds::category, "oui"), one_class(ViewClass::Holds::category, "non")};
  view.classes[0].value = "true";
  view.classes[1].value = "false";
  view.only = {{"definition", "true"}};
  view.circles = ProportionalCircles{.field = "population", .colour = {}, .legend = {}};
  const LayerView shapefile = shapefile_view(view, layer);
  EXPECT_EQ(shapefile.field, "COUV");
  EXPECT_EQ(shapefile.classes[0].value, "1");
  EXPECT_EQ(shapefile.classes[1].value, "0");
  EXPECT_EQ(shapefile.only.front(), (std::pair<std::string, std::string>{"DEF", "true"}));
  EXPECT_EQ(shapefile.circles->field, "POP");
  view.field = "absent";
  EXPECT_THROW((void)shapefile_view(view, layer), ArgumentError);
}

}  // namespace
}  // namespace maillage
