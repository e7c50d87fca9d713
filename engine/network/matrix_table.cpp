#include "engine/network/matrix_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "engine/core/fold_text.hpp"
#include "engine/core/number.hpp"

namespace maillage {

namespace {

struct CostColumn {
  std::string_view name;
  std::string_view unit;  ///< empty: must be stated
  CostUnit kind;
};

constexpr std::array<std::string_view, 9> kOriginNames{"origin",  "from_id",    "idsrc",  "source",      "from",
                                                       "origine", "id_origine", "depart", "code_origine"};
constexpr std::array<std::string_view, 8> kDestinationNames{
    "destination", "to_id", "iddst", "to", "arrivee", "id_destination", "code_destination", "target"};
constexpr std::array<CostColumn, 16> kCostColumns{{{"travel_time_p50", "min", CostUnit::seconds},
                                                   {"travel_time", "min", CostUnit::seconds},
                                                   {"duree", "min", CostUnit::seconds},
                                                   {"duree_min", "min", CostUnit::seconds},
                                                   {"temps_min", "min", CostUnit::seconds},
                                                   {"minutes", "min", CostUnit::seconds},
                                                   {"duration", "s", CostUnit::seconds},
                                                   {"duree_s", "s", CostUnit::seconds},
                                                   {"seconds", "s", CostUnit::seconds},
                                                   {"distance", "km", CostUnit::metres},
                                                   {"distance_km", "km", CostUnit::metres},
                                                   {"distance_m", "m", CostUnit::metres},
                                                   {"cost", "", CostUnit::seconds},
                                                   {"cost", "", CostUnit::metres},
                                                   {"cout", "", CostUnit::seconds},
                                                   {"cout", "", CostUnit::metres}}};

std::optional<std::size_t> column_named(const FeatureTable& table, const std::string_view name) {
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    if (fold_text(table.columns[column]) == fold_text(name)) {
      return column;
    }
  }
  return std::nullopt;
}

std::size_t require_column(const FeatureTable& table, const std::span<const std::string_view> names, const Text& what) {
  for (const std::string_view name : names) {
    if (const auto column = column_named(table, name)) {
      return *column;
    }
  }
  throw InputError(
      Text{.french = fmt::format("{} : aucune colonne d'{} ; nommez-la « {} ».", table.source, what.french, names[0]),
           .english = fmt::format("{}: no column of the {}; name it '{}'.", table.source, what.english, names[0])});
}

struct Cells {
  std::size_t origin;
  std::size_t destination;
  std::size_t cost;
  double parts;  ///< thousandths of the matrix's unit per unit of the column
};

double parts_of(const std::string_view unit) {
  constexpr double kThousandths = 1000;
  return kThousandths * (unit == "h" ? 3600 : unit == "min" ? 60 : unit == "km" ? 1000 : 1);
}

Cells find_columns(const FeatureTable& table, const CostUnit unit, const std::string& stated) {
  Cells cells{.origin = require_column(table, kOriginNames, {.french = "origine", .english = "origin"}),
              .destination = require_column(table, kDestinationNames, {.french = "arrivée", .english = "destination"}),
              .cost = 0,
              .parts = 0};
  for (const CostColumn& known : kCostColumns) {
    const auto column = column_named(table, known.name);
    if (!column || known.kind != unit) {
      continue;
    }
    const std::string_view found = stated.empty() ? known.unit : std::string_view{stated};
    const bool is_length = found == "m" || found == "km";
    const bool is_time = found == "s" || found == "min" || found == "h";
    if (unit == CostUnit::metres ? !is_length : !is_time) {
      throw InputError(Text{
          .french = fmt::format("{} : unité de la colonne « {} » inconnue ou contraire à la limite ; ajoutez matrix_unit = "
                                "\"min\" (ou \"s\", \"h\", \"m\", \"km\") dans [travel].",
                                table.source, table.columns[*column]),
          .english = fmt::format("{}: the unit of column '{}' is unknown or does not fit the limit; add matrix_unit = "
                                 "\"min\" (or \"s\", \"h\", \"m\", \"km\") to [travel].",
                                 table.source, table.columns[*column])});
    }
    cells.cost = *column;
    cells.parts = parts_of(found);
    return cells;
  }
  throw InputError(Text{.french = fmt::format("{} : aucune colonne de {} ; nommez-la « {} ».", table.source,
                                              unit == CostUnit::seconds ? "temps" : "distance",
                                              unit == CostUnit::seconds ? "duree_min" : "distance_km"),
                        .english = fmt::format("{}: no column of {}; name it '{}'.", table.source,
                                               unit == CostUnit::seconds ? "times" : "lengths",
                                               unit == CostUnit::seconds ? "minutes" : "distance_km")});
}

/// Whole seconds or metres, rounded up from thousandths so that decimal fractions are taken at their word; kUnreachable
/// where the number is no cost.
Cost whole_cost(const double value, const double parts) {
  const double thousandths = std::round(value * parts);
  if (!(thousandths >= 0) || thousandths > 4e12) {
    return kUnreachable;
  }
  return static_cast<Cost>(std::ceil(thousandths / 1000));
}

bool is_no_trip(const std::string_view cell) {
  const std::string folded = fold_text(cell);
  return folded.empty() || folded == "na" || folded == "nan" || folded == "inf" || folded == "null";
}

struct Entry {
  std::uint32_t origin;
  std::uint32_t column;
  Cost cost;
  std::size_t row;
};

/// Sorts entries into rows by (cost, column); of a repeated pair the first of the file stays.
CostMatrix to_matrix(std::vector<Entry>& entries, const std::size_t origins, const CostUnit unit) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tuple{a.origin, a.column, a.row} < std::tuple{b.origin, b.column, b.row};
  });
  const auto end = std::unique(entries.begin(), entries.end(),
                               [](const Entry& a, const Entry& b) { return a.origin == b.origin && a.column == b.column; });
  entries.erase(end, entries.end());
  CostMatrix matrix{.rows = {}, .unit = unit};
  auto entry = entries.begin();
  std::vector<Reach> row;
  for (std::uint32_t origin = 0; origin < origins; ++origin) {
    row.clear();
    for (; entry != entries.end() && entry->origin == origin; ++entry) {
      row.push_back({FacilityIndex{std::size_t{entry->column}}, entry->cost});
    }
    std::sort(row.begin(), row.end(), [](const Reach& a, const Reach& b) {
      return std::tuple{a.cost, a.facility} < std::tuple{b.cost, b.facility};
    });
    matrix.rows.push_row(row);
  }
  return matrix;
}

}  // namespace

