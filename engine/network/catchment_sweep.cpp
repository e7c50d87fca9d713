#include "engine/network/catchment_sweep.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNotReached = 0;  // slot of who is not reached: its row has no path, so that nobody needs to ask
constexpr std::uint32_t kGroup = 64;      // places that are taken at once; their rows stand in the slots from 1 on

MAILLAGE_LANE_KERNEL bool is_over(const Lanes& lanes, const std::uint32_t cutoff) {
  std::uint32_t least = kNoPath;
  for (const std::uint32_t distance : lanes.at) {
    least = std::min(least, distance);
  }
  return least > cutoff;
}

MAILLAGE_LANE_KERNEL void relax_all(const HierarchyArc* arc, const HierarchyArc* const end,
                                    const std::uint32_t* slot_of_place, Lanes* const reached, const std::uint32_t from) {
  for (; arc != end; ++arc) {
    lanes::relax(reached[slot_of_place[arc->place]], reached[from], arc->weight);
  }
}

/// The arrays a sweep down works on, as the loops see them.
struct Descent {
  const std::uint32_t* first;  // arcs that come to places
  const HierarchyArc* arcs;
  const std::uint32_t* lower_first;  // where one goes on
  const std::uint32_t* lower;
  std::uint32_t* slot_of_place;
  std::uint32_t* place_of_slot;
  std::uint32_t* next_slot;
  std::uint32_t* last_asked_in;
  Lanes* reached;
};

/// Slots for rows, given back ones first.
struct Slots {
  std::uint32_t used;  // those that have ever been taken
  std::uint32_t* free;
  std::uint32_t free_count = 0;

  std::uint32_t take() { return free_count > 0 ? free[--free_count] : used++; }
  void give_back(const std::uint32_t slot) { free[free_count++] = slot; }
};

/// Takes the places of one group: what each has by itself lowered by what comes from above, less what is over the cutoff,
/// becomes a row of the group where something is left, and another that is kept where later groups ask. \returns how many
MAILLAGE_LANE_KERNEL std::uint32_t descend(const Descent& descent, PlaceSet& marked, const std::uint32_t group,
                                           const std::uint32_t cutoff, Slots& slots) {
  using Words = std::uint64_t __attribute__((vector_size(64)));
  const HierarchyArc* const arcs = descent.arcs;
  std::uint32_t* const slot_of_place = descent.slot_of_place;
  Lanes* const reached = descent.reached;
  const lanes::Half none = lanes::Half{} + kNoPath;
  std::uint32_t slot = 1;
  for (std::uint32_t place = marked.take_from(group); place != PlaceSet::kNone; place = marked.take_from(group)) {
    const std::uint32_t own = slot_of_place[place];
    lanes::Half low = reinterpret_cast<const lanes::Half*>(reached[own].at)[0];
    lanes::Half high = reinterpret_cast<const lanes::Half*>(reached[own].at)[1];
    for (std::uint32_t k = descent.first[place], end = descent.first[place + 1]; k < end; ++k) {
      const auto* const above = reinterpret_cast<const lanes::Half*>(reached[slot_of_place[arcs[k].place]].at);
      const lanes::Half low_sum = above[0] + arcs[k].weight;
      const lanes::Half high_sum = above[1] + arcs[k].weight;
      low = low_sum < low ? low_sum : low;
      high = high_sum < high ? high_sum : high;
    }
    if (own != kNotReached) {
      slots.give_back(own);
    }
    low = low <= cutoff ? low : none;
    high = high <= cutoff ? high : none;
    auto* const row = reinterpret_cast<lanes::Half*>(reached[slot].at);
    row[0] = low;
    row[1] = high;
    const auto least = reinterpret_cast<Words>((low < high ? low : high) ^ none);
    std::uint64_t paths = 0;
    for (std::size_t k = 0; k < kLanes / 4; ++k) {
      paths |= least[k];
    }
    if (paths == 0) {
      slot_of_place[place] = kNotReached;
      continue;
    }
    descent.place_of_slot[slot] = place;
    const std::uint32_t lower_end = descent.lower_first[place + 1];
    std::uint32_t k = descent.lower_first[place];
    if (k == lower_end) {
      slot_of_place[place] = kNotReached;
      ++slot;
      continue;
    }
    for (; k < lower_end; ++k) {
      marked.add(descent.lower[k]);
    }
    if (const std::uint32_t last = descent.lower[lower_end - 1] / kGroup; last == group) {
      slot_of_place[place] = slot;
    } else {
      const std::uint32_t kept = slots.take();
      auto* const copy = reinterpret_cast<lanes::Half*>(reached[kept].at);
      copy[0] = low;
      copy[1] = high;
      slot_of_place[place] = kept;
      descent.place_of_slot[kept] = place;
      descent.next_slot[kept] = std::exchange(descent.last_asked_in[last], kept);
    }
    ++slot;
  }
  return slot - 1;
}

/// Gives back the rows that nobody asks for after a group.
void forget(const Descent& descent, const std::uint32_t group, const std::uint32_t rows, Slots& slots) {
  for (std::uint32_t slot = descent.last_asked_in[group]; slot != kNotReached; slot = descent.next_slot[slot]) {
    descent.slot_of_place[descent.place_of_slot[slot]] = kNotReached;
    slots.give_back(slot);
  }
  descent.last_asked_in[group] = kNotReached;
  for (std::uint32_t row = 1; row <= rows; ++row) {
    std::uint32_t& slot = descent.slot_of_place[descent.place_of_slot[row]];
    slot = slot <= kGroup ? kNotReached : slot;
  }
}

}  // namespace

