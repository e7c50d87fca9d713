#include "engine/geometry/dissolve.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/equal_edges.hpp"
#include "engine/geometry/geos_overlay.hpp"
#include "engine/geometry/ring_assembly.hpp"

namespace maillage {

namespace {

enum class RingUse : std::uint8_t { as_is, reversed, none };

/// How each ring must be walked to have the inside of its area on the left; rings that enclose nothing are not walked.
std::vector<RingUse> ring_uses(const AreaSet& areas) {
  std::vector<RingUse> uses(areas.rings(), RingUse::none);
  for (std::size_t polygon = 0; polygon < areas.polygons(); ++polygon) {
    const auto range = areas.rings_of_polygon(polygon);
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      const double twice_area = twice_signed_area(areas.ring(ring));
      if (twice_area != 0) {
        uses[ring] = (twice_area > 0) == (ring == range.first) ? RingUse::as_is : RingUse::reversed;
      }
    }
  }
  return uses;
}

/// Directed edges by group, and the groups where they do not cancel as a coverage's do.
struct GroupEdges {
  std::vector<std::uint32_t> first;  // per group
  std::vector<DirectedEdge> edges;
  std::vector<std::uint32_t> areas;   // of each edge
  std::vector<std::uint8_t> unclean;  // per area: one of its edges meets others than its reverse
};

struct EdgeState {
  std::uint32_t group = kNoGroup;
  bool reversed = false;
  bool cancelled = false;
};

std::vector<EdgeState> edge_states(const AreaSet& areas, const std::span<const std::uint32_t> group_of_area) {
  std::vector<EdgeState> states(areas.vertices.size());
  const std::vector<RingUse> uses = ring_uses(areas);
  for (std::size_t area = 0; area < areas.areas(); ++area) {
    const auto range = areas.rings_of(AreaIndex{area});
    for (std::size_t ring = range.first; ring < range.last; ++ring) {
      if (uses[ring] != RingUse::none) {
        std::fill(states.begin() + areas.ring_first[ring], states.begin() + areas.ring_first[ring + 1] - 1,
                  EdgeState{group_of_area[area], uses[ring] == RingUse::reversed, false});
      }
    }
  }
  return states;
}

GroupEdges cancel_edges(const AreaSet& areas, const std::span<const std::uint32_t> group_of_area, const std::size_t groups) {
  GroupEdges result{std::vector<std::uint32_t>(groups + 1, 0), {}, {}, std::vector<std::uint8_t>(areas.areas(), 0)};
  const std::vector<std::uint32_t> area_of_edge = area_of_vertices(areas);
  std::vector<EdgeState> states = edge_states(areas, group_of_area);
  for (const EqualPair& pair : equal_edges(areas)) {
    EdgeState& first = states[pair.first];
    EdgeState& second = states[pair.second];
    if (first.group != second.group || first.group == kNoGroup) {
      continue;
    }
    const bool same_way = (areas.vertices[pair.first] == areas.vertices[pair.second]) == (first.reversed == second.reversed);
    if (same_way || first.cancelled || second.cancelled) {
      result.unclean[area_of_edge[pair.first]] = 1;
      result.unclean[area_of_edge[pair.second]] = 1;
    }
    first.cancelled = true;
    second.cancelled = true;
  }
  const auto is_left = [&](const std::size_t k) {
    return states[k].group != kNoGroup && !states[k].cancelled && areas.vertices[k] != areas.vertices[k + 1];
  };
  for (std::size_t k = 0; k < states.size(); ++k) {
    if (is_left(k)) {
      ++result.first[states[k].group + 1];
    }
  }
  std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
  result.edges.resize(result.first.back());
  result.areas.resize(result.first.back());
  std::vector<std::uint32_t> next(result.first.begin(), result.first.end() - 1);
  for (std::size_t k = 0; k < states.size(); ++k) {
    if (is_left(k)) {
      const Point& a = areas.vertices[k];
      const Point& b = areas.vertices[k + 1];
      const std::uint32_t place = next[states[k].group]++;
      result.edges[place] = states[k].reversed ? DirectedEdge{b, a} : DirectedEdge{a, b};
      result.areas[place] = area_of_edge[k];
    }
  }
  return result;
}

/// Members of each group, in area order.
std::vector<std::vector<std::uint32_t>> members_of_groups(const std::span<const std::uint32_t> group_of_area,
                                                          const std::size_t groups) {
  std::vector<std::vector<std::uint32_t>> members(groups);
  for (std::uint32_t area = 0; area < group_of_area.size(); ++area) {
    if (group_of_area[area] != kNoGroup) {
      members[group_of_area[area]].push_back(area);
    }
  }
  return members;
}

/// Members of a group whose edges do not simply cancel: they meet several others, or cross or run along what is left of
/// them.
std::vector<std::uint8_t> unclean_members(const GroupEdges& left, const std::size_t group,
                                          const std::vector<std::uint32_t>& members) {
  std::vector<std::uint32_t> unclean_areas;
  for (const std::uint32_t area : members) {
    if (left.unclean[area] != 0) {
      unclean_areas.push_back(area);
    }
  }
  const std::vector<DirectedEdge> edges{left.edges.begin() + left.first[group], left.edges.begin() + left.first[group + 1]};
  for (const std::uint32_t edge : conflicting_edges(edges)) {
    unclean_areas.push_back(left.areas[left.first[group] + edge]);
  }
  std::ranges::sort(unclean_areas);
  std::vector<std::uint8_t> flags;
  for (const std::uint32_t area : members) {
    flags.push_back(std::ranges::binary_search(unclean_areas, area) ? 1 : 0);
  }
  return flags;
}

/// Union of a group that is no clean coverage. General overlay costs a hundred times what cancelling edges does: only the
/// members that need it go through it, with the rest as one area.
AreaSet united(const AreaSet& areas, const GroupEdges& left, const std::size_t group,
               const std::vector<std::uint32_t>& members) {
  const std::vector<std::uint8_t> unclean = unclean_members(left, group, members);
  const auto unclean_count = static_cast<std::size_t>(std::ranges::count(unclean, 1));
  if (unclean_count == 0 || unclean_count * 2 > members.size()) {
    return geos_union(areas, members);
  }
  AreaSet clean;
  AreaSet parts;
  for (std::size_t i = 0; i < members.size(); ++i) {
    (unclean[i] != 0 ? parts : clean).add_area(areas, AreaIndex{members[i]});
  }
  parts.add_area(dissolve(clean, std::vector<std::uint32_t>(clean.areas(), 0), 1), AreaIndex{0});
  std::vector<std::uint32_t> all(parts.areas());
  std::iota(all.begin(), all.end(), 0U);
  return geos_union(parts, all);
}

}  // namespace

