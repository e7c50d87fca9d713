#pragma once

#include <cstdint>
#include <string>

#include "engine/network/line_roads.hpp"

namespace maillage::detail {

/// Whole centimetres, nearest, at most kLongestArc.
[[nodiscard]] std::uint32_t length_cm(double metres);
/// kClosed where the speed is 0.
[[nodiscard]] std::uint32_t time_ms(const RoadTraffic& traffic, double metres, double speed_kmh);

struct RowFault {
  std::string reason;
  std::string column;
  std::string value;
};
void reject(Reading<ImportedRoads>& reading, const FeatureTable& table, std::size_t row, const RowFault& fault);

/// Edges that name their nodes.
[[nodiscard]] Reading<ImportedRoads> roads_of_edges(const PlacedLines& lines, const RoadAttributes& attributes,
                                                    const TravelProfile& profile);

}  // namespace maillage::detail
