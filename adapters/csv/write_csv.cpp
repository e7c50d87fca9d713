#include "adapters/csv/write_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/csv/read_csv.hpp"
#include "adapters/csv/spreadsheet_text.hpp"
#include "adapters/file/checked_file.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr int kDegreeDecimals = 7;

char delimiter_of(const CsvProfile profile) {
  return profile == CsvProfile::rfc4180 ? ',' : ';';
}

std::string number_text(const double value, const int decimals, const CsvProfile profile) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') {
    text.erase(0, 1);  // no negative zero
  }
  if (profile == CsvProfile::excel_france) {
    std::replace(text.begin(), text.end(), '.', ',');
  }
  return text;
}

/// Digits that Excel, reading a number, would not give back: a leading zero goes, and beyond 11 digits it shows (and saves)
/// 1,23E+13.
bool is_code_of_digits(const std::string& text) {
  constexpr std::size_t kDigitsShown = 11;
  const bool changes = (text.size() > 1 && text.front() == '0') || text.size() > kDigitsShown;
  return changes && std::all_of(text.begin(), text.end(), [](const char c) { return c >= '0' && c <= '9'; });
}

std::string protected_text(const std::string& text, const CsvProfile profile) {
  if (profile == CsvProfile::rfc4180 || text.empty()) {
    return text;
  }
  if (is_code_of_digits(text)) {
    return "=\"" + text + "\"";
  }
  return needs_guard(text) ? "'" + text : text;
}

std::string value_text(const Value& value, const Field& field, const CsvProfile profile) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return protected_text(*text, profile);
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return fmt::format("{}", *integer);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return number_text(*real, field.decimals, profile);
  }
  if (const auto* boolean = std::get_if<bool>(&value)) {
    return profile == CsvProfile::rfc4180 ? (*boolean ? "true" : "false") : (*boolean ? "oui" : "non");
  }
  return {};
}

void append_cell(std::string& line, const std::string& cell, const char delimiter) {
  if (cell.find_first_of("\"\r\n") == std::string::npos && cell.find(delimiter) == std::string::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char c : cell) {
    line += c;
    if (c == '"') {
      line += '"';
    }
  }
  line += '"';
}

std::string csv_line(const std::vector<std::string>& cells, const CsvProfile profile) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) {
      line += delimiter_of(profile);
    }
    append_cell(line, cells[i], delimiter_of(profile));
  }
  if (cells.size() == 1 && cells.front().empty()) {
    line = "\"\"";  // a blank line would be no row
  }
  return line + "\r\n";
}

/// \throws ArgumentError when columns or points are not one per feature
void require_whole(const Layer& layer) {
  const bool whole = layer.columns.size() == layer.fields.size() &&
                     std::all_of(layer.columns.begin(), layer.columns.end(),
                                 [&](const auto& column) { return column.size() == layer.features(); });
  if (!whole || (layer.geometry == GeometryKind::point && layer.points_lonlat.size() != layer.features())) {
    throw ArgumentError(fmt::format("layer {}: a column or the points in degrees are not one per feature", layer.name));
  }
}

/// Programs differ in what they make of "nan": no number that is none is written.
void require_finite(const std::filesystem::path& file, const Layer& layer) {
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    for (std::size_t row = 0; row < layer.features(); ++row) {
      const auto* real = std::get_if<double>(&layer.columns[field][row]);
      if (real != nullptr && !std::isfinite(*real)) {
        const std::string& name = layer.fields[field].name;
        throw OutputError(Text{.french = fmt::format("{} : champ {}, ligne {} : {} n'est pas un nombre fini.", file.string(),
                                                     name, row + 1, *real),
                               .english = fmt::format("{}: field {}, row {}: {} is not a finite number.", file.string(),
                                                      name, row + 1, *real)});
      }
    }
  }
}