Reading<MatrixReading> matrix_of_table(const FeatureTable& table, const MatrixKeys& keys, const CostUnit unit,
                                       const std::string& stated) {
  const Cells cells = find_columns(table, unit, stated);
  Reading<MatrixReading> reading;
  reading.rows_in = static_cast<std::int64_t>(table.rows());
  bool names_structures = false;
  for (std::size_t row = 0; row < table.rows() && !names_structures; ++row) {
    names_structures = keys.structures.find(table.cells.at(row, cells.destination)) != keys.structures.end();
  }
  reading.value.between_communes = !names_structures;
  const auto& destinations = names_structures ? keys.structures : keys.communes;
  std::vector<Entry> entries;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Cost> seen;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto reject = [&](const std::size_t column, const char* reason) {
      reading.rejections.push_back(
          {.source = table.source,
           .row = table.row_numbers[row],
           .key = fmt::format("{} -> {}", table.cells.at(row, cells.origin), table.cells.at(row, cells.destination)),
           .column = table.columns[column],
           .value = std::string{table.cells.at(row, column)},
           .reason = reason,
           .detail = {}});
    };
    const std::string_view text = table.cells.at(row, cells.cost);
    const auto number = is_no_trip(text) ? std::nullopt : parse_number(text);
    const Cost cost = number ? whole_cost(*number, cells.parts) : kUnreachable;
    if (cost == kUnreachable && !is_no_trip(text)) {
      reject(cells.cost, "not_a_cost");
      continue;
    }
    const auto origin = keys.origins.find(table.cells.at(row, cells.origin));
    const auto destination = destinations.find(table.cells.at(row, cells.destination));
    if (origin == keys.origins.end() || destination == destinations.end()) {
      ++reading.value.rows_elsewhere;
      continue;
    }
    const auto [earlier, is_new] = seen.emplace(std::pair{origin->second, destination->second.front()}, cost);
    if (!is_new && earlier->second != cost) {
      reject(cells.cost, "repeated_pair");
      continue;
    }
    if (cost != kUnreachable) {
      for (const std::uint32_t column : destination->second) {
        entries.push_back({origin->second, column, cost, row});
      }
    }
  }
  std::size_t origins = 0;
  for (const auto& [code, row] : keys.origins) {
    origins = std::max(origins, std::size_t{row} + 1);
  }
  reading.value.matrix = to_matrix(entries, origins, unit);
  return reading;
}

}  // namespace maillage
