#include "maps/qgis_style.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "maps/field_dictionary.hpp"
#include "maps/layer_builder.hpp"
#include "maps/map_document.hpp"

namespace maillage {
namespace {

// Whether tags nest and close, attributes are quoted and texts escaped. Enough for what is written here.
bool is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  std::size_t position = 0;
  while (position < xml.size()) {
    const std::size_t start = xml.find('<', position);
    if (start == std::string::npos) {
      break;
    }
    std::size_t end = start + 1;
    for (char quote = 0; end < xml.size() && (quote != 0 || xml[end] != '>'); ++end) {
      if (quote == 0 && (xml[end] == '"' || xml[end] == '\'')) {
        quote = xml[end];
      } else if (xml[end] == quote) {
        quote = 0;
      } else if (xml[end] == '<') {
        return false;
      }
    }
    if (end >= xml.size()) {
      return false;
    }
    const std::string tag = xml.substr(start + 1, end - start - 1);
    const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
    if (tag[0] == '/') {
      if (open.empty() || "/" + open.back() != name) {
        return false;
      }
      open.pop_back();
    } else if (tag[0] != '!' && tag.back() != '/') {
      open.push_back(name);
    }
    position = end + 1;
  }
  return open.empty();
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

std::vector<CoverageDefinition> two_definitions() {
  return {{.name = "bibliotheques_5km",
           .label = "Bibliothèques à 5 km",
           .travel = StraightLine{},
           .limit = 5'000,
           .structures = {}},
          {.name = "l_autre", .label = "L'autre <\"à\" & co>", .travel = StraightLine{}, .limit = 3, .structures = {}}};
}

/// One question of access with one measure.
AccessAnalysis small_access() {
  AccessAnalysis access;
  access.name = "biblio";
  access.label = "L'offre <\"à\" & co>";
  access.measures.push_back({.name = "cumul",
                             .label = {.french = "Cumul", .english = "Cumulative"},
                             .measure = CumulativeAccess{.cutoff = 5'000}});
  return access;
}

ContinuityAnalysis small_continuity() {
  ContinuityAnalysis continuity;
  continuity.week.definition.name = "ouvert";
  continuity.week.definition.label = "Ouvert";
  continuity.week.definition.windows = usual_windows();
  return continuity;
}

LayerSet empty_layers(const std::vector<CoverageDefinition>& definitions) {
  LayerSet set;
  for (const LayerKind kind : all_layer_kinds()) {
    LayerBuilder builder{kind, kind == LayerKind::structures ? 4U : 0U, definitions};
    if (kind == LayerKind::structures) {
      const std::vector<std::string> types{"Fab & lab", "Bibliothèque", "Bibliothèque", ""};
      builder.fill("typologie", [&](const std::size_t feature) { return text_value(types[feature]); });
    }
    if (kind == LayerKind::access) {
      builder.add(access_fields(kind, small_access(), 0));
    }
    if (kind == LayerKind::access || kind == LayerKind::clusters) {
      builder.add(measure_fields(kind, small_access(), 0, 0));
    }
    if (kind == LayerKind::continuity) {
      builder.add(continuity_fields(kind, small_continuity(), 0));
    }
    set.layers.push_back(builder.take());
  }
  return set;
}

std::vector<LayerStyle> styles_of(const LayerSet& set, const std::vector<CoverageDefinition>& definitions,
                                  const Language language = Language::french) {
  const PopulationTiers tiers = default_population_tiers();
  return qgis_styles(make_map_document(set, {.tiers = tiers, .definitions = definitions}), language);
}

TEST(QgisStyles, HaveExactlyOneDefaultForEachLayer) {
  const auto definitions = two_definitions();
  std::map<std::string, int> defaults;
  std::set<std::pair<std::string, std::string>> names;
  for (const LayerStyle& style : styles_of(empty_layers(definitions), definitions)) {
    defaults[style.layer] += style.is_default ? 1 : 0;
    EXPECT_TRUE(names.insert({style.layer, style.name}).second) << style.name;
  }
  EXPECT_EQ(defaults.size(), all_layer_kinds().size());
  for (const auto& [layer, count] : defaults) {
    EXPECT_EQ(count, 1) << layer;
  }
}

TEST(QgisStyles, AreWellFormedWithASymbolForEveryClass) {
  const auto definitions = two_definitions();
  for (const LayerStyle& style : styles_of(empty_layers(definitions), definitions)) {
    EXPECT_TRUE(is_well_formed(style.qml)) << style.name << '\n' << style.qml;
    EXPECT_EQ(count_of(style.qml, "<renderer-v2 "), 1U);
    const std::size_t classes = count_of(style.qml, "<category ") + count_of(style.qml, "<rule ");
    // A circle is a symbol within the symbol of its area.
    const std::size_t circles = count_of(style.qml, "CentroidFill");
    EXPECT_EQ(count_of(style.qml, "<symbol "), std::max<std::size_t>(classes, 1) + circles) << style.name;
  }
}

TEST(QgisStyles, UseOnlyFieldsOfTheDictionary) {
  const auto definitions = two_definitions();
  const LayerSet set = empty_layers(definitions);
  for (const LayerStyle& style : styles_of(set, definitions)) {
    std::set<std::string> fields;
    for (const Layer& layer : set.layers) {
      if (layer.name == style.layer) {
        for (const Field& field : layer.fields) {
          fields.insert(field.name);
        }
      }
    }
    for (const std::string& open : {std::string{"attr=\""}, std::string{"&quot;"}}) {
      const std::string close = open == "&quot;" ? "&quot;" : "\"";
      std::size_t at = style.qml.find(open);
      while (at != std::string::npos) {
        const std::size_t end = style.qml.find(close, at + open.size());
        const std::string field = style.qml.substr(at + open.size(), end - at - open.size());
        const bool in_label = style.qml.rfind("label=", at) > style.qml.rfind("filter=", at) && open == "&quot;";
        EXPECT_TRUE(in_label || fields.contains(field)) << style.layer << ' ' << field;
        at = style.qml.find(open, end + close.size());
      }
    }
  }
}

TEST(QgisStyles, SpeakTheReadersLanguage) {
  const auto definitions = two_definitions();
  std::size_t english = 0;
  for (const LayerStyle& style : styles_of(empty_layers(definitions), definitions, Language::english)) {
    EXPECT_EQ(style.qml.find("Commune couverte"), std::string::npos);
    english += count_of(style.qml, "Commune covered");
  }
  EXPECT_EQ(english, definitions.size());
}

TEST(QgisStyles, ShowTypesByDecreasingCountThenUnknownOnes) {
  const auto definitions = two_definitions();
  for (const LayerStyle& style : styles_of(empty_layers(definitions), definitions)) {
    if (style.layer == "structures" && style.is_default) {
      EXPECT_LT(style.qml.find("value=\"Bibliothèque\""), style.qml.find("value=\"Fab &amp; lab\""));
      EXPECT_EQ(count_of(style.qml, "<category "), 3U);
      EXPECT_NE(style.qml.find("Type non renseigné"), std::string::npos);
      EXPECT_NE(style.qml.find("255,255,255,255"), std::string::npos);  // the white outline
    }
  }
}

}  // namespace
}  // namespace maillage
