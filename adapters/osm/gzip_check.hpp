#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace maillage {

/// What is wrong with a gzip file, in a few English words: cut short, a checksum that does not agree, bytes after the end.
/// Nothing when it is whole. Cost: one decompression, 200 kB of memory.
/// Source: RFC 1952.
[[nodiscard]] std::optional<std::string> find_gzip_fault(const std::filesystem::path& file);

}  // namespace maillage
