#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace maillage {

/// A file read or written by a run.
struct ManifestFile {
  std::string path;  ///< inputs: as the study names it; outputs: relative to the run's folder
  std::string role;  ///< "structures", "contours"... or the layer's name
  std::string sha256;
  std::int64_t bytes = 0;
  std::int64_t rows = 0;
  std::vector<std::pair<std::string, std::int64_t>> vintages;  ///< inputs: (year of the information, rows); empty: not told
};

/// What made a set of results, so that it can be made again and checked: no time of day, no path of the machine but the
/// inputs'.
struct Manifest {
  std::string version;                                         ///< of the program
  std::vector<std::pair<std::string, std::string>> libraries;  ///< (name, version)
  std::string title;
  std::vector<std::pair<std::string, std::string>> parameters;  ///< (key, value) as used, defaults included
  std::vector<std::pair<std::string, std::string>>
      builtin_data;  ///< vintage, producers, licence, source of the built-in France
  std::vector<ManifestFile> inputs;
  std::vector<ManifestFile> outputs;  ///< by path
};

/// JSON with sorted keys.
[[nodiscard]] std::string manifest_json(const Manifest& manifest);

}  // namespace maillage
