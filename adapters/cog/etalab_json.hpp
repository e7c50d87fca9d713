#pragma once

#include <string>
#include <string_view>

#include "adapters/cog/official_file.hpp"

namespace maillage {

/// Kind of an array of JSON objects, from its beginning only.
[[nodiscard]] OfficialFile detect_etalab_json(std::string_view beginning);

/// Reads one of Etalab's arrays. Rejections: invalid_commune_code, invalid_code, not_an_object.
/// \param kind  as detect_etalab_json says
/// \throws InputError if the text is not valid JSON
[[nodiscard]] Reading<TerritorySource> parse_etalab_json(std::string_view text, OfficialFile kind, const std::string& name);

}  // namespace maillage
