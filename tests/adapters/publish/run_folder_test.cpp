#include "adapters/publish/run_folder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

class RunFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    output_ = fs::path{testing::TempDir()} /
              ("runs_" + std::to_string(::getpid()) + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(output_);
  }
  void TearDown() override { fs::remove_all(output_); }

  [[nodiscard]] std::string published() const {
    std::ifstream file(output_ / "current" / "a.txt");
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  void run(const std::string& text) const {
    RunFolder folder{output_, {.overwrite = true, .keep_runs = 2}};
    std::ofstream(folder.staging() / "a.txt") << text;
    folder.publish();
  }

  fs::path output_;
};

TEST_F(RunFolderTest, ShowsNothingUntilPublished) {
  {
    RunFolder folder{output_, {}};
    std::ofstream(folder.staging() / "a.txt") << "half";
    EXPECT_FALSE(fs::exists(output_ / "current"));
  }
  EXPECT_FALSE(fs::exists(output_ / "current"));
  run("whole");
  EXPECT_EQ(published(), "whole");
}

TEST_F(RunFolderTest, KeepsThePublishedRunWhenANewOneFails) {
  run("first");
  { RunFolder folder{output_, {.overwrite = true}}; }
  EXPECT_EQ(published(), "first");
}

TEST_F(RunFolderTest, RefusesToReplaceUnlessAsked) {
  run("first");
  try {
    RunFolder folder{output_, {}};
    FAIL();
  } catch (const OutputError& error) {
    EXPECT_EQ(error.kind(), OutputError::Kind::cannot_create);
    EXPECT_NE(error.message().french.find("--overwrite"), std::string::npos);
  }
  EXPECT_EQ(published(), "first");
}

TEST_F(RunFolderTest, KeepsTheLastRunsOnly) {
  for (const char* text : {"1", "2", "3", "4"}) {
    run(text);
  }
  EXPECT_EQ(published(), "4");
  EXPECT_EQ(std::distance(fs::directory_iterator{output_ / "runs"}, fs::directory_iterator{}), 2);
}

TEST_F(RunFolderTest, AllowsOneRunAtATime) {
  RunFolder folder{output_, {}};
  EXPECT_THROW((RunFolder{output_, {}}), LockedError);
}

TEST_F(RunFolderTest, RemovesWhatAKilledRunLeft) {
  fs::create_directories(output_ / ".run-dead");
  fs::create_symlink("nowhere", output_ / ".current-dead");
  run("new");
  EXPECT_FALSE(fs::exists(output_ / ".run-dead"));
  EXPECT_FALSE(fs::exists(fs::symlink_status(output_ / ".current-dead")));
}

}  // namespace
}  // namespace maillage
