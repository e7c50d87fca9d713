#include "adapters/publish/run_folder.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& action_french, const std::string& action_english, const fs::path& path,
                       const std::string& reason, const OutputError::Kind kind) {
  throw OutputError(
      Text{.french = fmt::format("{} : {} ({}). Vérifiez les droits et la place sur le disque.", path.string(),
                                 action_french, reason),
           .english = fmt::format("{}: {} ({}). Check permissions and free space.", path.string(), action_english, reason)},
      kind);
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error || !fs::is_directory(path)) {
    fail("dossier impossible à créer", "folder cannot be created", path, error ? error.message() : "not a directory",
         OutputError::Kind::cannot_create);
  }
}

void sync(const fs::path& path, const int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) {
    fail("ouverture impossible", "cannot be opened", path, std::strerror(errno), OutputError::Kind::write_failed);
  }
  const bool failed = ::fsync(descriptor) != 0;
  const int reason = errno;
  ::close(descriptor);
  if (failed) {
    fail("écriture non confirmée par le disque", "write not confirmed by the disk", path, std::strerror(reason),
         OutputError::Kind::write_failed);
  }
}

void sync_tree(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      sync(entry.path(), O_RDONLY);
    } else if (entry.is_directory()) {
      sync(entry.path(), O_RDONLY | O_DIRECTORY);
    }
  }
  sync(folder, O_RDONLY | O_DIRECTORY);
}

/// Sorts by name in time order; the process number keeps two runs of one second apart.
std::string run_id() {
  const std::time_t now = std::time(nullptr);
  return fmt::format("{:%Y%m%d-%H%M%S}-{}", fmt::gmtime(now), ::getpid());
}

}  // namespace

RunFolder::RunFolder(const fs::path& output, const Options& options) : output_(output), options_(options), id_(run_id()) {
  make_folder(output_ / "runs");
  const fs::path lock_file = output_ / ".lock";
  lock_ = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (lock_ < 0) {
    fail("dossier non inscriptible", "folder not writable", lock_file, std::strerror(errno),
         OutputError::Kind::cannot_create);
  }
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock_);
    throw LockedError(
        Text{.french =
                 fmt::format("{} : un autre calcul écrit déjà dans ce dossier ; attendez sa fin ou changez [output] folder.",
                             output_.string()),
             .english = fmt::format("{}: another run is already writing there; wait for it or change [output] folder.",
                                    output_.string())});
  }
  if (!options_.overwrite && fs::exists(fs::symlink_status(output_ / "current"))) {
    ::close(lock_);
    throw OutputError(
        Text{.french = fmt::format("{} contient déjà des résultats. Ajoutez --overwrite pour publier une nouvelle version "
                                   "(les précédentes restent dans runs/), ou changez --output.",
                                   output_.string()),
             .english = fmt::format("{} already holds results. Add --overwrite to publish a new version (former ones stay "
                                    "in runs/), or change --output.",
                                    output_.string())},
        OutputError::Kind::cannot_create);
  }
  remove_debris();
  for (int attempt = 2; fs::exists(output_ / "runs" / id_); ++attempt) {
    id_ = fmt::format("{}-{}", run_id(), attempt);
  }
  staging_ = output_ / (".run-" + id_);
  make_folder(staging_);
}

RunFolder::~RunFolder() {
  std::error_code ignored;  // a destructor has no one to tell; the next run removes what is left
  if (!published_) {
    fs::remove_all(staging_, ignored);
  }
  ::close(lock_);
}

void RunFolder::remove_debris() const {
  std::vector<fs::path> debris;
  for (const auto& entry : fs::directory_iterator(output_)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".run-") || name.starts_with(".current-")) {
      debris.push_back(entry.path());
    }
  }
  for (const fs::path& path : debris) {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) {
      fail("reste d'un calcul interrompu impossible à supprimer", "leftover of an interrupted run cannot be removed", path,
           error.message(), OutputError::Kind::cannot_create);
    }
  }
}

fs::path RunFolder::publish() {
  sync_tree(staging_);
  const fs::path final_folder = output_ / "runs" / id_;
  const fs::path link = output_ / (".current-" + id_);
  const fs::path current = output_ / "current";
  std::error_code error;
  fs::rename(staging_, final_folder, error);
  if (error) {
    fail("mise en place impossible", "cannot be put in place", final_folder, error.message(),
         OutputError::Kind::write_failed);
  }
  published_ = true;
  sync(output_ / "runs", O_RDONLY | O_DIRECTORY);
  fs::create_directory_symlink(fs::path{"runs"} / id_, link, error);
  if (!error) {
    fs::rename(link, current, error);
  }
  if (error) {
    fail("lien « current » impossible à poser", "link 'current' cannot be set", current, error.message(),
         OutputError::Kind::write_failed);
  }
  sync(output_, O_RDONLY | O_DIRECTORY);
  drop_old_runs();
  return current;
}

void RunFolder::drop_old_runs() const {
  std::vector<std::string> runs;
  for (const auto& entry : fs::directory_iterator(output_ / "runs")) {
    if (entry.path().filename().string() != id_) {
      runs.push_back(entry.path().filename().string());
    }
  }
  std::sort(runs.begin(), runs.end(), std::greater<>{});
  for (std::size_t i = options_.keep_runs - 1; i < runs.size(); ++i) {
    std::error_code ignored;  // an old run that cannot be removed harms nobody
    fs::remove_all(output_ / "runs" / runs[i], ignored);
  }
}

}  // namespace maillage
