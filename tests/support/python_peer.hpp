#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace maillage::test {

/// The Python that has the packages of tests/peers.txt: MAILLAGE_PEERS_PYTHON, else that of ./run-tests; empty: none.
inline std::string peers_python() {
  if (const char* set = std::getenv("MAILLAGE_PEERS_PYTHON"); set != nullptr) {
    return set;
  }
  const std::string made = MAILLAGE_SOURCE_DIR "/build/test-data/peers/bin/python";
  return std::filesystem::exists(made) ? made : std::string{};
}

/// Lines that a script of the tests (path below tests/) prints.
inline std::vector<std::string> peer_lines(const std::string& script, const std::string& arguments = {}) {
  const std::string out = std::string{testing::TempDir()} + "/" +
                          testing::UnitTest::GetInstance()->current_test_info()->name() + ".peer";
  const std::string command =
      "'" + peers_python() + "' '" MAILLAGE_SOURCE_DIR "/tests/" + script + "' " + arguments + " > '" + out + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  std::vector<std::string> lines;
  std::ifstream answers(out);
  for (std::string line; std::getline(answers, line);) {
    lines.push_back(line);
  }
  std::filesystem::remove(out);
  return lines;
}

inline constexpr const char* kNoPeers = "no Python packages to compare with: ./run-tests fetches those of tests/peers.txt";

}  // namespace maillage::test
