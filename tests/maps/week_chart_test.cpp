#include "maps/week_chart.hpp"

#include <gtest/gtest.h>

#include "maps/week_text.hpp"

namespace maillage {
namespace {

TEST(WeekText, NamesDaysTimesAndInstants) {
  EXPECT_EQ(day_name(0).french, "lundi");
  EXPECT_EQ(day_name(6 * 1'440 + 1'439).english, "Sunday");
  EXPECT_EQ(clock_text(9 * 60 + 5), "09:05");
  EXPECT_EQ(clock_text(1'440), "00:00");
  EXPECT_EQ(week_instant(2 * 1'440 + 18 * 60), "2024-01-03T18:00:00");
  EXPECT_EQ(week_instant(7 * 1'440), "2024-01-08T00:00:00");
}

TEST(WeekChart, DrawsOneRectangleARunAndEscapesNames) {
  ContinuityShare share;
  share.population = 100;
  share.profile.assign(168, 0);
  share.profile[9] = 100;  // Monday 9:00 and 10:00: one run of the darkest
  share.profile[10] = 81;
  share.profile[11] = 1;   // then the lightest
  share.profile[33] = 40;  // Tuesday 9:00: the third class
  const std::vector<WeekPanel> panels{{.name = "L'<Aisne> & \"Cie\"", .share = &share}};
  const std::string svg =
      week_chart_svg(panels, 60, {.french = "Ouvert à 5 km", .english = "Open within 5 km"}, Language::english);
  EXPECT_NE(svg.find("L&apos;&lt;Aisne&gt; &amp; &quot;Cie&quot;"), std::string::npos) << svg;
  EXPECT_EQ(svg.find("<Aisne>"), std::string::npos);
  EXPECT_NE(svg.find("<title>Open within 5 km</title>"), std::string::npos);
  const auto count = [&](const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = svg.find(part); at != std::string::npos; at = svg.find(part, at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count("<rect"), 1U + 6U + 3U);  // ground, legend, runs
  EXPECT_EQ(count("fill=\"#08519c\""), 2U);
  EXPECT_EQ(count("width=\"48\""), 1U);
  EXPECT_EQ(count("fill=\"#deebf7\""), 2U);
  EXPECT_EQ(count("fill=\"#6baed6\""), 2U);
}

}  // namespace
}  // namespace maillage
