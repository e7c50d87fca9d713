#include "engine/survey/select_structures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"

namespace maillage {
namespace {

bool means(const std::string& wanted, const Text& category) {
  const std::string folded = fold_text(wanted);
  return folded == fold_text(category.french) || folded == fold_text(category.english) ||
         category.french.ends_with("(" + wanted + ")") || category.french.starts_with(wanted + " (");
}

std::vector<CategoryIndex> categories_meant(const Attribute& attribute, const std::string& wanted) {
  std::vector<CategoryIndex> meant;
  std::vector<std::string> names;
  for (const CategoryIndex category : attribute.categories.indices()) {
    names.push_back(attribute.categories[category].french);
    if (means(wanted, attribute.categories[category])) {
      meant.push_back(category);
    }
  }
  if (meant.empty()) {
    std::string near;
    for (const std::string& name : closest_names(wanted, names)) {
      near += (near.empty() ? "" : ", ") + name;
    }
    if (near.empty()) {
      for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 5); ++i) {
        near += (near.empty() ? "" : ", ") + names[i];
      }
    }
    throw StudyError(Text{
        .french =
            fmt::format("where : aucune structure n'a « {} » pour {}. Valeurs trouvées : {}.", wanted, attribute.name, near),
        .english = fmt::format("where: no structure has '{}' for {}. Values found: {}.", wanted, attribute.name, near)});
  }
  return meant;
}

}  // namespace

std::vector<StructureIndex> select_structures(const Territory& territory, const StructureSet& structures,
                                              const Placements& placed, const std::vector<AttributeCondition>& conditions) {
  std::vector<StructureIndex> all;
  for (const StructureIndex structure : structures.structures.indices()) {
    all.push_back(structure);
  }
  std::vector<std::uint8_t> kept(all.size(), 1);
  for (const AttributeCondition& condition : conditions) {
    const Attribute attribute =
        structure_attribute(territory, structures, placed, all, {.name = condition.attribute, .separator = ""});
    IndexedVector<CategoryIndex, std::uint8_t> wanted(attribute.categories.size(), 0);
    for (const std::string& value : condition.values) {
      for (const CategoryIndex category : categories_meant(attribute, value)) {
        wanted[category] = 1;
      }
    }
    for (const UnitIndex unit : attribute.values.indices()) {
      const auto values = attribute.values[unit];
      if (std::none_of(values.begin(), values.end(), [&](const CategoryIndex category) { return wanted[category] != 0; })) {
        kept[unit.value()] = 0;
      }
    }
  }
  std::vector<StructureIndex> selected;
  for (const StructureIndex structure : all) {
    if (kept[structure.value()] != 0) {
      selected.push_back(structure);
    }
  }
  return selected;
}

}  // namespace maillage
