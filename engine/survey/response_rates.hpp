#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/survey/attribute.hpp"
#include "engine/survey/share_interval.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// Those who were asked: how many of each category. From a file of the frame, or counts that are known.
struct FrameCounts {
  std::vector<Text> categories;
  std::vector<std::int64_t> counts;
};

/// Counts of the units of an attribute of one value each; units without value are not counted.
/// \throws ArgumentError on a multi-response attribute
[[nodiscard]] FrameCounts frame_counts(const Attribute& frame);

/// The categories of several attributes of the same units together: "Bibliothèque × Villages", only those that occur, in
/// the order of the attributes. A unit without one of the values has none. \throws ArgumentError without attributes, on
/// multi-response ones, or when they are not of the same units
[[nodiscard]] Attribute crossed(std::span<const Attribute> attributes);

/// The response of one category.
struct ResponseRate {
  Text category;
  std::int64_t respondents = 0;
  std::int64_t frame = 0;
  std::optional<double> rate;  ///< nothing without frame, or when more answered than were asked
  ShareInterval interval;      ///< of the rate
  /// Share among respondents over share in the frame: 1 when as frequent, 2 twice as frequent. Nothing without frame.
  std::optional<double> representation;
  bool small = false;  ///< fewer than 30 asked
};

/// Respondents against the frame's shares.
struct FrameFit {
  double statistic = 0;
  std::int64_t degrees_of_freedom = 0;
  std::optional<double> p;          ///< nothing when there is nothing to compare
  std::int64_t small_expected = 0;  ///< categories of fewer than 5 expected respondents, for which p is approximate
};

struct ResponseRates {
  std::vector<ResponseRate> rows;  ///< the frame's categories, then those of respondents only
  ResponseRate total;
  FrameFit fit;
};

/// Response rates of every category, and whether respondents are distributed as the frame. Categories are the same when
/// their French texts are. The fit is a chi-square of goodness of fit times N / (N - n), as n of N were observed: equal to
/// the test of respondents against non-respondents. Cost: O(units + categories^2).
/// \throws ArgumentError on a multi-response attribute
[[nodiscard]] ResponseRates response_rates(const Attribute& respondents, const FrameCounts& frame,
                                           const IntervalOptions& options = {});

/// category, asked, answered, rate, interval, representation, remark.
[[nodiscard]] Table response_table(const ResponseRates& rates, const Text& attribute, int decimals);

}  // namespace maillage
