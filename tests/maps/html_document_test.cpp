#include "maps/html_document.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

ReportDocument document() {
  return {.language = Language::french,
          .title = "Étude <&>",
          .subtitle = "Ici",
          .foot = "Pied",
          .blocks = {Heading{.level = 1, .text = "Un"}, Paragraph{.text = "Du texte <b>."},
                     Figure{.svg = "<svg role=\"img\"></svg>", .caption = "Légende", .alternative = "Ce \"qu’on\" voit"},
                     Heading{.level = 1, .text = "Deux"},
                     DocumentTable{.caption = "Titre",
                                   .note = "Base",
                                   .headings = {"Nom", "Nombre"},
                                   .rows = {{"A", "1"}, {"Total", "1"}},
                                   .is_number = {false, true},
                                   .last_is_total = true},
                     Heading{.level = 1, .text = "Trois"}, LinkList{.links = {{"Lille", "59350.html"}}}}};
}

TEST(HtmlDocuments, HaveOneTitleHeadingsInOrderAndAStrictPolicy) {
  const std::string html = html_document(document(), [](const std::string&) { return std::string{"sha256-x"}; });
  for (const char* wanted :
       {"<html lang=\"fr\">", "default-src 'none'; style-src 'sha256-x'", "<title>Étude &lt;&amp;&gt;</title>",
        "<h1>Étude &lt;&amp;&gt;</h1>", "<h2 id=\"s1\">Un</h2>", "<a href=\"#s3\">Trois</a>", "Du texte &lt;b&gt;.",
        "aria-label=\"Ce &quot;qu’on&quot; voit\" role=\"img\"", "<caption>Titre<span>Base</span></caption>",
        "<th scope=\"col\" class=\"n\">Nombre</th>", "<th scope=\"row\">A</th><td class=\"n\">1</td>",
        "<tr class=\"total\">", "<a href=\"59350.html\">Lille</a>", "@media print"}) {
    EXPECT_NE(html.find(wanted), std::string::npos) << wanted;
  }
  EXPECT_EQ(html.find("<b>"), std::string::npos);
  EXPECT_EQ(html.find("http://"), std::string::npos);  // asks nothing of anybody
}

TEST(HtmlDocuments, TablesOfOneCaptionAreToldApart) {
  ReportDocument three = document();
  const DocumentTable table = std::get<DocumentTable>(three.blocks[4]);
  three.blocks.insert(three.blocks.begin() + 5, {table, table});
  const std::string html = html_document(three, [](const std::string&) { return std::string{"sha256-x"}; });
  for (const char* name : {"aria-label=\"Titre\"", "aria-label=\"Titre (Deux)\"", "aria-label=\"Titre (Deux, 2)\""}) {
    EXPECT_NE(html.find(name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace maillage
