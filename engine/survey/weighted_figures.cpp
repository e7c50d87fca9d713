#include "engine/survey/weighted_figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace maillage {
namespace {

/// A weighted share is hidden rather than a count.
constexpr double kHiddenFirst = 0.01;

/// Category of each margin, its number of categories where missing.
using Profile = std::vector<std::size_t>;

std::size_t slot_of(const Attribute& attribute, const std::size_t unit) {
  const auto values = attribute.values[UnitIndex{unit}];
  return values.empty() ? attribute.categories.size() : values.front().value();
}

CellCondition condition_of(const Attribute& attribute, const std::size_t slot) {
  return slot < attribute.categories.size() ? has_category(attribute, attribute.categories[CategoryIndex{slot}])
                                            : has_no_answer(attribute);
}

/// A weight for every profile, those of nobody too.
std::map<Profile, double> weights_of(const WeightBasis& basis) {
  std::map<Profile, std::pair<double, double>> sums;
  std::vector<std::vector<std::pair<double, double>>> of_margin;
  for (const Attribute& margin : basis.margins) {
    of_margin.emplace_back(margin.categories.size() + 1);
  }
  for (std::size_t unit = 0; unit < basis.weights.size(); ++unit) {
    Profile profile;
    for (std::size_t k = 0; k < basis.margins.size(); ++k) {
      profile.push_back(slot_of(basis.margins[k], unit));
      of_margin[k][profile.back()].first += basis.weights[unit];
      of_margin[k][profile.back()].second += 1;
    }
    sums[profile].first += basis.weights[unit];
    sums[profile].second += 1;
  }
  std::map<Profile, double> weights{{Profile{}, 1.0}};
  for (std::size_t k = 0; k < basis.margins.size(); ++k) {
    std::map<Profile, double> longer;
    for (const auto& [profile, weight] : weights) {
      for (std::size_t slot = 0; slot < of_margin[k].size(); ++slot) {
        const auto& [sum, units] = of_margin[k][slot];
        if (units > 0) {
          Profile next = profile;
          next.push_back(slot);
          longer[next] = weight * sum / units;
        }
      }
    }
    weights = std::move(longer);
  }
  for (const auto& [profile, sum] : sums) {
    weights[profile] = sum.first / sum.second;
  }
  return weights;
}

/// The shares of `attribute` among the units of one category of `rows`, or among all.
struct SharesOf {
  const Attribute& attribute;
  const Attribute* rows = nullptr;
  std::size_t row = 0;
};

/// The cell of that profile and that category; nothing when they contradict each other.
std::optional<CellKey> key_of(const SharesOf& shares, const std::size_t category, const WeightBasis& basis,
                              const Profile& profile) {
  std::map<std::string, CellCondition> conditions;
  conditions[shares.attribute.name] = condition_of(shares.attribute, category);
  if (shares.rows != nullptr) {
    conditions[shares.rows->name] = condition_of(*shares.rows, shares.row);
  }
  for (std::size_t k = 0; k < basis.margins.size(); ++k) {
    const CellCondition condition = condition_of(basis.margins[k], profile[k]);
    if (conditions.try_emplace(condition.attribute, condition).first->second != condition) {
      return std::nullopt;
    }
  }
  CellKey key;
  for (const auto& [name, condition] : conditions) {
    key.push_back(condition);
  }
  return key;
}

/// Sums of the weights of each category, and the printed share of each in their total.
void add_shares(const SharesOf& shares, const WeightBasis& basis, WeightedFigures& result) {
  const Attribute& attribute = shares.attribute;
  std::vector<double> parts(attribute.categories.size(), 0);
  double whole = 0;
  for (std::size_t unit = 0; unit < basis.weights.size(); ++unit) {
    const std::size_t slot = slot_of(attribute, unit);
    if (slot < parts.size() && (shares.rows == nullptr || slot_of(*shares.rows, unit) == shares.row)) {
      parts[slot] += basis.weights[unit];
      whole += basis.weights[unit];
    }
  }
  if (!(whole > 0)) {
    return;
  }
  const std::map<Profile, double> weights = weights_of(basis);
  std::vector<std::string> names;
  for (std::size_t category = 0; category < parts.size(); ++category) {
    const Text& text = attribute.categories[CategoryIndex{category}];
    names.push_back(shares.rows == nullptr ? weighted_figure_name(attribute, text)
                                           : weighted_figure_name(attribute, text, shares.rows,
                                                                  shares.rows->categories[CategoryIndex{shares.row}]));
    CellSum sum{.name = names.back(), .terms = {}};
    for (const auto& [profile, weight] : weights) {
      if (auto key = key_of(shares, category, basis, profile)) {
        sum.terms.emplace_back(*std::move(key), weight);
      }
    }
    result.sums.push_back(std::move(sum));
  }
  const double unit = std::pow(10.0, -basis.decimals) / 100;
  const double half = (unit / 2 + 1e-9) * whole;  // and what sums in another order may differ by
  for (std::size_t category = 0; category < parts.size(); ++category) {
    const double printed = std::round(parts[category] / whole / unit) * unit;
    PublishedFigure figure{.name = names[category],
                           .terms = {},
                           .low = -half,
                           .high = half,
                           .cost = kHiddenFirst * std::max(1.0, parts[category])};
    for (std::size_t other = 0; other < parts.size(); ++other) {
      figure.terms.emplace_back(names[other], (other == category ? 1.0 : 0.0) - printed);
    }
    result.figures.push_back(std::move(figure));
  }
}

double cells_of(const Attribute& attribute, const Attribute* rows, const WeightBasis& basis) {
  double cells = static_cast<double>(attribute.categories.size() + 1);
  cells *= rows == nullptr ? 1.0 : static_cast<double>(rows->categories.size() + 1);
  for (const Attribute& margin : basis.margins) {
    const bool counted = margin.name == attribute.name || (rows != nullptr && margin.name == rows->name);
    cells *= counted ? 1.0 : static_cast<double>(margin.categories.size() + 1);
  }
  return cells;
}

}  // namespace

std::string weighted_figure_name(const Attribute& attribute, const Text& category, const Attribute* rows, const Text& row) {
  return attribute.name + "\n" + category.french + (rows == nullptr ? "" : "\n" + rows->name + "\n" + row.french);
}

WeightedFigures weighted_distribution_figures(const Attribute& attribute, const WeightBasis& basis, const LinkLimits& limits) {
  WeightedFigures figures;
  if (cells_of(attribute, nullptr, basis) <= static_cast<double>(limits.cells_of_a_cross)) {
    add_shares({.attribute = attribute}, basis, figures);
  }
  return figures;
}

WeightedFigures weighted_crossing_figures(const Attribute& rows, const Attribute& columns, const WeightBasis& basis,
                                          const LinkLimits& limits) {
  WeightedFigures figures;
  if (cells_of(columns, &rows, basis) <= static_cast<double>(limits.cells_of_a_cross)) {
    for (std::size_t row = 0; row < rows.categories.size(); ++row) {
      add_shares({.attribute = columns, .rows = &rows, .row = row}, basis, figures);
    }
  }
  return figures;
}

}  // namespace maillage
