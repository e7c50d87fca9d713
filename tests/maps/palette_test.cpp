#include "maps/palette.hpp"

#include <gtest/gtest.h>

#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr Palette kAll[] = {Palette::yellow_blue, Palette::orange_red, Palette::blue_green,   Palette::blues,
                            Palette::purples,     Palette::brown_teal, Palette::orange_purple};

int channel(const std::string& colour, const std::size_t position) {
  return std::stoi(colour.substr(position, 2), nullptr, 16);
}

double lightness(const std::string& colour) {
  return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
}

TEST(Palettes, HaveAsManyDifferentColoursAsAsked) {
  for (const Palette palette : kAll) {
    for (std::size_t classes = 1; classes <= kMostColours; ++classes) {
      const std::vector<std::string> colours = palette_colours(palette, classes);
      EXPECT_EQ(colours.size(), classes) << palette_name(palette);
      EXPECT_EQ(std::set<std::string>(colours.begin(), colours.end()).size(), classes) << palette_name(palette);
    }
    EXPECT_THROW((void)palette_colours(palette, 0), ArgumentError);
    EXPECT_THROW((void)palette_colours(palette, kMostColours + 1), ArgumentError);
  }
}

TEST(Palettes, SequentialOnesDarkenInGreyscaleToo) {
  for (const Palette palette : kAll) {
    if (is_diverging(palette)) {
      continue;
    }
    const std::vector<std::string> colours = palette_colours(palette, 5);
    for (std::size_t k = 1; k < colours.size(); ++k) {
      EXPECT_LT(lightness(colours[k]) + 15, lightness(colours[k - 1])) << palette_name(palette) << ' ' << k;
    }
  }
}

TEST(Palettes, DivergingOnesAreLightInTheMiddleAndTheirSidesKeepToTheirs) {
  const std::vector<std::string> whole = palette_colours(Palette::brown_teal, 7);
  EXPECT_EQ(diverging_colours(Palette::brown_teal, 3, 3),
            (std::vector<std::string>{whole[0], whole[1], whole[2], whole[4], whole[5], whole[6]}));
  EXPECT_EQ(diverging_colours(Palette::brown_teal, 1, 2), (std::vector<std::string>{whole[1], whole[5], whole[6]}));
  EXPECT_EQ(diverging_colours(Palette::brown_teal, 0, 1), (std::vector<std::string>{whole[5]}));
  EXPECT_THROW((void)diverging_colours(Palette::brown_teal, 4, 1), ArgumentError);
  EXPECT_THROW((void)diverging_colours(Palette::blues, 1, 1), ArgumentError);
}

TEST(Palettes, NamesAreReadBack) {
  for (const Palette palette : kAll) {
    EXPECT_EQ(parse_palette(palette_name(palette)), palette);
  }
  EXPECT_EQ(parse_palette("Rainbow"), std::nullopt);
  EXPECT_EQ(palette_names().size(), std::size(kAll));
}

}  // namespace
}  // namespace maillage
