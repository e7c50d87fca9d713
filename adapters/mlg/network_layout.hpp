#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "adapters/mlg/network_bundle.hpp"

/// The bytes of a network file, little endian:
///   header (64 bytes), section table (64 bytes each), sections, each at the next multiple of 64 with zeros between.
/// The first section is the metadata (JSON), the others are columns in the order of each_column.
namespace maillage::mlg {

static_assert(std::endian::native == std::endian::little, "network files are mapped as they are");

/// The line break, the carriage return and the end-of-file sign show a file that went through a conversion of text.
inline constexpr std::array<char, 24> kMagic{'M', 'A', 'I', 'L', 'L',  'A',  'G',  'E',    '-', 'N', 'E', 'T',
                                             'W', 'O', 'R', 'K', '\n', '\r', '\n', '\x1a', 0,   0,   0,   0};
inline constexpr std::uint64_t kAlignment = 64;
inline constexpr std::uint32_t kMostSections = 1024;
inline constexpr std::uint64_t kMostMetadataBytes = std::uint64_t{16} << 20U;

struct Header {
  std::array<char, 24> magic;
  std::uint32_t version;
  std::uint32_t sections;
  std::uint64_t file_bytes;
  std::uint64_t table_checksum;
  std::uint64_t reserved;         ///< zero
  std::uint64_t header_checksum;  ///< of the 56 bytes before it
};
static_assert(sizeof(Header) == 64);

struct SectionEntry {
  std::array<char, 32> name;  ///< padded with zeros
  std::uint64_t offset;
  std::uint64_t bytes;
  std::uint32_t element_bytes;
  std::uint32_t reserved;  ///< zero
  std::uint64_t checksum;
};
static_assert(sizeof(SectionEntry) == 64);

/// XXH3 (64 bits, https://xxhash.com) of the XXH3 of every block of 4 MiB, so that all threads share the work.
[[nodiscard]] std::uint64_t checksum(std::span<const std::byte> bytes);

[[nodiscard]] constexpr std::uint64_t aligned(const std::uint64_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

/// Calls `visit(name, column)` on every column of the bundle, in the file's order.
template <typename Bundle, typename Visit>
void each_column(Bundle& bundle, const Visit& visit) {
  visit("network.nodes", bundle.network.nodes);
  visit("network.roads", bundle.network.roads);
  visit("network.shape_first", bundle.network.shape_first);
  visit("network.shape_points", bundle.network.shape_points);
  visit("network.restriction_first", bundle.network.restriction_first);
  visit("network.restriction_arcs", bundle.network.restriction_arcs);
  visit("network.restriction_mandatory", bundle.network.restriction_mandatory);
  visit("graph.first_out", bundle.graph.first_out);
  visit("graph.head", bundle.graph.head);
  visit("graph.arc", bundle.graph.arc);
  visit("graph.turn_ms", bundle.graph.turn_ms);
  visit("graph.node", bundle.graph.node);
  visit("graph.arrival", bundle.graph.arrival);
  for (std::size_t k = 0; k < bundle.hierarchies.size(); ++k) {
    auto& hierarchy = bundle.hierarchies[k].hierarchy;
    const std::string prefix = "hierarchy." + std::to_string(k) + ".";
    visit(prefix + "place_of_state", hierarchy.place_of_state);
    visit(prefix + "state_of_place", hierarchy.state_of_place);
    visit(prefix + "up_first", hierarchy.up_first);
    visit(prefix + "up_arcs", hierarchy.up_arcs);
    visit(prefix + "down_first", hierarchy.down_first);
    visit(prefix + "down_arcs", hierarchy.down_arcs);
    visit(prefix + "up_via", hierarchy.up_via);
    visit(prefix + "down_via", hierarchy.down_via);
  }
}

inline constexpr std::string_view kMetadataSection = "metadata";

/// The metadata, with the network's crs and mode and the hierarchies' metrics, as JSON; keys in order.
[[nodiscard]] std::string metadata_json(const NetworkBundle& bundle);
/// Fills the metadata, crs, mode and metrics (with empty hierarchies). \throws std::exception when it is none
void read_metadata_json(std::string_view json, NetworkBundle& bundle);

}  // namespace maillage::mlg
