#include "adapters/mlg/network_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <set>
#include <span>
#include <string_view>

#include "adapters/mlg/network_layout.hpp"
#include "engine/core/error.hpp"
#include "engine/network/validate_search.hpp"

namespace maillage {
namespace {

using mlg::SectionEntry;
using Bytes = std::span<const std::byte>;

[[noreturn]] void refuse(const std::filesystem::path& path, const Text& why) {
  throw InputError(Text{.french = fmt::format("{} : {} ; reconstruisez-le : maillage network build SOURCE --mode MODE -o {}",
                                              path.string(), why.french, path.filename().string()),
                        .english = fmt::format("{}: {}; build it anew: maillage network build SOURCE --mode MODE -o {}",
                                               path.string(), why.english, path.filename().string())});
}

[[noreturn]] void refuse_damaged(const std::filesystem::path& path, const std::string_view what) {
  refuse(path, {.french = fmt::format("fichier de réseau abîmé (« {} » n'est pas ce qui a été écrit)", what),
                .english = fmt::format("damaged network file ('{}' is not what was written)", what)});
}

/// The bytes of a network file, with what its header and table say of them, checked.
class FileView {
 public:
  FileView(const std::filesystem::path& path, const Bytes bytes) : path_(path), bytes_(bytes) {
    read_header();
    read_table();
  }

  [[nodiscard]] std::span<const SectionEntry> entries() const { return entries_; }
  [[nodiscard]] Bytes section(const std::size_t k) const { return bytes_.subspan(entries_[k].offset, entries_[k].bytes); }
  [[nodiscard]] static std::string_view name(const SectionEntry& entry) {
    const auto end = std::find(entry.name.begin(), entry.name.end(), '\0');
    return {entry.name.data(), static_cast<std::size_t>(end - entry.name.begin())};
  }
  void verify(const std::size_t k) const {
    if (mlg::checksum(section(k)) != entries_[k].checksum) {
      refuse_damaged(path_, name(entries_[k]));
    }
  }
  /// \throws InputError when the metadata are damaged
  void read_metadata(NetworkBundle& bundle) const {
    verify(0);
    const Bytes bytes = section(0);
    try {
      mlg::read_metadata_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, bundle);
    } catch (const std::exception&) {
      refuse_damaged(path_, mlg::kMetadataSection);
    }
  }

 private:
  void read_header() {
    const std::size_t known = std::min(bytes_.size(), mlg::kMagic.size());
    if (known == 0 || std::memcmp(bytes_.data(), mlg::kMagic.data(), known) != 0) {
      refuse(path_,
             {.french = "ce n'est pas un fichier de réseau de Maillage", .english = "not a network file of Maillage"});
    }
    if (bytes_.size() < sizeof(mlg::Header)) {
      refuse_truncated(sizeof(mlg::Header));
    }
    std::memcpy(&header_, bytes_.data(), sizeof header_);
    if (header_.version != kNetworkFileVersion) {
      const bool newer = header_.version > kNetworkFileVersion;
      refuse(path_, {.french = fmt::format("version {} du format, {} que celle de ce programme ({})", header_.version,
                                           newer ? "plus récente" : "plus ancienne", kNetworkFileVersion),
                     .english = fmt::format("format version {}, {} than this program's ({})", header_.version,
                                            newer ? "newer" : "older", kNetworkFileVersion)});
    }
    if (mlg::checksum(bytes_.first(offsetof(mlg::Header, header_checksum))) != header_.header_checksum ||
        header_.reserved != 0) {
      refuse_damaged(path_, "header");
    }
    if (bytes_.size() < header_.file_bytes) {
      refuse_truncated(header_.file_bytes);
    }
    if (bytes_.size() > header_.file_bytes) {
      refuse_damaged(path_, "end");
    }
  }
  void read_table() {
    const std::uint64_t table_bytes = std::uint64_t{header_.sections} * sizeof(SectionEntry);
    if (header_.sections == 0 || header_.sections > mlg::kMostSections ||
        table_bytes > bytes_.size() - sizeof(mlg::Header)) {
      refuse_damaged(path_, "table");
    }
    const Bytes table = bytes_.subspan(sizeof(mlg::Header), table_bytes);
    if (mlg::checksum(table) != header_.table_checksum) {
      refuse_damaged(path_, "table");
    }
    entries_.resize(header_.sections);
    std::memcpy(entries_.data(), table.data(), table.size());
    std::uint64_t end = sizeof(mlg::Header) + table_bytes;
    for (const SectionEntry& entry : entries_) {
      // One after the other without holes: nothing overlaps, and no byte of the file is left unchecked.
      if (entry.offset != mlg::aligned(end) || entry.offset > bytes_.size() || entry.bytes > bytes_.size() - entry.offset ||
          entry.element_bytes == 0 || entry.bytes % entry.element_bytes != 0 || entry.reserved != 0) {
        refuse_damaged(path_, "table");
      }
      const Bytes between = bytes_.subspan(end, entry.offset - end);
      if (std::any_of(between.begin(), between.end(), [](const std::byte byte) { return byte != std::byte{0}; })) {
        refuse_damaged(path_, "padding");
      }
      end = entry.offset + entry.bytes;
    }
    if (end != bytes_.size() || name(entries_[0]) != mlg::kMetadataSection || entries_[0].element_bytes != 1 ||
        entries_[0].bytes > mlg::kMostMetadataBytes) {
      refuse_damaged(path_, "table");
    }
  }
  [[noreturn]] void refuse_truncated(const std::uint64_t wanted) const {
    refuse(path_, {.french = fmt::format("fichier de réseau tronqué ({} octets sur {})", bytes_.size(), wanted),
                   .english = fmt::format("network file cut short ({} bytes of {})", bytes_.size(), wanted)});
  }

