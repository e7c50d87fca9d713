#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/survey/publication_audit.hpp"

namespace maillage {

/// Published figures for `maillage audit`, from TOML: tables [[rates]], [[question]], [[share]], [[union]], [[cross_table]].
/// Percentages of a table have as many decimals as its `decimals` says, or as its most precise figure shows.
/// \throws StudyError naming the line, InputError when the file cannot be read
[[nodiscard]] PublishedStudy read_publication(const std::filesystem::path& file);
[[nodiscard]] PublishedStudy parse_publication(std::string_view toml, const std::string& file);

}  // namespace maillage
