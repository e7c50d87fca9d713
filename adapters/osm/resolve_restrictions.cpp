#include "adapters/osm/resolve_restrictions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/osm/read_relations.hpp"

namespace maillage {

namespace {

using Arcs = std::vector<std::uint32_t>;  ///< ArcIndex values

/// What became of a restriction: sequences of arcs, or why there are none.
struct Outcome {
  std::vector<Arcs> sequences{};
  const char* ignored = nullptr;
  const char* damaged = nullptr;
};

class Resolver {
 public:
  Resolver(const RoadDraft& draft, const Noding& noding, const RoadNetworkParts& parts)
      : draft_(&draft), noding_(&noding), parts_(&parts) {}

  [[nodiscard]] Outcome resolve(const RestrictionDraft& restriction) const {
    for (const auto* members : {&restriction.from, &restriction.via_ways, &restriction.to}) {
      for (const std::int64_t id : *members) {
        if (way_number(id) == kNoNumber) {
          return std::ranges::binary_search(draft_->closed_way_ids, id) ? Outcome{.ignored = "road_closed_to_mode"}
                                                                        : Outcome{.damaged = "restriction_way_missing"};
        }
      }
    }
    return restriction.via_ways.empty() ? via_node(restriction) : via_ways(restriction);
  }

 private:
  [[nodiscard]] std::uint32_t way_number(const std::int64_t id) const {
    const auto found = std::ranges::lower_bound(draft_->ways, id, {}, &WayDraft::id);
    const bool here = found != draft_->ways.end() && found->id == id;
    return here ? static_cast<std::uint32_t>(found - draft_->ways.begin()) : kNoNumber;
  }

  [[nodiscard]] std::uint32_t end_of(const std::uint32_t arc) const {
    const Road& road = parts_->roads[arc / 2];
    return is_backward(ArcIndex{arc}) ? road.from.value() : road.to.value();
  }
  [[nodiscard]] std::uint32_t start_of(const std::uint32_t arc) const { return end_of(arc ^ 1U); }
  [[nodiscard]] bool is_open(const std::uint32_t arc) const {
    const Road& road = parts_->roads[arc / 2];
    return (is_backward(ArcIndex{arc}) ? road.backward_ms : road.forward_ms) != kClosed;
  }

  /// Arcs of a way, in whatever direction, that `keep` keeps.
  template <typename Keep>
  [[nodiscard]] Arcs arcs_of(const std::int64_t way, Keep keep) const {
    const std::uint32_t number = way_number(way);
    Arcs arcs;
    for (std::uint32_t road = noding_->first_road[number]; road < noding_->first_road[number + 1]; ++road) {
      for (const std::uint32_t arc : {2 * road, 2 * road + 1}) {
        if (keep(arc)) {
          arcs.push_back(arc);
        }
      }
    }
    return arcs;
  }
  [[nodiscard]] Arcs arriving(const std::int64_t way, const std::uint32_t node) const {
    return arcs_of(way, [&](const std::uint32_t arc) { return end_of(arc) == node; });
  }
  [[nodiscard]] Arcs leaving(const std::int64_t way, const std::uint32_t node) const {
    return arcs_of(way, [&](const std::uint32_t arc) { return start_of(arc) == node; });
  }

  /// The open ones; nothing when there are arcs but all are closed.
  void keep_open(Arcs& arcs) const {
    std::erase_if(arcs, [this](const std::uint32_t arc) { return !is_open(arc); });
  }

  [[nodiscard]] Outcome via_node(const RestrictionDraft& restriction) const {
    const std::uint32_t number = node_number(*draft_, restriction.via_nodes.front());
    if (number == kNoNumber) {
      return {.damaged = "restriction_members_apart"};
    }
    const std::uint32_t node = noding_->junction_of_node[number];
    if (node == kNoNumber) {
      const auto feature = std::ranges::lower_bound(draft_->features, number, {}, &NodeFeature::node);
      const bool blocked = feature != draft_->features.end() && feature->node == number && feature->blocks;
      return blocked ? Outcome{.ignored = "via_cannot_be_passed"} : Outcome{.damaged = "restriction_members_apart"};
    }
    Outcome outcome;
    for (const std::int64_t from : restriction.from) {
      for (const std::int64_t to : restriction.to) {
        const Outcome pair = turn(restriction, from, node, to);
        if (pair.damaged != nullptr) {
          return pair;
        }
        outcome.ignored = pair.ignored == nullptr ? outcome.ignored : pair.ignored;
        outcome.sequences.insert(outcome.sequences.end(), pair.sequences.begin(), pair.sequences.end());
      }
    }
    return outcome;
  }

