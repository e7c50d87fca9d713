#include "maps/colour.hpp"

#include <gtest/gtest.h>

#include <array>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

TEST(Colour, DifferencesAreThosePublished) {
  struct Pair {
    LabColour one;
    LabColour other;
    double difference;
  };
  // Sharma, Wu & Dalal (2005), table 1: pairs 1, 7, 9, 13, 17, 19, 25, 33.
  const std::array<Pair, 8> pairs{{{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
                                   {{50, 0, 0}, {50, -1, 2}, 2.3669},
                                   {{50, 2.49, -0.001}, {50, -2.49, 0.0009}, 7.1792},
                                   {{50, -0.001, 2.49}, {50, 0.0009, -2.49}, 4.8045},
                                   {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
                                   {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
                                   {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
                                   {{6.7747, -0.2908, -2.4247}, {5.8714, -0.0985, -2.2286}, 0.6377}}};
  for (const Pair& pair : pairs) {
    EXPECT_NEAR(colour_difference(pair.one, pair.other), pair.difference, 5e-5);
    EXPECT_NEAR(colour_difference(pair.other, pair.one), pair.difference, 5e-5);
  }
}

TEST(Colour, ContrastIsThatOfWcag) {
  const LinearColour white = linear_colour("#ffffff");
  EXPECT_NEAR(contrast_ratio(white, linear_colour("#000000")), 21, 1e-4);
  EXPECT_NEAR(contrast_ratio(linear_colour("#767676"), white), 4.54, 0.005);  // the lightest grey of WCAG's technique G18
  EXPECT_DOUBLE_EQ(contrast_ratio(white, white), 1);
}

TEST(Colour, WhiteAndBlackHaveTheirLightness) {
  EXPECT_NEAR(lab_of(linear_colour("#ffffff")).lightness, 100, 1e-9);
  EXPECT_NEAR(lab_of(linear_colour("#000000")).lightness, 0, 1e-9);
  EXPECT_NEAR(lab_of(linear_colour("#777777")).lightness, 50.03, 0.01);
}

TEST(Colour, GreysLookTheSameToEveryone) {
  for (const char* grey : {"#000000", "#4d4d4d", "#a0a0a0", "#ffffff"}) {
    const LinearColour colour = linear_colour(grey);
    for (const ColourVision vision : {ColourVision::protanopia, ColourVision::deuteranopia, ColourVision::tritanopia,
                                      ColourVision::greys}) {
      EXPECT_LT(colour_difference(lab_of(colour), lab_of(seen_as(colour, vision))), 0.1) << grey;
    }
  }
}

// Colours on a line of confusion become one; the others stay apart.
TEST(Colour, DichromatsTakeRedForGreenOrBlueForGreen) {
  const auto difference = [](const char* one, const char* other, const ColourVision vision) {
    return colour_difference(lab_of(seen_as(linear_colour(one), vision)), lab_of(seen_as(linear_colour(other), vision)));
  };
  EXPECT_GT(difference("#b02020", "#606000", ColourVision::normal), 25);
  EXPECT_LT(difference("#b02020", "#606000", ColourVision::deuteranopia), 12);
  EXPECT_LT(difference("#8b5000", "#006400", ColourVision::protanopia), difference("#8b5000", "#006400", ColourVision::normal) / 2);
  EXPECT_LT(difference("#0080ff", "#00a0a0", ColourVision::tritanopia), difference("#0080ff", "#00a0a0", ColourVision::normal) / 2);
  EXPECT_GT(difference("#e69f00", "#0072b2", ColourVision::deuteranopia), 40);
}

TEST(Colour, SightIsTheSameTwice) {
  for (const char* rgb : {"#b35806", "#01665e", "#542788", "#41b6c4"}) {
    for (const ColourVision vision : {ColourVision::protanopia, ColourVision::deuteranopia, ColourVision::tritanopia}) {
      const LinearColour once = seen_as(linear_colour(rgb), vision);
      EXPECT_LT(colour_difference(lab_of(once), lab_of(seen_as(once, vision))), 3) << rgb;
    }
  }
}

TEST(Colour, WhatLiesOverAnotherIsMixed) {
  EXPECT_NEAR(lab_of(seen_over("#000000", 0, "#ffffff")).lightness, 100, 1e-9);
  EXPECT_NEAR(seen_over("#ff0000", 255, "#ffffff").green, 0, 1e-12);
  EXPECT_NEAR(seen_over("#000000", 51, "#ffffff").red, linear_colour("#cccccc").red, 1e-9);
}

TEST(Colour, RefusesWhatIsNoColour) {
  for (const char* text : {"", "#fff", "ffffff0", "#12345g", "#1234567"}) {
    EXPECT_THROW((void)linear_colour(text), ArgumentError) << text;
  }
}

}  // namespace
}  // namespace maillage
