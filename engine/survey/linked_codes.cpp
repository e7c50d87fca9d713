#include "engine/survey/linked_codes.hpp"

#include <algorithm>
#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

using Kind = CellCondition::Kind;

LinkedCodes::Column column_of(const Attribute& attribute) {
  LinkedCodes::Column column{.name = attribute.name, .categories = {}, .values = {}};
  std::set<std::string> texts;
  for (const CategoryIndex category : attribute.values.values()) {
    texts.insert(attribute.categories[category].french);
  }
  column.categories.assign(texts.begin(), texts.end());
  for (const UnitIndex unit : attribute.values.indices()) {
    const auto values = attribute.values[unit];
    if (values.empty()) {
      column.has_missing = true;
      column.values.push_back(column.missing());
      continue;
    }
    const std::string& text = attribute.categories[values.front()].french;
    column.values.push_back(
        static_cast<std::size_t>(std::ranges::lower_bound(column.categories, text) - column.categories.begin()));
  }
  return column;
}

}  // namespace

std::optional<CellKey> simplest(const CellKey& key, const std::map<std::string, std::vector<std::string>>& categories,
                                const std::map<std::string, bool>& has_missing) {
  CellKey result = key;
  std::ranges::sort(result);
  CellKey kept;
  for (CellCondition& condition : result) {
    const auto known = categories.find(condition.attribute);
    if (known == categories.end() || (!kept.empty() && kept.back().attribute == condition.attribute)) {
      throw ArgumentError("disclosure: one condition for each attribute that is known");
    }
    const bool missing = has_missing.at(condition.attribute);
    const std::vector<std::string>& texts = known->second;
    if (condition.kind == Kind::answered && texts.size() == 1) {
      condition.kind = Kind::category;
      condition.category = texts.front();
    }
    const bool nobody = condition.kind == Kind::missing     ? !missing
                        : condition.kind == Kind::answered ? texts.empty()
                                                           : !std::ranges::binary_search(texts, condition.category);
    if (nobody) {
      return std::nullopt;
    }
    const bool everybody = (condition.kind == Kind::missing && texts.empty()) ||
                           (condition.kind == Kind::answered && !missing) ||
                           (condition.kind == Kind::category && !missing && texts.size() == 1);
    if (!everybody) {
      kept.push_back(std::move(condition));
    }
  }
  return kept;
}

LinkedCodes::LinkedCodes(const LinkedTables& linked) {
  std::vector<const Attribute*> sorted;
  for (const Attribute& attribute : linked.attributes) {
    sorted.push_back(&attribute);
  }
  std::ranges::sort(sorted, {}, [](const Attribute* attribute) { return attribute->name; });
  units_ = sorted.empty() ? 0 : sorted.front()->values.rows();
  for (const Attribute* attribute : sorted) {
    if (attribute->multiple || attribute->values.rows() != units_ || position_.contains(attribute->name)) {
      throw ArgumentError("disclosure: attributes of one value each, of the same units, each once");
    }
    position_[attribute->name] = columns_.size();
    columns_.push_back(column_of(*attribute));
    columns_.back().open = std::ranges::find(linked.open, attribute->name) != linked.open.end();
  }
  for (const auto& [first, second] : linked.impossible) {
    const auto pair = code({first, second});
    if (pair && pair->size() == 2) {
      const AttributeSet attributes{pair->front().first, pair->back().first};
      impossible_[attributes].emplace_back(pair->front().second, pair->back().second);
    }
  }
  for (auto& [attributes, pairs] : impossible_) {
    std::ranges::sort(pairs);
    excluding_.push_back(attributes);
  }
}