  [[nodiscard]] Outcome turn(const RestrictionDraft& restriction, const std::int64_t from, const std::uint32_t node,
                             const std::int64_t to) const {
    Arcs in = arriving(from, node);
    Arcs out = leaving(to, node);
    if (in.empty() || out.empty()) {
      return {.damaged = "restriction_members_apart"};
    }
    keep_open(in);
    keep_open(out);
    if (in.empty() || out.empty()) {
      return {.ignored = "direction_closed_to_mode"};
    }
    if (restriction.kind == RestrictionKind::no_u_turn && from == to) {
      // Turning back on a way that goes on at the node: from each side onto itself.
      Outcome outcome;
      for (const std::uint32_t arc : in) {
        if (is_open(arc ^ 1U)) {
          outcome.sequences.push_back({arc, arc ^ 1U});
        }
      }
      outcome.ignored = outcome.sequences.empty() ? "direction_closed_to_mode" : nullptr;
      return outcome;
    }
    if (in.size() > 1 || out.size() > 1) {
      return {.damaged = "restriction_ambiguous"};
    }
    return {.sequences = {{in.front(), out.front()}}};
  }

  /// The whole way from one of its ends to the other, starting at `node`; empty when `node` is no end of it.
  [[nodiscard]] Arcs run_along(const std::int64_t way, const std::uint32_t node) const {
    const std::uint32_t number = way_number(way);
    const std::uint32_t first = noding_->first_road[number];
    const std::uint32_t end = noding_->first_road[number + 1];
    Arcs arcs;
    if (first < end && start_of(2 * first) == node) {
      for (std::uint32_t road = first; road < end; ++road) {
        arcs.push_back(2 * road);
      }
    } else if (first < end && end_of(2 * (end - 1)) == node) {
      for (std::uint32_t road = end; road > first; --road) {
        arcs.push_back(2 * (road - 1) + 1);
      }
    }
    for (std::size_t k = 1; k < arcs.size(); ++k) {
      if (start_of(arcs[k]) != end_of(arcs[k - 1])) {
        return {};  // cut by a barrier or a missing node
      }
    }
    return arcs;
  }

  /// Extends `path` along the via ways from `next` on, then onto each open arc of `to`.
  void extend(const RestrictionDraft& restriction, const std::int64_t to, const std::size_t next, const Arcs& path,
              std::vector<Arcs>& found) const {
    const std::uint32_t node = end_of(path.back());
    if (next == restriction.via_ways.size()) {
      for (const std::uint32_t arc : leaving(to, node)) {
        found.push_back(path);
        found.back().push_back(arc);
      }
      return;
    }
    const Arcs run = run_along(restriction.via_ways[next], node);
    if (!run.empty()) {
      Arcs longer = path;
      longer.insert(longer.end(), run.begin(), run.end());
      extend(restriction, to, next + 1, longer, found);
    }
  }

  [[nodiscard]] Outcome via_ways(RestrictionDraft restriction) const {
    std::vector<Arcs> found = chains(restriction);
    if (found.empty() && restriction.via_ways.size() > 1) {
      std::ranges::reverse(restriction.via_ways);  // members are mapped in either order
      found = chains(restriction);
    }
    if (found.empty()) {
      return {.damaged = "restriction_members_apart"};
    }
    std::erase_if(found, [this](const Arcs& arcs) {
      return !std::ranges::all_of(arcs, [this](const std::uint32_t arc) { return is_open(arc); });
    });
    if (found.empty()) {
      return {.ignored = "direction_closed_to_mode"};
    }
    const bool several_members = restriction.from.size() > 1 || restriction.to.size() > 1;
    if (found.size() > 1 && !several_members) {
      return {.damaged = "restriction_ambiguous"};
    }
    return {.sequences = std::move(found)};
  }

  [[nodiscard]] std::vector<Arcs> chains(const RestrictionDraft& restriction) const {
    std::vector<Arcs> found;
    for (const std::int64_t from : restriction.from) {
      for (const std::int64_t to : restriction.to) {
        const Arcs starts = arcs_of(from, [](const std::uint32_t) { return true; });
        for (const std::uint32_t arc : starts) {
          extend(restriction, to, 0, {arc}, found);
        }
      }
    }
    return found;
  }

  const RoadDraft* draft_;
  const Noding* noding_;
  const RoadNetworkParts* parts_;
};

}  // namespace

void resolve_restrictions(const RoadDraft& draft, const Noding& noding, const std::string& source, OsmRoads& roads) {
  const Resolver resolver{draft, noding, roads.parts};
  RoadNetworkParts& parts = roads.parts;
  for (const RestrictionDraft& restriction : draft.restrictions) {
    const Outcome outcome = resolver.resolve(restriction);
    if (outcome.damaged != nullptr) {
      note_damaged_restriction(source, restriction.id, outcome.damaged, "", roads);
      continue;
    }
    if (outcome.sequences.empty()) {
      ++roads.counts.restrictions_ignored[outcome.ignored];
      continue;
    }
    ++roads.counts.restrictions_used;
    for (const Arcs& arcs : outcome.sequences) {
      parts.restriction_arcs.insert(parts.restriction_arcs.end(), arcs.begin(), arcs.end());
      parts.restriction_first.push_back(parts.restriction_arcs.size());
      parts.restriction_mandatory.push_back(restriction.kind == RestrictionKind::only ? 1 : 0);
    }
  }
}

}  // namespace maillage
