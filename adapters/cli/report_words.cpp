#include "adapters/cli/report_words.hpp"

#include <fmt/format.h>

#include "engine/survey/table.hpp"
#include "maps/french_grammar.hpp"

namespace maillage {

std::string counted_text(const std::int64_t number, const Noun& noun, const Language language) {
  return language == Language::french
             ? french::counted(number, noun.french_one, noun.french_many)
             : count_text(number, language) + "\u00a0" + (number == 1 ? noun.english_one : noun.english_many);
}

std::string percent_text(const std::int64_t part, const std::int64_t whole, const Language language) {
  const std::string text = to_text(percentage(part, whole, 1), language);
  return text.empty() ? "—" : language == Language::french ? text + "\u202f%" : text + "%";
}

std::string cost_text(const Cost cost, const CostUnit unit, const Language language) {
  if (cost == kUnreachable) {
    return language == Language::french ? "hors d’atteinte" : "out of reach";
  }
  if (unit == CostUnit::seconds && cost < 600 && cost % 60 != 0) {
    return fmt::format("{}\u00a0min\u00a0{:02}\u00a0s", cost / 60, cost % 60);
  }
  if (unit == CostUnit::seconds) {
    return count_text((static_cast<std::int64_t>(cost) + 30) / 60, language) + "\u00a0min";
  }
  return to_text(TableCell{Decimal{.units = (static_cast<std::int64_t>(cost) + 50) / 100, .decimals = 1}}, language) +
         "\u00a0km";
}

std::string limit_text(const Cost limit, const CostUnit unit, const Language language) {
  if (unit == CostUnit::metres && limit % 1000 == 0) {
    return count_text(limit / 1000, language) + "\u00a0km";
  }
  return unit == CostUnit::metres && limit < 1000 ? count_text(limit, language) + "\u00a0m"
                                                  : cost_text(limit, unit, language);
}

std::string cost_beyond_text(const Cost cost, const Cost limit, const CostUnit unit, const Language language) {
  const std::string text = cost_text(cost, unit, language);
  if (cost == kUnreachable || cost <= limit || text != cost_text(limit, unit, language)) {
    return text;
  }
  return (language == Language::french ? "un peu plus de " : "a little over ") + limit_text(limit, unit, language);
}

CommuneIndex naming_commune(const Territory& territory, const GapComponent& gap) {
  CommuneIndex largest;
  for (const CommuneIndex commune : gap.communes) {
    if (largest.is_none() ||
        territory.communes[commune].population.value_or(0) > territory.communes[largest].population.value_or(0)) {
      largest = commune;
    }
  }
  return largest;
}

}  // namespace maillage
