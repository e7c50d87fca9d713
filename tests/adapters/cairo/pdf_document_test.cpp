#include "adapters/cairo/pdf_document.hpp"

#include <gtest/gtest.h>

#include <future>

#include "adapters/cairo/svg_to_png.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr const char* kSvg =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\"><rect width=\"100\" height=\"50\" "
    "fill=\"#ff0000\"/></svg>";

ReportDocument document() {
  DocumentTable table{.caption = "Titre", .note = {}, .headings = {"Nom", "Nombre"}, .rows = {}, .is_number = {false, true}};
  for (int k = 0; k < 120; ++k) {
    table.rows.push_back({"Ligne " + std::to_string(k), std::to_string(k)});
  }
  return {.language = Language::french,
          .title = "Étude",
          .subtitle = "Ici",
          .foot = "Pied",
          .blocks = {Heading{.level = 1, .text = "Un"}, Paragraph{.text = "Texte."}, BulletList{.items = {"a", "b"}},
                     Figure{.svg = kSvg, .caption = "Légende", .alternative = "Un carré"}, table,
                     KeyFigures{.figures = {{"12", "communes"}}}}};
}

TEST(PdfDocuments, AreTheSameBytesOnEveryThread) {
  const ReportDocument one = document();
  const std::string first = pdf_document(one);
  EXPECT_TRUE(first.starts_with("%PDF-"));
  std::vector<std::future<std::string>> others;
  for (int k = 0; k < 3; ++k) {
    others.push_back(std::async(std::launch::async, [&] { return pdf_document(one); }));
  }
  for (auto& other : others) {
    EXPECT_EQ(other.get(), first);
  }
}

TEST(PdfDocuments, ABrokenFigureIsAnError) {
  ReportDocument broken = document();
  broken.blocks = {Figure{.svg = "<svg", .caption = {}, .alternative = "x"}};
  EXPECT_THROW((void)pdf_document(broken), OutputError);
}

TEST(Png, IsAsWideAsAskedFor) {
  const std::string png = svg_to_png(kSvg, 300);
  ASSERT_GT(png.size(), 24U);
  EXPECT_EQ(png.substr(1, 3), "PNG");
  const auto number = [&](const std::size_t at) {
    return static_cast<int>(static_cast<unsigned char>(png[at + 2])) * 256 + static_cast<unsigned char>(png[at + 3]);
  };
  EXPECT_EQ(number(16), 300);
  EXPECT_EQ(number(20), 150);
  EXPECT_EQ(width_at(kSvg, 254), 1'000);
  EXPECT_THROW((void)svg_to_png("no svg", 100), OutputError);
}

std::string drawing_of(const std::string& content) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\"><rect width=\"40\" height=\"40\" fill=\"#ffffff\"/>" +
         content + "</svg>";
}

TEST(Png, TheSameShapesInOtherWordsAreTheSameImage) {
  const auto same = [](const std::string& one, const std::string& other) {
    return svg_to_png(drawing_of(one), 80) == svg_to_png(drawing_of(other), 80);
  };
  EXPECT_TRUE(same("<path d=\"M4 6h20v10h-20z\"/>", "<rect x=\"4\" y=\"6\" width=\"20\" height=\"10\"/>"));
  EXPECT_TRUE(same("<path d=\"M4 6L24 6V16H4Z\"/>", "<path d=\"m4 6l20 0 0 10-20 0z\"/>"));
  EXPECT_TRUE(same("<g transform=\"scale(2)\"><rect x=\"2\" y=\"3\" width=\"10\" height=\"5\"/></g>",
                   "<rect x=\"4\" y=\"6\" width=\"20\" height=\"10\"/>"));
  EXPECT_TRUE(same("<clipPath id=\"c\"><rect x=\"4\" y=\"6\" width=\"20\" height=\"10\"/></clipPath><g "
                   "clip-path=\"url(#c)\"><rect width=\"40\" height=\"40\" fill=\"#aa0000\"/></g>",
                   "<rect x=\"4\" y=\"6\" width=\"20\" height=\"10\" fill=\"#aa0000\"/>"));
  EXPECT_TRUE(same("<g fill=\"#00ff00\"><rect width=\"9\" height=\"9\"/></g>",
                   "<rect width=\"9\" height=\"9\" fill=\"#00ff00\"/>"));
  EXPECT_FALSE(same("<rect width=\"9\" height=\"9\" fill=\"#00ff00\" fill-opacity=\"0.5\"/>",
                    "<rect width=\"9\" height=\"9\" fill=\"#00ff00\"/>"));
  EXPECT_FALSE(same("<text x=\"20\" y=\"20\" font-size=\"9\">Ab</text>",
                    "<text x=\"20\" y=\"20\" font-size=\"9\" text-anchor=\"end\">Ab</text>"));
}

TEST(Png, WhatIsNotDrawnIsRefused) {
  for (const char* content : {"<ellipse/>", "<rect style=\"fill:red\"/>", "<rect fill=\"red\"/>", "<path d=\"M0 0C1 1 2 2 3 3\"/>",
                              "<path d=\"M0\"/>", "<g transform=\"skewX(3)\"/>", "<g clip-path=\"url(#none)\"/>"}) {
    EXPECT_THROW((void)svg_to_png(drawing_of(content), 80), OutputError) << content;
  }
  EXPECT_THROW((void)svg_to_png("<svg><g></svg>", 80), OutputError);
}

}  // namespace
}  // namespace maillage
