#include "engine/network/longer_arcs.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <span>

#include "engine/core/parallel.hpp"
#include "engine/network/label_sweep.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kManyArcs = 8;

/// The arcs of one direction.
struct Side {
  const Column<std::uint32_t>& first;
  const Column<HierarchyArc>& arcs;
  const Column<std::uint32_t>& via;
  std::vector<std::uint8_t> longer;

  [[nodiscard]] std::uint32_t arcs_at(const std::uint32_t place) const { return first[place + 1] - first[place]; }
  /// Whether the arc between a place and a higher one is longer.
  [[nodiscard]] bool is_longer(const std::uint32_t place, const std::uint32_t higher) const {
    const auto row = arcs.view().subspan(first[place], arcs_at(place));
    const auto at = std::lower_bound(row.begin(), row.end(), higher,
                                     [](const HierarchyArc& arc, const std::uint32_t other) { return arc.place < other; });
    return at != row.end() && at->place == higher && longer[first[place] + static_cast<std::size_t>(at - row.begin())] != 0;
  }
};

void compare_with_ways(const ContractionHierarchy& hierarchy, const Direction direction, Side& side) {
  std::vector<std::uint32_t> places;
  for (std::uint32_t place = 0; place < hierarchy.places(); ++place) {
    if (side.arcs_at(place) > kManyArcs) {
      places.push_back(place);
    }
  }
  tbb::enumerable_thread_specific<LabelSweep> sweeps([&] { return LabelSweep(hierarchy); });
  parallel_for_blocks(places.size(), kLanes, [&](const std::size_t begin, const std::size_t end) {
    std::vector<Terminal> terminals;
    for (std::size_t k = begin; k < end; ++k) {
      terminals.push_back({hierarchy.state_of_place[places[k]], 0});
    }
    std::vector<std::span<const Terminal>> starts;
    for (const Terminal& terminal : terminals) {
      starts.emplace_back(&terminal, 1);
    }
    LabelSweep& sweep = sweeps.local();
    sweep.run(direction, starts, kNoPath - 1);
    for (std::size_t k = begin; k < end; ++k) {
      for (std::uint32_t arc = side.first[places[k]]; arc < side.first[places[k] + 1]; ++arc) {
        const std::uint32_t way = sweep.distances_of_visited(side.arcs[arc].place).at[k - begin];
        side.longer[arc] = way < side.arcs[arc].weight ? 1 : 0;
      }
    }
  });
}

/// From the lowest place upwards: what an arc passes over lies lower.
void mark_those_over(const ContractionHierarchy& hierarchy, Side& up, Side& down) {
  std::vector<std::uint8_t> has_longer(hierarchy.places());
  for (std::uint32_t place = static_cast<std::uint32_t>(hierarchy.places()); place-- > 0;) {
    for (Side* const side : {&up, &down}) {
      const Side& towards = side == &up ? down : up;
      for (std::uint32_t arc = side->first[place]; arc < side->first[place + 1]; ++arc) {
        if ((side->via[arc] & ContractionHierarchy::kShortcut) != 0) {
          const std::uint32_t passed = side->via[arc] & ~ContractionHierarchy::kShortcut;
          if (has_longer[passed] != 0 &&
              (towards.is_longer(passed, place) || side->is_longer(passed, side->arcs[arc].place))) {
            side->longer[arc] = 1;
          }
        }
        has_longer[place] |= side->longer[arc];
      }
    }
  }
}

}  // namespace

LongerArcs find_longer_arcs(const ContractionHierarchy& hierarchy) {
  Side up{hierarchy.up_first, hierarchy.up_arcs, hierarchy.up_via, std::vector<std::uint8_t>(hierarchy.up_arcs.size())};
  Side down{hierarchy.down_first, hierarchy.down_arcs, hierarchy.down_via,
            std::vector<std::uint8_t>(hierarchy.down_arcs.size())};
  compare_with_ways(hierarchy, Direction::forward, up);
  compare_with_ways(hierarchy, Direction::backward, down);
  mark_those_over(hierarchy, up, down);
  return {std::move(up.longer), std::move(down.longer)};
}

}  // namespace maillage
