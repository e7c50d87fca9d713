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
    learn({});
    for (const PublishedTable& table : linked.tables) {
      for (const PublishedCell& cell : table.cells) {
        if (!result.withholds(table.name) && result.shows(cell.key)) {
          learn(cell.key);
        }
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
    LinearRow row{.terms = {}, .low = value, .high = value};
    for (std::size_t k = 0; k < cells_.size(); ++k) {
      if (fulfils(cells_[k], key)) {
        row.terms.emplace_back(k, 1.0);
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
    std::set<CellKey> keys;
    for (CellKey key : combinations(linked, table)) {
      std::ranges::sort(key);
      keys.insert(std::move(key));
    }
    for (const PublishedCell& cell : table.cells) {
      CellKey key = cell.key;
      std::ranges::sort(key);
      keys.insert(std::move(key));
    }
    for (const CellKey& key : keys) {
      const bool answers = std::ranges::any_of(key, [](const CellCondition& one) { return one.kind == Kind::category; });
      const std::int64_t count = attacker.count(key);
      if (!answers || count < 1 || count > 2) {
        continue;
      }
      ++primary;
      // How many did not answer a question is known.
      double most = static_cast<double>(attacker.count({}));
      for (const CellCondition& one : key) {
        most = one.kind == Kind::missing ? std::min(most, static_cast<double>(attacker.count({one}))) : most;
      }
      const auto [low, high] = attacker.interval(key);
      EXPECT_GE(high, std::min(3.0, most) - 1e-6) << what << ", " << key.front().attribute << key.front().category
                                                   << key.back().category;
      EXPECT_GE(high - low, std::min(2.0, most) - 1e-6) << what;
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
  EXPECT_GT(shown, cells / 4);
}

CellStatus status(const ProtectedTables& result, const std::vector<std::pair<std::string, std::string>>& conditions) {
  return result.status(key_of(conditions));
}

double width(const ProtectedTables& result, const std::vector<std::pair<std::string, std::string>>& conditions) {
  CellKey key = key_of(conditions);
  std::ranges::sort(key);
  const auto found = std::ranges::find(result.deduced, key, &DeducedCell::key);
  EXPECT_NE(found, result.deduced.end());
  return found == result.deduced.end() ? -1 : found->high - found->low;
}

// Legal status by kind of commune behind the study of 2019.
std::vector<std::string> seed_units() {
  return units_of({{"vp", 63}, {"vq", 25}, {"tp", 77}, {"tq", 24}, {"to", 7}, {"cp", 22}, {"cq", 27}, {"co", 2}, {"mp", 1}, {"mq", 10}});
}

TEST(LinkedTables, RefuseTheSeedCellOfOneOfEleven) {
  const LinkedTables linked = all_tables(attributes_of(seed_units()));
  const ProtectedTables result = protect(linked, {});
  EXPECT_TRUE(result.safe);
  EXPECT_EQ(status(result, {{"a", "m"}, {"b", "p"}}), CellStatus::primary);
  EXPECT_EQ(status(result, {{"a", "c"}, {"b", "o"}}), CellStatus::primary);
  EXPECT_TRUE(result.shows(key_of({{"a", "m"}})));
  EXPECT_EQ(expect_protected(linked, result, "seed"), 2);
}

TEST(LinkedTables, HideAMarginThatAnotherTableWouldTell) {
  // One unit has x in a. The table of a hides it with y; a x b must then hide the same margins, and cells in both rows.
  const LinkedTables linked = all_tables(attributes_of(units_of({{"xk", 1}, {"yk", 5}, {"yl", 6}, {"zk", 20}, {"zl", 20}})));
  const ProtectedTables result = protect(linked, {});
  EXPECT_EQ(status(result, {{"a", "x"}}), CellStatus::primary);
  EXPECT_EQ(status(result, {{"a", "x"}, {"b", "*"}}), CellStatus::primary);  // the same cell
  EXPECT_EQ(status(result, {{"a", "x"}, {"b", "k"}}), CellStatus::primary);
  EXPECT_NE(status(result, {{"a", "y"}}), CellStatus::published);
  EXPECT_GE(width(result, {{"a", "x"}}), 2);
  EXPECT_GT(expect_protected(linked, result, "margin"), 1);
}

bool none_withheld(const LinkedTables& linked, const ProtectedTables& result) {
  return std::ranges::none_of(linked.tables, [&](const PublishedTable& table) { return result.withholds(table.name); });
}

TEST(LinkedTables, OfATriangleAreProtectedFromItsThirdSide) {
  // Without the cross of all three attributes, a x b, a x c and b x c are audited each by itself and with shared cells, and tell
  // more than that audit sees.
  int exposed = 0;
  int compared = 0;
  for (std::uint32_t round = 0; round < 60; ++round) {
    CounterRandom random{23, DrawPurpose::random_table, round, 0};
    LinkedTables linked = all_tables(attributes_of(random_units(random, 3)));
    linked.limits = {.cells_of_a_cross = 1, .cells = 0};
    const ProtectedTables apart = protect(linked, {});
    EXPECT_FALSE(apart.exact);
    Attacker attacker{linked, apart};
    for (const DeducedCell& cell : apart.deduced) {
      const auto [low, high] = attacker.interval(cell.key);
      exposed += high < cell.high - 0.5 || low > cell.low + 0.5 ? 1 : 0;
    }
    linked.limits = {};
    const ProtectedTables together = protect(linked, {});
    Attacker stopped{linked, together};
    for (const DeducedCell& cell : together.deduced) {
      const auto [low, high] = stopped.interval(cell.key);
      EXPECT_LE(low, cell.low + 1e-5) << round;
      EXPECT_GE(high, cell.high - 1e-5) << round;
      if (none_withheld(linked, together)) {
        ++compared;
        EXPECT_NEAR(low, cell.low, 1e-5) << round;
        EXPECT_NEAR(high, cell.high, 1e-5) << round;
      }
    }
  }
  EXPECT_GT(compared, 100);
  EXPECT_GT(exposed, 20);
}

TEST(LinkedTables, OfDifferingBasesDoNotTellTheDifference) {
  // 12 units have x; 11 of them answered b, as did all but 4 in all. The base of x in a x b would tell the one who did not.
  const LinkedTables linked =
      all_tables(attributes_of(units_of({{"xk", 5}, {"xl", 6}, {"x-", 1}, {"yk", 9}, {"yl", 8}, {"y-", 3}, {"zk", 7}, {"zl", 9}})));
  const ProtectedTables result = protect(linked, {});
  EXPECT_FALSE(result.shows(key_of({{"a", "x"}})) && result.shows(key_of({{"a", "x"}, {"b", "*"}})));
  EXPECT_GE(width(result, {{"a", "x"}, {"b", ""}}), 2);
  EXPECT_EQ(expect_protected(linked, result, "bases"), 1);
  // One who did not answer keeps no question from being published: that there is one is no secret, who it is remains one.
  const LinkedTables one = all_tables(attributes_of(units_of({{"xk", 5}, {"xl", 6}, {"x-", 1}, {"yk", 9}, {"yl", 8}})));
  const ProtectedTables of_one = protect(one, {});
  EXPECT_FALSE(of_one.withholds("repartition_b"));
  EXPECT_EQ(expect_protected(one, of_one, "one"), 1);
}

TEST(LinkedTables, OfAPopulationAndOfAllDoNotTellTheRest) {
  // c tells who is in a population. Of 6 with x, 5 are in it.
  std::vector<Attribute> attributes = attributes_of(units_of({{"xc", 5}, {"x-", 1}, {"yc", 9}, {"y-", 4}, {"zc", 8}, {"z-", 7}}));
  attributes[1].name = "population";
  const CellCondition inside{"population", Kind::category, "c"};
  LinkedTables linked;
  linked.attributes = attributes;
  linked.open = {"population"};
  linked.tables = {published_distribution(attributes[0]), within(inside, published_distribution(attributes[0]))};
  const ProtectedTables result = protect(linked, {});
  EXPECT_FALSE(result.shows(key_of({{"a", "x"}})) && result.shows(key_of({{"a", "x"}, {"population", "c"}})));
  EXPECT_TRUE(result.safe);
}

TEST(LinkedTables, OfOpenAttributesAreShown) {
  // Everybody sees that one unit stands in x; how it answered is hidden.
  LinkedTables linked = all_tables(attributes_of(units_of({{"xk", 1}, {"yk", 15}, {"yl", 16}})));
  linked.open = {"a"};
  const ProtectedTables result = protect(linked, {});
  EXPECT_TRUE(result.shows(key_of({{"a", "x"}})));
  EXPECT_FALSE(result.shows(key_of({{"a", "x"}, {"b", "k"}})));
  EXPECT_EQ(width(result, {{"a", "x"}, {"b", "k"}}), 1);
  EXPECT_TRUE(result.safe);
}

TEST(LinkedTables, HideACategoryOfWhichAllAnswerAlike) {
  const LinkedTables linked = all_tables(attributes_of(units_of({{"xk", 9}, {"yk", 15}, {"yl", 16}, {"zk", 8}, {"zl", 8}})));
  EXPECT_TRUE(protect(linked, {}).shows(key_of({{"a", "x"}, {"b", "k"}})));
  DisclosureRules rules;
  rules.single_category = true;
  EXPECT_EQ(status(protect(linked, rules), {{"a", "x"}, {"b", "k"}}), CellStatus::primary);
}

TEST(LinkedTables, DoNotDependOnTheOrderOfTablesAttributesCategoriesOrUnits) {
  CounterRandom random{29, DrawPurpose::random_table, 0, 0};
  for (int round = 0; round < 10; ++round) {
    std::vector<std::string> units = random_units(random, 3);
    LinkedTables linked = all_tables(attributes_of(units));
    const ProtectedTables result = protect(linked, {});
    std::ranges::reverse(units);
    LinkedTables other = all_tables(attributes_of(units));
    std::ranges::reverse(other.tables);
    std::ranges::rotate(other.attributes, other.attributes.begin() + 1);
    for (PublishedTable& table : other.tables) {
      std::ranges::reverse(table.cells);
      for (PublishedCell& cell : table.cells) {
        std::ranges::reverse(cell.key);
      }
    }
    const ProtectedTables again = protect(other, {});
    for (const PublishedTable& table : linked.tables) {
      EXPECT_EQ(result.withholds(table.name), again.withholds(table.name));
      for (const PublishedCell& cell : table.cells) {
        EXPECT_EQ(result.status(cell.key), again.status(cell.key));
      }
    }
  }
}

TEST(LinkedTables, WithholdAQuestionThatOneUnitAnswered) {
  const LinkedTables linked = all_tables(attributes_of(units_of({{"xk", 1}, {"x-", 20}, {"y-", 20}})));
  const ProtectedTables result = protect(linked, {});
  EXPECT_TRUE(result.withholds("repartition_b"));
  EXPECT_TRUE(result.withholds("croisement_a_b"));
  EXPECT_FALSE(result.withholds("repartition_a"));
}

TEST(LinkedTables, RefuseWhatTheyDoNotKnow) {
  LinkedTables linked = all_tables(attributes_of(seed_units()));
  EXPECT_THROW((void)protect(linked, {}).status(key_of({{"c", "x"}})), ArgumentError);
  linked.attributes.push_back(linked.attributes.front());
  EXPECT_THROW((void)protect(linked, {}), ArgumentError);
  linked.attributes.back().name = "other";
  linked.attributes.back().multiple = true;
  EXPECT_THROW((void)protect(linked, {}), ArgumentError);
}

}  // namespace
}  // namespace maillage
