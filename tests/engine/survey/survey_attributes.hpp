#pragma once

#include <string>
#include <vector>

#include "engine/survey/attribute.hpp"

namespace maillage::test {

/// One value per unit, "" where it has none.
inline Attribute attribute_of(const std::vector<std::string>& values, const std::string& name = "x") {
  std::vector<std::vector<std::string>> texts;
  for (const std::string& value : values) {
    texts.push_back({value});
  }
  return attribute_of_texts(name, {name, name}, texts);
}

/// counts[k] units of the value names[k].
inline Attribute attribute_of_counts(const std::vector<std::string>& names, const std::vector<int>& counts) {
  std::vector<std::string> values;
  for (std::size_t k = 0; k < names.size(); ++k) {
    values.insert(values.end(), static_cast<std::size_t>(counts[k]), names[k]);
  }
  return attribute_of(values);
}

}  // namespace maillage::test