Dissolved dissolve_groups(const AreaSet& areas, const std::span<const std::uint32_t> group_of_area,
                          const std::size_t groups) {
  if (group_of_area.size() != areas.areas()) {
    throw ArgumentError("dissolve: one group per area is wanted");
  }
  if (std::ranges::any_of(group_of_area, [&](const std::uint32_t group) { return group != kNoGroup && group >= groups; })) {
    throw ArgumentError("dissolve: a group is out of range");
  }
  const GroupEdges left = cancel_edges(areas, group_of_area, groups);
  const std::vector<std::vector<std::uint32_t>> members = members_of_groups(group_of_area, groups);
  std::vector<AreaSet> parts(groups);
  std::vector<std::uint8_t> by_overlay(groups, 0);
  parallel_for_blocks(groups, 1, [&](const std::size_t group, std::size_t) {
    std::optional<AreaSet> area;
    if (std::ranges::none_of(members[group], [&](const std::uint32_t member) { return left.unclean[member] != 0; })) {
      area = assemble_area({left.edges.begin() + left.first[group], left.edges.begin() + left.first[group + 1]});
    }
    by_overlay[group] = area ? 0 : 1;
    parts[group] = area ? std::move(*area) : united(areas, left, group, members[group]);
  });
  Dissolved result;
  for (std::uint32_t group = 0; group < groups; ++group) {
    result.areas.add_area(parts[group], AreaIndex{0});
    if (by_overlay[group] != 0) {
      result.united_by_overlay.push_back(group);
    }
  }
  return result;
}

AreaSet dissolve(const AreaSet& areas, const std::span<const std::uint32_t> group_of_area, const std::size_t groups) {
  return dissolve_groups(areas, group_of_area, groups).areas;
}

}  // namespace maillage
