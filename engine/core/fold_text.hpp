#pragma once

#include <string>
#include <string_view>

namespace maillage {

/// Text as a French reader compares it: lower case, without accents, every run of anything but letters and digits one space,
/// none at the ends; "œ" is "oe". "Médiathèque d'Anzin" becomes "mediatheque d anzin". Letters of other alphabets are kept
/// as they are; invalid UTF-8 bytes count as spaces. Cost: O(length).
[[nodiscard]] std::string fold_text(std::string_view utf8);

/// The same without any space: how column names are compared. "Code INSEE_commune" becomes "codeinseecommune".
[[nodiscard]] std::string fold_column_name(std::string_view utf8);

}  // namespace maillage
