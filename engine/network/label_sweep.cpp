#include "engine/network/label_sweep.hpp"

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNoSlot = 0;  // its lanes are kNoPath: relaxing from there changes nothing, and needs no question

/// The arrays a sweep works on, as the loops see them.
struct Arrays {
  const std::uint32_t* first;
  const HierarchyArc* arcs;
  const std::uint32_t* opposite_first;
  const HierarchyArc* opposite_arcs;
  std::uint32_t* slot_of_place;
  std::uint32_t* place_of_slot;
};

/// Asks for the arcs of a place, which are far away in memory.
void prefetch_arcs(const Arrays& arrays, const std::uint32_t place) {
  constexpr std::size_t kArcsPerLine = 64 / sizeof(HierarchyArc);
  const HierarchyArc* const own = arrays.arcs + arrays.first[place];
  const HierarchyArc* const opposite = arrays.opposite_arcs + arrays.opposite_first[place];
  __builtin_prefetch(own);
  __builtin_prefetch(opposite);
  __builtin_prefetch(own + kArcsPerLine);
  __builtin_prefetch(opposite + kArcsPerLine);
}

/// `lanes` shortened by ways over higher places met so far.
[[gnu::always_inline]] inline void shorten(const Arrays& arrays, const HierarchyArc* arc, const HierarchyArc* const end,
                                           const Lanes* const lengths, Lanes& lanes) {
  for (; arc != end; ++arc) {
    lanes::relax(lanes, lengths[arrays.slot_of_place[arc->place]], arc->weight);
  }
}

/// Whether a lane of `own` is shorter than that of `other`, and within the cutoff.
[[gnu::always_inline]] inline bool any_shorter(const Lanes& own, const Lanes& other, const std::uint32_t cutoff) {
  std::uint32_t any = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    any |= own.at[lane] < other.at[lane] && own.at[lane] <= cutoff ? 1U : 0U;
  }
  return any != 0;
}

/// Takes out of `reached` the lanes in which a higher place leads to `place` as soon: the highest place of a shortest path
/// over `place` is another one then, and is met without it.
/// \returns whether a lane within the cutoff is left
MAILLAGE_LANE_KERNEL bool stall(const Arrays& arrays, const std::uint32_t place, const std::uint32_t cutoff,
                                Lanes* const reached, Lanes* const exact) {
  constexpr std::ptrdiff_t kAtOnce = 8;
  Lanes& own = reached[arrays.slot_of_place[place]];
  Lanes higher;
  lanes::set_all(higher, kNoPath);
  const HierarchyArc* arc = arrays.opposite_arcs + arrays.opposite_first[place];
  const HierarchyArc* const end = arrays.opposite_arcs + arrays.opposite_first[place + 1];
  bool goes_on = any_shorter(own, higher, cutoff);
  while (arc != end && goes_on) {
    const HierarchyArc* const next = end - arc > kAtOnce ? arc + kAtOnce : end;
    shorten(arrays, arc, next, reached, higher);
    goes_on = any_shorter(own, higher, cutoff);
    arc = next;
  }
  Lanes& shortest = exact[arrays.slot_of_place[place]];
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const bool stays = own.at[lane] < higher.at[lane];
    shortest.at[lane] = stays ? own.at[lane] : higher.at[lane];
    own.at[lane] = stays ? own.at[lane] : kNoPath;
  }
  return goes_on;
}

/// Relaxes the arcs from one place; higher places met for the first time get the slots from `slots` on.
/// \returns the slots in use
MAILLAGE_LANE_KERNEL std::uint32_t relax_all(const Arrays& arrays, const std::uint32_t place, std::uint32_t slots,
                                             PlaceSet& marked, Lanes* const reached) {
  const Lanes from = reached[arrays.slot_of_place[place]];
  const HierarchyArc* const end = arrays.arcs + arrays.first[place + 1];
  for (const HierarchyArc* arc = arrays.arcs + arrays.first[place]; arc != end; ++arc) {
    std::uint32_t& slot = arrays.slot_of_place[arc->place];
    if (slot == kNoSlot) {
      arrays.place_of_slot[slots] = arc->place;
      slot = slots++;
      marked.add(arc->place);
      __builtin_prefetch(&arrays.first[arc->place]);
      __builtin_prefetch(&arrays.opposite_first[arc->place]);
      lanes::set_sum(reached[slot], from, arc->weight, kNoPath);
    } else {
      lanes::relax(reached[slot], from, arc->weight);
    }
  }
  return slots;
}

