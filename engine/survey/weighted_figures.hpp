#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/survey/linked_tables.hpp"

namespace maillage {

/// Name of the weighted share of a category, among all or among those of a row.
[[nodiscard]] std::string weighted_figure_name(const Attribute& attribute, const Text& category,
                                               const Attribute* rows = nullptr, const Text& row = {});

/// What weights depend on: raking makes them of these attributes alone, so that a reader of the margins can make them again.
struct WeightBasis {
  std::span<const double> weights;     ///< one per unit
  std::span<const Attribute> margins;  ///< of the same units
  int decimals = 0;                    ///< of the printed shares, in percent
};

/// Printed shares, and the sums of weights that they are shares of.
struct WeightedFigures {
  std::vector<CellSum> sums;
  std::vector<PublishedFigure> figures;
};

/// The printed weighted shares of an attribute as sums over its cross with the weights' margins: of two hidden counts whose sum is
/// known, a weighted share may tell each. The weight of those whom no unit stands for is taken as the product of their categories'
/// mean weights. Empty when the cross has more cells than `limits` allow: such shares cannot be audited, and are not shown.
[[nodiscard]] WeightedFigures weighted_distribution_figures(const Attribute& attribute, const WeightBasis& basis,
                                                            const LinkLimits& limits);

/// The same for the shares of each row of a crossing.
[[nodiscard]] WeightedFigures weighted_crossing_figures(const Attribute& rows, const Attribute& columns,
                                                        const WeightBasis& basis, const LinkLimits& limits);

}  // namespace maillage
