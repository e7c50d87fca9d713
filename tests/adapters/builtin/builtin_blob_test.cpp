#include "adapters/builtin/builtin_blob.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <numeric>

#include "adapters/builtin/byte_reader.hpp"
#include "engine/core/error.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

std::vector<std::byte> file_bytes() {
  std::ifstream file{MAILLAGE_SOURCE_DIR "/adapters/builtin/france.bin", std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  std::vector<std::byte> bytes(text.size());
  std::ranges::transform(text, bytes.begin(), [](const char c) { return static_cast<std::byte>(c); });
  return bytes;
}

std::uint32_t crc32_bit_by_bit(const std::span<const std::byte> bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const std::byte byte : bytes) {
    crc ^= std::to_integer<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xEDB88320U : crc >> 1U;
    }
  }
  return ~crc;
}

/// Makes the checksum fit, so that damage reaches what lies behind it.
void seal(std::vector<std::byte>& bytes) {
  const std::uint32_t crc = crc32_bit_by_bit(std::span{bytes}.subspan(20));
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[16 + i] = static_cast<std::byte>(crc >> (8 * i));
  }
}

std::vector<std::size_t> first_communes(const std::size_t count) {
  std::vector<std::size_t> communes(count);
  std::iota(communes.begin(), communes.end(), 0U);
  return communes;
}

TEST(BuiltinBlob, OpensFromAnyBytes) {
  const std::vector<std::byte> bytes = file_bytes();
  const BuiltinFrance france = open_builtin_france(bytes);
  EXPECT_EQ(france.records.size(), 34'875U);
  EXPECT_EQ(decode_contours(france, first_communes(10)).areas(), 10U);
  EXPECT_EQ(decode_contours(france, {}).areas(), 0U);
  const std::vector<std::size_t> beyond{france.records.size()};
  EXPECT_THROW((void)decode_contours(france, beyond), ArgumentError);
}

TEST(BuiltinBlob, RefusesCutBytes) {
  const std::vector<std::byte> bytes = file_bytes();
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, std::size_t{20}, std::size_t{23}, std::size_t{900}, bytes.size() - 1}) {
    EXPECT_THROW((void)open_builtin_france(std::span{bytes}.first(size)), InputError) << size;
  }
}

TEST(BuiltinBlob, RefusesAnotherVersionAndSaysSo) {
  std::vector<std::byte> bytes = file_bytes();
  bytes[8] = std::byte{2};
  try {
    (void)open_builtin_france(bytes);
    FAIL() << "not refused";
  } catch (const InputError& error) {
    EXPECT_NE(error.message().english.find("version 2"), std::string::npos) << error.message().english;
    EXPECT_NE(error.message().french.find("réinstallez"), std::string::npos);
  }
}

TEST(BuiltinBlob, RefusesAnyChangedByte) {
  std::vector<std::byte> bytes = file_bytes();
  for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 12) {
    bytes[at] ^= std::byte{0x10};
    EXPECT_THROW((void)open_builtin_france(bytes), InputError) << at;
    bytes[at] ^= std::byte{0x10};
  }
}

/// Damage behind a right checksum: an error or other data, never a crash (run under the sanitizers).
TEST(BuiltinBlob, SurvivesDamageThatTheChecksumDoesNotShow) {
  const std::vector<std::byte> bytes = file_bytes();
  std::uint64_t state = 1;
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<std::byte> damaged(bytes.begin(), bytes.end());
    for (int change = 0; change < 3; ++change) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      // Half of the damage in the table of sections and the tables, where it matters most.
      const std::size_t range = trial % 2 == 0 ? 2'000 : bytes.size() - 20;
      damaged[20 + (state >> 33U) % range] = static_cast<std::byte>(state >> 20U);
    }
    seal(damaged);
    try {
      const BuiltinFrance france = open_builtin_france(damaged);
      (void)decode_contours(france, first_communes(std::min<std::size_t>(3'000, france.records.size())));
    } catch (const InputError&) {
      SUCCEED();
    }
  }
}

TEST(ByteReader, ReadsNumbersAndRefusesTheEnd) {
  const std::array<std::byte, 6> bytes{std::byte{0xAC}, std::byte{0x02}, std::byte{3},
                                       std::byte{2},    std::byte{'a'},  std::byte{'b'}};
  ByteReader reader{bytes};
  EXPECT_EQ(reader.number(), 300U);
  EXPECT_EQ(reader.signed_number(), -2);
  EXPECT_EQ(reader.text(), "ab");
  EXPECT_TRUE(reader.at_end());
  EXPECT_THROW((void)reader.byte(), InputError);
  EXPECT_THROW((void)reader.number(), InputError);
}

TEST(ByteReader, RefusesCountsThatCannotBe) {
  const std::array<std::byte, 3> bytes{std::byte{100}, std::byte{1}, std::byte{1}};
  EXPECT_THROW((void)ByteReader{bytes}.count(), InputError);
  EXPECT_THROW((void)ByteReader{bytes}.below(100), InputError);
  EXPECT_EQ(ByteReader{bytes}.below(101), 100U);
  EXPECT_THROW((void)ByteReader{bytes}.text(), InputError);
  const std::vector<std::byte> endless(20, std::byte{0xFF});
  EXPECT_THROW((void)ByteReader{endless}.number(), InputError);
}

}  // namespace
}  // namespace maillage
