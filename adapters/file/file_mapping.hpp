#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace maillage {

/// A whole file seen as memory, read-only, without being read: pages come as they are touched, and several programs share
/// them. Files of ours are replaced in one step (replace_file) and never written in place, so a mapping keeps showing the
/// file that was opened; if another program cuts that very file short meanwhile, the system ends the program (SIGBUS).
/// Move only.
class FileMapping {
 public:
  /// \throws InputError as require_readable_file, or when the file cannot be mapped
  explicit FileMapping(const std::filesystem::path& path);
  ~FileMapping();
  FileMapping(FileMapping&& other) noexcept;
  FileMapping& operator=(FileMapping&& other) noexcept;
  FileMapping(const FileMapping&) = delete;
  FileMapping& operator=(const FileMapping&) = delete;

  /// Starts at a page, hence aligned for every type. Empty for an empty file.
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  void unmap() noexcept;
  std::span<const std::byte> bytes_;
};

}  // namespace maillage
