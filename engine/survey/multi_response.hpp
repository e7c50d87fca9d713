#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/survey/attribute.hpp"
#include "engine/survey/cross_tab.hpp"
#include "engine/survey/share_interval.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// One answer of a question.
struct AnswerShare {
  Text category;
  std::int64_t units = 0;
  double share = 0;        ///< of the base, 0..1
  ShareInterval interval;  ///< of the share
  double weighted_share = 0;        ///< with weights only
  ShareInterval weighted_interval{};  ///< design-based, see `multi_response`
};

/// A question of several answers each, with the base its shares are of. Shares add up to more than 1; what a publication
/// that prints only them lets a reader know of "at least one answer" are Frechet's bounds, beside the true share.
struct MultiResponse {
  std::vector<AnswerShare> answers;
  std::int64_t base_units = 0;
  std::int64_t units = 0;         ///< with at least one answer
  std::int64_t answers_each = 0;  ///< answers in all
  ShareInterval union_bounds;     ///< of the share with at least one answer, from the shares alone
  bool small = false;             ///< a base of fewer than 30 units
  bool weighted = false;
  double weighted_answering = 0;         ///< weighted share with at least one answer
  ShareInterval weighted_union_bounds;   ///< of it, from the weighted shares alone
};

/// Shares of each answer, of all units or of those that answered. A weighted share is a ratio of two estimated totals; its
/// linearised variance n / (n - 1) sum (w (y - p))^2 / (sum w)^2 gives the units that it is worth, p (1 - p) / variance, for the
/// interval; where all or none answered so, Kish's number. No finite population correction: it would only narrow it.
/// \param weights  one per unit, >= 0, or empty  \throws ArgumentError on another number of weights
/// Cost: O(units + answers). Sources: Woodruff (1971), doi:10.1080/01621459.1971.10482279 (linearisation); Korn & Graubard
/// (1998), Survey Methodology 24 (effective units).
[[nodiscard]] MultiResponse multi_response(const Attribute& attribute, TableBase base, const IntervalOptions& options = {},
                                           std::span<const double> weights = {});

/// A question of one value each: whether units chose that answer. Those who did not are a category as well: an answer chosen by
/// all but one tells who that one is not.
[[nodiscard]] Attribute chosen_answer(const Attribute& question, const Text& category);

/// Which units chose any answer; those that did not have no value.
[[nodiscard]] Attribute any_answer(const Attribute& question);

/// The category, in both, of those that did.
inline const Text kChosen{.french = "oui", .english = "yes"};

/// answer, units, share, interval, with weights weighted share and interval; then "at least one" with its bounds.
[[nodiscard]] Table multi_response_table(const MultiResponse& response, const Text& attribute, int decimals);

}  // namespace maillage
