#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>

#include "adapters/builtin/builtin_france.hpp"
#include "adapters/cli/read_layer.hpp"
#include "adapters/cli/verb.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/structures/structure_schema.hpp"
#include "engine/survey/table.hpp"
#include "maps/field_dictionary.hpp"

namespace maillage {
namespace {

constexpr std::size_t kExamplesPerColumn = 3;

std::string number(const std::int64_t value, const Language language) {
  return to_text(TableCell{value}, language);
}

void describe_builtin(const Console& console) {
  const BuiltinDescription france = describe_builtin_france();
  const Language language = console.language();
  const auto line = [&](const Text& label, const std::string& value) {
    console.print(fmt::format("{:<28} {}", console.in_language(label), value));
  };
  const auto count = [&](const std::size_t value) { return number(static_cast<std::int64_t>(value), language); };
  console.print(console.in_language(
      {.french = "La France livrée avec le programme", .english = "The France that comes with the program"}));
  line({.french = "  communes", .english = "  communes"}, count(france.communes));
  line({.french = "  sans contour", .english = "  without contour"}, count(france.without_contour));
  line({.french = "  habitants", .english = "  inhabitants"}, number(france.population, language));
  line({.french = "  mairies situées", .english = "  located town halls"}, count(france.located));
  line({.french = "  EPCI, depart., regions", .english = "  EPCI, departements, regions"},
       fmt::format("{}, {}, {}", count(france.epcis), count(france.departements), count(france.regions)));
  line({.french = "  millesime", .english = "  vintage"}, france.vintage);
  line({.french = "  producteurs", .english = "  producers"}, fmt::format("{}", fmt::join(france.producers, " ; ")));
  line({.french = "  licence", .english = "  licence"}, fmt::format("{} ({})", france.licence, france.licence_url));
  line({.french = "  source", .english = "  source"}, fmt::format("{}, sha256 {}", france.source, france.source_sha256));
}

std::string examples_of(const FeatureTable& table, const std::size_t column) {
  std::vector<std::string> examples;
  for (std::size_t row = 0; row < table.rows() && examples.size() < kExamplesPerColumn; ++row) {
    std::string value{table.cells.at(row, column)};
    if (value.size() > 40) {
      value = value.substr(0, 37) + "...";
    }
    if (!value.empty() && std::find(examples.begin(), examples.end(), value) == examples.end()) {
      examples.push_back(std::move(value));
    }
  }
  return fmt::format("{}", fmt::join(examples, " | "));
}

void describe_meaning(const FeatureTable& table, const Console& console) {
  const StructureColumns columns = recognise_structure_columns(table.columns);
  console.print(fmt::format("{} : {}", console.in_language({.french = "Comme structures", .english = "As structures"}),
                            console.in_language(columns.schema_label)));
  for (std::size_t field = 0; field < kStructureFields; ++field) {
    std::vector<std::string> names;
    for (const std::size_t column : columns.fields[field].columns) {
      names.push_back(table.columns[column]);
    }
    if (!names.empty()) {
      console.print(fmt::format("  {} <- {}", name_of(static_cast<StructureField>(field)), fmt::join(names, ", ")));
    }
  }
  for (const Text& remark : columns.remarks) {
    console.print("  " + console.in_language(remark));
  }
}

void describe_file(const std::string& file, const LayerHints& hints, const Console& console) {
  const Reading<FeatureTable> reading = read_layer(file, hints);
  const FeatureTable& table = reading.value;
  const bool french = console.language() == Language::french;
  console.print(fmt::format("{} : {}{}{}", table.source, table.format, table.encoding.empty() ? "" : ", " + table.encoding,
                            table.crs.definition.empty() ? "" : ", " + table.crs.definition.substr(0, 60)));
  const char* geometry = table.geometry == FeatureTable::Geometry::areas    ? (french ? "surfaces" : "areas")
                         : table.geometry == FeatureTable::Geometry::points ? "points"
                                                                            : (french ? "sans géométrie" : "no geometry");
  console.print(french ? fmt::format("{} lignes lues, {} écartées, {} à signaler ; {}", reading.rows_in,
                                     reading.rejections.size(), reading.repairs.size(), geometry)
                       : fmt::format("{} rows read, {} rejected, {} with a note; {}", reading.rows_in,
                                     reading.rejections.size(), reading.repairs.size(), geometry));
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    console.print(fmt::format("  {:<28} {}", table.columns[column], examples_of(table, column)));
  }
  describe_meaning(table, console);
}

std::string type_name(const FieldType type, const bool french) {
  switch (type) {
    case FieldType::text:
      return french ? "texte" : "text";
    case FieldType::integer:
      return french ? "entier" : "integer";
    case FieldType::real:
      return french ? "réel" : "real";
    case FieldType::boolean:
      return french ? "oui/non" : "boolean";
  }
  return {};
}

/// The field dictionary as Markdown, a table per layer.
void describe_fields(const Console& console) {
  const bool french = console.language() == Language::french;
  console.print(french ? "# Champs des couches\n\nChaque colonne de chaque couche : son nom (GeoPackage, GeoJSON, "
                         "FlatGeobuf, CSV), son nom court (Shapefile), son type, son unité.\nLes champs d'une couverture "
                         "portent son nom ; dans un Shapefile, C01, C02... dans l'ordre de l'étude."
                       : "# Fields of the layers\n\nEvery column of every layer: its name (GeoPackage, GeoJSON, FlatGeobuf, "
                         "CSV), its short name (Shapefile), its type, its unit.\nFields of a coverage bear its name; in a "
                         "Shapefile, C01, C02... in the study's order.");
  const std::vector<DictionaryEntry> entries = field_dictionary();
  for (const LayerKind kind : all_layer_kinds()) {
    console.print(fmt::format("\n## {} : {}\n", layer_name(kind), console.in_language(layer_title(kind))));
    console.print(french ? "| champ | Shapefile | type | unité | sens |\n| --- | --- | --- | --- | --- |"
                         : "| field | Shapefile | type | unit | meaning |\n| --- | --- | --- | --- | --- |");
    for (const DictionaryEntry& entry : entries) {
      if (entry.layer == kind) {
        console.print(fmt::format("| `{}` | `{}` | {} | {} | {} |", entry.field.name, entry.field.short_name,
                                  type_name(entry.field.type, french), entry.field.unit,
                                  console.in_language(entry.field.meaning)));
      }
    }
  }
}

}  // namespace

