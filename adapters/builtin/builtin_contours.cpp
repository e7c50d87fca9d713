#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "adapters/builtin/builtin_blob.hpp"
#include "adapters/builtin/byte_reader.hpp"
#include "adapters/builtin/sections.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

/// A piece of ring: an arc by its number in all of France, run forwards or backwards.
struct ArcUse {
  std::size_t arc;
  bool reversed;
};

/// A departement's arcs, and the rings of its communes.
struct DecodedBlock {
  std::vector<std::size_t> arc_first{0};  ///< arcs + 1 offsets into vertices
  std::vector<Point> vertices;            ///< degrees
  std::vector<std::size_t> commune_first{0};
  std::vector<std::size_t> polygon_first{0};
  std::vector<std::size_t> ring_first{0};
  std::vector<ArcUse> uses;
};

struct Steps {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

/// A position farther than any on Earth is damage; refused before sums can overflow.
Steps add(const Steps at, const Steps step) {
  constexpr std::int64_t kFarthest = 1'000'000'000;
  const auto far = [](const std::int64_t steps) { return steps < -kFarthest || steps > kFarthest; };
  if (far(step.x) || far(step.y) || far(at.x) || far(at.y)) {
    throw_damaged("position");
  }
  return {at.x + step.x, at.y + step.y};
}

void read_arcs(ByteReader& reader, const std::size_t arcs, DecodedBlock& decoded) {
  decoded.arc_first.reserve(arcs + 1);
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    const std::size_t size = reader.count();
    if (size < 2) {
      throw_damaged("arc");
    }
    decoded.arc_first.push_back(decoded.arc_first.back() + size);
  }
  if (decoded.arc_first.back() > kLargestSection) {
    throw_damaged("arcs");
  }
  // A start is counted from the end of the arc before, which is not known yet: starts stay relative until the steps are
  // read.
  std::vector<Steps> starts(arcs);
  for (Steps& start : starts) {
    start.x = reader.signed_number();
    start.y = reader.signed_number();
  }
  decoded.vertices.reserve(decoded.arc_first.back());
  Steps at;
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    at = add(at, starts[arc]);
    decoded.vertices.push_back(to_degrees(at.x, at.y));
    for (std::size_t i = decoded.arc_first[arc] + 1; i < decoded.arc_first[arc + 1]; ++i) {
      const std::int64_t x = reader.signed_number();
      const std::int64_t y = reader.signed_number();
      at = add(at, {x, y});
      decoded.vertices.push_back(to_degrees(at.x, at.y));
    }
  }
}

/// 0 is the next arc not met yet; 2 back + 1 or 2 back is the arc `back` before it, backwards or forwards.
void read_rings(ByteReader& reader, const BuiltinFrance::Block& block, DecodedBlock& decoded) {
  std::size_t next_arc = block.first_arc;
  for (std::size_t commune = 0; commune < block.communes; ++commune) {
    const std::size_t polygons = reader.count();
    for (std::size_t polygon = 0; polygon < polygons; ++polygon) {
      const std::size_t rings = reader.count();
      for (std::size_t ring = 0; ring < rings; ++ring) {
        const std::size_t pieces = reader.count();
        for (std::size_t piece = 0; piece < pieces; ++piece) {
          const std::size_t code = reader.below(2 * next_arc + 2);
          if (code == 1) {
            throw_damaged("arc number");
          }
          decoded.uses.push_back(code == 0 ? ArcUse{next_arc++, false} : ArcUse{next_arc - code / 2, code % 2 == 1});
        }
        decoded.ring_first.push_back(decoded.uses.size());
      }
      decoded.polygon_first.push_back(decoded.ring_first.size() - 1);
    }
    decoded.commune_first.push_back(decoded.polygon_first.size() - 1);
  }
  if (!reader.at_end() || next_arc != block.first_arc + block.arcs) {
    throw_damaged("rings");
  }
}

/// Decodes departements as they are asked for.
class Blocks {
 public:
  explicit Blocks(const BuiltinFrance& france) : france_(france), decoded_(france.blocks.size()) {}

  const DecodedBlock& at(const std::size_t number) {
    std::optional<DecodedBlock>& decoded = decoded_[number];
    if (!decoded) {
      const BuiltinFrance::Block& block = france_.blocks[number];
      const std::vector<std::byte> bytes = decompress(block.section);
      ByteReader reader{bytes};
      decoded.emplace();
      read_arcs(reader, block.arcs, *decoded);
      read_rings(reader, block, *decoded);
    }
    return *decoded;
  }

  /// Appends an arc's vertices to an open ring that ends where the arc begins.
  void append(const ArcUse use, std::vector<Point>& ring) {
    const auto after = std::upper_bound(france_.blocks.begin(), france_.blocks.end(), use.arc,
                                        [](const std::size_t arc, const auto& block) { return arc < block.first_arc; });
    const std::size_t number = static_cast<std::size_t>(after - france_.blocks.begin()) - 1;
    const DecodedBlock& block = at(number);
    const std::size_t arc = use.arc - france_.blocks[number].first_arc;
    const std::span<const Point> vertices =
        std::span{block.vertices}.subspan(block.arc_first[arc], block.arc_first[arc + 1] - block.arc_first[arc]);
    const Point& begin = use.reversed ? vertices.back() : vertices.front();
    if (ring.empty()) {
      ring.push_back(begin);
    } else if (ring.back() != begin) {
      throw_damaged("ring");
    }
    if (use.reversed) {
      ring.insert(ring.end(), vertices.rbegin() + 1, vertices.rend());
    } else {
      ring.insert(ring.end(), vertices.begin() + 1, vertices.end());
    }
  }

 private:
  const BuiltinFrance& france_;
  std::vector<std::optional<DecodedBlock>> decoded_;
};

}  // namespace

AreaSet decode_contours(const BuiltinFrance& france, const std::span<const std::size_t> communes) {
  AreaSet areas;
  Blocks blocks{france};
  std::vector<Point> ring;
  std::size_t number = 0;
  for (const std::size_t commune : communes) {
    if (commune >= france.records.size()) {
      throw ArgumentError("decode_contours: no such commune");
    }
    while (commune >= france.blocks[number].first_commune + france.blocks[number].communes) {
      ++number;
    }
    const DecodedBlock& block = blocks.at(number);
    const std::size_t local = commune - france.blocks[number].first_commune;
    for (std::size_t polygon = block.commune_first[local]; polygon < block.commune_first[local + 1]; ++polygon) {
      for (std::size_t i = block.polygon_first[polygon]; i < block.polygon_first[polygon + 1]; ++i) {
        ring.clear();
        for (std::size_t use = block.ring_first[i]; use < block.ring_first[i + 1]; ++use) {
          blocks.append(block.uses[use], ring);
        }
        if (ring.empty() || ring.front() != ring.back()) {
          throw_damaged("open ring");
        }
        areas.add_ring(ring);
      }
      areas.end_polygon();
    }
    areas.end_area();
  }
  return areas;
}

}  // namespace maillage
