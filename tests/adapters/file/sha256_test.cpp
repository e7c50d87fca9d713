#include "adapters/file/sha256.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

// FIPS 180-2, appendix B.1; and the sum of nothing.
constexpr const char* kSumOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kSumOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Sha256, SumsBytesAndFiles) {
  EXPECT_EQ(sha256_of_bytes("abc"), kSumOfAbc);
  const auto file = std::filesystem::temp_directory_path() / ("maillage-sha256-" + std::to_string(::getpid()));
  std::ofstream{file} << "abc";
  EXPECT_EQ(sha256_of_file(file), kSumOfAbc);
  std::ofstream{file, std::ios::trunc};
  EXPECT_EQ(sha256_of_file(file), kSumOfNothing);
  std::ofstream{file, std::ios::trunc} << std::string(std::size_t{3} << 20U, 'x');  // a whole number of blocks
  EXPECT_EQ(sha256_of_file(file), sha256_of_bytes(std::string(std::size_t{3} << 20U, 'x')));
  std::filesystem::remove(file);
}

TEST(Sha256, SaysThatAFileCouldNotBeReadToItsEnd) {
  // A regular file, open to us, whose first page can never be read (EIO).
  const std::filesystem::path unreadable = "/proc/self/mem";
  if (!std::filesystem::is_regular_file(unreadable)) {
    GTEST_SKIP() << "no /proc here";
  }
  try {
    static_cast<void>(sha256_of_file(unreadable));
    FAIL() << "a sum of what could not be read";
  } catch (const InputError& error) {
    EXPECT_NE(error.message().french.find("/proc/self/mem"), std::string::npos);
    EXPECT_NE(error.message().english.find("/proc/self/mem"), std::string::npos);
  }
}

}  // namespace
}  // namespace maillage
