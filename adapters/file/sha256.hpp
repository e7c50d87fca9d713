#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace maillage {

/// SHA-256 of a file in lower-case hexadecimal, read in blocks. \throws InputError when it cannot be read
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& path);
[[nodiscard]] std::string sha256_of_bytes(std::string_view bytes);

}  // namespace maillage
