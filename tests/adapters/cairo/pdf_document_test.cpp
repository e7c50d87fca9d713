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

}  // namespace
}  // namespace maillage
