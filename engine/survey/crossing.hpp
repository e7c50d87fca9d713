#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/survey/contingency.hpp"
#include "engine/survey/exact_tests.hpp"
#include "engine/survey/linked_tables.hpp"
#include "engine/survey/share_interval.hpp"
#include "engine/survey/survey_weights.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

struct CrossingOptions {
  IntervalOptions interval;
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
  bool published = true;                 ///< false: the table cannot be protected, its cells are all hidden
  bool whole = true;                     ///< no cell or margin is hidden, so tests tell nothing that the table does not
  Table table;                           ///< a row per cell, see `crossing`
};

/// Crosses two attributes of one value each. The table has a row per cell that can occur: row, column, count, base (units of
/// the row), share of the row with its interval, adjusted residual, weighted share, remark. Hidden cells show "s", and so does
/// what is computed from a hidden margin; rows of fewer than 30 units are remarked as such. \param weights  one per unit, or
/// empty \param shown  tables that `published_crossing` and, with weights, `weighted_crossing_figures` are among
/// \throws ArgumentError as `contingency`
[[nodiscard]] Crossing crossing(const Attribute& rows, const Attribute& columns, std::span<const double> weights,
                                const CrossingOptions& options, const ShownCells& shown);

/// The categories "row × column" of the cells that a crossing hides, as `crossed` names them; all of a withheld table.
[[nodiscard]] std::vector<std::string> hidden_pairs(const Crossing& crossing);

/// A table whose rows of these categories (French text of the first column) show "s" from the given column on.
[[nodiscard]] Table with_hidden_rows(Table table, std::span<const std::string> hidden, std::size_t first_column);

/// One row per crossing: units, chi-square, degrees of freedom, p; exact p and how; V; with weights, Rao-Scott. Of a crossing with
/// hidden cells only the class of p is told, as the cells could be computed from the rest.
[[nodiscard]] Table tests_table(std::span<const Crossing> crossings);

/// Below which of 0.0001, 0.001, 0.01 and 0.05 p is: "p < 0,001".
[[nodiscard]] Text p_class(double p);

/// One attribute: count, share and interval, weighted share and interval on Kish's effective units, remark; and which
/// categories are hidden.
struct Distribution {
  Table table;
  std::vector<std::string> hidden;  ///< French texts
  bool published = true;            ///< false: nothing can be shown without telling a hidden count
};

/// \param shown  tables that `published_distribution` and, with weights, `weighted_distribution_figures` are among
/// \throws ArgumentError on a multi-response attribute
[[nodiscard]] Distribution distribution(const Attribute& attribute, std::span<const double> weights,
                                        const CrossingOptions& options, const ShownCells& shown);

/// The attribute with hidden categories last, by their text, where categories stand by decreasing count: their order would tell
/// which of two hidden counts is larger.
[[nodiscard]] Attribute hidden_last(const Attribute& attribute, const ShownCells& shown);

}  // namespace maillage
