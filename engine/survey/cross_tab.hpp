#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/survey/attribute.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// What percentages are shares of. The study must say it: a hidden smaller base is the commonest error of published tables.
enum class TableBase {
  all,         ///< every unit, those without a value included
  respondents  ///< the units that have a value, of both attributes in a cross-tab
};

/// Counts of units by the categories of two attributes. Row `rows.categories.size()` and the column alike hold the missing
/// values. With a multi-response attribute a unit counts once in each of its categories, and margins count units, not
/// answers.
struct CrossTab {
  Attribute rows;
  Attribute columns;
  TableBase base = TableBase::all;
  std::vector<std::vector<std::int64_t>> counts;  ///< [row][column], missing last
  std::vector<std::int64_t> row_units;            ///< units of each row that are in the base
  std::vector<std::int64_t> column_units;
  std::int64_t base_units = 0;  ///< the base of total percentages
  std::int64_t units = 0;       ///< all units, in the base or not
};

/// \throws ArgumentError if the attributes are not of the same units. Cost: O(units + answers).
[[nodiscard]] CrossTab cross_tab(const Attribute& rows, const Attribute& columns, TableBase base);

/// What the cells of a cross table show.
enum class CrossTabCells { counts, row_percentages, column_percentages, total_percentages };

struct TableOptions {
  TableBase base = TableBase::all;
  int decimals = 0;                                                ///< of percentages, rounded half up
  Text units = {.french = "structures", .english = "structures"};  ///< what is counted
};

/// A cross-tab for people: one row per category, then missing values if any, then the total; a column of totals at the
/// right.
[[nodiscard]] Table cross_table(const CrossTab& tab, CrossTabCells cells, const TableOptions& options);

/// One attribute: category, count, share of the base; missing values in their own row if any (without share when the base is
/// the respondents), then the total. In a multi-response table the total counts units: shares add up to more than 100 %.
[[nodiscard]] Table frequency_table(const Attribute& attribute, const TableOptions& options);

/// The communes of each category of `classes` (tier, departement...) and what stands there: communes, population and its
/// share, structures and their share, structures per 10,000 inhabitants (two decimals), communes with and without,
/// population of those without. \param classes  an attribute of all communes  \param which  structures to count; unplaced
/// ones are not
[[nodiscard]] Table territory_table(const Territory& territory, const Attribute& classes, const Placements& placed,
                                    std::span<const StructureIndex> which, const TableOptions& options);

}  // namespace maillage
