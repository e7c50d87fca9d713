#include "engine/territory/population_polygons.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/fold_text.hpp"
#include "engine/core/number.hpp"
#include "engine/geometry/interior_point.hpp"

namespace maillage {
namespace {

constexpr std::array kUsualNames{"population", "pop", "ind", "ind_c", "indc"};

std::size_t population_column(const FeatureTable& table, const std::string& wanted) {
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const std::string folded = fold_column_name(table.columns[column]);
    const bool usual = wanted.empty() && std::any_of(kUsualNames.begin(), kUsualNames.end(),
                                                     [&](const char* name) { return folded == fold_column_name(name); });
    if (table.columns[column] == wanted || usual) {
      return column;
    }
  }
  throw StudyError(
      Text{.french = fmt::format("{} : colonne de population {} introuvable ; indiquez population_column parmi : {}.",
                                 table.source, wanted.empty() ? "" : "« " + wanted + " »", fmt::join(table.columns, ", ")),
           .english = fmt::format("{}: population column {} not found; give population_column among: {}.", table.source,
                                  wanted, fmt::join(table.columns, ", "))});
}

}  // namespace

Reading<PopulationGrid> population_of_polygons(const Reading<FeatureTable>& reading, const std::string& column) {
  const FeatureTable& table = reading.value;
  if (table.geometry == FeatureTable::Geometry::none) {
    throw InputError(
        Text{.french = fmt::format("{} : pas de géométrie ; une grille de population est un GeoTIFF, ou des polygones ou "
                                   "des points avec une colonne d'habitants.",
                                   table.source),
             .english = fmt::format(
                 "{}: no geometry; a population grid is a GeoTIFF, or polygons or points with a column of inhabitants.",
                 table.source)});
  }
  const std::size_t population = population_column(table, column);
  Reading<PopulationGrid> grid{
      .value = {}, .rows_in = reading.rows_in, .rejections = reading.rejections, .repairs = reading.repairs};
  grid.value.source = table.source;
  double carried = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string cell{table.cells.at(row, population)};
    const auto reject = [&](const char* reason) {
      grid.rejections.push_back({.source = table.source,
                                 .row = table.row_numbers[row],
                                 .key = {},
                                 .column = table.columns[population],
                                 .value = cell,
                                 .reason = reason,
                                 .detail = {}});
    };
    const std::optional<double> inhabitants = parse_number(cell);
    const std::optional<Point> point =
        table.geometry == FeatureTable::Geometry::points ? table.points[row] : interior_point(table.areas, AreaIndex{row});
    if (!inhabitants || !(*inhabitants >= 0 && *inhabitants < 1e9)) {
      reject(cell.empty() ? "missing_population" : "invalid_population");
    } else if (!point) {
      reject("no_geometry");
    } else {
      const double with_rest = *inhabitants + carried;
      const double whole = std::floor(with_rest + 0.5);
      carried = with_rest - whole;
      grid.value.points.push_back(*point);
      grid.value.population.push_back(static_cast<std::int64_t>(std::max(0.0, whole)));
      grid.value.rows.push_back(table.row_numbers[row]);
    }
  }
  return grid;
}

}  // namespace maillage
