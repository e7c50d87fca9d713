#include "engine/survey/linked_tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "engine/core/counter_random.hpp"
#include "engine/core/error.hpp"
#include "tests/engine/survey/survey_attributes.hpp"

namespace maillage {
namespace {

using test::attribute_of;
using Kind = CellCondition::Kind;

CellKey key_of(const std::vector<std::pair<std::string, std::string>>& conditions) {
  CellKey key;
  for (const auto& [attribute, category] : conditions) {
    key.push_back(category.empty() ? CellCondition{attribute, Kind::missing, {}}
                  : category == "*" ? CellCondition{attribute, Kind::answered, {}}
                                    : CellCondition{attribute, Kind::category, category});
  }
  return key;
}

/// Attributes a, b, c... of units written as words: "xy" has x in a and y in b, "-" is no answer.
std::vector<Attribute> attributes_of(const std::vector<std::string>& units) {
  std::vector<Attribute> attributes;
  for (std::size_t k = 0; k < units.front().size(); ++k) {
    std::vector<std::string> values;
    for (const std::string& unit : units) {
      values.push_back(unit[k] == '-' ? std::string{} : std::string{unit[k]});
    }
    attributes.push_back(attribute_of(values, std::string{static_cast<char>('a' + k)}));
  }
  return attributes;
}

std::vector<std::string> units_of(const std::vector<std::pair<std::string, int>>& counts) {
  std::vector<std::string> units;
  for (const auto& [unit, count] : counts) {
    units.insert(units.end(), static_cast<std::size_t>(count), unit);
  }
  return units;
}

/// A reader who tries every cross table of all attributes together, by a linear program of its own: one variable per
/// combination of answers, one row per number that is printed.
class Attacker {
 public:
  Attacker(const LinkedTables& linked, const ProtectedTables& result) : linked_(linked) {
    for (const Attribute& attribute : linked.attributes) {
      std::vector<std::string> slots{""};
      for (const Text& category : attribute.categories) {
        slots.push_back(category.french);
      }
      std::vector<std::vector<std::string>> longer;
      for (const auto& cell : cells_) {
        for (const std::string& slot : slots) {
          longer.push_back(cell);
          longer.back().push_back(slot);
        }
      }
      cells_ = std::move(longer);
    }
    program_.low.assign(cells_.size(), 0);
    program_.high.assign(cells_.size(), HUGE_VAL);
    program_.cost.assign(cells_.size(), 0);
    learn(CellKey{});
    for (const PublishedTable& table : linked.tables) {
      for (const PublishedCell& cell : table.cells) {
        if (!result.withholds(table.name) && result.shows(cell.key)) {
          learn(cell.key);
        }
      }
    }
    for (const PublishedFigure& figure : linked.figures) {
      if (result.shows_figure(figure.name)) {
        learn(figure);
      }
    }
    solver_ = std::make_unique<LinearSolver>(program_);
  }

  [[nodiscard]] std::int64_t count(const CellKey& key) const {
    std::int64_t units = 0;
    for (std::size_t unit = 0; unit < linked_.attributes.front().values.rows(); ++unit) {
      std::vector<std::string> answers;
      for (const Attribute& attribute : linked_.attributes) {
        const auto values = attribute.values[UnitIndex{unit}];
        answers.push_back(values.empty() ? std::string{} : attribute.categories[values.front()].french);
      }
      units += fulfils(answers, key) ? 1 : 0;
    }
    return units;
  }

  [[nodiscard]] std::pair<double, double> interval(const CellKey& key) {
    std::pair<double, double> bounds;
    for (const double sign : {1.0, -1.0}) {
      for (std::size_t k = 0; k < cells_.size(); ++k) {
        solver_->set_cost(k, fulfils(cells_[k], key) ? sign : 0);
      }
      const auto solution = solver_->solve();
      EXPECT_TRUE(solution);
      (sign > 0 ? bounds.first : bounds.second) = solution ? sign * solution->cost : 0;
    }
    return bounds;
  }

 private:
  [[nodiscard]] bool fulfils(const std::vector<std::string>& answers, const CellKey& key) const {
    return std::ranges::all_of(key, [&](const CellCondition& condition) {
      const auto found = std::ranges::find(linked_.attributes, condition.attribute, &Attribute::name);
      const std::string& answer = answers[static_cast<std::size_t>(found - linked_.attributes.begin())];
      return condition.kind == Kind::missing    ? answer.empty()
             : condition.kind == Kind::answered ? !answer.empty()
                                                : answer == condition.category;
    });
  }

  void learn(const CellKey& key) {
    const auto value = static_cast<double>(count(key));
    learn(PublishedFigure{.name = {}, .terms = {{key, 1.0}}, .low = value, .high = value});
  }

