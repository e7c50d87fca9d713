#pragma once

#include <filesystem>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// What a file of the official geographic code is.
enum class OfficialFile {
  other,                ///< none of these
  etalab_communes,      ///< communes.json, or the communes of geo.api.gouv.fr
  etalab_epci,          ///< epci.json
  etalab_departements,  ///< departements.json
  etalab_regions,       ///< regions.json
  insee_movements,      ///< v_mvtcommune_*.csv
  insee_history         ///< historiq*.txt
};

/// Tells the kind of a file from its first few kilobytes.
[[nodiscard]] OfficialFile detect_official_file(std::string_view beginning);

/// Reads any of these files; `name` is what notes and messages call it.
/// \throws InputError if the text is none of them or cannot be parsed
[[nodiscard]] Reading<TerritorySource> parse_official_file(std::string_view text, const std::string& name);

/// The same from a file.
/// \throws InputError if it cannot be read or is none of them
[[nodiscard]] Reading<TerritorySource> read_official_file(const std::filesystem::path& file);

}  // namespace maillage
