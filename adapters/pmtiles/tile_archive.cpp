#include "adapters/pmtiles/tile_archive.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <protozero/varint.hpp>
#include <utility>

#include "adapters/file/gzip.hpp"

namespace maillage::detail {

namespace {

constexpr std::size_t kHeaderBytes = 127;
constexpr std::size_t kHeaderAndRoot = 16'384;  // readers ask for so much at first

struct Entry {
  std::uint64_t number;
  std::uint64_t offset;
  std::uint64_t length;
  std::uint64_t run;  ///< 0: a leaf directory
};

void add_varint(std::string& bytes, const std::uint64_t value) {
  protozero::write_varint(std::back_inserter(bytes), value);
}

std::string directory(const std::vector<Entry>& entries, const std::size_t begin, const std::size_t end) {
  std::string bytes;
  add_varint(bytes, end - begin);
  std::uint64_t last = 0;
  for (std::size_t k = begin; k < end; ++k) {
    add_varint(bytes, entries[k].number - last);
    last = entries[k].number;
  }
  for (std::size_t k = begin; k < end; ++k) {
    add_varint(bytes, entries[k].run);
  }
  for (std::size_t k = begin; k < end; ++k) {
    add_varint(bytes, entries[k].length);
  }
  for (std::size_t k = begin; k < end; ++k) {
    const bool follows = k > begin && entries[k].offset == entries[k - 1].offset + entries[k - 1].length;
    add_varint(bytes, follows ? 0 : entries[k].offset + 1);
  }
  return gzip(bytes);
}

struct Directories {
  std::string root;
  std::string leaves;
};

/// One root where it is small enough, else a root of leaves.
Directories directories(const std::vector<Entry>& entries) {
  Directories made{.root = directory(entries, 0, entries.size()), .leaves = {}};
  for (std::size_t size = 4096; kHeaderBytes + made.root.size() >= kHeaderAndRoot; size *= 2) {
    made.leaves.clear();
    std::vector<Entry> roots;
    for (std::size_t begin = 0; begin < entries.size(); begin += size) {
      const std::string leaf = directory(entries, begin, std::min(begin + size, entries.size()));
      roots.push_back({.number = entries[begin].number, .offset = made.leaves.size(), .length = leaf.size(), .run = 0});
      made.leaves += leaf;
    }
    made.root = directory(roots, 0, roots.size());
  }
  return made;
}

class HeaderWriter {
 public:
  void add(const std::uint64_t value, const int bytes) {
    constexpr unsigned kByteBits = 8;
    for (int k = 0; k < bytes; ++k) {
      header_ += static_cast<char>((value >> (kByteBits * static_cast<unsigned>(k))) & 0xFFU);
    }
  }
  void add_degrees(const double degrees) {
    constexpr double kSteps = 1e7;
    add(static_cast<std::uint32_t>(static_cast<std::int32_t>(std::llround(degrees * kSteps))), 4);
  }
  [[nodiscard]] std::string take() { return std::move(header_); }

 private:
  std::string header_ = "PMTiles";
};

}  // namespace

std::uint64_t tile_number(const int zoom, const TileAddress& tile) {
  std::uint64_t number = 0;
  for (int z = 0; z < zoom; ++z) {
    number += std::uint64_t{1} << (2U * static_cast<unsigned>(z));
  }
  std::uint64_t x = tile.x;
  std::uint64_t y = tile.y;
  for (std::uint64_t side = (std::uint64_t{1} << static_cast<unsigned>(zoom)) / 2; side > 0; side /= 2) {
    const std::uint64_t right = (x & side) > 0 ? 1 : 0;
    const std::uint64_t low = (y & side) > 0 ? 1 : 0;
    number += side * side * ((3 * right) ^ low);
    if (low == 0) {
      if (right == 1) {
        x = (side - 1) - (x & (side - 1));
        y = (side - 1) - (y & (side - 1));
      }
      std::swap(x, y);
    }
  }
  return number;
}

std::string archive_head(const ArchiveHead& head, const std::vector<StoredTile>& tiles) {
  std::vector<Entry> entries;
  std::uint64_t data = 0;
  for (const StoredTile& tile : tiles) {
    entries.push_back({.number = tile.number, .offset = data, .length = tile.bytes.size(), .run = 1});
    data += tile.bytes.size();
  }
  const Directories made = directories(entries);
  const std::string metadata = gzip(head.metadata);
  constexpr std::uint64_t kGzip = 2;
  constexpr std::uint64_t kVectorTiles = 1;
  HeaderWriter header;
  header.add(3, 1);  // of the specification
  std::uint64_t offset = kHeaderBytes;
  for (const std::uint64_t length : {made.root.size(), metadata.size(), made.leaves.size(), std::size_t{data}}) {
    header.add(offset, 8);
    header.add(length, 8);
    offset += length;
  }
  for (int count = 0; count < 3; ++count) {
    header.add(tiles.size(), 8);
  }
  header.add(1, 1);  // in order
  header.add(kGzip, 1);
  header.add(kGzip, 1);
  header.add(kVectorTiles, 1);
  header.add(static_cast<std::uint64_t>(head.min_zoom), 1);
  header.add(static_cast<std::uint64_t>(head.max_zoom), 1);
  header.add_degrees(head.lonlat.min_x);
  header.add_degrees(head.lonlat.min_y);
  header.add_degrees(head.lonlat.max_x);
  header.add_degrees(head.lonlat.max_y);
  header.add(static_cast<std::uint64_t>(head.max_zoom + head.min_zoom) / 2, 1);
  header.add_degrees((head.lonlat.min_x + head.lonlat.max_x) / 2);
  header.add_degrees((head.lonlat.min_y + head.lonlat.max_y) / 2);
  return header.take() + made.root + metadata + made.leaves;
}

}  // namespace maillage::detail