Verb add_info(CLI::App& program, CommonOptions& common) {
  struct Options {
    std::string file;
    LayerHints hints;
    bool fields = false;
  };
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  CLI::App* app = program.add_subcommand("info", french ? "Décrire un fichier, ou la France livrée avec le programme"
                                                        : "Describe a file, or the France that comes with the program");
  app->add_option("file", options->file,
                  french ? "Fichier à décrire ; rien : la France livrée" : "File to describe; nothing: the built-in France");
  app->add_option("--layer", options->hints.layer,
                  french ? "Couche, dans un fichier qui en a plusieurs" : "Layer of a file with several");
  app->add_option(
      "--crs", options->hints.crs,
      french ? "Système de coordonnées d'un fichier qui ne le dit pas" : "CRS of a file that does not tell its own");
  app->add_flag(
      "--fields", options->fields,
      french ? "Décrire chaque champ de chaque couche (Markdown)" : "Describe every field of every layer (Markdown)");
  add_common_options(*app, common);
  app->footer(french ? "\nExemples :\n  maillage info\n  maillage info lieux.csv\n  maillage info --fields > champs.md"
                     : "\nExamples:\n  maillage info\n  maillage info places.csv\n  maillage info --fields > fields.md");
  return {.app = app, .run = [options](Console& console) {
            if (options->fields) {
              describe_fields(console);
            } else if (options->file.empty()) {
              describe_builtin(console);
            } else {
              describe_file(options->file, options->hints, console);
            }
          }};
}

}  // namespace maillage
