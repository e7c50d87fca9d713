#include "engine/core/number.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

TEST(ParseNumber, ReadsFrenchAndEnglishSpellings) {
  EXPECT_EQ(parse_number("1234.5"), 1234.5);
  EXPECT_EQ(parse_number(" -3,25 "), -3.25);
  EXPECT_EQ(parse_number("1 234 567,5"), 1234567.5);
  EXPECT_EQ(parse_number("1\xC2\xA0"
                         "234"),
            1234);
  EXPECT_EQ(parse_number("12\xE2\x80\xAF"
                         "345"),
            12345);
  EXPECT_EQ(parse_number("+1e3"), 1000);
  EXPECT_EQ(parse_number("0"), 0);
}

TEST(ParseNumber, RefusesEverythingElse) {
  for (const char* text :
       {"", " ", "NC", "1,234.5", "12 m", "1 23", "NaN", "inf", "1e999", "1.2.3", "--1", "+-1", "0x10", "12 34"}) {
    EXPECT_FALSE(parse_number(text).has_value()) << text;
  }
}

TEST(ParseNumber, GroupsThreeDigitsAfterAFirstGroupOfOneToThree) {
  EXPECT_EQ(parse_number("59 000 123"), 59000123);
  EXPECT_EQ(parse_number("-123 456"), -123456);
  EXPECT_EQ(parse_number("+1 234,5 "), 1234.5);
  for (const char* text : {"59000 123", "1234 567", "-1234 567", "1 2345", "1 234567",
                           "1234\xC2\xA0"
                           "567",
                           "1 234 56", "- 123"}) {
    EXPECT_FALSE(parse_number(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace maillage
