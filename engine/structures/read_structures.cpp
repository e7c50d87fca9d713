#include "engine/structures/read_structures.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/core/closest_name.hpp"
#include "engine/core/number.hpp"

namespace maillage {

namespace {

using enum StructureField;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Adds the values of one cell to those already read, in order, without repeats.
void add_values(std::vector<std::string>& values, std::string_view cell, const std::string_view separators) {
  while (!cell.empty()) {
    const std::size_t end = separators.empty() ? std::string_view::npos : cell.find_first_of(separators);
    const std::string_view value = trimmed(cell.substr(0, end));
    if (!value.empty() && std::ranges::find(values, value) == values.end()) {
      values.emplace_back(value);
    }
    cell = end == std::string_view::npos ? std::string_view{} : cell.substr(end + 1);
  }
}

/// Replaces values as the study says, and remembers how often.
class Recoder {
 public:
  Recoder(const FeatureTable& table, const StructureMapping& mapping, const StructureColumns& columns) {
    for (const Recoding& recoding : mapping.recodings) {
      const bool carried = std::ranges::any_of(
          columns.carried, [&](const std::size_t column) { return table.columns[column] == recoding.field; });
      if (!structure_field(recoding.field) && !carried) {
        refuse(table, recoding.field);
      }
      for (const auto& [found, wanted] : recoding.values) {
        rules_.try_emplace({recoding.field, std::string{trimmed(found)}}, Rule{wanted, 0});
      }
    }
  }

  [[nodiscard]] bool empty() const { return rules_.empty(); }

  void recode(const std::string_view field, std::string& value) {
    if (const auto rule = rules_.find({std::string{field}, value}); rule != rules_.end()) {
      ++rule->second.rows;
      value = rule->second.wanted;
    }
  }

  void recode(const std::string_view field, std::vector<std::string>& values) {
    std::vector<std::string> unique;
    for (std::string& value : values) {
      recode(field, value);
      if (std::ranges::find(unique, value) == unique.end()) {
        unique.push_back(std::move(value));
      }
    }
    values = std::move(unique);
  }

  /// One note per pair (found, wanted).
  void tell(const std::string& source, std::vector<RowNote>& notes) const {
    for (const auto& [what, rule] : rules_) {
      notes.push_back({.source = source,
                       .row = std::nullopt,
                       .key = {},
                       .column = what.first,
                       .value = what.second,
                       .reason = rule.rows == 0 ? "unused_recoding" : "recoded",
                       .detail = what.second + " -> " + rule.wanted + " (" + std::to_string(rule.rows) + ")"});
    }
  }

 private:
  struct Rule {
    std::string wanted;
    std::int64_t rows = 0;
  };

  [[noreturn]] static void refuse(const FeatureTable& table, const std::string& field) {
    throw StudyError({.french = table.source + " : recodage de « " + field +
                                " », qui n'est ni un champ de structure ni une colonne reprise (carry)",
                      .english = table.source + ": recoding of \"" + field +
                                 "\", which is neither a field of a structure nor a carried column"});
  }

  std::map<std::pair<std::string, std::string>, Rule> rules_;
};

class StructureReader {
 public:
  StructureReader(const FeatureTable& table, const StructureMapping& mapping, const StructureConversions& conversions)
      : table_(table),
        mapping_(mapping),
        conversions_(conversions),
        columns_(structure_columns(table, mapping)),
        recoder_(table, mapping, columns_) {}

  Reading<StructureSet> read() {
    const std::vector<std::size_t> kept = keep_rows();
    reading_.rows_in = static_cast<std::int64_t>(kept.size() + reading_.rejections.size());
    ReadPositions positions = read_positions(table_, kept, columns_, conversions_);
    for (const std::size_t column : columns_.carried) {
      reading_.value.carried_columns.push_back(table_.columns[column]);
    }
    reading_.value.structures.reserve(kept.size());
    for (const std::size_t row : kept) {
      Structure structure = read_row(row);
      structure.declared_position = positions.of[row];
      reading_.value.structures.push_back(std::move(structure));
    }
    reading_.repairs.insert(reading_.repairs.end(), std::make_move_iterator(positions.notes.begin()),
                            std::make_move_iterator(positions.notes.end()));
    for (RowNote& note : reading_.repairs) {
      note.source = source();
    }
    recoder_.tell(source(), reading_.repairs);
    sort_structures(reading_.value);
    return std::move(reading_);
  }

 private:
  [[nodiscard]] std::string source() const { return mapping_.source.empty() ? table_.source : mapping_.source; }

