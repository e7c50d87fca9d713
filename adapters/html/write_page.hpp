#pragma once

#include <filesystem>
#include <string>

#include "adapters/html/page_sources.hpp"

namespace maillage {

/// The whole page as one HTML document: skeleton, style, script and data, nothing else is loaded from anywhere. Its content
/// security policy lets that one style and that one script in, by their hashes, and no request out. Same sources, same
/// bytes.
/// \throws ArgumentError as make_page_data
[[nodiscard]] std::string page_html(const PageSources& sources);

/// Writes it and reads it back. \throws OutputError
void write_page(const std::filesystem::path& file, const PageSources& sources);

}  // namespace maillage
