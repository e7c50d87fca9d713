#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/survey/contingency.hpp"
#include "engine/survey/disclosure.hpp"
#include "engine/survey/exact_tests.hpp"
#include "engine/survey/share_interval.hpp"
#include "engine/survey/survey_weights.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

struct CrossingOptions {
  IntervalOptions interval;
  DisclosureRules rules;
  ExactOptions exact;
  int decimals = 0;  ///< of percentages
};

/// Everything a report says of two answers together.
struct Crossing {
  std::string name;  ///< "legal_status_tier"
  Text label;
  std::int64_t units = 0;
  ChiSquareTest test;
  IndependenceTest exact;
  std::optional<RaoScottTest> weighted;  ///< with weights only
  SuppressionMask mask;                  ///< rows and columns that hold somebody, totals last
  bool published = true;                 ///< false: the table cannot be protected, its cells are all hidden
  Table table;                           ///< a row per cell, see `crossing`
};

/// Crosses two attributes of one value each. The table has a row per cell that can occur: row, column, count, base (units of
/// the row), share of the row with its interval, adjusted residual, weighted share, remark. Hidden cells show "s"; rows of
/// fewer than 30 units are remarked as such. \param weights  one per unit, or empty
/// \param hidden_categories  French texts of categories whose totals are hidden elsewhere: they stay so; a table that would
/// need another total hidden is not published
/// \throws ArgumentError as `contingency`
[[nodiscard]] Crossing crossing(const Attribute& rows, const Attribute& columns, std::span<const double> weights,
                                const CrossingOptions& options, std::span<const std::string> hidden_categories = {});

/// The categories "row × column" of the cells that a crossing hides, as `crossed` names them.
[[nodiscard]] std::vector<std::string> hidden_pairs(const Crossing& crossing);

/// A table whose rows of these categories (French text of the first column) show "s" from the given column on.
[[nodiscard]] Table with_hidden_rows(Table table, std::span<const std::string> hidden, std::size_t first_column);

/// One row per crossing: units, chi-square, degrees of freedom, p; exact p and how; V; with weights, Rao-Scott.
[[nodiscard]] Table tests_table(std::span<const Crossing> crossings);

/// One attribute: count, share and interval, weighted share and interval on Kish's effective units, remark; and which
/// categories are hidden.
struct Distribution {
  Table table;
  std::vector<std::string> hidden;  ///< French texts
  bool published = true;            ///< false: nothing can be shown without telling a hidden count
};

/// \throws ArgumentError on a multi-response attribute
[[nodiscard]] Distribution distribution(const Attribute& attribute, std::span<const double> weights,
                                        const CrossingOptions& options);

}  // namespace maillage
