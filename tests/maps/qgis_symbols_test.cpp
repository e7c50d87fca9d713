#include "maps/qgis_symbols.hpp"

#include <gtest/gtest.h>

namespace maillage::detail {
namespace {

TEST(XmlEscape, LeavesNothingThatXmlReadsOrForbids) {
  EXPECT_EQ(xml_escape("<a b=\"c\">'&\x01é"), "&lt;a b=&quot;c&quot;&gt;&apos;&amp;é");
  EXPECT_EQ(qgis_colour("#ff8001", 7), "255,128,1,7");
}

TEST(CategorisedQml, NumbersSymbolsAsItsClasses) {
  const std::string qml =
      categorised_qml("type", {{.value = "a", .label = "A & co", .symbol = line_symbol("0", "#000000", 1)},
                               {.value = "", .label = "Autres", .symbol = line_symbol("1", "#ffffff", 2)}});
  EXPECT_NE(qml.find("<category symbol=\"0\" value=\"a\" label=\"A &amp; co\" render=\"true\"/>"), std::string::npos);
  EXPECT_NE(qml.find("<category symbol=\"1\" value=\"\""), std::string::npos);
  EXPECT_LT(qml.find("name=\"0\""), qml.find("name=\"1\""));
}

TEST(RuleQml, KeepsExpressionsReadable) {
  const std::string qml = rule_qml({{.filter = "\"saut\" >= 5 AND \"definition\" = 'a'", .label = "x", .symbol = ""}});
  EXPECT_NE(qml.find("&quot;saut&quot; &gt;= 5 AND &quot;definition&quot; = &apos;a&apos;"), std::string::npos);
}

}  // namespace
}  // namespace maillage::detail
