#pragma once

#include <memory>
#include <string>

#include "engine/core/text.hpp"

namespace CLI {
class App;
class FormatterBase;
class ParseError;
}  // namespace CLI

namespace maillage {

/// Writes --help in one language: what an option takes, in words a planner knows.
[[nodiscard]] std::shared_ptr<CLI::FormatterBase> help_formatter(Language language);

/// What is wrong with a command line: the word or option at fault, the value found, what was expected, where help is.
[[nodiscard]] Text usage_error(const CLI::App& program, const CLI::ParseError& error);

}  // namespace maillage
