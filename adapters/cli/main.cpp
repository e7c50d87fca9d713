#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <clocale>
#include <csignal>
#include <new>

#include "adapters/cli/help_text.hpp"
#include "adapters/cli/verb.hpp"
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
  program.formatter(help_formatter(common.language));
  program.set_version_flag("--version", "maillage " MAILLAGE_VERSION, french ? "Afficher la version" : "Show the version");
  program.set_help_flag("--help,-h", french ? "Afficher cette aide" : "Show this help");
  program.require_subcommand(1);
  add_language_option(program, common);
  const std::vector<Verb> verbs{add_run(program, common),     add_check(program, common),  add_join(program, common),
                                add_cover(program, common),   add_access(program, common), add_continuity(program, common),
                                add_network(program, common), add_times(program, common),  add_isochrones(program, common),
                                add_audit(program, common),   add_survey(program, common), add_map(program, common),
                                add_report(program, common),  add_info(program, common),   add_init(program, common)};
  for (const Verb& verb : verbs) {
    verb.app->group(french ? "Verbes" : "Verbs");
    for (CLI::App* part : verb.app->get_subcommands([](const CLI::App*) { return true; })) {
      part->group(french ? "Verbes" : "Verbs");
    }
  }
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
