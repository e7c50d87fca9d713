#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/survey/linked_tables.hpp"

namespace maillage {

/// Attributes by position, in the order of their names, and a slot in each: categories by text, then missing, then answered.
using CellCode = std::vector<std::pair<std::size_t, std::size_t>>;
using AttributeSet = std::vector<std::size_t>;  ///< ascending

/// Linked attributes as numbers that do not depend on the order of anything.
class LinkedCodes {
 public:
  struct Column {
    std::string name;
    std::vector<std::string> categories;  ///< that have units, ascending
    bool has_missing = false;
    bool open = false;
    std::vector<std::size_t> values;  ///< slot of each unit

    [[nodiscard]] std::size_t missing() const { return categories.size(); }
    [[nodiscard]] std::size_t answered() const { return categories.size() + 1; }
    [[nodiscard]] std::size_t slots() const { return categories.size() + (has_missing ? 1 : 0); }
  };

  /// \throws ArgumentError as `protect`
  explicit LinkedCodes(const LinkedTables& linked);

  /// The simplest conditions of the same units; nothing for a cell that can have none. \throws ArgumentError
  [[nodiscard]] std::optional<CellCode> code(const CellKey& key) const;
  [[nodiscard]] CellKey key(const CellCode& code) const;

  /// Combinations of slots that units may have: open attributes have those they are known to have. Ascending.
  [[nodiscard]] std::vector<std::vector<std::size_t>> combinations(const AttributeSet& attributes) const;
  /// An upper bound of their number.
  [[nodiscard]] double most_combinations(const AttributeSet& attributes) const;
  /// Units of each combination that has some.
  [[nodiscard]] std::map<std::vector<std::size_t>, std::int64_t> counts(const AttributeSet& attributes) const;
  [[nodiscard]] AttributeSet open_part(const AttributeSet& attributes) const;

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::size_t units() const { return units_; }
  /// Pairs of attributes of which some combination is known to be impossible.
  [[nodiscard]] const std::vector<AttributeSet>& excluding() const { return excluding_; }

 private:
  [[nodiscard]] bool possible(const AttributeSet& attributes, const std::vector<std::size_t>& slots) const;

  std::vector<Column> columns_;
  std::map<std::string, std::size_t> position_;
  std::size_t units_ = 0;
  std::map<AttributeSet, std::vector<std::pair<std::size_t, std::size_t>>> impossible_;
  std::vector<AttributeSet> excluding_;
};

/// Simplest conditions by texts: no condition that all units fulfil, a category instead of "answered" where there is but one.
/// Nothing for a condition that no unit fulfils. \throws ArgumentError on an unknown attribute, or two conditions of one
[[nodiscard]] std::optional<CellKey> simplest(const CellKey& key,
                                              const std::map<std::string, std::vector<std::string>>& categories,
                                              const std::map<std::string, bool>& has_missing);

}  // namespace maillage
