#pragma once

#include <memory>
#include <string>

#include "adapters/cli/common_options.hpp"
#include "engine/core/progress.hpp"
#include "engine/core/text.hpp"

namespace spdlog {
class logger;
}

namespace maillage {

/// Where the program speaks: results on standard output, what goes on and what is wrong on standard error, in the language
/// asked for, as text or as one JSON line per event.
class Console {
 public:
  explicit Console(const CommonOptions& options);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  [[nodiscard]] Language language() const { return options_.language; }
  [[nodiscard]] const std::string& in_language(const Text& text) const { return text.in(options_.language); }

  /// A line of results; silent with --quiet.
  void print(const std::string& line) const;
  /// What the program does now.
  void step(const Text& text);
  /// Something a user should look at.
  void warn(const Text& text);
  /// Why the run stops.
  void error(const Text& text, int exit_code);
  /// A bar on a terminal, nothing elsewhere.
  [[nodiscard]] Progress progress();

 private:
  void clear_bar();

  CommonOptions options_;
  std::shared_ptr<spdlog::logger> log_;
  bool terminal_;
  bool bar_shown_ = false;
};

}  // namespace maillage
