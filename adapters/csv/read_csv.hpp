#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"

namespace maillage {

/// What a file does not say of itself, or says wrongly; empty: detected.
struct CsvReadOptions {
  std::string encoding;   ///< "UTF-8", "windows-1252", "ISO-8859-1"
  std::string delimiter;  ///< one character; "\t" or "tab" for a tabulation
};

/// A table of text cells as people and programs write CSV: `;`, `,`, tabulation or `|`, quotes doubled inside quotes, line ends of
/// any kind, inside quotes too; UTF-8 with or without its mark, or Windows-1252. The first record is the header; a blank line is no row.
/// Repairs: short_row (missing cells at the end are empty), duplicate_column, column_mended. Rejections: extra_cells.
/// \throws InputError: no header, a NUL byte, UTF-16, a spreadsheet, a quote never closed (naming its line)
[[nodiscard]] Reading<FeatureTable> read_csv(const std::filesystem::path& file, const CsvReadOptions& options = {});
[[nodiscard]] Reading<FeatureTable> parse_csv(std::string_view bytes, const std::string& source, const CsvReadOptions& options = {});

}  // namespace maillage