  std::vector<std::size_t> keep_rows() {
    std::vector<std::pair<std::size_t, const RowFilter*>> filters;
    for (const RowFilter& filter : mapping_.filters) {
      filters.emplace_back(column_named(table_, filter.column), &filter);
    }
    std::vector<std::size_t> kept;
    std::vector<std::int64_t> left_out(filters.size(), 0);
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      if (const std::string_view reason = reason_to_reject(row); !reason.empty()) {
        reading_.rejections.push_back({.source = source(),
                                       .row = table_.row_numbers[row],
                                       .key = {},
                                       .column = {},
                                       .value = {},
                                       .reason = std::string{reason},
                                       .detail = {}});
        continue;
      }
      const auto refuses = [&](const std::pair<std::size_t, const RowFilter*>& filter) {
        return std::ranges::find(filter.second->values, trimmed(table_.cells.at(row, filter.first))) ==
               filter.second->values.end();
      };
      const auto refusing = std::ranges::find_if(filters, refuses);
      if (refusing == filters.end()) {
        kept.push_back(row);
      } else {
        ++left_out[static_cast<std::size_t>(refusing - filters.begin())];
      }
    }
    for (std::size_t i = 0; i < filters.size(); ++i) {
      std::string values;
      for (const std::string& value : filters[i].second->values) {
        values += (values.empty() ? "" : " | ") + value;
      }
      reading_.repairs.push_back({.source = source(),
                                  .row = std::nullopt,
                                  .key = {},
                                  .column = filters[i].second->column,
                                  .value = values,
                                  .reason = "filtered_out",
                                  .detail = std::to_string(left_out[i])});
    }
    return kept;
  }

  [[nodiscard]] std::string_view reason_to_reject(const std::size_t row) const {
    const bool has_geometry = (table_.geometry == FeatureTable::Geometry::points && table_.points[row]) ||
                              table_.geometry == FeatureTable::Geometry::areas;
    std::size_t filled = 0;
    std::size_t like_header = 0;
    for (std::size_t column = 0; column < table_.columns.size(); ++column) {
      const std::string_view cell = trimmed(table_.cells.at(row, column));
      filled += cell.empty() ? 0U : 1U;
      like_header += !cell.empty() && cell == trimmed(table_.columns[column]) ? 1U : 0U;
    }
    if (filled == 0 && !has_geometry) {
      return "empty_row";
    }
    return like_header >= 2 && like_header == filled ? "repeated_header" : "";
  }

  [[nodiscard]] std::string value(const std::size_t row, const StructureField field) const {
    for (const std::size_t column : columns_[field].columns) {
      const std::string_view cell = trimmed(table_.cells.at(row, column));
      if (!cell.empty()) {
        return std::string{cell};
      }
    }
    return columns_[field].otherwise;
  }

  std::vector<std::string> values(const std::size_t row, const StructureField field) {
    std::vector<std::string> result;
    for (const std::size_t column : columns_[field].columns) {
      add_values(result, table_.cells.at(row, column), mapping_.multi_response_separators);
    }
    if (result.empty()) {
      add_values(result, columns_[field].otherwise, mapping_.multi_response_separators);
    }
    recoder_.recode(name_of(field), result);
    return result;
  }

  std::string recoded(const std::size_t row, const StructureField field) {
    std::string result = value(row, field);
    recoder_.recode(name_of(field), result);
    return result;
  }

  /// "lundi 09:00 - 12:00 ; mardi 14:00 - 17:00" from one column per day; a dash alone is a closed day.
  std::string opening_text(const std::size_t row) {
    const StructureColumns::Source& hours = columns_[opening_hours];
    if (hours.labels.empty()) {
      return recoded(row, opening_hours);
    }
    std::string text;
    for (std::size_t i = 0; i < hours.columns.size(); ++i) {
      const std::string_view cell = trimmed(table_.cells.at(row, hours.columns[i]));
      if (!cell.empty() && cell != "-") {
        text += (text.empty() ? "" : " ; ") + hours.labels[i] + " " + std::string{cell};
      }
    }
    return text;
  }

  std::optional<double> read_capacity(const std::size_t row, const std::string& structure_key) {
    const std::string text = recoded(row, capacity);
    if (text.empty()) {
      return std::nullopt;
    }
    const std::optional<double> number = parse_number(text);
    if (!number) {
      reading_.repairs.push_back({.source = source(),
                                  .row = table_.row_numbers[row],
                                  .key = structure_key,
                                  .column = std::string{name_of(capacity)},
                                  .value = text,
                                  .reason = "unreadable_number",
                                  .detail = {}});
    }
    return number;
  }

  Structure read_row(const std::size_t row) {
    Structure structure;
    structure.source = source();
    structure.row = table_.row_numbers[row];
    structure.key = recoded(row, key);
    structure.name = recoded(row, name);
    structure.typology = recoded(row, typology);
    structure.legal_status = recoded(row, legal_status);
    structure.competences = values(row, competences);
    structure.resources = values(row, resources);
    structure.actions = values(row, actions);
    structure.capacity = read_capacity(row, structure.key);
    structure.opening_hours = opening_text(row);
    structure.vintage = recoded(row, vintage);
    structure.commune_code = recoded(row, commune_code);
    structure.postcode = recoded(row, postcode);
    structure.commune_name = recoded(row, commune_name);
    for (const std::size_t column : columns_.carried) {
      structure.carried.emplace_back(trimmed(table_.cells.at(row, column)));
      recoder_.recode(table_.columns[column], structure.carried.back());
    }
    return structure;
  }

  const FeatureTable& table_;
  const StructureMapping& mapping_;
  const StructureConversions& conversions_;
  StructureColumns columns_;
  Recoder recoder_;
  Reading<StructureSet> reading_;
};

}  // namespace

Reading<StructureSet> read_structures(const FeatureTable& table, const StructureMapping& mapping,
                                      const StructureConversions& conversions) {
  return StructureReader(table, mapping, conversions).read();
}

}  // namespace maillage
