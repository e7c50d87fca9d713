#include "adapters/cli/existing_files.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "engine/core/error.hpp"

namespace maillage {

void add_overwrite_option(CLI::App& verb, bool& overwrite, const Language language) {
  verb.add_flag("--overwrite", overwrite,
                language == Language::french ? "Remplacer les fichiers qui existent" : "Replace files that exist");
}

void refuse_existing(const std::vector<std::filesystem::path>& files) {
  for (const std::filesystem::path& file : files) {
    std::error_code unknown;  // what cannot be looked at is told when it is written
    if (std::filesystem::exists(std::filesystem::symlink_status(file, unknown))) {
      throw OutputError(
          Text{.french =
                   fmt::format("{} existe déjà. Ajoutez --overwrite pour le remplacer, ou changez --output.", file.string()),
               .english =
                   fmt::format("{} exists already. Add --overwrite to replace it, or change --output.", file.string())},
          OutputError::Kind::cannot_create);
    }
  }
}

}  // namespace maillage
