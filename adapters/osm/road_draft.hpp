#pragma once

#include <cstdint>
#include <limits>
#include <osmium/osm/location.hpp>
#include <span>
#include <string>
#include <vector>

#include "adapters/osm/way_rules.hpp"

namespace maillage {

inline constexpr std::uint32_t kNoNumber = std::numeric_limits<std::uint32_t>::max();

/// A way that the mode may travel; its nodes are RoadDraft::refs [first_ref, first_ref + refs).
struct WayDraft {
  std::int64_t id = 0;
  std::uint64_t first_ref = 0;
  std::uint32_t refs = 0;
  WayRule rule;
};

enum class RestrictionKind : std::uint8_t { no_turn, no_u_turn, no_entry, no_exit, only };

/// A relation of type restriction that concerns the mode, as mapped.
struct RestrictionDraft {
  std::int64_t id = 0;
  RestrictionKind kind = RestrictionKind::no_turn;
  std::vector<std::int64_t> from{};
  std::vector<std::int64_t> to{};
  std::vector<std::int64_t> via_ways{};  ///< in member order
  std::vector<std::int64_t> via_nodes{};
};

/// What a mode meets at a node that is more than a bend.
struct NodeFeature {
  std::uint32_t node = kNoNumber;  ///< position in RoadDraft::node_ids
  bool blocks = false;
  float forward_s = 0;  ///< lost when passed in the direction of the way
  float backward_s = 0;
};

/// What both passes collect. Ways name their nodes by OSM id in `ref_ids`, until `number_nodes` replaces the ids by
/// positions in `node_ids`, in `refs`.
struct RoadDraft {
  std::vector<WayDraft> ways;                ///< sorted by id after the first pass, ids unique
  std::vector<std::int64_t> closed_way_ids;  ///< sorted: road ways that are closed to the mode
  std::vector<std::int64_t> ref_ids;         ///< emptied by `number_nodes`
  std::vector<std::uint32_t> refs;
  std::vector<std::int64_t> node_ids;          ///< sorted, unique
  std::vector<osmium::Location> locations;     ///< per node; undefined when missing from the file
  std::vector<NodeFeature> features;           ///< sorted by node
  std::vector<RestrictionDraft> restrictions;  ///< sorted by id

  [[nodiscard]] std::span<const std::uint32_t> refs_of(const WayDraft& way) const {
    return std::span{refs}.subspan(way.first_ref, way.refs);
  }
};

/// Sorts ways and restrictions by id and numbers the nodes that ways use. Of two ways with the same id the first in the file
/// stays; \returns the ids of the others.  Cost: O(refs log refs), 12 bytes per ref beside what is kept.
[[nodiscard]] std::vector<std::int64_t> number_nodes(RoadDraft& draft);

/// Position of an OSM node in `node_ids`; kNoNumber when no way of the mode uses it.
[[nodiscard]] std::uint32_t node_number(const RoadDraft& draft, std::int64_t id);

}  // namespace maillage
