#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <memory>

#include "adapters/cli/read_layer.hpp"
#include "adapters/cli/verb.hpp"
#include "adapters/file/checked_file.hpp"
#include "engine/core/error.hpp"
#include "engine/structures/structure_schema.hpp"

namespace maillage {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string output = "etude.toml";
  bool overwrite = false;
};

/// A TOML basic string.
std::string quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
    }
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + '"';
}

std::string source_section(const std::string& file, const std::filesystem::path& study) {
  const Reading<FeatureTable> table = read_layer(file, {});
  const StructureColumns columns = recognise_structure_columns(table.value.columns);
  const std::filesystem::path relative =
      std::filesystem::absolute(file).lexically_relative(std::filesystem::absolute(study).parent_path());
  std::string text = fmt::format("\n[[structures]]\nfile = {}\nname = {}\n", quoted(relative.string()),
                                 quoted(std::filesystem::path{file}.stem().string()));
  text += fmt::format("# Reconnu : {} ; {} lignes. Colonnes du fichier : {}.\n", columns.schema_label.french, table.rows_in,
                      fmt::join(table.value.columns, ", "));
  for (std::size_t field = 0; field < kStructureFields; ++field) {
    for (const std::size_t column : columns.fields[field].columns) {
      text += fmt::format("#   {} <- {}\n", name_of(static_cast<StructureField>(field)), table.value.columns[column]);
    }
  }
  for (const Text& remark : columns.remarks) {
    text += "# " + remark.french + "\n";
  }
  if (columns[StructureField::typology].columns.empty()) {
    text += "# typology = \"Bibliothèque\"          # le type de tous les lieux de ce fichier\n";
  }
  return text +
         "# columns = { name = \"...\" }            # si une colonne est mal reconnue\n# carry = [\"...\"]                  "
         "    # colonnes à reprendre dans les résultats\n";
}

std::string study_text(const Options& options) {
  std::string text =
      "# Étude Maillage. Le guide décrit chaque clé ; « maillage check » relit ce fichier, « maillage run » le calcule.\n"
      "title = \"Mon étude\"\n\n"
      "[territory]\n"
      "# Rien : le territoire est deviné d'après les structures. Sinon, au choix :\n"
      "# region = \"32\"                        # code ou nom\n"
      "# departement = [\"59\", \"62\"]\n"
      "# epci = \"200093201\"\n"
      "# france = true\n"
      "# contours = \"communes.geojson\"        # vos propres contours\n"
      "# tables = \"populations.csv\"           # vos propres populations, par code INSEE\n";
  for (const std::string& file : options.files) {
    text += source_section(file, options.output);
  }
  return text +
         "\n[[coverage]]\n"
         "name = \"a_10km\"                       # nomme les colonnes : minuscules, chiffres, _\n"
         "label = \"Une structure à 10 km\"\n"
         "limit = \"10 km\"                       # ou \"800 m\", \"15 min\" avec [travel] speed_kmh\n"
         "# where = { typology = \"Bibliothèque\" } # ne compter que certaines structures\n"
         "\n[[table]]\nrows = \"typology\"\ncolumns = \"tier\"\n"
         "\n[output]\n# folder = \"resultats\"\nformats = [\"carte\", \"rapport\", \"gpkg\", \"geojson\", \"csv-excel\", "
         "\"qgis\"]   # aussi : shapefile, flatgeobuf, csv, pmtiles\n";
}

void write_study(const Options& options, const Console& console) {
  if (std::filesystem::exists(options.output)) {
    if (!options.overwrite) {
      throw OutputError(
          Text{.french = fmt::format("{} existe déjà. Ajoutez --overwrite pour le remplacer, ou changez --output.",
                                     options.output),
               .english =
                   fmt::format("{} exists already. Add --overwrite to replace it, or change --output.", options.output)},
          OutputError::Kind::cannot_create);
    }
  }
  const std::string text = study_text(options);
  if (options.overwrite) {
    std::filesystem::remove(options.output);
  }
  CheckedFile file{options.output};
  file.write(text);
  file.close();
  console.print(console.in_language(
      {.french = fmt::format("Étude écrite : {0}. Ensuite : maillage check {0}, puis maillage run {0}", options.output),
       .english = fmt::format("Study written: {0}. Next: maillage check {0}, then maillage run {0}", options.output)}));
}

}  // namespace

Verb add_init(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  CLI::App* app =
      program.add_subcommand("init", french ? "Écrire un fichier d'étude commenté pour ces fichiers de structures"
                                            : "Write a commented study file for these files of structures");
  app->add_option("files", options->files, french ? "Fichiers de structures" : "Files of structures")->required();
  app->add_option("--output,-o", options->output, french ? "Fichier d'étude à écrire" : "Study file to write");
  app->add_flag("--overwrite", options->overwrite,
                french ? "Remplacer un fichier d'étude existant" : "Replace an existing study file");
  add_common_options(*app, common);
  app->footer(french ? "\nExemple :\n  maillage init lieux.csv -o etude.toml"
                     : "\nExample:\n  maillage init places.csv -o study.toml");
  return {.app = app, .run = [options](Console& console) { write_study(*options, console); }};
}

}  // namespace maillage
