#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/file/file_mapping.hpp"
#include "adapters/mlg/network_bundle.hpp"
#include "engine/core/text.hpp"

namespace maillage {

/// Version of the layout that this program writes, and the only one it reads. A file of another version is built anew.
inline constexpr std::uint32_t kNetworkFileVersion = 1;

/// Writes a network file beside `path`, syncs it and puts it in the place of `path` in one step. Same bundle, same bytes.
/// \throws ArgumentError when the parts do not fit one another or a metric comes twice; OutputError.
/// Cost: O(size); no copy of the columns in memory.
void write_network_file(const std::filesystem::path& path, const NetworkBundle& bundle);

struct NetworkFileChecks {
  bool checksums = true;  ///< of every section: reads the whole file once
  bool indices = true;    ///< that no offset or index leaves its array; without it, only files of one's own are safe
  bool paths = false;     ///< validate_paths of the hierarchies of known metrics: for an audit
};

/// A network file in memory: the columns of the bundle view the mapped file, which lives as long as this object. Opening
/// costs checking only; pages are shared with other programs that map the file. Move only; `bundle()` moves along.
class MappedNetwork {
 public:
  /// \throws InputError: not a network file, of a newer or older version, cut short, damaged, or whose parts do not fit;
  /// each says how to build it anew.  Cost: O(size), on all threads
  explicit MappedNetwork(const std::filesystem::path& path, const NetworkFileChecks& checks = {});

  [[nodiscard]] const NetworkBundle& bundle() const { return bundle_; }
  [[nodiscard]] const RoadNetwork& network() const { return bundle_.network; }
  [[nodiscard]] const SearchGraph& graph() const { return bundle_.graph; }

 private:
  FileMapping mapping_;
  NetworkBundle bundle_;
};

/// One section of a network file.
struct NetworkSection {
  std::string name;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint32_t element_bytes = 0;
  std::uint64_t checksum = 0;
  friend bool operator==(const NetworkSection&, const NetworkSection&) = default;
};

/// What a network file says of itself.
struct NetworkFileSummary {
  NetworkMetadata metadata;
  std::string crs;
  std::string mode;
  std::vector<std::string> metrics;
  std::uint64_t file_bytes = 0;
  std::vector<NetworkSection> sections;
};

/// Reads the header, the table and the metadata, and checks these only. \throws InputError as MappedNetwork.
/// Cost: independent of the network's size.
[[nodiscard]] NetworkFileSummary read_network_summary(const std::filesystem::path& path);

/// Why a network file may not be reused for that origin (there is none, it is damaged or of another version, its source,
/// profile or settings changed), or nothing when it may. The source's name is no reason: its content is compared.
[[nodiscard]] std::optional<Text> why_rebuild(const std::filesystem::path& path, const NetworkOrigin& wanted);

}  // namespace maillage
