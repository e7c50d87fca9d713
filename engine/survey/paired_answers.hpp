#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "engine/survey/attribute.hpp"
#include "engine/survey/disclosure.hpp"
#include "engine/survey/exact_tests.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// Two yes/no questions of the same units, as a practice and an intention.
struct PairedAnswers {
  Text first;
  Text second;
  /// [first][second] of 0 yes, 1 no, 2 no answer.
  std::array<std::array<std::int64_t, 3>, 3> counts{};
  std::int64_t units = 0;  ///< that answered both
  PairedTest test{};       ///< of those
  bool published = true;   ///< false: a count of too few units could be read or computed
};

/// Counts the pairs and tests whether the shares of yes differ. Yes: oui, yes, vrai, true, 1, x; no: non, no, faux, false, 0,
/// in either case. A count of 1 to `least_units` - 1, missing answers among them, keeps the whole pair unpublished: its margins
/// stand in other tables. \throws StudyError on another value  \throws ArgumentError on attributes of other units
[[nodiscard]] PairedAnswers paired_answers(const Attribute& first, const Attribute& second, const DisclosureRules& rules);

/// One row per pair: units, share of yes of each, difference, those who changed each way, p and mid-p of McNemar.
[[nodiscard]] Table paired_table(std::span<const PairedAnswers> pairs, int decimals);

}  // namespace maillage
