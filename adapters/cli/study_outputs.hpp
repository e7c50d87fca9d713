#pragma once

#include <filesystem>

#include "adapters/cli/common_options.hpp"
#include "adapters/cli/study_results.hpp"

namespace maillage {

/// Writes every layer in every format asked for, the tables, the quality report and the manifest; re-reads them; makes them
/// visible in one step. Returns the folder to open. \throws OutputError, LockedError; then nothing published has changed.
std::filesystem::path publish_results(const Study& study, const StudyInputs& inputs, const StudyResults& results,
                                      const PublishOptions& options, Console& console);

/// The one way from a study to its published results: read, compute, publish, say.
void run_study(const Study& study, const PublishOptions& options, Console& console);

}  // namespace maillage
