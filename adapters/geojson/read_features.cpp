#include "adapters/geojson/read_features.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <string_view>

#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

/// Large enough that the work around a block is nothing.
constexpr std::size_t kLeastBlockBytes = std::size_t{1} << 20U;

struct ReadBlock {
  FeatureBlock block;
  std::size_t end = 0;  ///< where the next feature begins, or after the closing bracket
  bool closed = false;  ///< the array ended
  std::exception_ptr failure;
};

/// Reads the features that begin in [begin, end) of the text, with room for those of `room_for` bytes.
ReadBlock read_block(const std::string& text, const std::string& source, const std::size_t begin, const std::size_t end,
                     const std::size_t room_for) {
  ReadBlock result;
  JsonCursor cursor{text, source};
  cursor.seek(begin);
  try {
    FeatureParser parser{cursor, result.block};
    parser.reserve(room_for);
    do {
      if (cursor.peek() != '{') {
        cursor.fail("une entité GeoJSON est attendue", "a GeoJSON feature is expected");
      }
      result.end = cursor.position();
      if (result.end >= end) {
        return result;
      }
      parser.read_feature();
    } while (cursor.more(']'));
    result.end = cursor.position();
    result.closed = true;
  } catch (...) {
    result.failure = std::current_exception();
  }
  return result;
}

/// The next place from `from` on that looks like the beginning of a feature: `{"type":"Feature"`, with blanks anywhere.
std::size_t likely_feature(const std::string_view text, std::size_t from, const std::size_t end) {
  const auto blank = [](const char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
  constexpr std::string_view kValue = "\"Feature\"";
  constexpr std::string_view kKey = "\"type\"";
  for (std::size_t value = text.find(kValue, from); value != std::string_view::npos && value < end;
       value = text.find(kValue, value + 1)) {
    std::size_t at = value;
    const auto back = [&](const std::string_view wanted) {
      while (at > from && blank(text[at - 1])) {
        --at;
      }
      const bool found = at >= from + wanted.size() && text.substr(at - wanted.size(), wanted.size()) == wanted;
      at -= found ? wanted.size() : 0;
      return found;
    };
    if (back(":") && back(kKey) && back("{")) {
      return at;
    }
  }
  return end;
}

/// A block for each thread: every block but the first is copied in the end, so there are no more than are of use.
std::vector<std::size_t> block_starts(const std::string_view text, const std::size_t begin) {
  std::vector<std::size_t> starts{begin};
  const std::size_t bytes = std::max(kLeastBlockBytes, (text.size() - begin) / allowed_threads() + 1);
  for (std::size_t target = begin + bytes; target < text.size(); target += bytes) {
    const std::size_t limit = std::min(target + bytes, text.size());
    const std::size_t start = likely_feature(text, target, limit);
    if (start < limit) {
      starts.push_back(start);
    }
  }
  return starts;
}

}  // namespace

std::vector<FeatureBlock> read_features(JsonCursor& cursor, const std::string& text, const std::string& source) {
  std::vector<FeatureBlock> blocks;
  if (!cursor.open('[', ']')) {
    return blocks;
  }
  (void)cursor.peek();
  const std::vector<std::size_t> starts = block_starts(text, cursor.position());
  const auto end_of = [&](const std::size_t start) { return start + 1 < starts.size() ? starts[start + 1] : text.size(); };
  std::vector<ReadBlock> guesses(starts.size());
  parallel_for_blocks(starts.size(), 1, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t start = begin; start < end; ++start) {
      const std::size_t room_for = (start == 0 ? text.size() : end_of(start)) - starts[start];
      guesses[start] = read_block(text, source, starts[start], end_of(start), room_for);
    }
  });
  std::size_t position = starts.front();
  for (bool closed = false; !closed;) {
    const auto next = std::lower_bound(starts.begin(), starts.end(), position);
    const bool guessed = next != starts.end() && *next == position;
    ReadBlock read = guessed ? std::move(guesses[static_cast<std::size_t>(next - starts.begin())])
                             : read_block(text, source, position, next == starts.end() ? text.size() : *next, 0);
    if (read.failure) {
      std::rethrow_exception(read.failure);
    }
    blocks.push_back(std::move(read.block));
    position = read.end;
    closed = read.closed;
  }
  cursor.seek(position);
  return blocks;
}

void append_areas(AreaSet& areas, FeatureBlock&& block) {
  const AreaSet& from = block.areas;
  const bool faultless = std::all_of(block.shapes.begin(), block.shapes.end(),
                                     [](const FeatureShape& shape) { return shape.fault == nullptr; });
  if (faultless && areas.areas() == 0) {
    areas = std::move(block.areas);
    areas.area_first.assign(1, 0);
  } else if (faultless) {
    const auto vertices = static_cast<std::uint32_t>(areas.vertices.size());
    const auto rings = static_cast<std::uint32_t>(areas.rings());
    areas.vertices.insert(areas.vertices.end(), from.vertices.begin(), from.vertices.end());
    std::transform(from.ring_first.begin() + 1, from.ring_first.end(), std::back_inserter(areas.ring_first),
                   [&](const std::uint32_t first) { return first + vertices; });
    std::transform(from.polygon_first.begin() + 1, from.polygon_first.end(), std::back_inserter(areas.polygon_first),
                   [&](const std::uint32_t first) { return first + rings; });
  }
  const auto polygons = static_cast<std::uint32_t>(faultless ? areas.polygons() - block.shapes.back().polygons_end : 0);
  std::size_t first = 0;
  for (const FeatureShape& shape : block.shapes) {
    if (faultless) {
      areas.area_first.push_back(polygons + shape.polygons_end);
      continue;
    }
    for (std::size_t polygon = first; polygon < shape.polygons_end && shape.fault == nullptr; ++polygon) {
      const auto rings = from.rings_of_polygon(polygon);
      for (std::size_t ring = rings.first; ring < rings.last; ++ring) {
        areas.add_ring(from.ring(ring));
      }
      areas.end_polygon();
    }
    if (shape.fault == nullptr) {
      areas.end_area();
    }
    first = shape.polygons_end;
  }
}

}  // namespace maillage
