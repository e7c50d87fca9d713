#include "engine/survey/attribute.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

using Texts = std::vector<std::string>;

// Attributes that are texts of the structure itself.
struct TextAttribute {
  std::string_view name;
  Text label;
  std::function<Texts(const Structure&)> texts;
  bool multiple = false;
};

Texts one(const std::string& text) {
  return {text};
}

const std::vector<TextAttribute>& text_attributes() {
  static const std::vector<TextAttribute> kAttributes{
      {"typology",
       {.french = "Type de structure", .english = "Type of structure"},
       [](const Structure& s) { return one(s.typology); }},
      {"legal_status",
       {.french = "Statut juridique", .english = "Legal status"},
       [](const Structure& s) { return one(s.legal_status); }},
      {"source", {.french = "Source", .english = "Source"}, [](const Structure& s) { return one(s.source); }},
      {"vintage", {.french = "Millésime", .english = "Vintage"}, [](const Structure& s) { return one(s.vintage); }},
      {"competences",
       {.french = "Compétences", .english = "Skills"},
       [](const Structure& s) { return s.competences; },
       true},
      {"resources", {.french = "Ressources", .english = "Resources"}, [](const Structure& s) { return s.resources; }, true},
      {"actions", {.french = "Actions", .english = "Actions"}, [](const Structure& s) { return s.actions; }, true}};
  return kAttributes;
}

Text tier_label() {
  return {.french = "Strate de population", .english = "Population class"};
}

Attribute attribute_of_tiers(const Territory& territory, std::span<const CommuneIndex> communes) {
  Attribute attribute{.name = "tier", .label = tier_label(), .categories = {}, .values = {}, .multiple = false};
  for (const TierIndex tier : territory.tiers.lower_bounds.indices()) {
    attribute.categories.push_back(
        {.french = territory.tiers.labels_french[tier], .english = territory.tiers.labels_english[tier]});
  }
  for (const CommuneIndex commune : communes) {
    const TierIndex tier = commune.is_none() ? TierIndex::none() : territory.tier[commune];
    const CategoryIndex category{tier.value()};
    attribute.values.push_row(tier.is_none() ? std::span<const CategoryIndex>{}
                                             : std::span<const CategoryIndex>{&category, 1});
  }
  return attribute;
}

Attribute attribute_of_zones(const Zoning& zoning, Text label, std::span<const CommuneIndex> communes) {
  Attribute attribute{.name = zoning.name, .label = std::move(label), .categories = {}, .values = {}, .multiple = false};
  for (const ZoneIndex zone : zoning.codes.indices()) {
    const std::string text =
        zoning.names[zone] == zoning.codes[zone] ? zoning.codes[zone] : zoning.names[zone] + " (" + zoning.codes[zone] + ")";
    attribute.categories.push_back({.french = text, .english = text});
  }
  for (const CommuneIndex commune : communes) {
    const ZoneIndex zone = commune.is_none() || zoning.codes.empty() ? ZoneIndex::none() : zoning.zone_of[commune];
    const CategoryIndex category{zone.value()};
    attribute.values.push_row(zone.is_none() ? std::span<const CategoryIndex>{}
                                             : std::span<const CategoryIndex>{&category, 1});
  }
  return attribute;
}

// The attributes that a commune gives to what stands in it.
std::optional<Attribute> attribute_of_communes(const Territory& territory, const std::string_view name,
                                               const std::span<const CommuneIndex> communes) {
  if (name == "tier") {
    return attribute_of_tiers(territory, communes);
  }
  if (name == "departement") {
    return attribute_of_zones(territory.departements, {.french = "Département", .english = "Departement"}, communes);
  }
  if (name == "epci") {
    return attribute_of_zones(territory.epcis, {.french = "Intercommunalité", .english = "Intercommunality (EPCI)"},
                              communes);
  }
  if (name == "region") {
    return attribute_of_zones(territory.regions, {.french = "Région", .english = "Region"}, communes);
  }
  return std::nullopt;
}

Attribute attribute_of_precision(const Placements& placed, const std::span<const StructureIndex> which) {
  Attribute attribute{.name = "precision",
                      .label = {.french = "Précision de la position", .english = "Precision of the position"},
                      .categories = IndexedVector<CategoryIndex, Text>{std::vector<Text>{
                          {.french = "Coordonnées", .english = "Coordinates"},
                          {.french = "Point de la commune", .english = "Point of the commune"},
                          {.french = "Code postal", .english = "Postcode"},
                          {.french = "Non localisée", .english = "Not located"}}},
                      .values = {},
                      .multiple = false};
  for (const StructureIndex structure : which) {
    const CategoryIndex category{static_cast<std::size_t>(placed.of[structure].precision)};
    attribute.values.push_row({&category, 1});
  }
  return attribute;
}

Attribute attribute_of_agreement(const Placements& placed, const std::span<const StructureIndex> which) {
  Attribute attribute{.name = "agreement",
                      .label = {.french = "Accord du point et du code", .english = "Agreement of point and code"},
                      .categories = IndexedVector<CategoryIndex, Text>{std::vector<Text>{
                          {.french = "Point et code d’accord", .english = "Point and code agree"},
                          {.french = "Point et code en conflit", .english = "Point and code in conflict"},
                          {.french = "Point seul", .english = "Point only"},
                          {.french = "Code seul", .english = "Code only"},
                          {.french = "Code postal seul", .english = "Postcode only"},
                          {.french = "Ni point ni code", .english = "Neither"}}},
                      .values = {},
                      .multiple = false};
  for (const StructureIndex structure : which) {
    const CategoryIndex category{static_cast<std::size_t>(placed.of[structure].agreement)};
    attribute.values.push_row({&category, 1});
  }
  return attribute;
}

