#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/survey/attribute.hpp"
#include "engine/survey/linked_tables.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// What each of those structures contributes: its capacity, or a carried column read as numbers; nothing where the cell is
/// empty. \throws StudyError on a name that is not known, or a cell that is no number of at least 0, with its source and row
[[nodiscard]] std::vector<std::optional<double>> structure_amounts(const StructureSet& structures,
                                                                   std::span<const StructureIndex> which,
                                                                   std::string_view name);

/// A total that is published, or why not.
struct MagnitudeCell {
  Text category;
  std::int64_t units = 0;  ///< that contribute, zeros too
  double total = 0;
  double largest = 0;  ///< contribution
  CellStatus status = CellStatus::published;
};

/// Totals of what units contribute, per category, and of all.
struct MagnitudeTable {
  std::vector<MagnitudeCell> cells;
  MagnitudeCell whole;
  bool published = true;  ///< false: the total of all tells too much itself, so nothing is shown
};

/// Totals by category, hidden where they have too few contributors or one that dominates. What is hidden adds up to the total
/// of all less what is shown: further categories are hidden, smallest totals first, until at least two are and that sum passes
/// the rules itself. The total of all is shown in every table of the same contributions or in none, as only contributions
/// decide it. \param contributions  one per unit, >= 0, or nothing  \param hidden  French texts of categories hidden elsewhere
/// \throws ArgumentError on other numbers of units or a multi-response attribute. Cost: O(units + categories^2).
/// Source: INSEE, rules of statistical confidentiality (fewer than 3 units; 85 %).
[[nodiscard]] MagnitudeTable magnitude_table(const Attribute& attribute,
                                             std::span<const std::optional<double>> contributions,
                                             const DisclosureRules& rules, std::span<const std::string> hidden = {});

/// Which units have an amount: those without have no value.
[[nodiscard]] Attribute has_amount(const std::string& name, std::span<const std::optional<double>> amounts);

/// The cells of contributors that `magnitude_rows` shows. \param given  as `has_amount` makes it
[[nodiscard]] PublishedTable published_magnitude(const Attribute& given, const Attribute& by);

/// category, contributors, total, mean, share of the total, remark; the total of all last.
[[nodiscard]] Table magnitude_rows(const MagnitudeTable& magnitude, const Attribute& attribute, const std::string& name,
                                   int decimals);

}  // namespace maillage
