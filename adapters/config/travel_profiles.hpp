#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/network/travel_profile.hpp"

namespace maillage {

/// The profiles inside the program: "car", "bicycle", "foot".
[[nodiscard]] const std::vector<std::string>& builtin_profile_names();

/// The commented TOML text of one of them, for a planner to copy and change. \throws StudyError that lists the names and
/// the closest one
[[nodiscard]] std::string_view builtin_profile_text(const std::string& name);

/// One of them, read. \throws StudyError as above
[[nodiscard]] TravelProfile builtin_travel_profile(const std::string& name);

/// A profile from TOML text. Every key is checked: unknown ones, road classes that do not exist, speeds out of (0, 300],
/// open classes without a speed. \throws StudyError naming `file`, line and key, with the closest name
[[nodiscard]] TravelProfile parse_travel_profile(std::string_view toml, const std::string& file);

/// The same from a file. \throws StudyError; InputError when the file cannot be read
[[nodiscard]] TravelProfile read_travel_profile(const std::filesystem::path& file);

}  // namespace maillage
