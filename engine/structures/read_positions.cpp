#include "engine/structures/read_positions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "engine/core/number.hpp"

namespace maillage {

namespace {

using enum StructureField;

/// Margin round the territory's box within which a position is believed to be meant there: about 100 km.
constexpr double kTerritoryMargin_deg = 1.0;

enum class Plane { degrees, file, lambert93, none };

/// One row's coordinates before conversion.
struct Candidate {
  Point point;
  Plane plane = Plane::none;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// The two halves of "46.17, 5.32", "46,17 ; 5,32", "46,17 5,32" or "[46.17, 5.32]".
std::pair<std::string_view, std::string_view> halves(std::string_view cell) {
  cell = trimmed(cell);
  while (!cell.empty() && (cell.front() == '[' || cell.front() == '(')) {
    cell.remove_prefix(1);
  }
  while (!cell.empty() && (cell.back() == ']' || cell.back() == ')')) {
    cell.remove_suffix(1);
  }
  std::size_t at = cell.find_first_of(";|");
  std::size_t width = 1;
  if (at == std::string_view::npos && std::ranges::count(cell, ',') == 1) {
    at = cell.find(',');
  }
  if (at == std::string_view::npos) {
    at = cell.find(", ");
    width = 2;
  }
  if (at == std::string_view::npos) {
    at = trimmed(cell).find(' ');
    width = 1;
  }
  return at == std::string_view::npos ? std::pair{cell, std::string_view{}}
                                      : std::pair{trimmed(cell.substr(0, at)), trimmed(cell.substr(at + width))};
}

bool looks_like_lambert93(const Point& point) {
  // Lambert-93 metres of metropolitan France: EPSG:2154's area of use.
  return point.x > 0 && point.x < 1'400'000 && point.y > 6'000'000 && point.y < 7'200'000;
}

bool are_degrees(const Point& point) {
  return std::abs(point.x) <= 180 && std::abs(point.y) <= 90;
}

Point exchanged(const Point& point) {
  return {point.y, point.x};
}

class PositionReader {
 public:
  PositionReader(const FeatureTable& table, const StructureColumns& columns, const StructureConversions& conversions)
      : table_(table), columns_(columns), conversions_(conversions) {
    result_.of.resize(table.rows());
  }

  ReadPositions read(const std::span<const std::size_t> rows) {
    std::vector<Candidate> candidates;
    candidates.reserve(rows.size());
    for (const std::size_t row : rows) {
      candidates.push_back(candidate(row));
    }
    convert(rows, candidates, Plane::degrees, conversions_.lonlat_to_source);
    convert(rows, candidates, Plane::file, conversions_.file_to_source);
    convert(rows, candidates, Plane::lambert93, conversions_.lambert93_to_source);
    std::ranges::stable_sort(result_.notes, {}, [](const RowNote& note) { return *note.row; });
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string_view cell(const std::size_t row, const StructureField field) const {
    for (const std::size_t column : columns_[field].columns) {
      const std::string_view text = trimmed(table_.cells.at(row, column));
      if (!text.empty()) {
        return text;
      }
    }
    return {};
  }

  [[nodiscard]] std::string column_name(const StructureField field) const {
    return columns_[field].columns.empty() ? "" : table_.columns[columns_[field].columns.front()];
  }

  void note(const std::size_t row, const std::string& column, const std::string& value, const std::string_view reason,
            const std::string& detail = {}) {
    result_.notes.push_back({.source = table_.source,
                             .row = table_.row_numbers[row],
                             .key = std::string{cell(row, key)},
                             .column = column,
                             .value = value,
                             .reason = std::string{reason},
                             .detail = detail});
  }

  Candidate candidate(const std::size_t row) {
    if (!columns_[x].columns.empty() && !columns_[y].columns.empty()) {
      const Plane plane = conversions_.file_to_source ? Plane::file : Plane::degrees;
      return from_text(row, {cell(row, x), cell(row, y)}, column_name(x), plane);
    }
    if (table_.geometry == FeatureTable::Geometry::points) {
      return table_.points[row] ? checked(row, *table_.points[row], "geometry", geometry_plane()) : Candidate{};
    }
    if (table_.geometry == FeatureTable::Geometry::areas) {
      return from_area(row);
    }
    if (!columns_[longitude].columns.empty() && !columns_[latitude].columns.empty()) {
      const std::pair values{cell(row, longitude), cell(row, latitude)};
      if (!values.first.empty() || !values.second.empty() || columns_[latitude_longitude].columns.empty()) {
        return from_text(row, values, column_name(longitude), Plane::degrees);
      }
    }
    if (!columns_[latitude_longitude].columns.empty()) {
      const auto [first, second] = halves(cell(row, latitude_longitude));
      return from_text(row, {second, first}, column_name(latitude_longitude), Plane::degrees);
    }
    return {};
  }

  [[nodiscard]] Plane geometry_plane() const {
    return conversions_.file_to_source && !table_.crs.definition.empty() ? Plane::file : Plane::degrees;
  }

  /// A structure drawn as an area stands at the middle of its box; buildings and grounds are small beside a commune.
  Candidate from_area(const std::size_t row) {
    const Box box = bounding_box(table_.areas, AreaIndex{row});
    if (box.empty()) {
      return {};
    }
    return checked(row, {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}, "geometry", geometry_plane());
  }

  /// \param texts  longitude or x first
  Candidate from_text(const std::size_t row, const std::pair<std::string_view, std::string_view> texts,
                      const std::string& column, const Plane plane) {
    const auto [first, second] = texts;
    if (first.empty() && second.empty()) {
      return {};
    }
    const std::string value = std::string{first} + " / " + std::string{second};
    if (first.empty() || second.empty()) {
      note(row, column, value, "incomplete_coordinates");
      return {};
    }
    const std::optional<double> x_value = parse_number(first);
    const std::optional<double> y_value = parse_number(second);
    if (!x_value || !y_value) {
      note(row, column, value, "unreadable_coordinates");
      return {};
    }
    return checked(row, {*x_value, *y_value}, column, plane);
  }

  Candidate checked(const std::size_t row, const Point& point, const std::string& column, const Plane plane) {
    const auto refuse = [&](const std::string_view reason) {
      note(row, column, std::to_string(point.x) + " / " + std::to_string(point.y), reason);
      return Candidate{};
    };
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
      return refuse("coordinates_out_of_range");
    }
    if (point.x == 0 && point.y == 0) {
      return refuse("zero_coordinates");
    }
    const bool degrees =
        plane == Plane::degrees || (plane == Plane::file && table_.crs.geographic && columns_[x].columns.empty());
    if (!degrees) {
      return {point, plane};
    }
    return are_degrees(point) ? checked_degrees(row, point, column, plane) : checked_metres(row, point, column);
  }

