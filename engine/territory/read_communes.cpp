#include <algorithm>
#include <cmath>
#include <string_view>

#include "engine/core/number.hpp"
#include "engine/territory/commune_code.hpp"
#include "engine/territory/commune_columns.hpp"

namespace maillage {

namespace {

std::string_view trimmed(const std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// One table being read; the cells of the current row by field.
class CommuneRows {
 public:
  CommuneRows(const FeatureTable& table, const CommuneColumns& columns) : table_(table), columns_(columns) {}

  void read(Reading<TerritorySource>& reading) {
    for (row_ = 0; row_ < table_.rows(); ++row_) {
      read_row(reading);
    }
    sort_names(reading.value.departement_names);
    sort_names(reading.value.region_names);
    sort_names(reading.value.epci_names);
  }

 private:
  [[nodiscard]] std::string_view cell(const CommuneField field) const {
    const auto column = columns_[field];
    return column ? trimmed(table_.cells.at(row_, *column)) : std::string_view{};
  }

  [[nodiscard]] RowNote note(const CommuneField field, std::string key, std::string reason, std::string detail) const {
    const auto column = columns_[field];
    return RowNote{.source = table_.source,
                   .row = table_.row_numbers[row_],
                   .key = std::move(key),
                   .column = column ? table_.columns[*column] : std::string{},
                   .value = std::string{cell(field)},
                   .reason = std::move(reason),
                   .detail = std::move(detail)};
  }

  /// "1" -> "01"; the two halves of the Rhône ("69D", "69M") are one departement in every code.
  [[nodiscard]] std::string two_digits(const CommuneField field) const {
    std::string code{cell(field)};
    if (code.size() == 1) {
      code.insert(code.begin(), '0');
    }
    if (code == "69D" || code == "69M") {
      code = "69";
    }
    std::transform(code.begin(), code.end(), code.begin(), [](const char letter) {
      return letter == 'a' || letter == 'b' ? static_cast<char>(letter - 32) : letter;
    });
    return code;
  }

  [[nodiscard]] std::optional<CommuneCode> code() const {
    if (!columns_.code_needs_departement) {
      return parse_commune_code(cell(CommuneField::code));
    }
    std::string last{cell(CommuneField::code)};
    const std::string first = two_digits(CommuneField::departement);
    if (last.empty() || first.empty()) {
      return std::nullopt;
    }
    const std::size_t wanted = 5 - std::min<std::size_t>(first.size(), 5);
    if (last.size() > wanted) {
      last.erase(0, last.size() - wanted);  // overseas: "971" + "101" is written 97101
    }
    last.insert(0, wanted - last.size(), '0');
    return parse_commune_code(first + last);
  }

  void read_row(Reading<TerritorySource>& reading) {
    ++reading.rows_in;
    const std::optional<CommuneCode> commune_code = code();
    if (!commune_code) {
      const bool missing = cell(CommuneField::code).empty();
      reading.rejections.push_back(note(CommuneField::code, std::string{cell(CommuneField::name)},
                                        missing ? "missing_commune_code" : "invalid_commune_code", {}));
      return;
    }
    if (commune_code->repaired) {
      reading.repairs.push_back(note(CommuneField::code, commune_code->code, "leading_zero_restored",
                                     std::string{cell(CommuneField::code)} + " -> " + commune_code->code));
    }
    const std::string_view type = cell(CommuneField::commune_type);
    if (type == "COMA" || type == "COMD" || type == "ARM") {
      if (const auto parent = parse_commune_code(cell(CommuneField::parent_code));
          parent && parent->code != commune_code->code) {
        reading.value.history.push_back({commune_code->code,
                                         parent->code,
                                         type == "COMA"   ? CodeEventKind::associated
                                         : type == "COMD" ? CodeEventKind::delegated
                                                          : CodeEventKind::arrondissement,
                                         {}});
      }
      return;
    }
    add_record(reading, commune_code->code);
  }

  void add_record(Reading<TerritorySource>& reading, const std::string& code) {
    TerritorySource& source = reading.value;
    CommuneRecord record{.code = code,
                         .name = std::string{cell(CommuneField::name)},
                         .population = population(reading, code),
                         .departement = two_digits(CommuneField::departement),
                         .region = two_digits(CommuneField::region),
                         .epci = epci(),
                         .point = point(),
                         .source = table_.source,
                         .row = table_.row_numbers[row_]};
    remember_name(source.departement_names, record.departement, CommuneField::departement_name);
    remember_name(source.region_names, record.region, CommuneField::region_name);
    remember_name(source.epci_names, record.epci, CommuneField::epci_name);
    source.records.push_back(std::move(record));
    if (table_.geometry == FeatureTable::Geometry::areas) {
      source.contours.add_area(table_.areas, AreaIndex{row_});
    }
  }

  [[nodiscard]] std::optional<std::int64_t> population(Reading<TerritorySource>& reading, const std::string& code) const {
    const std::string_view text = cell(CommuneField::population);
    if (text.empty()) {
      return std::nullopt;
    }
    const std::optional<double> number = parse_number(text);
    constexpr double kMost = 1e10;  // more than the Earth's inhabitants: not a population
    if (!number || !(*number >= 0) || *number > kMost) {
      reading.repairs.push_back(note(CommuneField::population, code, "population_unreadable", {}));
      return std::nullopt;
    }
    return std::llround(*number);
  }

  [[nodiscard]] std::string epci() const {
    const std::string_view text = cell(CommuneField::epci);
    const std::string_view first = text.substr(0, 9);
    const bool digits = std::all_of(first.begin(), first.end(), [](const char one) { return one >= '0' && one <= '9'; });
    // INSEE writes ZZZZZZZZZ for a commune in no EPCI, IGN "NR" or "NC".
    return first.size() == 9 && digits ? std::string{first} : std::string{};
  }

  [[nodiscard]] std::optional<Point> point() const {
    if (table_.geometry == FeatureTable::Geometry::points) {
      return table_.points[row_];
    }
    if (table_.geometry == FeatureTable::Geometry::areas) {
      return std::nullopt;  // degrees beside contours in another plane would be two coordinate systems in one source
    }
    const std::optional<double> longitude = parse_number(cell(CommuneField::longitude));
    const std::optional<double> latitude = parse_number(cell(CommuneField::latitude));
    if (!longitude || !latitude || std::abs(*longitude) > 180 || std::abs(*latitude) > 90) {
      return std::nullopt;
    }
    return Point{*longitude, *latitude};
  }

  void remember_name(std::vector<std::pair<std::string, std::string>>& names, const std::string& code,
                     const CommuneField field) const {
    const std::string_view name = cell(field);
    if (!code.empty() && !name.empty() && (names.empty() || names.back().first != code)) {
      names.emplace_back(code, name);
    }
  }

  static void sort_names(std::vector<std::pair<std::string, std::string>>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
                names.end());
  }

  const FeatureTable& table_;
  const CommuneColumns& columns_;
  std::size_t row_ = 0;
};

}  // namespace

Reading<TerritorySource> read_communes(const FeatureTable& table, const CommuneMapping& mapping) {
  const CommuneColumns columns = recognise_commune_columns(table, mapping);
  Reading<TerritorySource> reading;
  reading.value.crs = table.crs;
  if (table.geometry == FeatureTable::Geometry::none && columns[CommuneField::longitude] &&
      columns[CommuneField::latitude]) {
    reading.value.crs = CoordinateSystem{.definition = "OGC:CRS84", .geographic = true};
  }
  CommuneRows{table, columns}.read(reading);
  return reading;
}

}  // namespace maillage
