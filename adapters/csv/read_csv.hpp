#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"

namespace maillage {

/// What a file does not say of itself, or says wrongly; empty: detected.
struct CsvReadOptions {
  std::string encoding;   ///< "UTF-8", "windows-1252", "ISO-8859-1", "UTF-16LE", "UTF-16BE"
  std::string delimiter;  ///< one character; "\t" or "tab" for a tabulation
};

/// A table of text cells as people and programs write CSV: `;`, `,`, tabulation or `|`, quotes doubled inside quotes, line
/// ends of any kind, inside quotes too; UTF-8 with or without its mark, UTF-16 with it (Excel's "Unicode text"),
/// Windows-1252 or ISO-8859-1. The first record is the
/// header (after Excel's line "sep=;" if there is one); a line of nothing but blanks is no row. Row numbers are physical
/// lines. Repairs: short_row (missing cells at the end are empty), duplicate_column, column_mended, invalid_utf8 (stray
/// bytes in a UTF-8 text, read as Windows-1252). Rejections: extra_cells (cells beyond the header that are not empty).
/// \throws InputError: no header, a NUL byte, half a character of UTF-16, JSON, a page, a spreadsheet..., a quote never
/// closed
///         (naming its line). Cost: O(bytes), one pass after the encoding.
[[nodiscard]] Reading<FeatureTable> read_csv(const std::filesystem::path& file, const CsvReadOptions& options = {});
[[nodiscard]] Reading<FeatureTable> parse_csv(std::string_view bytes, const std::string& source,
                                              const CsvReadOptions& options = {});

}  // namespace maillage
