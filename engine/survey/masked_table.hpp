#pragma once

#include <string>
#include <vector>

#include "engine/survey/cross_tab.hpp"
#include "engine/survey/linked_tables.hpp"

namespace maillage {

/// Which cells of a table are shown: [row][column], without the column of headings.
using CellGrid = std::vector<std::vector<bool>>;

/// The cells of `cross_table` and `frequency_table` of that crossing, of one value each and with TableBase::all: missing answers
/// are a row and a column. \throws ArgumentError on several values of one unit
[[nodiscard]] PublishedTable published_cross_tab(std::string name, const CrossTab& tab);

/// Which cells `cross_table` may show. A percentage is hidden with its count, and with the total it is a share of, from which
/// that total could be computed; all are hidden in a table that is withheld.
[[nodiscard]] CellGrid shown_grid(const std::string& name, const CrossTab& tab, const ShownCells& shown, CrossTabCells cells);

/// The table without its hidden cells: they show "s" (secret). \throws ArgumentError on a table of another shape
[[nodiscard]] Table masked(const Table& table, const CellGrid& shown);

}  // namespace maillage
