#pragma once

#include <cstddef>
#include <string>

#include "engine/core/text.hpp"

namespace CLI {
class App;
}

namespace maillage {

/// Options that every verb understands.
struct CommonOptions {
  Language language = Language::french;
  std::size_t threads = 0;  ///< 0: all the machine has
  bool quiet = false;
  bool log_json = false;
};

/// Options of the verbs that publish results.
struct PublishOptions {
  std::string output;  ///< folder; empty: what the study says
  bool overwrite = false;
};

/// Declares --threads, --quiet, --log-json and --language on a verb.
void add_common_options(CLI::App& verb, CommonOptions& options);
/// Declares --language alone, on the program itself: it may stand before the verb.
void add_language_option(CLI::App& app, CommonOptions& options);
/// Declares --output and --overwrite on a verb.
void add_publish_options(CLI::App& verb, PublishOptions& options, Language language);

/// The language asked for anywhere on the command line (--language en, --language=en), before it is parsed: help texts and
/// parse errors depend on it. French when nothing is said.
[[nodiscard]] Language language_of(int argument_count, const char* const* arguments);

}  // namespace maillage
