#pragma once

#include <filesystem>
#include <vector>

#include "engine/core/text.hpp"

namespace CLI {
class App;
}

namespace maillage {

/// Declares --overwrite on a verb that writes files of its own.
void add_overwrite_option(CLI::App& verb, bool& overwrite, Language language);

/// Before anything is computed: stops where a file stands that the verb would write.
/// \throws OutputError naming the first, and --overwrite
void refuse_existing(const std::vector<std::filesystem::path>& files);

}  // namespace maillage
