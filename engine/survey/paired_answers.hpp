#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "engine/survey/attribute.hpp"
#include "engine/survey/exact_tests.hpp"
#include "engine/survey/linked_tables.hpp"
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

/// A yes/no question as `paired_answers` reads it. Yes: oui, yes, vrai, true, 1, x; no: non, no, faux, false, 0, in either case.
/// The attribute itself when it has each answer in one spelling, else another of that name and " (oui/non)".
/// \throws StudyError on another value  \throws ArgumentError on several values of one unit
[[nodiscard]] Attribute yes_or_no(const Attribute& attribute);

/// The cells that a pair publishes: those who answered both, yes to each among them, and those who changed each way.
/// \param first, second  as `yes_or_no` makes them
[[nodiscard]] PublishedTable published_pair(const Attribute& first, const Attribute& second);

/// Counts the pairs and tests whether the shares of yes differ; published when all of `published_pair` is shown, as the test's p
/// tells what its two counts would. \param first, second  as `yes_or_no` makes them
/// \throws ArgumentError on attributes of other units
[[nodiscard]] PairedAnswers paired_answers(const Attribute& first, const Attribute& second, const ShownCells& shown);

/// One row per pair: units, share of yes of each, difference, those who changed each way, p and mid-p of McNemar.
[[nodiscard]] Table paired_table(std::span<const PairedAnswers> pairs, int decimals);

}  // namespace maillage
