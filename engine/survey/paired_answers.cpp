#include "engine/survey/paired_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

/// 0 yes, 1 no.
std::size_t answer_of(const Attribute& attribute, const Text& category) {
  std::string lower = category.french;
  std::ranges::transform(lower, lower.begin(), [](const char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr std::array<std::string_view, 6> kYes{"oui", "yes", "vrai", "true", "1", "x"};
  constexpr std::array<std::string_view, 5> kNo{"non", "no", "faux", "false", "0"};
  if (std::ranges::find(kYes, lower) != kYes.end()) {
    return 0;
  }
  if (std::ranges::find(kNo, lower) != kNo.end()) {
    return 1;
  }
  throw StudyError(Text{.french = fmt::format("« {} » : « {} » n'est ni oui ni non ; une paire demande deux colonnes oui / non.",
                                              attribute.name, category.french),
                        .english = fmt::format("'{}': '{}' is neither yes nor no; a pair asks for two yes/no columns.",
                                               attribute.name, category.french)});
}

/// Per unit: 0 yes, 1 no, 2 no answer.
std::vector<std::size_t> answers_of(const Attribute& attribute) {
  std::vector<std::size_t> meaning;
  for (const Text& category : attribute.categories) {
    meaning.push_back(answer_of(attribute, category));
  }
  std::vector<std::size_t> answers;
  for (const UnitIndex unit : attribute.values.indices()) {
    const auto values = attribute.values[unit];
    answers.push_back(values.empty() ? 2 : meaning[values.front().value()]);
  }
  return answers;
}

}  // namespace

Attribute yes_or_no(const Attribute& attribute) {
  if (attribute.multiple) {
    throw ArgumentError("paired answers: one value for each unit");
  }
  std::array<std::int64_t, 2> spellings{};
  for (const Text& category : attribute.categories) {
    ++spellings[answer_of(attribute, category)];
  }
  if (spellings[0] < 2 && spellings[1] < 2) {
    return attribute;
  }
  Attribute merged{.name = attribute.name + " (oui/non)", .label = attribute.label, .categories = {}, .values = {}};
  merged.categories.push_back({.french = "oui", .english = "yes"});
  merged.categories.push_back({.french = "non", .english = "no"});
  for (const std::size_t answer : answers_of(attribute)) {
    const CategoryIndex category{answer};
    merged.values.push_row(answer == 2 ? std::span<const CategoryIndex>{} : std::span<const CategoryIndex>{&category, 1});
  }
  return merged;
}

PublishedTable published_pair(const Attribute& first, const Attribute& second) {
  PublishedTable table{.name = "paire_" + first.name + "_" + second.name,
                       .cells = {{.key = {has_answered(first), has_answered(second)}, .use = CellUse::base}}};
  for (const Text& one : first.categories) {
    if (answer_of(first, one) == 0) {
      table.cells.push_back({.key = {has_category(first, one), has_answered(second)}, .use = CellUse::margin});
    }
    for (const Text& other : second.categories) {
      if (answer_of(first, one) != answer_of(second, other)) {
        table.cells.push_back({.key = {has_category(first, one), has_category(second, other)}, .use = CellUse::inner});
      }
    }
  }
  for (const Text& other : second.categories) {
    if (answer_of(second, other) == 0) {
      table.cells.push_back({.key = {has_answered(first), has_category(second, other)}, .use = CellUse::margin});
    }
  }
  return table;
}

PairedAnswers paired_answers(const Attribute& first, const Attribute& second, const ShownCells& shown) {
  if (first.values.rows() != second.values.rows() || first.multiple || second.multiple) {
    throw ArgumentError("paired answers: two attributes of one value each, of the same units");
  }
  PairedAnswers pair{.first = first.label, .second = second.label};
  const std::vector<std::size_t> one = answers_of(first);
  const std::vector<std::size_t> other = answers_of(second);
  for (std::size_t unit = 0; unit < one.size(); ++unit) {
    ++pair.counts[one[unit]][other[unit]];
  }
  for (std::size_t row = 0; row < 2; ++row) {
    for (std::size_t column = 0; column < 2; ++column) {
      pair.units += pair.counts[row][column];
    }
  }
  const PublishedTable table = published_pair(first, second);
  pair.published = !shown.tables.withholds(table.name) && std::ranges::all_of(table.cells, [&](const PublishedCell& cell) {
    return shown.shows(cell.key);
  });
  pair.test = mcnemar_test(pair.counts[0][1], pair.counts[1][0]);
  return pair;
}

Table paired_table(const std::span<const PairedAnswers> pairs, const int decimals) {
  const auto column = [](const char* french, const char* english, const char* unit = "") {
    return TableColumn{.heading = {.french = french, .english = english}, .unit = unit};
  };
  Table table{.name = "tests_apparies",
              .title = {.french = "Questions appariées (McNemar)", .english = "Paired questions (McNemar)"},
              .base = {.french = "Base : structures qui ont répondu aux deux questions",
                       .english = "Base: structures that answered both questions"},
              .columns = {column("première question", "first question"), column("seconde question", "second question"),
                          column("réponses aux deux", "answers to both"), column("oui, première", "yes, first", "%"),
                          column("oui, seconde", "yes, second", "%"), column("écart", "difference", "points"),
                          column("oui puis non", "yes then no"), column("non puis oui", "no then yes"),
                          column("p exact", "exact p"), column("mi-p", "mid-p"), column("remarque", "remark")},
              .rows = {}};
  for (const PairedAnswers& pair : pairs) {
    std::vector<TableCell> line{pair.first, pair.second};
    if (!pair.published) {
      line.insert(line.end(), 8, Text{.french = "s", .english = "s"});
      line.emplace_back(Text{.french = "s : secret, trop peu de réponses ou déductible",
                             .english = "s: secret, too few answers or deducible"});
      table.rows.push_back(std::move(line));
      continue;
    }
    const std::int64_t first = pair.counts[0][0] + pair.counts[0][1];
    const std::int64_t second = pair.counts[0][0] + pair.counts[1][0];
    const auto points = [&](const std::int64_t count) -> TableCell {
      return pair.units > 0 ? rounded_number(100.0 * static_cast<double>(count) / static_cast<double>(pair.units), decimals)
                            : TableCell{};
    };
    line.insert(line.end(), {pair.units, percentage(first, pair.units, decimals), percentage(second, pair.units, decimals),
                             points(second - first), pair.test.first_only, pair.test.second_only,
                             rounded_number(pair.test.exact_p, 4), rounded_number(pair.test.mid_p, 4),
                             pair.units < 30 ? TableCell{Text{.french = "moins de 30 réponses", .english = "fewer than 30 answers"}}
                                             : TableCell{}});
    table.rows.push_back(std::move(line));
  }
  return table;
}

}  // namespace maillage
