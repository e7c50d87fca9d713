#pragma once

#include <sstream>
#include <string>

#include "engine/geometry/feature_table.hpp"

namespace maillage::testing {

/// A table from lines of cells parted by ';', the header first. No quoting: for tests' own tables and INSEE's plain ones.
inline FeatureTable inline_table(const std::string& text, const std::string& source = "table.csv") {
  FeatureTable table;
  table.source = source;
  table.format = "CSV";
  std::istringstream lines{text};
  std::string line;
  std::int64_t number = 0;
  while (std::getline(lines, line)) {
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    ++number;
    std::size_t column = 0;
    std::istringstream cells{line + ";"};
    std::string cell;
    while (std::getline(cells, cell, ';')) {
      if (number == 1) {
        table.columns.push_back(cell);
      } else if (column < table.columns.size()) {
        table.cells.add(cell);
      }
      ++column;
    }
    if (number == 1) {
      table.cells = TextCells{table.columns.size()};
    } else {
      for (; column < table.columns.size(); ++column) {
        table.cells.add("");
      }
      table.row_numbers.push_back(number);
    }
  }
  return table;
}

}  // namespace maillage::testing