bool adds_degrees(const Layer& layer) {
  const bool has_own = std::any_of(layer.fields.begin(), layer.fields.end(),
                                   [](const Field& field) { return field.name == "longitude" || field.name == "latitude"; });
  return layer.geometry == GeometryKind::point && !has_own;
}

std::vector<std::string> header_cells(const Layer& layer) {
  std::vector<std::string> cells;
  for (const Field& field : layer.fields) {
    cells.push_back(field.name);
  }
  if (adds_degrees(layer)) {
    cells.emplace_back("longitude");
    cells.emplace_back("latitude");
  }
  return cells;
}

/// Whether a reader must know that apostrophes in the file are ours: see is_guarded_table().
bool has_guards(const Layer& layer, const CsvProfile profile) {
  return profile == CsvProfile::excel_france &&
         std::any_of(layer.columns.begin(), layer.columns.end(), [](const std::vector<Value>& column) {
           return std::any_of(column.begin(), column.end(), [](const Value& value) {
             const auto* text = std::get_if<std::string>(&value);
             return text != nullptr && needs_guard(*text);
           });
         });
}

std::string header_line(const Layer& layer, const CsvProfile profile) {
  const std::vector<std::string> cells = header_cells(layer);
  std::string line = csv_line(cells, profile);
  if (has_guards(layer, profile) && cells.size() > 1 && line.find('"') == std::string::npos) {
    line.insert(line.rfind(delimiter_of(profile)) + 1, 1, '"').insert(line.size() - 2, 1, '"');
  }
  return line;
}

std::vector<std::string> feature_cells(const Layer& layer, const std::size_t feature, const CsvProfile profile) {
  std::vector<std::string> cells;
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    cells.push_back(value_text(layer.columns[field][feature], layer.fields[field], profile));
  }
  if (adds_degrees(layer)) {
    const auto& point = layer.points_lonlat[feature];
    const bool placed = point && std::isfinite(point->x) && std::isfinite(point->y);
    cells.push_back(placed ? number_text(point->x, kDegreeDecimals, profile) : std::string{});
    cells.push_back(placed ? number_text(point->y, kDegreeDecimals, profile) : std::string{});
  }
  return cells;
}

/// Exact, by integers: a double would lose the last digits of large sums.
std::string decimal_text(const Decimal& decimal, const CsvProfile profile) {
  const bool negative = decimal.units < 0;
  const std::uint64_t units =
      negative ? std::uint64_t{0} - static_cast<std::uint64_t>(decimal.units) : static_cast<std::uint64_t>(decimal.units);
  const auto decimals = static_cast<std::size_t>(std::max(decimal.decimals, 0));
  std::string text = fmt::format("{:0{}}", units, decimals + 1);
  if (decimals > 0) {
    text.insert(text.size() - decimals, 1, profile == CsvProfile::excel_france ? ',' : '.');
  }
  return negative ? "-" + text : text;
}

std::string cell_of_table(const TableCell& cell, const Language language) {
  if (const auto* text = std::get_if<Text>(&cell)) {
    return protected_text(text->in(language), language == Language::french ? CsvProfile::excel_france : CsvProfile::rfc4180);
  }
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return fmt::format("{}", *integer);
  }
  if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    return decimal_text(*decimal, language == Language::french ? CsvProfile::excel_france : CsvProfile::rfc4180);
  }
  return {};
}

}  // namespace

void write_csv(const std::filesystem::path& file, const Layer& layer, const CsvProfile profile) {
  require_whole(layer);
  require_finite(file, layer);
  CheckedFile output{file};
  if (profile == CsvProfile::excel_france) {
    output.write(kMark);
  }
  output.write(header_line(layer, profile));
  for (std::size_t feature = 0; feature < layer.features(); ++feature) {
    output.write(csv_line(feature_cells(layer, feature, profile), profile));
  }
  output.close();
}

