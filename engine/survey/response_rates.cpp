#include "engine/survey/response_rates.hpp"

#include <algorithm>
#include <map>

#include "engine/core/error.hpp"
#include "engine/survey/distributions.hpp"

namespace maillage {
namespace {

ResponseRate rate_of(Text category, const std::int64_t respondents, const std::int64_t frame,
                     const IntervalOptions& options) {
  ResponseRate row{.category = std::move(category),
                   .respondents = respondents,
                   .frame = frame,
                   .rate = std::nullopt,
                   .interval = {},
                   .representation = std::nullopt,
                   .small = frame < kSmallBase};
  if (frame > 0 && respondents <= frame) {
    row.rate = static_cast<double>(respondents) / static_cast<double>(frame);
    row.interval = share_interval(*row.rate, static_cast<double>(frame), options);
  }
  return row;
}

FrameFit fit_of(const std::vector<ResponseRate>& rows, const ResponseRate& total) {
  FrameFit fit;
  if (total.frame <= total.respondents || total.respondents == 0) {
    return fit;
  }
  const auto asked = static_cast<double>(total.frame);
  const auto answered = static_cast<double>(total.respondents);
  std::int64_t categories = 0;
  for (const ResponseRate& row : rows) {
    if (row.frame == 0) {
      continue;
    }
    ++categories;
    const double expected = answered * static_cast<double>(row.frame) / asked;
    const double difference = static_cast<double>(row.respondents) - expected;
    fit.statistic += difference * difference / expected;
    fit.small_expected += expected < 5 ? 1 : 0;
  }
  fit.statistic *= asked / (asked - answered);
  fit.degrees_of_freedom = std::max(std::int64_t{0}, categories - 1);
  if (fit.degrees_of_freedom > 0) {
    fit.p = chi_square_tail(fit.statistic, static_cast<double>(fit.degrees_of_freedom));
  }
  return fit;
}

}  // namespace

FrameCounts frame_counts(const Attribute& frame) {
  if (frame.multiple) {
    throw ArgumentError("frame: one value for each unit");
  }
  FrameCounts counts{.categories = frame.categories.raw(), .counts = std::vector<std::int64_t>(frame.categories.size(), 0)};
  for (const CategoryIndex category : frame.values.values()) {
    ++counts.counts[category.value()];
  }
  return counts;
}

Attribute crossed(const std::span<const Attribute> attributes) {
  if (attributes.empty()) {
    throw ArgumentError("crossed: at least one attribute");
  }
  Attribute result = attributes.front();
  for (const Attribute& attribute : attributes) {
    if (attribute.multiple || attribute.values.rows() != result.values.rows()) {
      throw ArgumentError("crossed: attributes of one value each, of the same units");
    }
  }
  for (const Attribute& attribute : attributes.subspan(1)) {
    std::map<std::pair<CategoryIndex, CategoryIndex>, CategoryIndex> pairs;
    for (const UnitIndex unit : result.values.indices()) {
      if (!result.values[unit].empty() && !attribute.values[unit].empty()) {
        pairs[{result.values[unit].front(), attribute.values[unit].front()}] = CategoryIndex{};
      }
    }
    Attribute next{.name = result.name + "_" + attribute.name,
                   .label = {.french = result.label.french + " × " + attribute.label.french,
                             .english = result.label.english + " × " + attribute.label.english},
                   .categories = {},
                   .values = {},
                   .multiple = false};
    for (auto& [pair, category] : pairs) {
      const Text& first = result.categories[pair.first];
      const Text& second = attribute.categories[pair.second];
      category = next.categories.push_back(
          {.french = first.french + " × " + second.french, .english = first.english + " × " + second.english});
    }
    for (const UnitIndex unit : result.values.indices()) {
      const auto first = result.values[unit];
      const auto second = attribute.values[unit];
      if (first.empty() || second.empty()) {
        next.values.push_row({});
      } else {
        next.values.push_row({&pairs.at({first.front(), second.front()}), 1});
      }
    }
    result = std::move(next);
  }
  return result;
}

ResponseRates response_rates(const Attribute& respondents, const FrameCounts& frame, const IntervalOptions& options) {
  const FrameCounts answered = frame_counts(respondents);
  ResponseRates rates;
  std::vector<bool> taken(answered.categories.size(), false);
  std::int64_t total_answered = 0;
  std::int64_t total_asked = 0;
  const auto add = [&](const Text& category, const std::int64_t count, const std::int64_t asked) {
    rates.rows.push_back(rate_of(category, count, asked, options));
    total_answered += count;
    total_asked += asked;
  };
  for (std::size_t k = 0; k < frame.categories.size(); ++k) {
    std::int64_t count = 0;
    for (std::size_t other = 0; other < answered.categories.size(); ++other) {
      if (answered.categories[other].french == frame.categories[k].french) {
        taken[other] = true;
        count += answered.counts[other];
      }
    }
    if (count > 0 || frame.counts[k] > 0) {
      add(frame.categories[k], count, frame.counts[k]);
    }
  }
  for (std::size_t other = 0; other < answered.categories.size(); ++other) {
    if (!taken[other] && answered.counts[other] > 0) {
      add(answered.categories[other], answered.counts[other], 0);
    }
  }
  rates.total = rate_of({.french = "Total", .english = "Total"}, total_answered, total_asked, options);
  for (ResponseRate& row : rates.rows) {
    if (row.frame > 0 && total_answered > 0) {
      row.representation = static_cast<double>(row.respondents) / static_cast<double>(total_answered) /
                           (static_cast<double>(row.frame) / static_cast<double>(total_asked));
    }
  }
  rates.fit = fit_of(rates.rows, rates.total);
  return rates;
}

Table response_table(const ResponseRates& rates, const Text& attribute, const int decimals) {
  Table table{
      .name = "taux_de_reponse",
      .title = {.french = "Taux de réponse : " + attribute.french, .english = "Response rates: " + attribute.english},
      .base = {},
      .columns = {{.heading = attribute, .unit = {}},
                  {.heading = {.french = "interrogés", .english = "asked"}, .unit = {}},
                  {.heading = {.french = "réponses", .english = "answers"}, .unit = {}},
                  {.heading = {.french = "taux", .english = "rate"}, .unit = "%"},
                  {.heading = {.french = "taux, borne basse", .english = "rate, low"}, .unit = "%"},
                  {.heading = {.french = "taux, borne haute", .english = "rate, high"}, .unit = "%"},
                  {.heading = {.french = "indice de représentation", .english = "index of representation"}, .unit = {}},
                  {.heading = {.french = "remarque", .english = "remark"}, .unit = {}}},
      .rows = {}};
  std::vector<ResponseRate> rows = rates.rows;
  rows.push_back(rates.total);
  for (const ResponseRate& row : rows) {
    const auto percent = [&](const double share) -> TableCell {
      return row.rate ? rounded_number(100 * share, decimals) : TableCell{};
    };
    TableCell remark;
    if (row.frame == 0) {
      remark = Text{.french = "absent de la liste des interrogés", .english = "not among those asked"};
    } else if (row.respondents > row.frame) {
      remark = Text{.french = "plus de réponses que d'interrogés", .english = "more answers than asked"};
    } else if (row.small) {
      remark = Text{.french = "moins de 30 interrogés", .english = "fewer than 30 asked"};
    }
    table.rows.push_back({row.category, row.frame, row.respondents, percent(row.rate.value_or(0)), percent(row.interval.low),
                          percent(row.interval.high),
                          row.representation ? rounded_number(*row.representation, 2) : TableCell{}, remark});
  }
  return table;
}

}  // namespace maillage
