#include "adapters/pmtiles/encode_tile.hpp"

#include <cstdint>
#include <protozero/pbf_writer.hpp>
#include <unordered_map>

namespace maillage::detail {

namespace {

// Numbers of the specification's messages: https://github.com/mapbox/vector-tile-spec/tree/master/2.1
namespace tile_tag {
constexpr protozero::pbf_tag_type kLayer = 3;
}
namespace layer_tag {
constexpr protozero::pbf_tag_type kName = 1;
constexpr protozero::pbf_tag_type kFeature = 2;
constexpr protozero::pbf_tag_type kKey = 3;
constexpr protozero::pbf_tag_type kValue = 4;
constexpr protozero::pbf_tag_type kExtent = 5;
constexpr protozero::pbf_tag_type kVersion = 15;
}  // namespace layer_tag
namespace feature_tag {
constexpr protozero::pbf_tag_type kId = 1;
constexpr protozero::pbf_tag_type kTags = 2;
constexpr protozero::pbf_tag_type kType = 3;
constexpr protozero::pbf_tag_type kGeometry = 4;
}  // namespace feature_tag
namespace value_tag {
constexpr protozero::pbf_tag_type kText = 1;
constexpr protozero::pbf_tag_type kDouble = 3;
constexpr protozero::pbf_tag_type kSigned = 6;
constexpr protozero::pbf_tag_type kBoolean = 7;
}  // namespace value_tag

/// A value's message; empty for nothing.
std::string value_message(const Value& value) {
  std::string message;
  protozero::pbf_writer writer{message};
  if (const auto* text = std::get_if<std::string>(&value)) {
    writer.add_string(value_tag::kText, *text);
  } else if (const auto* real = std::get_if<double>(&value)) {
    writer.add_double(value_tag::kDouble, *real);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    writer.add_sint64(value_tag::kSigned, *integer);
  } else if (const auto* yes = std::get_if<bool>(&value)) {
    writer.add_bool(value_tag::kBoolean, *yes);
  }
  return message;
}

std::uint32_t command(const std::uint32_t id, const std::size_t count) {
  return id | static_cast<std::uint32_t>(count) << 3U;
}

std::vector<std::uint32_t> geometry_commands(const GridArea& area) {
  constexpr std::uint32_t kMoveTo = 1;
  constexpr std::uint32_t kLineTo = 2;
  constexpr std::uint32_t kClosePath = 7;
  std::vector<std::uint32_t> commands;
  TilePoint pen;
  const auto move = [&](const TilePoint& to) {
    commands.push_back(protozero::encode_zigzag32(to.x - pen.x));
    commands.push_back(protozero::encode_zigzag32(to.y - pen.y));
    pen = to;
  };
  for (const GridPolygon& polygon : area) {
    for (const GridRing& ring : polygon) {
      commands.push_back(command(kMoveTo, 1));
      move(ring.front());
      commands.push_back(command(kLineTo, ring.size() - 1));
      for (std::size_t k = 1; k < ring.size(); ++k) {
        move(ring[k]);
      }
      commands.push_back(command(kClosePath, 1));
    }
  }
  return commands;
}

/// Values of a tile, each once, numbered as they come.
class ValueList {
 public:
  std::uint32_t number_of(const std::string& message) {
    const auto [entry, is_new] = numbers_.try_emplace(message, static_cast<std::uint32_t>(messages_.size()));
    if (is_new) {
      messages_.push_back(message);
    }
    return entry->second;
  }
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> messages_;
};

}  // namespace

std::string encode_tile(const TileLayer& layer, const std::span<const TilePart> parts) {
  constexpr std::uint32_t kVersion = 2;
  constexpr std::int32_t kPolygon = 3;
  std::string tile;
  protozero::pbf_writer tile_writer{tile};
  protozero::pbf_writer writer{tile_writer, tile_tag::kLayer};
  writer.add_uint32(layer_tag::kVersion, kVersion);
  writer.add_string(layer_tag::kName, layer.name);
  ValueList values;
  for (const TilePart& part : parts) {
    std::vector<std::uint32_t> tags;
    for (std::size_t field = 0; field < layer.fields.size(); ++field) {
      const std::string message = value_message(layer.columns[field][part.feature]);
      if (!message.empty()) {
        tags.push_back(static_cast<std::uint32_t>(field));
        tags.push_back(values.number_of(message));
      }
    }
    const std::vector<std::uint32_t> commands = geometry_commands(part.area);
    protozero::pbf_writer feature{writer, layer_tag::kFeature};
    feature.add_uint64(feature_tag::kId, part.feature + 1);
    feature.add_packed_uint32(feature_tag::kTags, tags.begin(), tags.end());
    feature.add_enum(feature_tag::kType, kPolygon);
    feature.add_packed_uint32(feature_tag::kGeometry, commands.begin(), commands.end());
  }
  for (const Field& field : layer.fields) {
    writer.add_string(layer_tag::kKey, field.name);
  }
  for (const std::string& message : values.messages()) {
    writer.add_message(layer_tag::kValue, message);
  }
  writer.add_uint32(layer_tag::kExtent, kTileUnits);
  writer.commit();
  return tile;
}

}  // namespace maillage::detail