  /// Exchanges the axes only when the position is nowhere in France or the territory, and would be with them exchanged.
  Candidate checked_degrees(const std::size_t row, const Point& point, const std::string& column, const Plane plane) {
    const Point other = exchanged(point);
    if (is_plausible(point) || !are_degrees(other) || !is_plausible(other)) {
      return {point, plane};
    }
    note(row, column, std::to_string(point.x) + " / " + std::to_string(point.y), "swapped_coordinates",
         "longitude " + std::to_string(other.x) + ", latitude " + std::to_string(other.y));
    return {other, plane};
  }

  Candidate checked_metres(const std::size_t row, const Point& point, const std::string& column) {
    const std::string value = std::to_string(point.x) + " / " + std::to_string(point.y);
    const bool straight = looks_like_lambert93(point);
    if ((straight || looks_like_lambert93(exchanged(point))) && conversions_.lambert93_to_source) {
      note(row, column, value, straight ? "lambert93_in_degree_columns" : "swapped_coordinates", "EPSG:2154");
      return {straight ? point : exchanged(point), Plane::lambert93};
    }
    // 1e7: no French projected CRS has coordinates beyond.
    const bool metres = std::max(std::abs(point.x), std::abs(point.y)) < 1e7;
    note(row, column, value, metres ? "metres_in_degree_columns" : "coordinates_out_of_range");
    return {};
  }

  [[nodiscard]] bool is_plausible(const Point& point) const {
    const Box& box = conversions_.territory_deg;
    const bool near_territory = !box.empty() && point.x >= box.min_x - kTerritoryMargin_deg &&
                                point.x <= box.max_x + kTerritoryMargin_deg && point.y >= box.min_y - kTerritoryMargin_deg &&
                                point.y <= box.max_y + kTerritoryMargin_deg;
    return near_territory || is_in_france({point.x, point.y});
  }

  void convert(const std::span<const std::size_t> rows, const std::span<const Candidate> candidates, const Plane plane,
               const Conversion& conversion) {
    std::vector<Point> points;
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (candidates[i].plane == plane) {
        points.push_back(candidates[i].point);
        chosen.push_back(rows[i]);
      }
    }
    const std::vector<Point> before = points;
    if (conversion && !points.empty()) {
      conversion(points);
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (std::isfinite(points[i].x) && std::isfinite(points[i].y)) {
        result_.of[chosen[i]] = points[i];
      } else {
        note(chosen[i], "", std::to_string(before[i].x) + " / " + std::to_string(before[i].y),
             "coordinates_not_convertible");
      }
    }
  }

  const FeatureTable& table_;
  const StructureColumns& columns_;
  const StructureConversions& conversions_;
  ReadPositions result_;
};

}  // namespace

bool is_in_france(const LonLat& position) {
  struct Area {
    double west;
    double south;
    double east;
    double north;
  };
  // Areas of use as PROJ's database gives them; the last three are New Caledonia, French Polynesia and Wallis and Futuna.
  constexpr std::array<Area, 9> kAreas{{{-9.86, 41.15, 10.38, 51.56},
                                        {-63.66, 14.08, -60.0, 18.31},
                                        {-54.95, 2.11, -49.45, 8.88},
                                        {54.0, -24.72, 58.24, -18.28},
                                        {43.68, -14.49, 46.7, -11.33},
                                        {-57.1, 43.41, -55.9, 47.37},
                                        {156.25, -26.45, 174.28, -14.83},
                                        {-158.13, -31.24, -131.97, -4.52},
                                        {-179.49, -15.94, -174.27, -9.84}}};
  return std::ranges::any_of(kAreas, [&](const Area& area) {
    return position.longitude_deg >= area.west && position.longitude_deg <= area.east &&
           position.latitude_deg >= area.south && position.latitude_deg <= area.north;
  });
}

ReadPositions read_positions(const FeatureTable& table, const std::span<const std::size_t> rows,
                             const StructureColumns& columns, const StructureConversions& conversions) {
  return PositionReader(table, columns, conversions).read(rows);
}

}  // namespace maillage