/// The true distances of places, as far as higher visited places tell them.
MAILLAGE_LANE_KERNEL void settle_all(const Arrays& arrays, const std::span<const LabelSweep::Visit> open,
                                     Lanes* const exact) {
  for (std::size_t k = open.size(); k-- > 0;) {
    const auto [place, slot] = open[k];
    Lanes lanes = exact[slot];
    shorten(arrays, arrays.opposite_arcs + arrays.opposite_first[place],
            arrays.opposite_arcs + arrays.opposite_first[place + 1], exact, lanes);
    exact[slot] = lanes;
  }
}

/// \returns whether a lane of `reached` is exact and within the cutoff
MAILLAGE_LANE_KERNEL bool has_label(const Lanes& reached, const Lanes& exact, const std::uint32_t cutoff) {
  std::uint32_t any = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    any |= reached.at[lane] == exact.at[lane] && reached.at[lane] <= cutoff ? 1U : 0U;
  }
  return any != 0;
}

}  // namespace

LabelSweep::LabelSweep(const ContractionHierarchy& hierarchy)
    : hierarchy_(hierarchy),
      marked_(hierarchy.places()),
      slot_of_place_(LargeArray<std::uint32_t>::zeroed(hierarchy.places())) {
  reserve(1);
  lanes::set_all(reached_[kNoSlot], kNoPath);
  lanes::set_all(exact_[kNoSlot], kNoPath);
}

void LabelSweep::reserve(const std::size_t slots) {
  if (slots > reached_.size()) {
    reached_.resize(std::max(slots, 2 * reached_.size()));
    exact_.resize(reached_.size());
    place_of_slot_.resize(reached_.size());
  }
}

/// Puts the starts in.
void LabelSweep::enter(const std::span<const std::span<const Terminal>> starts) {
  for (std::uint32_t slot = 1; slot < slots_; ++slot) {
    slot_of_place_[place_of_slot_[slot]] = kNoSlot;
  }
  slots_ = 1;
  for (std::size_t lane = 0; lane < starts.size(); ++lane) {
    reserve(slots_ + starts[lane].size());
    for (const Terminal& start : starts[lane]) {
      const std::uint32_t place = hierarchy_.place_of_state[start.state];
      std::uint32_t& slot = slot_of_place_[place];
      if (slot == kNoSlot) {
        place_of_slot_[slots_] = place;
        slot = slots_;
        lanes::set_all(reached_[slots_], kNoPath);
        ++slots_;
        marked_.add(place);
      }
      std::uint32_t& distance = reached_[slot].at[lane];
      distance = std::min(distance, start.weight);
    }
  }
}

void LabelSweep::collect(const std::uint32_t cutoff) {
  label_places_.clear();
  labels_.resize(std::max(labels_.size(), open_.size()));
  for (std::size_t k = open_.size(); k-- > 0;) {
    const auto [place, slot] = open_[k];
    if (has_label(reached_[slot], exact_[slot], cutoff)) {
      labels_[label_places_.size()] = exact_[slot];
      label_places_.push_back(place);
    }
  }
}

void LabelSweep::run(const Direction direction, const std::span<const std::span<const Terminal>> starts,
                     const std::uint32_t cutoff) {
  if (starts.size() > kLanes) {
    throw ArgumentError("label sweep: more starts than lanes");
  }
  const bool forward = direction == Direction::forward;
  const Column<std::uint32_t>& first = forward ? hierarchy_.up_first : hierarchy_.down_first;
  const Column<HierarchyArc>& arcs = forward ? hierarchy_.up_arcs : hierarchy_.down_arcs;
  const Column<std::uint32_t>& opposite_first = forward ? hierarchy_.down_first : hierarchy_.up_first;
  const Column<HierarchyArc>& opposite_arcs = forward ? hierarchy_.down_arcs : hierarchy_.up_arcs;
  const std::uint32_t farthest = std::min(cutoff, kNoPath - 1);
  enter(starts);
  open_.clear();
  std::uint32_t asked_for = 1;
  std::size_t word = PlaceSet::word_of(static_cast<std::uint32_t>(hierarchy_.places()));
  for (std::uint32_t place = marked_.take_last(word); place != PlaceSet::kNone; place = marked_.take_last(word)) {
    reserve(slots_ + first[place + 1] - first[place]);
    const Arrays arrays{first.data(),         arcs.data(),           opposite_first.data(),
                        opposite_arcs.data(), slot_of_place_.data(), place_of_slot_.data()};
    for (; asked_for < slots_; ++asked_for) {
      prefetch_arcs(arrays, place_of_slot_[asked_for]);
    }
    if (stall(arrays, place, farthest, reached_.data(), exact_.data())) {
      open_.push_back({place, slot_of_place_[place]});
      slots_ = relax_all(arrays, place, slots_, marked_, reached_.data());
    }
  }
  settle_all({first.data(), arcs.data(), opposite_first.data(), opposite_arcs.data(), slot_of_place_.data(), nullptr}, open_,
             exact_.data());
  collect(farthest);
}

}  // namespace maillage
