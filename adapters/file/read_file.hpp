#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace maillage {

/// Checks that a path names a regular file that may be read, and nothing that a library could take for something else: no
/// "/vsi" prefix, no address ("scheme://"), no inline document. \throws InputError naming the path and the way out
void require_readable_file(const std::filesystem::path& path);

/// The whole file. \throws InputError as above, or when it is larger than `most_bytes`
[[nodiscard]] std::string read_whole_file(const std::filesystem::path& path, std::size_t most_bytes = std::size_t{4} << 30U);

}  // namespace maillage