// Blanks around an answer are not part of it.
Texts split(const std::string& text, const std::string& separator) {
  Texts parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = separator.empty() ? std::string::npos : text.find(separator, begin);
    std::string part = text.substr(begin, end == std::string::npos ? std::string::npos : end - begin);
    const std::size_t first = part.find_first_not_of(" \t");
    if (first != std::string::npos) {
      parts.push_back(part.substr(first, part.find_last_not_of(" \t") - first + 1));
    }
    if (end == std::string::npos) {
      break;
    }
    begin = end + separator.size();
  }
  return parts;
}

std::vector<CommuneIndex> communes_of(const Placements& placed, const std::span<const StructureIndex> which) {
  std::vector<CommuneIndex> communes;
  for (const StructureIndex structure : which) {
    communes.push_back(placed.of[structure].commune);
  }
  return communes;
}

StudyError unknown_attribute(const std::string& name, const std::vector<std::string>& known) {
  std::string near;
  for (const std::string& candidate : closest_names(name, known)) {
    near += (near.empty() ? "" : ", ") + candidate;
  }
  return StudyError(
      {.french = "tableau : l’attribut « " + name + " » n’existe pas" +
                 (near.empty() ? "" : " ; vouliez-vous dire : " + near + " ?"),
       .english = "table: there is no attribute '" + name + "'" + (near.empty() ? "" : "; did you mean: " + near + "?")});
}

Attribute attribute_of_commune_names(const Territory& territory, const std::span<const CommuneIndex> communes) {
  std::vector<Texts> texts;
  for (const CommuneIndex commune : communes) {
    texts.push_back(commune.is_none()
                        ? Texts{}
                        : Texts{territory.communes[commune].name + " (" + territory.communes[commune].code + ")"});
  }
  return attribute_of_texts("commune", {.french = "Commune", .english = "Commune"}, texts);
}

std::vector<Texts> carried_texts(const StructureSet& structures, const std::span<const StructureIndex> which,
                                 const std::size_t column, const std::string& separator) {
  std::vector<Texts> texts;
  for (const StructureIndex structure : which) {
    const auto& carried = structures.structures[structure].carried;
    texts.push_back(column < carried.size() ? split(carried[column], separator) : Texts{});
  }
  return texts;
}

}  // namespace

std::vector<std::string> structure_attribute_names(const StructureSet& structures) {
  std::vector<std::string> names{"tier",   "typology", "legal_status", "departement", "epci",        "region",    "commune",
                                 "source", "vintage",  "precision",    "agreement",   "competences", "resources", "actions"};
  names.insert(names.end(), structures.carried_columns.begin(), structures.carried_columns.end());
  return names;
}

Attribute structure_attribute(const Territory& territory, const StructureSet& structures, const Placements& placed,
                              const std::span<const StructureIndex> which, const AttributeRequest& request) {
  const std::vector<CommuneIndex> communes = communes_of(placed, which);
  if (auto attribute = attribute_of_communes(territory, request.name, communes)) {
    return *std::move(attribute);
  }
  if (request.name == "commune") {
    return attribute_of_commune_names(territory, communes);
  }
  if (request.name == "precision") {
    return attribute_of_precision(placed, which);
  }
  if (request.name == "agreement") {
    return attribute_of_agreement(placed, which);
  }
  for (const TextAttribute& known : text_attributes()) {
    if (known.name == request.name) {
      std::vector<Texts> texts;
      for (const StructureIndex structure : which) {
        texts.push_back(known.texts(structures.structures[structure]));
      }
      Attribute attribute = attribute_of_texts(request.name, known.label, texts);
      attribute.multiple = known.multiple;
      return attribute;
    }
  }
  const auto& carried = structures.carried_columns;
  const auto column = std::ranges::find(carried, request.name);
  if (column == carried.end()) {
    throw unknown_attribute(request.name, structure_attribute_names(structures));
  }
  Attribute attribute = attribute_of_texts(
      request.name, {.french = request.name, .english = request.name},
      carried_texts(structures, which, static_cast<std::size_t>(column - carried.begin()), request.separator));
  attribute.multiple = !request.separator.empty();
  return attribute;
}

Attribute commune_attribute(const Territory& territory, const std::string_view name) {
  std::vector<CommuneIndex> communes;
  for (const CommuneIndex commune : territory.communes.indices()) {
    communes.push_back(commune);
  }
  if (auto attribute = attribute_of_communes(territory, name, communes)) {
    return *std::move(attribute);
  }
  throw unknown_attribute(std::string{name}, {"tier", "departement", "epci", "region"});
}

Attribute attribute_of_texts(std::string name, Text label, const std::span<const Texts> texts) {
  std::map<std::string, std::int64_t> counts;
  std::vector<std::set<std::string>> answers;
  Attribute attribute{.name = std::move(name), .label = std::move(label), .categories = {}, .values = {}, .multiple = false};
  for (const Texts& unit : texts) {
    std::set<std::string> distinct{unit.begin(), unit.end()};
    distinct.erase("");
    for (const std::string& text : distinct) {
      counts[text] += 1;
    }
    attribute.multiple = attribute.multiple || distinct.size() > 1;
    answers.push_back(std::move(distinct));
  }
  std::vector<std::pair<std::string, std::int64_t>> ranked{counts.begin(), counts.end()};
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.second > b.second; });
  std::map<std::string, CategoryIndex> category_of;
  for (const auto& [text, count] : ranked) {
    category_of[text] = attribute.categories.push_back({.french = text, .english = text});
  }
  for (const std::set<std::string>& unit : answers) {
    std::vector<CategoryIndex> row;
    for (const std::string& text : unit) {
      row.push_back(category_of.at(text));
    }
    std::ranges::sort(row);
    attribute.values.push_row(row);
  }
  return attribute;
}

}  // namespace maillage
