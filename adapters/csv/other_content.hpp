#pragma once

#include <string>
#include <string_view>

namespace maillage {

/// Refuses bytes that the name only makes a CSV of: spreadsheet, archive, PDF, database. The message says what it is and
/// what to do. \throws InputError
void refuse_binary_content(std::string_view bytes, const std::string& source);

/// The same for text in UTF-8: JSON, GeoJSON, a page, or a text with NUL bytes.
/// \throws InputError. Cost: O(bytes), for the NUL bytes
void refuse_other_text(std::string_view text, const std::string& source);

}  // namespace maillage
