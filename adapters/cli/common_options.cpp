#include "adapters/cli/common_options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>
#include <string_view>

namespace maillage {

void add_common_options(CLI::App& verb, CommonOptions& options) {
  const Language language = options.language;
  const auto say = [language](const char* french, const char* english) {
    return std::string{language == Language::french ? french : english};
  };
  verb.add_option("--threads", options.threads,
                  say("Nombre de fils d'exécution (0 : tous les cœurs)", "Number of threads (0: all cores)"))
      ->check(CLI::Range(0, 1024));
  verb.add_flag("--quiet", options.quiet, say("N'écrire que les erreurs", "Print errors only"));
  verb.add_flag("--log-json", options.log_json,
                say("Journal en JSON, une ligne par événement, sur la sortie d'erreur",
                    "Log as JSON, one line per event, on standard error"));
  add_language_option(verb, options);
}

void add_language_option(CLI::App& app, CommonOptions& options) {
  app.add_option("--language", options.language,
                 options.language == Language::french ? "Langue des textes : fr ou en" : "Language of the texts: fr or en")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, Language>{{"fr", Language::french}, {"en", Language::english}}));
}

void add_publish_options(CLI::App& verb, PublishOptions& options, const Language language) {
  const bool french = language == Language::french;
  verb.add_option("--output,-o", options.output, french ? "Dossier des résultats" : "Folder of the results");
  verb.add_flag("--overwrite", options.overwrite,
                french ? "Publier une nouvelle version dans un dossier qui a déjà des résultats"
                       : "Publish a new version into a folder that already holds results");
}

Language language_of(const int argument_count, const char* const* arguments) {
  for (int i = 1; i < argument_count; ++i) {
    const std::string_view argument{arguments[i]};
    const bool english = argument == "--language=en" ||
                         (argument == "--language" && i + 1 < argument_count && std::string_view{arguments[i + 1]} == "en");
    if (english) {
      return Language::english;
    }
  }
  return Language::french;
}

}  // namespace maillage
