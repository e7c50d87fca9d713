#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/csr.hpp"
#include "engine/core/index.hpp"
#include "engine/core/indexed.hpp"
#include "engine/core/text.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// What is counted: a structure or a commune, in the order of the list it was taken from.
using UnitIndex = Index<struct UnitTag>;
using CategoryIndex = Index<struct CategoryTag>;

/// A qualitative variable: for each unit the categories it has, none where the value is missing, several where it is a
/// multi-response question.
struct Attribute {
  std::string name;                               ///< as asked for: "tier", "typology", a carried column
  Text label;                                     ///< "Strate de population"
  IndexedVector<CategoryIndex, Text> categories;  ///< in the order they are to be shown
  Csr<UnitIndex, CategoryIndex> values;           ///< per unit, ascending, without repeats
  bool multiple = false;                          ///< units may have several categories: shares may exceed 100 %
};

/// An attribute as a study asks for it.
struct AttributeRequest {
  std::string name;
  std::string separator;  ///< splits the values of a carried column into several answers; empty: one answer each
};

/// Names that `structure_attribute` knows: tier, typology, legal_status, departement, epci, region, commune, source,
/// vintage, precision, agreement, competences, resources, actions, then the carried columns.
[[nodiscard]] std::vector<std::string> structure_attribute_names(const StructureSet& structures);

/// That attribute of those structures. Tiers and zones of the territory all appear, in their own order, present or not;
/// other values appear by decreasing count, then by their text. A structure that stands in no commune has no tier and no
/// zone. \throws StudyError on a name that is not known, with the nearest ones.
[[nodiscard]] Attribute structure_attribute(const Territory& territory, const StructureSet& structures,
                                            const Placements& placed, std::span<const StructureIndex> which,
                                            const AttributeRequest& request);

/// An attribute of all communes: tier, departement, epci, region. \throws StudyError on another name.
[[nodiscard]] Attribute commune_attribute(const Territory& territory, std::string_view name);

/// An attribute from the texts of each unit, by decreasing count and then by text; empty texts are missing.
[[nodiscard]] Attribute attribute_of_texts(std::string name, Text label, std::span<const std::vector<std::string>> texts);

}  // namespace maillage
