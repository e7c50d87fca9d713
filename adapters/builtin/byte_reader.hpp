#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace maillage {

/// Reads the numbers and texts of a decompressed section from its start; every read is checked against the end.
class ByteReader {
 public:
  explicit ByteReader(const std::span<const std::byte> bytes) : bytes_(bytes) {}

  /// Unsigned LEB128. \throws InputError past the end or over 64 bits.
  [[nodiscard]] std::uint64_t number();
  /// Zigzag-coded LEB128. \throws InputError
  [[nodiscard]] std::int64_t signed_number();
  /// A count of things that take at least one byte each: refused when the rest is too short for them. \throws InputError
  [[nodiscard]] std::size_t count();
  /// A number below `limit`. \throws InputError
  [[nodiscard]] std::size_t below(std::size_t limit);
  /// A text preceded by its length. \throws InputError
  [[nodiscard]] std::string text();
  /// A text of known length. \throws InputError
  [[nodiscard]] std::string text(std::size_t length);
  /// \throws InputError
  [[nodiscard]] std::uint8_t byte();
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

/// \throws InputError: the built-in communes are damaged; `where` says what was being read.
[[noreturn]] void throw_damaged(const std::string& where);

}  // namespace maillage
