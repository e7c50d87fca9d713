#include "engine/survey/multi_response.hpp"

#include <algorithm>

namespace maillage {

MultiResponse multi_response(const Attribute& attribute, const TableBase base, const IntervalOptions& options) {
  MultiResponse response;
  std::vector<std::int64_t> counts(attribute.categories.size(), 0);
  for (const UnitIndex unit : attribute.values.indices()) {
    response.units += attribute.values[unit].empty() ? 0 : 1;
    for (const CategoryIndex category : attribute.values[unit]) {
      ++counts[category.value()];
      ++response.answers_each;
    }
  }
  response.base_units = base == TableBase::all ? static_cast<std::int64_t>(attribute.values.rows()) : response.units;
  response.small = response.base_units < kSmallBase;
  const auto whole = static_cast<double>(response.base_units);
  response.union_bounds = {0, 0};
  for (const CategoryIndex category : attribute.categories.indices()) {
    AnswerShare answer{
        .category = attribute.categories[category], .units = counts[category.value()], .share = 0, .interval = {}};
    if (response.base_units > 0) {
      answer.share = static_cast<double>(answer.units) / whole;
      answer.interval = share_interval(answer.share, whole, options);
    }
    response.union_bounds.low = std::max(response.union_bounds.low, answer.share);
    response.union_bounds.high = std::min(1.0, response.union_bounds.high + answer.share);
    response.answers.push_back(std::move(answer));
  }
  return response;
}

Table multi_response_table(const MultiResponse& response, const Text& attribute, const int decimals) {
  const std::string base = std::to_string(response.base_units);
  Table table{
      .name = "reponses_multiples",
      .title = {.french = attribute.french + " (plusieurs réponses)", .english = attribute.english + " (several answers)"},
      .base = {.french = "Base : " + base + " structures", .english = "Base: " + base + " structures"},
      .columns = {{.heading = attribute, .unit = {}},
                  {.heading = {.french = "structures", .english = "structures"}, .unit = {}},
                  {.heading = {.french = "part de la base", .english = "share of the base"}, .unit = "%"},
                  {.heading = {.french = "borne basse", .english = "low"}, .unit = "%"},
                  {.heading = {.french = "borne haute", .english = "high"}, .unit = "%"}},
      .rows = {}};
  const auto percent = [&](const double share) -> TableCell {
    return response.base_units > 0 ? rounded_number(100 * share, decimals) : TableCell{};
  };
  for (const AnswerShare& answer : response.answers) {
    table.rows.push_back(
        {answer.category, answer.units, percent(answer.share), percent(answer.interval.low), percent(answer.interval.high)});
  }
  table.rows.push_back({Text{.french = "au moins une réponse", .english = "at least one answer"}, response.units,
                        percentage(response.units, response.base_units, decimals), percent(response.union_bounds.low),
                        percent(response.union_bounds.high)});
  return table;
}

}  // namespace maillage
