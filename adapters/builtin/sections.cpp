#include "adapters/builtin/sections.hpp"

#include <zstd.h>

#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include "adapters/builtin/byte_reader.hpp"

namespace maillage {

namespace {

constexpr std::string_view kMagic = "MAILLAGE";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 20;

std::uint32_t read_u32(const std::span<const std::byte> bytes, const std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
  }
  return value;
}

/// CRC-32 of ISO-HDLC (zlib's), polynomial 0xEDB88320.
std::uint32_t crc32(const std::span<const std::byte> bytes) {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    table[i] = i;
    for (int bit = 0; bit < 8; ++bit) {
      table[i] = (table[i] & 1U) != 0 ? 0xEDB88320U ^ (table[i] >> 1U) : table[i] >> 1U;
    }
  }
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const std::byte byte : bytes) {
    crc = table[(crc ^ std::to_integer<std::uint32_t>(byte)) & 255U] ^ (crc >> 8U);
  }
  return ~crc;
}

}  // namespace

std::vector<std::byte> decompress(const Section& section) {
  std::vector<std::byte> bytes(section.size);
  const std::size_t result = ZSTD_decompress(bytes.data(), bytes.size(), section.packed.data(), section.packed.size());
  if (ZSTD_isError(result) != 0U || result != section.size) {
    throw_damaged("zstd");
  }
  return bytes;
}

std::vector<Section> split_sections(const std::span<const std::byte> bytes) {
  if (bytes.size() < kHeaderBytes + 4 || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) {
    throw_damaged("header");
  }
  if (read_u32(bytes, 8) != kVersion) {
    throw_damaged("format version " + std::to_string(read_u32(bytes, 8)) + ", not " + std::to_string(kVersion));
  }
  const std::span<const std::byte> body = bytes.subspan(kHeaderBytes);
  if (read_u32(bytes, 12) != body.size() || read_u32(bytes, 16) != crc32(body)) {
    throw_damaged("checksum");
  }
  const std::size_t count = read_u32(body, 0);
  if (count == 0 || count > (body.size() - 4) / 8) {
    throw_damaged("sections");
  }
  std::vector<Section> sections(count);
  std::size_t at = 4 + 8 * count;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t packed = read_u32(body, 8 + 8 * i);
    sections[i].size = read_u32(body, 4 + 8 * i);
    if (packed > body.size() - at || sections[i].size > kLargestSection) {
      throw_damaged("section " + std::to_string(i));
    }
    sections[i].packed = body.subspan(at, packed);
    at += packed;
  }
  return sections;
}

}  // namespace maillage
