#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace maillage {

/// A new file whose every write is checked. It must not exist before; it is removed again unless close() was reached.
/// Not for use by several threads.
class CheckedFile {
 public:
  /// \throws OutputError(cannot_create) when the file exists already or cannot be made
  explicit CheckedFile(std::filesystem::path path);
  ~CheckedFile();
  CheckedFile(const CheckedFile&) = delete;
  CheckedFile& operator=(const CheckedFile&) = delete;

  /// Buffered. \throws OutputError(write_failed), with the reason the system gives (disk full...)
  void write(std::string_view bytes);
  /// Writes what is buffered, syncs and closes. \throws OutputError(write_failed)
  void close();

 private:
  void flush();
  [[noreturn]] void fail(int error) const;

  std::filesystem::path path_;
  std::string buffer_;
  int descriptor_ = -1;
};

}  // namespace maillage
