#pragma once

#include <cstdint>
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
};

/// Shares of each answer, of all units or of those that answered. Cost: O(units + answers).
[[nodiscard]] MultiResponse multi_response(const Attribute& attribute, TableBase base, const IntervalOptions& options = {});

/// answer, units, share, interval; then "at least one" with its bounds, and what is missing.
[[nodiscard]] Table multi_response_table(const MultiResponse& response, const Text& attribute, int decimals);

}  // namespace maillage
