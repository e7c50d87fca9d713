#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/builtin/sections.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// One territory above communes: its code, its name, and how many communes it has.
struct BuiltinZone {
  std::string code;
  std::string name;
  std::size_t communes = 0;
  friend bool operator==(const BuiltinZone&, const BuiltinZone&) = default;
};

/// The tables of a france.bin, all but the contours, decompressed; and where the contours are.
/// `records` are sorted by code, points in degrees (longitude as x). `packed` views the bytes that were opened: it must not
/// outlive them.
struct BuiltinFrance {
  /// A departement's contours: a compressed section, and the numbers of what is in it.
  struct Block {
    Section section;
    std::size_t first_commune = 0;  ///< the block's communes are [first_commune, first_commune + communes)
    std::size_t communes = 0;
    std::size_t first_arc = 0;  ///< number of the block's first arc in all of France
    std::size_t arcs = 0;
  };
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<BuiltinZone> regions;  ///< sorted by code, as are the two others
  std::vector<BuiltinZone> departements;
  std::vector<BuiltinZone> epcis;
  std::vector<CommuneRecord> records;
  std::vector<std::pair<std::string, std::string>> postcodes;  ///< (postcode, commune code), sorted
  std::vector<CodeEvent> history;                              ///< sorted by old code
  std::vector<Block> blocks;                                   ///< in the order of `departements`
};

/// Reads the tables of a france.bin. Cost: about 10 ms for all of France.
/// \throws InputError if the bytes are not of this format and version, or were damaged.
[[nodiscard]] BuiltinFrance open_builtin_france(std::span<const std::byte> bytes);

/// Contours in degrees of the communes at those positions of `france.records` (sorted, unique), in that order; shared
/// borders are made of the same vertices. Only the departements concerned, and those they border, are decompressed. \throws
/// InputError if a section is damaged; ArgumentError if there is no commune at a position.
[[nodiscard]] AreaSet decode_contours(const BuiltinFrance& france, std::span<const std::size_t> communes);

}  // namespace maillage
