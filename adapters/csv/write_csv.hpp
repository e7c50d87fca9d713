#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/survey/table.hpp"
#include "maps/layer.hpp"

namespace maillage {

enum class CsvProfile {
  rfc4180,      ///< for programs: UTF-8, comma, CR LF, decimal point, true/false
  excel_france  ///< for Excel and LibreOffice in French: UTF-8 with its mark, semicolon, CR LF, decimal comma, oui/non
};

/// A layer's attributes, one row per feature; a layer of points has longitude and latitude too (degrees, 7 decimals).
/// Reals have their field's decimals, a missing value is an empty cell, and a point that is not finite has no degrees.
/// In excel_france a text of digits that Excel would change (leading zero, or over 11 digits: it shows 1,23E+13) stands as
/// ="01004", and a text that would be a formula (it starts with = + - @, a tabulation or a carriage return) has an
/// apostrophe before it; the last heading of such a file is in quotes, by which read_csv knows to
/// take the apostrophes back. In rfc4180 every text is as it is. \throws OutputError also for a real that is not finite;
/// ArgumentError when a column is not one value per feature
void write_csv(const std::filesystem::path& file, const Layer& layer, CsvProfile profile);

/// Reads a written file again and compares header, row count and every cell. \throws OutputError
void verify_csv(const std::filesystem::path& file, const Layer& layer, CsvProfile profile);

/// The dictionary of a layer's fields: names, type, unit, labels, meaning. \throws OutputError
void write_fields_csv(const std::filesystem::path& file, const Layer& layer);

/// A table for people: excel_france in French, rfc4180 in English; numbers exact,
/// without thousands separators. \throws OutputError
void write_table_csv(const std::filesystem::path& file, const Table& table, Language language);
/// The same for a table too long to be held: its columns, then rows as `next_row` gives them, until it gives none.
using TableRows = std::function<std::optional<std::vector<TableCell>>()>;
void write_table_csv(const std::filesystem::path& file, const std::vector<TableColumn>& columns, const TableRows& next_row,
                     Language language);

}  // namespace maillage
