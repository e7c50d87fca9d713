#pragma once

#include <functional>

#include "adapters/cli/common_options.hpp"
#include "adapters/cli/console.hpp"

namespace CLI {
class App;
}

namespace maillage {

/// One verb of the program: its part of the command line, and what it does once that is parsed.
struct Verb {
  CLI::App* app = nullptr;
  std::function<void(Console&)> run;
};

/// Each declares its verb on the program. Declaring opens no file; `run` does the work.
[[nodiscard]] Verb add_run(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_check(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_join(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_cover(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_access(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_continuity(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_network(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_times(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_isochrones(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_audit(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_survey(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_map(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_report(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_info(CLI::App& program, CommonOptions& common);
[[nodiscard]] Verb add_init(CLI::App& program, CommonOptions& common);

}  // namespace maillage
