#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <clocale>
#include <csignal>
#include <new>

#include "adapters/cli/verb.hpp"
#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

/// sysexits.h's meanings; 124-127 and 137 stay free for timeout and the shell.
enum ExitCode : int {
  exit_done = 0,
  exit_usage = 64,
  exit_bad_data = 65,
  exit_no_input = 66,
  exit_internal = 70,
  exit_no_memory = 71,
  exit_cannot_create = 73,
  exit_write_failed = 74,
  exit_locked = 75,
  exit_bad_study = 78
};

void translate_labels(CLI::App& app) {
  auto formatter = std::make_shared<CLI::Formatter>();
  formatter->label("Usage", "Usage");
  formatter->label("OPTIONS", "[options]");
  formatter->label("SUBCOMMAND", "VERBE");
  formatter->label("Positionals", "Arguments");
  formatter->label("Options", "Options");
  formatter->label("Subcommands", "Verbes");
  formatter->label("TEXT", "TEXTE");
  formatter->label("UINT", "NOMBRE");
  formatter->label("INT", "NOMBRE");
  formatter->label("FLOAT", "NOMBRE");
  formatter->label("REQUIRED", "obligatoire");
  formatter->label("ENUM", "VALEUR");
  formatter->column_width(34);
  app.formatter(formatter);
}

/// Options and verbs a mistyped word may have meant.
std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      words.push_back("--" + name);
    }
  }
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    words.push_back(verb->get_name());
  }
  return words;
}

Text usage_error(const CLI::App& program, const CLI::ParseError& error) {
  std::string verb = "maillage";
  const CLI::App* deepest = &program;
  for (auto parsed = program.get_subcommands(); !parsed.empty(); parsed = deepest->get_subcommands()) {
    deepest = parsed.front();
    verb += " " + deepest->get_name();
  }
  const CLI::App& app = *deepest;
  const std::string help = verb + " --help";
  // What is left over tells of a misspelling, whatever the library complained of first.
  if (const auto extras = program.remaining(true); !extras.empty()) {
    const std::string word = extras.front().substr(0, extras.front().find('='));
    const auto near = closest_names(word, known_words(app), 1);
    return {.french = fmt::format("« {} » n'est pas attendu ici.{} Voir : {}", word,
                                  near.empty() ? "" : fmt::format(" Vouliez-vous dire « {} » ?", near.front()), help),
            .english = fmt::format("'{}' is not expected here.{} See: {}", word,
                                   near.empty() ? "" : fmt::format(" Did you mean '{}'?", near.front()), help)};
  }
  if (error.get_name() == "RequiredError") {
    return {.french = fmt::format("il manque un argument obligatoire ({}). Voir : {}", error.what(), help),
            .english = fmt::format("a required argument is missing ({}). See: {}", error.what(), help)};
  }
  return {.french = fmt::format("ligne de commande incorrecte ({}). Voir : {}", error.what(), help),
          .english = fmt::format("wrong command line ({}). See: {}", error.what(), help)};
}

int report(Console& console, const Text& message, const int code) {
  console.error(message, code);
  return code;
}

int run_verb(const Verb& verb, Console& console, const std::size_t threads) {
  const ThreadLimit limit{threads};
  try {
    verb.run(console);
    return exit_done;
  } catch (const InputError& error) {
    return report(console, error.message(), error.kind() == InputError::Kind::missing ? exit_no_input : exit_bad_data);
  } catch (const StudyError& error) {
    return report(console, error.message(), exit_bad_study);
  } catch (const OutputError& error) {
    return report(console, error.message(),
                  error.kind() == OutputError::Kind::cannot_create ? exit_cannot_create : exit_write_failed);
  } catch (const LockedError& error) {
    return report(console, error.message(), exit_locked);
  } catch (const std::bad_alloc&) {
    return report(console,
                  {.french = "mémoire insuffisante ; réduisez le territoire ou le nombre de structures.",
                   .english = "out of memory; reduce the territory or the number of structures."},
                  exit_no_memory);
  } catch (const std::exception& error) {
    return report(
        console,
        {.french = fmt::format("défaut interne : {}. Merci de le signaler avec la commande utilisée.", error.what()),
         .english = fmt::format("internal defect: {}. Please report it with the command used.", error.what())},
        exit_internal);
  }
}

int run_program(const int argument_count, char** arguments) {
  CommonOptions common;
  common.language = language_of(argument_count, arguments);
  const bool french = common.language == Language::french;
  CLI::App program{french ? "Maillage : qui est desservi, où sont les manques, sur tout un territoire."
                          : "Maillage: who is served and where the gaps are, over a whole territory.",
                   "maillage"};
  if (french) {
    translate_labels(program);
  }
  program.set_version_flag("--version", "maillage " MAILLAGE_VERSION);
  program.set_help_flag("--help,-h", french ? "Afficher cette aide" : "Show this help");
  program.require_subcommand(1);
  const std::vector<Verb> verbs{add_run(program, common),        add_check(program, common),   add_join(program, common),
                                add_cover(program, common),      add_network(program, common), add_times(program, common),
                                add_isochrones(program, common), add_info(program, common),    add_init(program, common)};
  try {
    program.parse(argument_count, arguments);
  } catch (const CLI::Success& success) {
    return program.exit(success);
  } catch (const CLI::ParseError& error) {
    Console console{common};
    return report(console, usage_error(program, error), exit_usage);
  }
  Console console{common};
  for (const Verb& verb : verbs) {
    if (verb.app->parsed()) {
      return run_verb(verb, console, common.threads);
    }
  }
  return exit_usage;
}

}  // namespace
}  // namespace maillage

int main(const int argument_count, char** arguments) {
  // A file-size limit must come back as a write error with a message, not as a signal.
  std::signal(SIGXFSZ, SIG_IGN);
  return maillage::run_program(argument_count, arguments);
}
