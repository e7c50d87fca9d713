#pragma once

#include <optional>
#include <vector>

#include "adapters/osm/way_rules.hpp"

namespace maillage {

/// Known limits of a way, believed ones only.
struct WaySpeeds {
  std::optional<double> forward_kmh;
  std::optional<double> backward_kmh;
};

/// Reads maxspeed, its directions and its implicit forms; sets the rule's urban context, its flags about speeds and the
/// duration of ferries; tells what is doubtful.
[[nodiscard]] WaySpeeds read_way_speeds(const osmium::TagList& tags, const TravelProfile& profile, WayRule& rule,
                                        std::vector<WayDoubt>& doubts);

/// Whether surface or track type say so.
[[nodiscard]] bool is_unpaved(const osmium::TagList& tags);

}  // namespace maillage
