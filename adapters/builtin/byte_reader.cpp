#include "adapters/builtin/byte_reader.hpp"

#include "engine/core/error.hpp"

namespace maillage {

void throw_damaged(const std::string& where) {
  throw InputError(Text{.french = "communes intégrées : données illisibles (" + where + ") ; réinstallez Maillage",
                        .english = "built-in communes: unreadable data (" + where + "); install Maillage again"});
}

std::uint8_t ByteReader::byte() {
  if (at_end()) {
    throw_damaged("end of section");
  }
  return std::to_integer<std::uint8_t>(bytes_[at_++]);
}

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 63; shift += 7) {
    const std::uint8_t next = byte();
    value |= static_cast<std::uint64_t>(next & 127U) << shift;
    if (next < 128) {
      return value;
    }
  }
  throw_damaged("number over 63 bits");
}

std::int64_t ByteReader::signed_number() {
  const std::uint64_t value = number();
  const auto half = static_cast<std::int64_t>(value >> 1U);
  return (value & 1U) != 0 ? -half - 1 : half;
}

std::size_t ByteReader::count() {
  const std::uint64_t value = number();
  if (value > bytes_.size() - at_) {
    throw_damaged("count");
  }
  return value;
}

std::size_t ByteReader::below(const std::size_t limit) {
  const std::uint64_t value = number();
  if (value >= limit) {
    throw_damaged("position");
  }
  return value;
}

std::string ByteReader::text() {
  return text(count());
}

std::string ByteReader::text(const std::size_t length) {
  if (length > bytes_.size() - at_) {
    throw_damaged("text");
  }
  std::string value(length, '\0');
  for (char& character : value) {
    character = std::to_integer<char>(bytes_[at_++]);
  }
  return value;
}

}  // namespace maillage