void verify_csv(const std::filesystem::path& file, const Layer& layer, const CsvProfile profile) {
  require_whole(layer);
  const auto fail = [&](const std::string& what) {
    throw OutputError(
        Text{.french = fmt::format("{} : relu, le fichier n'est pas celui qui devait être écrit ({}).", file.string(), what),
             .english = fmt::format("{}: read again, the file is not the one to be written ({}).", file.string(), what)});
  };
  Reading<FeatureTable> reading;
  try {
    reading = read_csv(file, {.encoding = "UTF-8", .delimiter = std::string(1, delimiter_of(profile))});
  } catch (const InputError& error) {
    throw OutputError(Text{.french = "Relecture impossible. " + error.message().french,
                           .english = "Cannot be read again. " + error.message().english});
  }
  const FeatureTable& table = reading.value;
  if (table.columns != header_cells(layer)) {
    fail(fmt::format("{}", fmt::join(table.columns, ", ")));
  }
  if (table.rows() != layer.features() || !reading.rejections.empty() || !reading.repairs.empty()) {
    fail(fmt::format("{} / {}", table.rows(), layer.features()));
  }
  const bool guarded = is_guarded_table(header_line(layer, profile));
  for (std::size_t feature = 0; feature < layer.features(); ++feature) {
    const std::vector<std::string> cells = feature_cells(layer, feature, profile);
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const auto* text = column < layer.fields.size() ? std::get_if<std::string>(&layer.columns[column][feature]) : nullptr;
      const std::string_view wanted = guarded && text != nullptr ? std::string_view{*text} : plain_text(cells[column]);
      if (table.cells.at(feature, column) != wanted) {
        fail(fmt::format("{}, {}", feature + 1, table.columns[column]));
      }
    }
  }
}

void write_fields_csv(const std::filesystem::path& file, const Layer& layer) {
  CheckedFile output{file};
  output.write(kMark);
  output.write(csv_line({"champ", "champ_shapefile", "type", "unite", "libelle", "label", "sens", "meaning"},
                        CsvProfile::excel_france));
  for (const Field& field : layer.fields) {
    const char* type = field.type == FieldType::text      ? "texte"
                       : field.type == FieldType::integer ? "entier"
                       : field.type == FieldType::real    ? "réel"
                                                          : "oui/non";
    std::vector<std::string> cells{field.name,           field.short_name,     type,
                                   field.unit,           field.label.french,   field.label.english,
                                   field.meaning.french, field.meaning.english};
    // Labels carry names that users gave to their coverage definitions.
    std::transform(cells.begin(), cells.end(), cells.begin(),
                   [](const std::string& cell) { return protected_text(cell, CsvProfile::excel_france); });
    output.write(csv_line(cells, CsvProfile::excel_france));
  }
  output.close();
}

void write_table_csv(const std::filesystem::path& file, const Table& table, const Language language) {
  std::size_t row = 0;
  write_table_csv(
      file, table.columns,
      [&]() { return row < table.rows.size() ? std::optional{table.rows[row++]} : std::nullopt; }, language);
}

void write_table_csv(const std::filesystem::path& file, const std::vector<TableColumn>& columns, const TableRows& next_row,
                     const Language language) {
  const CsvProfile profile = language == Language::french ? CsvProfile::excel_france : CsvProfile::rfc4180;
  CheckedFile output{file};
  if (profile == CsvProfile::excel_france) {
    output.write(kMark);
  }
  std::vector<std::string> header;
  for (const TableColumn& column : columns) {
    const std::string& heading = column.heading.in(language);
    header.push_back(protected_text(column.unit.empty() ? heading : fmt::format("{} ({})", heading, column.unit), profile));
  }
  output.write(csv_line(header, profile));
  for (auto row = next_row(); row; row = next_row()) {
    std::vector<std::string> cells;
    for (const TableCell& cell : *row) {
      cells.push_back(cell_of_table(cell, language));
    }
    output.write(csv_line(cells, profile));
  }
  output.close();
}

}  // namespace maillage
