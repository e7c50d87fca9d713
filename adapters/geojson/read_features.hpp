#pragma once

#include <string>
#include <vector>

#include "adapters/geojson/feature_block.hpp"
#include "adapters/geojson/json_cursor.hpp"

namespace maillage {

/// Reads an array of features, in blocks, on all threads. A block is begun where the text looks like a feature; it counts
/// only when the block before ended right there, so that the result, or the error, is that of reading from left to right,
/// for any text and number of threads.
[[nodiscard]] std::vector<FeatureBlock> read_features(JsonCursor& cursor, const std::string& text,
                                                      const std::string& source);

/// Appends a block's areas: one area per feature without fault.
void append_areas(AreaSet& areas, FeatureBlock&& block);

}  // namespace maillage