  const std::filesystem::path& path_;
  Bytes bytes_;
  mlg::Header header_{};
  std::vector<SectionEntry> entries_;
};

void view_columns(const std::filesystem::path& path, const FileView& file, NetworkBundle& bundle) {
  std::size_t next = 1;
  mlg::each_column(bundle, [&]<typename T>(const std::string_view name, Column<T>& column) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= mlg::kAlignment);
    if (next >= file.entries().size() || FileView::name(file.entries()[next]) != name ||
        file.entries()[next].element_bytes != sizeof(T)) {
      refuse_damaged(path, name);
    }
    const Bytes bytes = file.section(next++);
    column = Column<T>::viewing({reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)});
  });
  if (next != file.entries().size()) {
    refuse_damaged(path, "table");
  }
}

void check_indices(const std::filesystem::path& path, const NetworkBundle& bundle, const bool paths) {
  std::set<std::string> metrics;
  try {
    validate(bundle.network);
    validate(bundle.graph, bundle.network);
    for (const MetricHierarchy& each : bundle.hierarchies) {
      validate(each.hierarchy, bundle.graph);
      if (!metrics.insert(each.metric).second) {
        throw ArgumentError("a metric that comes twice");
      }
      for (const RoadMetric metric : {RoadMetric::travel_time_ms, RoadMetric::length_cm}) {
        if (paths && each.metric == metric_key(metric)) {
          validate_paths(each.hierarchy, bundle.graph, move_weights(bundle.network, bundle.graph, metric));
        }
      }
    }
  } catch (const ArgumentError& error) {
    refuse(path, {.french = fmt::format("fichier de réseau incohérent ({})", error.what()),
                  .english = fmt::format("inconsistent network file ({})", error.what())});
  }
}

}  // namespace

MappedNetwork::MappedNetwork(const std::filesystem::path& path, const NetworkFileChecks& checks) : mapping_(path) {
  const FileView file{path, mapping_.bytes()};
  if (checks.checksums) {
    for (std::size_t k = 1; k < file.entries().size(); ++k) {
      file.verify(k);
    }
  }
  file.read_metadata(bundle_);
  view_columns(path, file, bundle_);
  if (checks.indices || checks.paths) {
    check_indices(path, bundle_, checks.paths);
  }
}

NetworkFileSummary read_network_summary(const std::filesystem::path& path) {
  const FileMapping mapping{path};
  const FileView file{path, mapping.bytes()};
  NetworkBundle bundle;
  file.read_metadata(bundle);
  NetworkFileSummary summary{.metadata = std::move(bundle.metadata),
                             .crs = std::move(bundle.network.crs),
                             .mode = std::move(bundle.network.mode),
                             .metrics = {},
                             .file_bytes = mapping.bytes().size(),
                             .sections = {}};
  for (const MetricHierarchy& each : bundle.hierarchies) {
    summary.metrics.push_back(each.metric);
  }
  for (const SectionEntry& entry : file.entries()) {
    summary.sections.push_back({.name = std::string{FileView::name(entry)},
                                .offset = entry.offset,
                                .bytes = entry.bytes,
                                .element_bytes = entry.element_bytes,
                                .checksum = entry.checksum});
  }
  return summary;
}

std::optional<Text> why_rebuild(const std::filesystem::path& path, const NetworkOrigin& wanted) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return Text{.french = "il n'y a pas encore de fichier de réseau", .english = "there is no network file yet"};
  }
  try {
    const NetworkOrigin had = read_network_summary(path).metadata.origin;
    if (had.source_bytes != wanted.source_bytes || had.source_sha256 != wanted.source_sha256) {
      return Text{.french = "la source a changé", .english = "the source has changed"};
    }
    if (had.profile_name != wanted.profile_name || had.profile_sha256 != wanted.profile_sha256) {
      return Text{.french = "le profil a changé", .english = "the profile has changed"};
    }
    if (had.settings != wanted.settings) {
      return Text{.french = "les réglages ont changé", .english = "the settings have changed"};
    }
    return std::nullopt;
  } catch (const InputError& unusable) {
    return unusable.message();
  }
}

}  // namespace maillage