  void learn(const PublishedFigure& figure) {
    LinearRow row{.terms = {}, .low = figure.low, .high = figure.high};
    for (std::size_t k = 0; k < cells_.size(); ++k) {
      double coefficient = 0;
      for (const auto& [key, factor] : figure.terms) {
        coefficient += fulfils(cells_[k], key) ? factor : 0;
      }
      if (coefficient != 0) {
        row.terms.emplace_back(k, coefficient);
      }
    }
    program_.rows.push_back(std::move(row));
  }

  const LinkedTables& linked_;
  std::vector<std::vector<std::string>> cells_{{}};
  LinearProgram program_;
  std::unique_ptr<LinearSolver> solver_;
};

/// Every combination of answers, no answer too, to the attributes of a table.
std::vector<CellKey> combinations(const LinkedTables& linked, const PublishedTable& table) {
  std::set<std::string> names;
  for (const PublishedCell& cell : table.cells) {
    for (const CellCondition& condition : cell.key) {
      names.insert(condition.attribute);
    }
  }
  std::vector<CellKey> keys{{}};
  for (const std::string& name : names) {
    const auto attribute = std::ranges::find(linked.attributes, name, &Attribute::name);
    std::vector<CellKey> longer;
    for (const CellKey& key : keys) {
      longer.push_back(key);
      longer.back().push_back(has_no_answer(*attribute));
      for (const Text& category : attribute->categories) {
        longer.push_back(key);
        longer.back().push_back(has_category(*attribute, category));
      }
    }
    keys = std::move(longer);
  }
  return keys;
}

/// The attack on every cell that is to be protected; their number.
int expect_protected(const LinkedTables& linked, const ProtectedTables& result, const std::string& what) {
  Attacker attacker{linked, result};
  int primary = 0;
  for (const PublishedTable& table : linked.tables) {
    std::vector<CellKey> keys = combinations(linked, table);
    for (const PublishedCell& cell : table.cells) {
      keys.push_back(cell.key);
    }
    for (const CellKey& key : keys) {
      const bool answers = std::ranges::any_of(key, [](const CellCondition& one) { return one.kind == Kind::category; });
      const std::int64_t count = attacker.count(key);
      if (!answers || count < 1 || count > 2) {
        continue;
      }
      ++primary;
      const auto [low, high] = attacker.interval(key);
      EXPECT_GE(high, 3 - 1e-6) << what << ": " << count << " in " << key.front().attribute << key.front().category << key.back().category;
      EXPECT_GE(high - low, 2 - 1e-6) << what;
    }
  }
  return primary;
}

LinkedTables all_tables(std::vector<Attribute> attributes) {
  LinkedTables linked;
  for (std::size_t one = 0; one < attributes.size(); ++one) {
    linked.tables.push_back(published_distribution(attributes[one]));
    for (std::size_t other = one + 1; other < attributes.size(); ++other) {
      linked.tables.push_back(published_crossing(attributes[one], attributes[other]));
    }
  }
  linked.attributes = std::move(attributes);
  return linked;
}

std::vector<std::string> random_units(CounterRandom& random, const std::size_t attributes) {
  std::vector<std::uint32_t> categories;
  std::vector<std::uint32_t> missing;
  for (std::size_t k = 0; k < attributes; ++k) {
    categories.push_back(2 + random.below(3));
    missing.push_back(random.below(3) * 8);
  }
  std::vector<std::string> units(10 + random.below(51));
  for (std::string& unit : units) {
    for (std::size_t k = 0; k < attributes; ++k) {
      // The first categories are more frequent.
      const std::uint32_t drawn = std::min(random.below(categories[k]), random.below(categories[k] + 1));
      unit += random.below(100) < missing[k] ? '-' : static_cast<char>('x' - drawn);
    }
  }
  return units;
}

TEST(LinkedTables, WithstandAReaderWhoTriesEveryCrossOfAllAttributes) {
  int primary = 0;
  int shown = 0;
  int cells = 0;
  for (std::uint32_t round = 0; round < 240; ++round) {
    CounterRandom random{17, DrawPurpose::random_table, round, 0};
    const std::size_t number = round % 3 == 0 ? 4 : 3;
    LinkedTables linked = all_tables(attributes_of(random_units(random, number)));
    // Some runs publish a part of the tables.
    std::erase_if(linked.tables, [&](const PublishedTable&) { return round % 2 == 1 && random.below(4) == 0; });
    const ProtectedTables result = protect(linked, {});
    EXPECT_TRUE(result.exact);
    primary += expect_protected(linked, result, "round " + std::to_string(round));
    for (const PublishedTable& table : linked.tables) {
      for (const PublishedCell& cell : table.cells) {
        ++cells;
        shown += !result.withholds(table.name) && result.shows(cell.key) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(primary, 2000);
  std::printf("primary %d, shown %d of %d\n", primary, shown, cells);
  EXPECT_GT(shown, cells / 4);
}

}  // namespace
}  // namespace maillage
