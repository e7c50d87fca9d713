#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/survey/attribute.hpp"

namespace maillage {

/// Units that have a value of both of two attributes, by rows and columns; rows and columns of nobody are left out.
struct Contingency {
  std::vector<Text> rows;
  std::vector<Text> columns;
  std::vector<std::vector<std::int64_t>> counts;  ///< [row][column]
  std::vector<std::vector<double>> weighted;      ///< sums of weights; the counts when there are no weights
  std::vector<CategoryIndex> row_of;              ///< per unit, its row here; none when it is not in the table
  std::vector<CategoryIndex> column_of;
  std::int64_t units = 0;
};

/// \param weights  one per unit, or empty \throws ArgumentError on multi-response attributes, attributes of other units, or
/// weights that are not one per unit, finite and at least 0
[[nodiscard]] Contingency contingency(const Attribute& rows, const Attribute& columns, std::span<const double> weights = {});

/// Pearson's test of independence and the size of the association.
struct ChiSquareTest {
  double statistic = 0;
  std::int64_t degrees_of_freedom = 0;  ///< 0: one row or one column only, nothing to test
  double p = 1;
  double least_expected = 0;
  std::int64_t small_expected = 0;  ///< cells of fewer than 5 expected units: take the exact test
  /// Cramer's V without its bias, 0..1; nothing without degrees of freedom.
  /// Source: Bergsma (2013), doi:10.1016/j.jkss.2012.10.002.
  std::optional<double> cramers_v;
};

/// Of the counts, weights left aside. Cost: O(cells).
[[nodiscard]] ChiSquareTest chi_square_test(const Contingency& table);

/// How far each cell is from independence, in standard deviations: beyond 2 it is more, or less, frequent than chance has
/// it. 0 where a margin holds everybody. Source: Haberman (1973), doi:10.2307/2529686.
[[nodiscard]] std::vector<std::vector<double>> adjusted_residuals(const Contingency& table);

/// The test of independence of a weighted table.
struct RaoScottTest {
  double design_effect = 1;  ///< mean of the generalised design effects
  double variation = 0;      ///< their squared coefficient of variation
  double statistic = 0;      ///< first order: Pearson's over the design effect
  double p = 1;
  double degrees_of_freedom = 0;  ///< second order (Satterthwaite), usually not whole
  double second_statistic = 0;
  double second_p = 1;
};

/// Corrects Pearson's test for unequal weights; units are taken as drawn independently. The design effects are those of
/// the cells' residuals, linearised under independence; with equal weights their mean is near 1. Nothing when there is
/// nothing to test, or when units * cells^2 exceeds 4e9.
/// \param weights  one per unit, as given to `contingency`
/// Cost: O(units * cells^2).
/// Sources: Rao & Scott (1981), doi:10.1080/01621459.1981.10477633; (1984), doi:10.1214/aos/1176346391.
[[nodiscard]] std::optional<RaoScottTest> rao_scott_test(const Contingency& table, std::span<const double> weights);

}  // namespace maillage
