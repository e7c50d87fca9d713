#pragma once

#include <string>
#include <string_view>

namespace maillage {

/// A zip archive that holds one file, in memory; the same bytes for the same text, dated 1 January 2000.
/// \throws OutputError when it cannot be made
[[nodiscard]] std::string zip_archive(const std::string& name, std::string_view text);

}  // namespace maillage
