#include "maps/charts.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

TEST(Charts, BarsAreAsLongAsTheirShares) {
  const std::vector<ShareBar> bars{{.label = "A", .percent = 100, .value = "100 %"},
                                   {.label = "B", .percent = 50, .value = "50 %"}};
  const std::string svg = share_bars_svg(bars, {.title = "T <", .description = "D"});
  std::vector<double> widths;
  for (std::size_t at = svg.find("width=\"", svg.find("#eceff1") - 60); at != std::string::npos;
       at = svg.find("<rect", at)) {
    at = svg.find("width=\"", at);
    if (at == std::string::npos) {
      break;
    }
    widths.push_back(std::stod(svg.substr(at + 7)));
  }
  ASSERT_EQ(widths.size(), 4U);  // ground and bar of each
  EXPECT_NEAR(widths[0], widths[1], 0.02);
  EXPECT_NEAR(widths[3] * 2, widths[2], 0.05);
  EXPECT_NE(svg.find("<title>T &lt;</title>"), std::string::npos);
}

TEST(Charts, TheLimitPartsColumnsInTwoColours) {
  const std::vector<CostClass> classes{{"0", 10}, {"5", 20}, {.label = "10", .amount = 5, .is_beyond = true}};
  const std::string svg = cost_columns_svg(classes, {}, "km", Language::french);
  EXPECT_NE(svg.find("limite"), std::string::npos);
  EXPECT_NE(svg.find("fill=\"#d95f0e\""), std::string::npos);
  EXPECT_NE(svg.find(">20<"), std::string::npos);  // the axis reaches the largest
}

TEST(Charts, LorenzCurvesHaveLabelsAndAFewPoints) {
  std::vector<LorenzPoint> points;
  for (int k = 0; k <= 10'000; ++k) {
    points.push_back({k / 10'000.0, k / 10'000.0 * k / 10'000.0});
  }
  const std::vector<LorenzLine> lines{{.label = "2SFCA", .points = points}};
  const std::string svg = lorenz_svg(lines, {}, Language::english);
  EXPECT_NE(svg.find("2SFCA"), std::string::npos);
  EXPECT_LT(svg.size(), 12'000U);
}

}  // namespace
}  // namespace maillage
