#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace maillage {

/// The folder of one run, invisible until it is whole.
///
/// Layout of an output folder: `runs/<id>/` holds the files of each published run, `current` is a symbolic link to the
/// latest, `.lock` keeps two runs apart, `.run-<id>/` is a run being written. A run that is killed or fails leaves `current`
/// as it was; what it left behind is removed by the next run. Files and folders are synced before the link is switched by
/// one rename(2).
class RunFolder {
 public:
  struct Options {
    bool overwrite = false;     ///< replace an already published run; otherwise that is an error
    std::size_t keep_runs = 3;  ///< published runs kept, the new one included
  };

  /// Takes the lock and makes the staging folder. \throws OutputError when the folder cannot be made, LockedError when
  /// another run holds it, OutputError(cannot_create) when results are there already and overwriting was not allowed.
  RunFolder(const std::filesystem::path& output, const Options& options);
  /// Removes the staging folder if publish() was not reached.
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  /// Where the run writes its files.
  [[nodiscard]] const std::filesystem::path& staging() const { return staging_; }
  /// Syncs everything, makes the run visible in one step, drops the oldest runs. Returns the path of `current`.
  std::filesystem::path publish();

 private:
  void remove_debris() const;
  void drop_old_runs() const;

  std::filesystem::path output_;
  Options options_;
  std::string id_;
  std::filesystem::path staging_;
  int lock_ = -1;
  bool published_ = false;
};

}  // namespace maillage
