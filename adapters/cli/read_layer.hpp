#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "adapters/icalendar/read_icalendar.hpp"
#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"

namespace maillage {

/// What the study says of a file that the file does not say, or says wrongly; empty: as found.
struct LayerHints {
  std::string layer;
  std::string encoding;
  std::string delimiter;
  std::string crs;
  std::vector<std::string> presences{};  ///< columns of begin and end of dated presences; a calendar has its own
  CalendarOptions calendar{};            ///< of a calendar
};

/// Reads a table or layer of any known format, by the file's extension. \throws InputError naming the formats known.
[[nodiscard]] Reading<FeatureTable> read_layer(const std::filesystem::path& file, const LayerHints& hints);

}  // namespace maillage
