#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::testing {

/// A message of protocol buffers, field by field.
class PbfMessage {
 public:
  PbfMessage& number(const std::uint32_t field, const std::uint64_t value) {
    varint(field << 3U);
    varint(value);
    return *this;
  }
  PbfMessage& bytes(const std::uint32_t field, const std::string_view value) {
    varint(field << 3U | 2U);
    varint(value.size());
    data_ += value;
    return *this;
  }
  PbfMessage& packed(const std::uint32_t field, const std::vector<std::uint64_t>& values) {
    PbfMessage list;
    for (const std::uint64_t value : values) {
      list.varint(value);
    }
    return bytes(field, list.data_);
  }
  [[nodiscard]] const std::string& data() const { return data_; }

 private:
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) {
      data_ += static_cast<char>(value | 0x80U);
    }
    data_ += static_cast<char>(value);
  }
  std::string data_;
};

inline std::uint64_t zigzag(const std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}
/// Differences of consecutive values, as PBF keeps them.
inline std::vector<std::uint64_t> deltas(const std::vector<std::int64_t>& values) {
  std::vector<std::uint64_t> result;
  std::int64_t last = 0;
  for (const std::int64_t value : values) {
    result.push_back(zigzag(value - last));
    last = value;
  }
  return result;
}

/// What a block of a PBF file says of its own size; nothing: the truth.
struct BlockLies {
  std::uint64_t raw_size = 0;
  std::uint64_t data_size = 0;
};

/// One block of an OSM PBF file around `content`: its length, header and blob, compressed by zlib or plain.
inline std::string pbf_block(const std::string_view type, const std::string& content, const bool compressed,
                             const BlockLies& lies = {}) {
  PbfMessage blob;
  if (compressed) {
    std::string packed(compressBound(content.size()), '\0');
    uLongf size = packed.size();
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(content.data()), content.size());
    packed.resize(size);
    blob.number(2, lies.raw_size == 0 ? content.size() : lies.raw_size).bytes(3, packed);
  } else {
    blob.bytes(1, content);
  }
  const std::string header =
      PbfMessage{}.bytes(1, type).number(3, lies.data_size == 0 ? blob.data().size() : lies.data_size).data();
  std::string block;
  for (const int shift : {24, 16, 8, 0}) {
    block += static_cast<char>(header.size() >> static_cast<unsigned>(shift));
  }
  return block + header + blob.data();
}

/// A crossing of four roads 300 m long near 47° N, with one turn forbidden; the lists of fields may be given otherwise.
struct PbfTown {
  std::vector<std::int64_t> node_ids{1, 2, 3, 4, 5};
  std::vector<std::int64_t> lats{470'000'000, 470'000'000, 470'000'000, 470'027'000, 469'973'000};
  std::vector<std::int64_t> lons{20'000'000, 20'040'000, 19'960'000, 20'000'000, 20'000'000};
  std::vector<std::string> strings{"", "highway", "residential", "type", "restriction", "no_left_turn", "from", "via", "to"};
  std::vector<std::uint64_t> way_keys{1};
  std::vector<std::uint64_t> way_values{2};
  std::vector<std::uint64_t> relation_roles{6, 7, 8};
  std::vector<std::int64_t> relation_members{10, 1, 11};
  std::vector<std::uint64_t> relation_types{1, 0, 1};
  std::vector<std::uint64_t> node_tags{};
  std::uint64_t granularity = 100;
  std::vector<std::string> required{"OsmSchema-V0.6", "DenseNodes"};
  bool compressed = true;

  [[nodiscard]] std::string header() const {
    PbfMessage message;
    for (const std::string& feature : required) {
      message.bytes(4, feature);
    }
    return pbf_block("OSMHeader", message.data(), compressed);
  }
  [[nodiscard]] std::string nodes_content() const {
    PbfMessage dense;
    dense.packed(1, deltas(node_ids)).packed(8, deltas(lats)).packed(9, deltas(lons));
    if (!node_tags.empty()) {
      dense.packed(10, node_tags);
    }
    return block_of(PbfMessage{}.bytes(2, dense.data()).data());
  }
  [[nodiscard]] std::string ways_content() const {
    PbfMessage group;
    for (const std::int64_t way : {10, 11, 12, 13}) {
      group.bytes(3, PbfMessage{}
                         .number(1, static_cast<std::uint64_t>(way))
                         .packed(2, way_keys)
                         .packed(3, way_values)
                         .packed(8, deltas({way - 8, 1}))
                         .data());
    }
    return block_of(group.data());
  }
  [[nodiscard]] std::string relations_content() const {
    return block_of(PbfMessage{}
                        .bytes(4, PbfMessage{}
                                      .number(1, 20)
                                      .packed(2, {3, 4})
                                      .packed(3, {4, 5})
                                      .packed(8, relation_roles)
                                      .packed(9, deltas(relation_members))
                                      .packed(10, relation_types)
                                      .data())
                        .data());
  }
  /// Header, nodes, ways, relations.
  [[nodiscard]] std::vector<std::string> blocks() const {
    return {header(), pbf_block("OSMData", nodes_content(), compressed), pbf_block("OSMData", ways_content(), compressed),
            pbf_block("OSMData", relations_content(), compressed)};
  }
  [[nodiscard]] std::string file() const {
    std::string all;
    for (const std::string& block : blocks()) {
      all += block;
    }
    return all;
  }

 private:
  [[nodiscard]] std::string block_of(const std::string& group) const {
    PbfMessage table;
    for (const std::string& text : strings) {
      table.bytes(1, text);
    }
    return PbfMessage{}.bytes(1, table.data()).bytes(2, group).number(17, granularity).data();
  }
};

}  // namespace maillage::testing
