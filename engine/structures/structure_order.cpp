#include <algorithm>
#include <tuple>

#include "engine/structures/read_structures.hpp"

namespace maillage {

namespace {

// Written out rather than defaulted in Structure: `row` must come last, and the order is part of what outputs look like.
auto rank(const Structure& structure) {
  return std::tie(structure.source, structure.key, structure.name, structure.typology, structure.commune_code,
                  structure.postcode, structure.commune_name, structure.declared_position, structure.legal_status,
                  structure.vintage, structure.opening_hours, structure.capacity, structure.competences, structure.resources,
                  structure.actions, structure.carried, structure.row);
}

}  // namespace

void sort_structures(StructureSet& set) {
  std::ranges::sort(set.structures.raw(), [](const Structure& a, const Structure& b) { return rank(a) < rank(b); });
}

StructureSet combine_structures(const std::span<const StructureSet> sets) {
  StructureSet combined;
  for (const StructureSet& set : sets) {
    for (const std::string& column : set.carried_columns) {
      if (std::ranges::find(combined.carried_columns, column) == combined.carried_columns.end()) {
        combined.carried_columns.push_back(column);
      }
    }
  }
  for (const StructureSet& set : sets) {
    std::vector<std::size_t> place;
    for (const std::string& column : set.carried_columns) {
      place.push_back(
          static_cast<std::size_t>(std::ranges::find(combined.carried_columns, column) - combined.carried_columns.begin()));
    }
    for (const Structure& structure : set.structures) {
      Structure copy = structure;
      copy.carried.assign(combined.carried_columns.size(), "");
      for (std::size_t i = 0; i < place.size() && i < structure.carried.size(); ++i) {
        copy.carried[place[i]] = structure.carried[i];
      }
      combined.structures.push_back(std::move(copy));
    }
  }
  sort_structures(combined);
  return combined;
}

}  // namespace maillage
