#pragma once

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <vector>

#include "engine/geometry/feature_table.hpp"

namespace maillage::testing {

/// A table without geometry, as a reader would give it: the header is line 1.
inline FeatureTable table_of(std::vector<std::string> columns, const std::vector<std::vector<std::string>>& rows) {
  FeatureTable table;
  table.source = "places.csv";
  table.format = "CSV";
  table.cells = TextCells(columns.size());
  table.columns = std::move(columns);
  for (const std::vector<std::string>& row : rows) {
    for (const std::string& cell : row) {
      table.cells.add(cell);
    }
    table.row_numbers.push_back(static_cast<std::int64_t>(table.row_numbers.size()) + 2);
  }
  return table;
}

/// A UTF-8 CSV file by the letter of RFC 4180: for engine tests, which must not depend on the adapters.
inline FeatureTable plain_csv(const std::filesystem::path& file, const char delimiter) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream buffer;
  buffer << stream.rdbuf();
  std::string text = buffer.str();
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.erase(0, 3);
  }
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    std::string& cell = rows.back().back();
    if (quoted) {
      if (letter == '"' && at + 1 < text.size() && text[at + 1] == '"') {
        cell.push_back('"');
        ++at;
      } else if (letter == '"') {
        quoted = false;
      } else {
        cell.push_back(letter);
      }
    } else if (letter == '"' && cell.empty()) {
      quoted = true;
    } else if (letter == delimiter) {
      rows.back().emplace_back();
    } else if (letter == '\n') {
      rows.emplace_back(1);
    } else if (letter != '\r') {
      cell.push_back(letter);
    }
  }
  if (rows.back().size() == 1 && rows.back().front().empty()) {
    rows.pop_back();
  }
  std::vector<std::string> columns = rows.front();
  rows.erase(rows.begin());
  for (std::vector<std::string>& row : rows) {
    row.resize(columns.size());
  }
  FeatureTable table = table_of(std::move(columns), rows);
  table.source = file.filename().string();
  return table;
}

}  // namespace maillage::testing
