#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/accessibility/accessibility.hpp"
#include "engine/core/text.hpp"

namespace maillage {

/// A measure as a study and its layers call it.
struct NamedMeasure {
  std::string name;  ///< identifier [a-z0-9_]+, unique in its definition: "2sfca_10km"
  Text label;        ///< for legends: "2SFCA, 10 km"
  AccessMeasure measure;
};

/// What the measures of the catalogue are made from.
struct MeasureSettings {
  std::vector<Cost> cutoffs;  ///< ascending, at least one; the last is the farthest that anything counts
  CostUnit unit = CostUnit::metres;
};

/// The kinds of measures there are, by the names used in studies, in the order of the layers: cost, cumulative, interval,
/// balancing, gravity, 2sfca, e2sfca, m2sfca, 3sfca, huff3sfca, kd2sfca, ga2sfca, v2sfca, i2sfca, bfca, apl, apl_2015,
/// availability, total_constrained, competitive, raam.
[[nodiscard]] std::span<const std::string_view> measure_kinds();

/// The measures of one kind with the parameters that are usual, scaled to the farthest cutoff c:
/// cost the 1st to 3rd nearest; cumulative and 2sfca one per cutoff; interval the mean from the first to the last cutoff by
/// minutes or 100 m; gravity one per form of decay (power 2 of minutes or km; exponential, Gaussian and logistic that leave
/// 5 % at c); e2sfca bands c/3, 2c/3, c of 1/0.68/0.22 and, as "e2sfca_rapide", 1/0.42/0.09 (Luo and Qi 2009); m2sfca and
/// bfca the first of them; 3sfca bands c/6, c/3, c/2, c of 0.962/0.704/0.377/0.042 (Wan et al. 2012); huff3sfca a truncated
/// Gaussian with exponents 1 and 1 of minutes or km; kd2sfca Epanechnikov's and ga2sfca a truncated Gaussian kernel; v2sfca
/// from c/3 to c; i2sfca binary; apl 1/0.3/0.1 up to 5/10/15 min and apl_2015 up to 10/15/20 min, in time alone: none in
/// metres; availability total and per inhabitant, total_constrained and competitive with the truncated Gaussian; raam with
/// tau = 60 min, or c in metres. \throws ArgumentError without cutoff; none for a kind that is not one.
[[nodiscard]] std::optional<std::vector<NamedMeasure>> standard_measures(std::string_view kind,
                                                                         const MeasureSettings& settings);

/// The farthest that a list of measures reaches on their own; `otherwise` for those without a bound.
[[nodiscard]] Cost farthest_cost(std::span<const NamedMeasure> measures, Cost otherwise);

/// A cost as part of a name ("10km", "800m", "15min", "50s") and for reading ("10 km").
[[nodiscard]] std::string cost_name(Cost cost, CostUnit unit);
[[nodiscard]] std::string cost_label(Cost cost, CostUnit unit);

}  // namespace maillage
