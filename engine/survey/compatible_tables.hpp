#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/survey/published_figure.hpp"

namespace maillage {

/// Shares of a finer distribution of the same units, whose categories gather into the columns of a cross table.
struct ColumnPart {
  std::string label;
  Decimal percentage;      ///< of the base
  std::size_t column = 0;  ///< of the table, its unprinted remainder included
};

/// A cross table as printed: the share of each row in the base, and the shares of its columns within each row.
struct PublishedCrossTable {
  std::string name;
  std::string label;
  std::int64_t base = 0;
  std::vector<std::string> rows;
  std::vector<Decimal> row_percentages;  ///< of the base
  std::vector<std::string> columns;
  std::vector<std::vector<Decimal>> cells;  ///< [row][column], of the row
  std::string remainder;                    ///< the column that was not printed; empty: the columns are all
  std::vector<ColumnPart> parts;            ///< what else is known of the columns; may be empty
  /// Groups of rows (positions) whose shares of the base may have been printed in another order.
  std::vector<std::vector<std::size_t>> uncertain_rows;
  /// The same of parts.
  std::vector<std::vector<std::size_t>> uncertain_parts;
};

/// Counts of units, [row][column], the remainder last where the table has one.
using CountTable = std::vector<std::vector<std::int64_t>>;

/// Every table of counts that prints as published, ascending.
struct CompatibleTables {
  std::vector<CountTable> tables;
  std::int64_t steps = 0;  ///< of the search
  bool complete = true;    ///< false: the bound on steps or tables stopped the search, more may exist
};

/// Bounds of a search.
struct SearchLimits {
  std::int64_t steps = 4'000'000;
  std::size_t tables = 10'000;
};

/// Depth-first search over rows: totals that print as the row's share, cells that print as its cells, sums of columns kept
/// within what the parts allow. \throws ArgumentError when the parts of the table do not fit together
[[nodiscard]] CompatibleTables compatible_tables(const PublishedCrossTable& table, const SearchLimits& limits = {});

/// Counts that one row alone may have, for every total that its share of the base allows.
struct RowOptions {
  std::vector<std::vector<std::int64_t>> counts;  ///< the remainder last where the table has one
  std::int64_t steps = 0;
  bool complete = true;  ///< false: the bound of 200,000 steps stopped the search
};

/// No counts mean that the row contradicts itself. A row that holds nobody is not looked for: it has no shares to print.
[[nodiscard]] RowOptions compatible_rows(const PublishedCrossTable& table, std::size_t row);

}  // namespace maillage
