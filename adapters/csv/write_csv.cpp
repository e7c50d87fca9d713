#include "adapters/csv/write_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/csv/read_csv.hpp"
#include "adapters/file/checked_file.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr int kDegreeDecimals = 7;

char delimiter_of(const CsvProfile profile) { return profile == CsvProfile::rfc4180 ? ',' : ';'; }

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

bool loses_a_zero(const std::string& text) {
  return text.size() > 1 && text.front() == '0' && std::all_of(text.begin(), text.end(), [](const char c) { return c >= '0' && c <= '9'; });
}

std::string protected_text(const std::string& text, const CsvProfile profile) {
  if (profile == CsvProfile::rfc4180 || text.empty()) {
    return text;
  }
  if (loses_a_zero(text)) {
    return "=\"" + text + "\"";
  }
  return std::string_view{"=+-@\t\r"}.find(text.front()) == std::string_view::npos ? text : "'" + text;
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

bool adds_degrees(const Layer& layer) {
  const bool has_own = std::any_of(layer.fields.begin(), layer.fields.end(), [](const Field& field) { return field.name == "longitude" || field.name == "latitude"; });
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

std::vector<std::string> feature_cells(const Layer& layer, const std::size_t feature, const CsvProfile profile) {
  std::vector<std::string> cells;
  for (std::size_t field = 0; field < layer.fields.size(); ++field) {
    cells.push_back(value_text(layer.columns[field][feature], layer.fields[field], profile));
  }
  if (adds_degrees(layer)) {
    const auto& point = layer.points_lonlat[feature];
    cells.push_back(point ? number_text(point->x, kDegreeDecimals, profile) : std::string{});
    cells.push_back(point ? number_text(point->y, kDegreeDecimals, profile) : std::string{});
  }
  return cells;
}

std::string cell_of_table(const TableCell& cell, const Language language) {
  if (const auto* text = std::get_if<Text>(&cell)) {
    return protected_text(text->in(language), language == Language::french ? CsvProfile::excel_france : CsvProfile::rfc4180);
  }
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return fmt::format("{}", *integer);
  }
  if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    return number_text(static_cast<double>(decimal->units) / std::pow(10.0, decimal->decimals), decimal->decimals,
                       language == Language::french ? CsvProfile::excel_france : CsvProfile::rfc4180);
  }
  return {};
}

}  // namespace

void write_csv(const std::filesystem::path& file, const Layer& layer, const CsvProfile profile) {
  CheckedFile output{file};
  if (profile == CsvProfile::excel_france) {
    output.write(kMark);
  }
  output.write(csv_line(header_cells(layer), profile));
  for (std::size_t feature = 0; feature < layer.features(); ++feature) {
    output.write(csv_line(feature_cells(layer, feature, profile), profile));
  }
  output.close();
}

void verify_csv(const std::filesystem::path& file, const Layer& layer, const CsvProfile profile) {
  const Reading<FeatureTable> reading = read_csv(file, {.encoding = "UTF-8", .delimiter = std::string(1, delimiter_of(profile))});
  const FeatureTable& table = reading.value;
  const auto fail = [&](const std::string& what) {
    throw OutputError(Text{.french = fmt::format("{} : relu, le fichier n'est pas celui qui devait être écrit ({}).", file.string(), what),
                           .english = fmt::format("{}: read again, the file is not the one to be written ({}).", file.string(), what)});
  };
  if (table.rows() != layer.features() || !reading.rejections.empty() || table.columns != header_cells(layer)) {
    fail(fmt::format("{} / {}", table.rows(), layer.features()));
  }
  for (std::size_t feature = 0; feature < layer.features(); ++feature) {
    const std::vector<std::string> cells = feature_cells(layer, feature, profile);
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (table.cells.at(feature, column) != cells[column]) {
        fail(fmt::format("{}, {}", feature + 1, table.columns[column]));
      }
    }
  }
}

void write_fields_csv(const std::filesystem::path& file, const Layer& layer) {
  CheckedFile output{file};
  output.write(kMark);
  output.write(csv_line({"champ", "champ_shapefile", "type", "unite", "libelle", "label", "sens", "meaning"}, CsvProfile::excel_france));
  for (const Field& field : layer.fields) {
    const char* type = field.type == FieldType::text ? "texte" : field.type == FieldType::integer ? "entier" : field.type == FieldType::real ? "réel" : "oui/non";
    output.write(csv_line({field.name, field.short_name, type, field.unit, field.label.french, field.label.english, field.meaning.french, field.meaning.english}, CsvProfile::excel_france));
  }
  output.close();
}

void write_table_csv(const std::filesystem::path& file, const Table& table, const Language language) {
  const CsvProfile profile = language == Language::french ? CsvProfile::excel_france : CsvProfile::rfc4180;
  CheckedFile output{file};
  if (profile == CsvProfile::excel_france) {
    output.write(kMark);
  }
  std::vector<std::string> header;
  for (const TableColumn& column : table.columns) {
    header.push_back(column.unit.empty() ? column.heading.in(language) : fmt::format("{} ({})", column.heading.in(language), column.unit));
  }
  output.write(csv_line(header, profile));
  for (const auto& row : table.rows) {
    std::vector<std::string> cells;
    for (const TableCell& cell : row) {
      cells.push_back(cell_of_table(cell, language));
    }
    output.write(csv_line(cells, profile));
  }
  output.close();
}

}  // namespace maillage