CatchmentSweep::DownwardArcs CatchmentSweep::make_downward_arcs(const ContractionHierarchy& hierarchy,
                                                                const Direction direction) {
  const bool forward = direction == Direction::forward;
  const Column<std::uint32_t>& first = forward ? hierarchy.down_first : hierarchy.up_first;
  const Column<HierarchyArc>& arcs = forward ? hierarchy.down_arcs : hierarchy.up_arcs;
  DownwardArcs downward{direction, std::vector<std::uint32_t>(hierarchy.places() + 2),
                        std::vector<std::uint32_t>(arcs.size())};
  for (const HierarchyArc& arc : arcs) {
    ++downward.first[arc.place + 2];
  }
  std::partial_sum(downward.first.begin(), downward.first.end(), downward.first.begin());
  for (std::uint32_t place = 0; place < hierarchy.places(); ++place) {
    for (std::uint32_t k = first[place]; k < first[place + 1]; ++k) {
      downward.places[downward.first[arcs[k].place + 1]++] = place;
    }
  }
  downward.first.pop_back();
  return downward;
}

CatchmentSweep::CatchmentSweep(const ContractionHierarchy& hierarchy, const DownwardArcs& arcs)
    : hierarchy_(hierarchy),
      downward_(arcs),
      marked_(hierarchy.places()),
      slot_of_place_(LargeArray<std::uint32_t>::zeroed(hierarchy.places())),
      last_asked_in_(hierarchy.places() / kGroup + 1, kNotReached) {
  reserve(kGroup + 1);
  lanes::set_all(reached_[kNotReached], kNoPath);
}

/// Room for so many rows. References to rows end here.
void CatchmentSweep::reserve(const std::size_t slots) {
  if (slots > reached_.size()) {
    reached_.resize(std::max(slots, 2 * reached_.size()));
    place_of_slot_.resize(reached_.size());
    next_slot_.resize(reached_.size());
    free_slots_.resize(reached_.size());
  }
}

std::uint32_t CatchmentSweep::enter(const std::uint32_t place) {
  std::uint32_t& slot = slot_of_place_[place];
  if (slot == kNotReached) {
    reserve(slots_ + 1);
    lanes::set_all(reached_[slots_], kNoPath);
    place_of_slot_[slots_] = place;
    slot = slots_++;
    marked_.add(place);
  }
  return slot;
}

void CatchmentSweep::sweep_up(const std::uint32_t cutoff) {
  const bool forward = downward_.direction == Direction::forward;
  const Column<std::uint32_t>& first = forward ? hierarchy_.up_first : hierarchy_.down_first;
  const Column<HierarchyArc>& arcs = forward ? hierarchy_.up_arcs : hierarchy_.down_arcs;
  std::size_t word = hierarchy_.places() / 4096;
  for (std::uint32_t place = marked_.take_last(word); place != PlaceSet::kNone; place = marked_.take_last(word)) {
    const std::uint32_t slot = slot_of_place_[place];
    if (is_over(reached_[slot], cutoff)) {
      continue;
    }
    for (std::uint32_t k = first[place]; k < first[place + 1]; ++k) {
      enter(arcs[k].place);
    }
    relax_all(arcs.data() + first[place], arcs.data() + first[place + 1], slot_of_place_.data(), reached_.data(), slot);
  }
}

void CatchmentSweep::run(const std::span<const std::span<const Terminal>> starts, std::uint32_t cutoff, const Visit& visit) {
  if (starts.size() > kLanes) {
    throw ArgumentError("catchment sweep: more starts than lanes");
  }
  cutoff = std::min(cutoff, kNoPath - 1);
  slots_ = kGroup + 1;
  for (std::size_t lane = 0; lane < starts.size(); ++lane) {
    for (const Terminal& start : starts[lane]) {
      const std::uint32_t slot = enter(hierarchy_.place_of_state[start.state]);
      std::uint32_t& distance = reached_[slot].at[lane];
      distance = std::min(distance, start.weight);
    }
  }
  sweep_up(cutoff);
  sweep_down(cutoff, visit);
}

void CatchmentSweep::sweep_down(const std::uint32_t cutoff, const Visit& visit) {
  const bool forward = downward_.direction == Direction::forward;
  const Column<std::uint32_t>& first = forward ? hierarchy_.down_first : hierarchy_.up_first;
  const Column<HierarchyArc>& arcs = forward ? hierarchy_.down_arcs : hierarchy_.up_arcs;
  for (std::uint32_t slot = kGroup + 1; slot < slots_; ++slot) {
    marked_.add(place_of_slot_[slot]);
  }
  std::array<std::uint32_t, kGroup> states;
  Slots slots{slots_, free_slots_.data()};
  std::size_t word = 0;
  for (std::uint32_t group = marked_.first_group(word); group != PlaceSet::kNone; group = marked_.first_group(word)) {
    reserve(slots.used + kGroup);
    slots.free = free_slots_.data();
    const Descent descent{first.data(),          arcs.data(),           downward_.first.data(), downward_.places.data(),
                          slot_of_place_.data(), place_of_slot_.data(), next_slot_.data(),      last_asked_in_.data(),
                          reached_.data()};
    const std::uint32_t rows = descend(descent, marked_, group, cutoff, slots);
    for (std::uint32_t row = 0; row < rows; ++row) {
      states[row] = hierarchy_.state_of_place[place_of_slot_[row + 1]];
    }
    if (rows > 0) {
      visit({states.data(), rows}, {reached_.data() + 1, rows});
    }
    forget(descent, group, rows, slots);
  }
}

}  // namespace maillage
