#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "engine/survey/response_rates.hpp"

namespace maillage {

/// Known numbers of those asked, by attribute: a CSV of attribute (or variable), category (or modalite) and count (or
/// interroges), one row each. \throws InputError naming file and line
[[nodiscard]] std::map<std::string, FrameCounts> read_frame_counts(const std::filesystem::path& file);

}  // namespace maillage
