#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/survey/compatible_tables.hpp"

namespace maillage {

/// Which of the figures of a cross table.
struct FigurePlace {
  enum class Kind { row_share, cell, part };
  Kind kind = Kind::cell;
  std::size_t row = 0;     ///< position of the part when it is one
  std::size_t column = 0;  ///< of a cell
  friend bool operator==(const FigurePlace&, const FigurePlace&) = default;
};

/// One figure changed by one unit of its last digit, and the tables that exist then.
struct Repair {
  FigurePlace place;
  Decimal printed;
  Decimal repaired;
  std::vector<CountTable> tables;
};

/// One way of giving the printed shares to rows and parts, under which a table exists.
struct Assignment {
  std::vector<Decimal> row_percentages;
  std::vector<Decimal> part_percentages;
  std::vector<CountTable> tables;  ///< exactly as printed
  std::vector<Repair> repairs;     ///< looked for only when no assignment has a table as printed
};

/// What arithmetic alone says of a printed cross table.
struct CrossTableAudit {
  bool possible = false;                ///< a table exists exactly as printed
  std::vector<Assignment> assignments;  ///< those with a table, as printed or after one repair
  std::int64_t assignments_tested = 0;
  std::vector<std::size_t> impossible_rows;  ///< contradict themselves as printed, in every assignment that can be repaired
  std::optional<std::size_t> faulty_row;     ///< the row that holds all repairs, when one does
  std::vector<CountTable> tables;            ///< of all assignments, distinct, ascending
  std::vector<std::vector<CountRange>> ranges;  ///< per cell, over `tables`; a single count is certain
  std::vector<std::int64_t> other_bases;  ///< from half the declared base up to it, under which it is possible as printed
  bool complete = true;                   ///< false: a search was stopped, so "none" is not proved
};

/// Enumerates the tables behind a printed one under every order of the figures whose order is uncertain; where there are
/// none, moves each figure by one unit in turn. \throws ArgumentError on more than 5,040 orders.
/// Cost: orders * figures searches, each bounded.
[[nodiscard]] CrossTableAudit audit_cross_table(const PublishedCrossTable& table);

}  // namespace maillage
