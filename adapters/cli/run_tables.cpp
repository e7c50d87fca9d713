#include "adapters/cli/run_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace maillage {
namespace {

void add_condition(CellKey& key, const std::optional<CellCondition>& population) {
  if (population) {
    key.push_back(*population);
  }
}

/// A name that the members alone decide (FNV-1a), so that it does not depend on which table is gathered first.
std::string population_name(const std::vector<bool>& members) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (const bool member : members) {
    hash = (hash ^ (member ? 1U : 2U)) * 1'099'511'628'211U;
  }
  return fmt::format("population {:016x}", hash);
}

}  // namespace

RunTables::RunTables(const StudyInputs& inputs, std::vector<StructureIndex> units,
                     std::optional<std::vector<std::string>> confidential)
    : inputs_(inputs), units_(std::move(units)), confidential_(std::move(confidential)) {}

bool RunTables::is_confidential(const std::string& attribute) const {
  return !confidential_ || std::ranges::find(*confidential_, attribute) != confidential_->end();
}

bool RunTables::knows(const std::string& attribute) const {
  return std::ranges::find(linked_.attributes, attribute, &Attribute::name) != linked_.attributes.end();
}

void RunTables::keep(Attribute attribute, const bool open) {
  if (open) {
    linked_.open.push_back(attribute.name);
  }
  linked_.attributes.push_back(std::move(attribute));
}

std::optional<CellCondition> RunTables::population(const std::span<const StructureIndex> which,
                                                   const std::vector<std::string>& chosen_by) {
  if (which.size() == units_.size()) {
    return std::nullopt;
  }
  std::vector<bool> members;
  for (const StructureIndex unit : units_) {
    members.push_back(std::ranges::binary_search(which, unit));
  }
  const Text yes{.french = "oui", .english = "yes"};
  Attribute attribute{.name = population_name(members), .label = {}, .categories = {}, .values = {}, .multiple = false};
  const CategoryIndex category = attribute.categories.push_back(yes);
  for (const bool member : members) {
    attribute.values.push_row(member ? std::span<const CategoryIndex>{&category, 1} : std::span<const CategoryIndex>{});
  }
  const CellCondition condition = has_category(attribute, yes);
  if (!knows(attribute.name)) {
    keep(std::move(attribute), std::ranges::none_of(chosen_by, [&](const auto& name) { return is_confidential(name); }));
  }
  return condition;
}

void RunTables::add(const std::string& attribute) {
  if (!knows(attribute)) {
    keep(structure_attribute(inputs_.territory, inputs_.structures, inputs_.placements, units_,
                             {.name = attribute, .separator = ""}),
         !is_confidential(attribute));
  }
}

void RunTables::add(const Attribute& attribute, const std::span<const StructureIndex> which) {
  if (knows(attribute.name)) {
    return;
  }
  Attribute extended{.name = attribute.name,
                     .label = attribute.label,
                     .categories = attribute.categories,
                     .values = {},
                     .multiple = attribute.multiple};
  for (const StructureIndex unit : units_) {
    const auto place = std::ranges::lower_bound(which, unit);
    const bool found = place != which.end() && *place == unit;
    extended.values.push_row(found ? attribute.values[UnitIndex{static_cast<std::size_t>(place - which.begin())}]
                                   : std::span<const CategoryIndex>{});
  }
  keep(std::move(extended), false);
}

void RunTables::publish(PublishedTable table, const std::optional<CellCondition>& population) {
  linked_.tables.push_back(population ? within(*population, std::move(table)) : std::move(table));
}

void RunTables::publish(WeightedFigures figures, const std::optional<CellCondition>& population) {
  for (CellSum& sum : figures.sums) {
    for (auto& [key, coefficient] : sum.terms) {
      add_condition(key, population);
    }
    linked_.sums.push_back(std::move(sum));
  }
  linked_.figures.insert(linked_.figures.end(), figures.figures.begin(), figures.figures.end());
}

void RunTables::relate(KnownRelation relation, const std::optional<CellCondition>& population) {
  for (auto& [key, coefficient] : relation.terms) {
    add_condition(key, population);
  }
  linked_.relations.push_back(std::move(relation));
}

void RunTables::exclude(const CellCondition& first, const CellCondition& second) {
  linked_.impossible.emplace_back(first, second);
}

void RunTables::bound(CellKey key, const std::int64_t most, const std::optional<CellCondition>& population) {
  add_condition(key, population);
  linked_.bounds.push_back({.key = std::move(key), .most = most});
}

std::vector<Text> secrecy_lines(const ProtectedTables& shown, const DisclosureRules& rules) {
  const std::int64_t primary = shown.hidden(CellStatus::primary);
  const std::int64_t secondary = shown.hidden(CellStatus::secondary);
  std::vector<Text> lines{
      {.french = fmt::format("Secret : {} case(s) de moins de {} réponses cachées, et {} autre(s) pour qu'on ne puisse les "
                             "déduire d'aucun des tableaux.",
                             primary, rules.least_units, secondary),
       .english = fmt::format("Secrecy: {} cell(s) of fewer than {} answers hidden, and {} other(s) so that they cannot be "
                              "deduced from any of the tables.",
                              primary, rules.least_units, secondary)}};
  if (!shown.exact) {
    lines.push_back({.french = "Secret : trop de questions sont croisées entre elles pour tous les recoupements ; ceux de trois "
                               "questions sont vérifiés, pas ceux de quatre et plus.",
                     .english = "Secrecy: too many questions are crossed with each other for all combinations; those of three "
                                "questions are checked, not those of four or more."});
  }
  return lines;
}

}  // namespace maillage
