#pragma once

#include <string>
#include <vector>

#include "engine/survey/attribute.hpp"

namespace maillage {

/// An attribute that must have one of the values: {"typology", {"Bibliothèque", "Fablab"}}.
struct AttributeCondition {
  std::string attribute;
  std::vector<std::string> values;
};

/// The structures that fulfil every condition, ascending. Values are compared without accents, case and punctuation; a zone
/// is meant by its code or its name. \throws StudyError on an unknown attribute, or a value that no structure has, naming
/// the nearest values.
[[nodiscard]] std::vector<StructureIndex> select_structures(const Territory& territory, const StructureSet& structures,
                                                            const Placements& placed,
                                                            const std::vector<AttributeCondition>& conditions);

}  // namespace maillage
