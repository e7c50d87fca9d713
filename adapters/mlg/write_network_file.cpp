#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/file/checked_file.hpp"
#include "adapters/file/replace_file.hpp"
#include "adapters/mlg/network_file.hpp"
#include "adapters/mlg/network_layout.hpp"
#include "engine/core/error.hpp"
#include "engine/network/validate_search.hpp"

namespace maillage {
namespace {

using mlg::SectionEntry;
using Bytes = std::span<const std::byte>;

constexpr std::size_t kPiece = std::size_t{1} << 20U;

std::string_view as_text(const Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void require_whole(const NetworkBundle& bundle) {
  std::set<std::string> metrics;
  validate(bundle.network);
  validate(bundle.graph, bundle.network);
  for (const MetricHierarchy& each : bundle.hierarchies) {
    if (each.metric.empty() || !metrics.insert(each.metric).second) {
      throw ArgumentError("network file: metric '" + each.metric + "' comes twice or has no name");
    }
    validate(each.hierarchy, bundle.graph);
  }
}

/// The sections of a bundle, their bytes where they lie.
struct Sections {
  std::vector<SectionEntry> entries;
  std::vector<Bytes> bytes;

  void add(const std::string_view name, const Bytes content, const std::size_t element_bytes) {
    SectionEntry entry{};
    if (name.size() >= entry.name.size()) {
      throw ArgumentError("network file: section name too long");
    }
    std::copy(name.begin(), name.end(), entry.name.begin());
    entry.bytes = content.size();
    entry.element_bytes = static_cast<std::uint32_t>(element_bytes);
    entry.checksum = mlg::checksum(content);
    entries.push_back(entry);
    bytes.push_back(content);
  }
  /// \returns size of the file
  std::uint64_t place() {
    std::uint64_t end = sizeof(mlg::Header) + entries.size() * sizeof(SectionEntry);
    for (SectionEntry& entry : entries) {
      entry.offset = mlg::aligned(end);
      end = entry.offset + entry.bytes;
    }
    return end;
  }
};

void write_pieces(CheckedFile& file, Bytes bytes) {
  while (!bytes.empty()) {
    const Bytes piece = bytes.first(std::min(kPiece, bytes.size()));
    file.write(as_text(piece));
    bytes = bytes.subspan(piece.size());
  }
}

void write_sections(CheckedFile& file, const Sections& sections, const std::uint64_t file_bytes) {
  mlg::Header header{.magic = mlg::kMagic,
                     .version = kNetworkFileVersion,
                     .sections = static_cast<std::uint32_t>(sections.entries.size()),
                     .file_bytes = file_bytes,
                     .table_checksum = mlg::checksum(std::as_bytes(std::span{sections.entries})),
                     .reserved = 0,
                     .header_checksum = 0};
  const Bytes header_bytes = std::as_bytes(std::span{&header, 1});
  header.header_checksum = mlg::checksum(header_bytes.first(offsetof(mlg::Header, header_checksum)));
  write_pieces(file, header_bytes);
  write_pieces(file, std::as_bytes(std::span{sections.entries}));
  std::uint64_t end = header_bytes.size() + sections.entries.size() * sizeof(SectionEntry);
  for (std::size_t k = 0; k < sections.entries.size(); ++k) {
    file.write(std::string(sections.entries[k].offset - end, '\0'));
    write_pieces(file, sections.bytes[k]);
    end = sections.entries[k].offset + sections.bytes[k].size();
  }
}

}  // namespace

void write_network_file(const std::filesystem::path& path, const NetworkBundle& bundle) {
  require_whole(bundle);
  Sections sections;
  const std::string metadata = mlg::metadata_json(bundle);
  sections.add(mlg::kMetadataSection, std::as_bytes(std::span{metadata}), 1);
  mlg::each_column(bundle, [&](const std::string_view name, const auto& column) {
    sections.add(name, std::as_bytes(column.view()), sizeof(column[0]));
  });
  const std::uint64_t file_bytes = sections.place();
  const std::filesystem::path beside = name_beside(path);
  {
    CheckedFile file{beside};
    write_sections(file, sections, file_bytes);
    file.close();
  }
  replace_file(beside, path);
}

}  // namespace maillage