std::optional<CellCode> LinkedCodes::code(const CellKey& key) const {
  std::map<std::string, std::vector<std::string>> categories;
  std::map<std::string, bool> missing;
  for (const CellCondition& condition : key) {
    if (const auto found = position_.find(condition.attribute); found != position_.end()) {
      categories[condition.attribute] = columns_[found->second].categories;
      missing[condition.attribute] = columns_[found->second].has_missing;
    }
  }
  const auto simple = simplest(key, categories, missing);
  if (!simple) {
    return std::nullopt;
  }
  CellCode result;
  for (const CellCondition& condition : *simple) {
    const std::size_t attribute = position_.at(condition.attribute);
    const Column& column = columns_[attribute];
    const auto category = std::ranges::lower_bound(column.categories, condition.category) - column.categories.begin();
    result.emplace_back(attribute, condition.kind == Kind::missing    ? column.missing()
                                   : condition.kind == Kind::answered ? column.answered()
                                                                      : static_cast<std::size_t>(category));
  }
  return result;
}

CellKey LinkedCodes::key(const CellCode& code) const {
  CellKey key;
  for (const auto& [attribute, slot] : code) {
    const Column& column = columns_[attribute];
    const Kind kind = slot < column.missing() ? Kind::category : slot == column.missing() ? Kind::missing : Kind::answered;
    key.push_back({.attribute = column.name,
                   .kind = kind,
                   .category = kind == Kind::category ? column.categories[slot] : std::string{}});
  }
  return key;
}

AttributeSet LinkedCodes::open_part(const AttributeSet& attributes) const {
  AttributeSet open;
  std::ranges::copy_if(attributes, std::back_inserter(open), [&](const std::size_t one) { return columns_[one].open; });
  return open;
}

std::map<std::vector<std::size_t>, std::int64_t> LinkedCodes::counts(const AttributeSet& attributes) const {
  std::map<std::vector<std::size_t>, std::int64_t> counts;
  std::vector<std::size_t> slots(attributes.size());
  for (std::size_t unit = 0; unit < units_; ++unit) {
    for (std::size_t k = 0; k < attributes.size(); ++k) {
      slots[k] = columns_[attributes[k]].values[unit];
    }
    ++counts[slots];
  }
  return counts;
}

double LinkedCodes::most_combinations(const AttributeSet& attributes) const {
  double number = 1;
  for (const std::size_t attribute : attributes) {
    number *= columns_[attribute].open ? 1 : static_cast<double>(columns_[attribute].slots());
  }
  const AttributeSet open = open_part(attributes);
  return open.empty() ? number : number * static_cast<double>(counts(open).size());
}

bool LinkedCodes::possible(const AttributeSet& attributes, const std::vector<std::size_t>& slots) const {
  for (std::size_t one = 0; one < attributes.size(); ++one) {
    for (std::size_t other = one + 1; other < attributes.size(); ++other) {
      const auto pairs = impossible_.find({attributes[one], attributes[other]});
      if (pairs != impossible_.end() &&
          std::ranges::binary_search(pairs->second, std::pair{slots[one], slots[other]})) {
        return false;
      }
    }
  }
  return true;
}

std::vector<std::vector<std::size_t>> LinkedCodes::combinations(const AttributeSet& attributes) const {
  const AttributeSet open = open_part(attributes);
  std::vector<std::vector<std::size_t>> found;
  for (const auto& [known, units] : counts(open)) {
    // Open attributes stand as they are, the others count up.
    std::vector<std::size_t> slots(attributes.size(), 0);
    for (std::size_t k = 0; k < attributes.size(); ++k) {
      const auto position = std::ranges::find(open, attributes[k]) - open.begin();
      slots[k] = columns_[attributes[k]].open ? known[static_cast<std::size_t>(position)] : 0;
    }
    std::size_t turned = 0;
    do {
      if (possible(attributes, slots)) {
        found.push_back(slots);
      }
      for (turned = 0; turned < attributes.size(); ++turned) {
        const Column& column = columns_[attributes[turned]];
        if (!column.open && ++slots[turned] < column.slots()) {
          break;
        }
        slots[turned] = column.open ? slots[turned] : 0;
      }
    } while (turned < attributes.size());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace maillage
