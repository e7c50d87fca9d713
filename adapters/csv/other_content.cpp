#include "adapters/csv/other_content.hpp"

#include <fmt/format.h>

#include "adapters/file/text_encoding.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

[[noreturn]] void refuse(const std::string& source, const Text& why) {
  throw InputError(
      Text{.french = fmt::format("{} : {}", source, why.french), .english = fmt::format("{}: {}", source, why.english)});
}

std::string_view without_blanks(const std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

/// A heading may be "[id]" or "{x}": only what no heading is after the bracket makes it JSON.
bool is_json(const std::string_view text) {
  const std::string_view inside = text.empty() ? text : without_blanks(text.substr(1));
  if (text.starts_with('{')) {
    return inside.starts_with('"') || inside.starts_with('}');
  }
  return text.starts_with('[') && (inside.starts_with('{') || inside.starts_with('[') || inside.starts_with('"'));
}

bool is_geojson(const std::string_view text) {
  constexpr std::size_t kLookedAt = 65'536;
  const std::string_view beginning = text.substr(0, kLookedAt);
  return beginning.find("\"FeatureCollection\"") != std::string_view::npos ||
         beginning.find("\"Feature\"") != std::string_view::npos || beginning.find("\"features\"") != std::string_view::npos;
}

}  // namespace

void refuse_binary_content(const std::string_view bytes, const std::string& source) {
  const auto starts = [&](const std::string_view magic) { return bytes.starts_with(magic); };
  if (starts("PK\x03\x04") || starts("\xD0\xCF\x11\xE0")) {
    refuse(source, {.french = "c'est une feuille de calcul (xlsx, ods, xls) ou une archive zip, pas un CSV ; enregistrez-la "
                              "en CSV (UTF-8), ou décompressez l'archive.",
                    .english = "a spreadsheet (xlsx, ods, xls) or a zip archive, not a CSV; save it as CSV (UTF-8), or "
                               "unpack the archive."});
  }
  if (starts("\x1F\x8B")) {
    refuse(source, {.french = "c'est une archive gzip, pas un CSV ; décompressez-la (gunzip) et donnez le CSV obtenu.",
                    .english = "a gzip archive, not a CSV; unpack it (gunzip) and give the CSV that comes out."});
  }
  if (starts("%PDF-")) {
    refuse(source, {.french = "c'est un PDF, pas un CSV ; demandez le tableau au producteur, ou exportez-le en CSV.",
                    .english = "a PDF, not a CSV; ask its producer for the table, or export it as CSV."});
  }
  if (starts("SQLite format 3")) {
    refuse(source, {.french = "c'est une base SQLite, pas un CSV ; si c'est un GeoPackage, renommez-la en .gpkg, sinon "
                              "exportez la table en CSV.",
                    .english = "an SQLite database, not a CSV; if it is a GeoPackage, rename it to .gpkg, else export the "
                               "table as CSV."});
  }
}

void refuse_other_text(const std::string_view text, const std::string& source) {
  const std::string_view content = without_blanks(text);
  if (content.starts_with('<')) {
    refuse(source, {.french = "c'est une page HTML ou du XML, pas un CSV ; téléchargez le fichier lui-même (le lien donne "
                              "souvent la page qui le présente) ou exportez-le en CSV.",
                    .english = "an HTML page or XML, not a CSV; download the file itself (the link often leads to the page "
                               "about it) or export it as CSV."});
  }
  if (is_json(content)) {
    if (is_geojson(content)) {
      refuse(source, {.french = "c'est du GeoJSON, pas un CSV ; renommez le fichier en .geojson.",
                      .english = "GeoJSON, not a CSV; rename the file to .geojson."});
    }
    refuse(source, {.french = "c'est du JSON, pas un CSV ; exportez les données en CSV ou en GeoJSON.",
                    .english = "JSON, not a CSV; export the data as CSV or GeoJSON."});
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const std::int64_t line = 1 + count_line_ends(text.substr(0, nul));
    refuse(
        source,
        {.french = fmt::format("octet nul à la ligne {} : ce n'est pas un fichier texte, ou il est abîmé. Téléchargez-le "
                               "de nouveau ou enregistrez-le en CSV UTF-8 depuis un tableur ; si c'est de l'UTF-16 sans "
                               "marque, indiquez encoding = \"UTF-16LE\".",
                               line),
         .english = fmt::format("NUL byte in line {}: not a text file, or a damaged one. Download it again, or save it as "
                                "CSV UTF-8 from a spreadsheet; if it is UTF-16 without a mark, give encoding = "
                                "\"UTF-16LE\".",
                                line)});
  }
}

}  // namespace maillage
