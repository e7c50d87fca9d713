#include "engine/network/label_sweep.hpp"

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNoSlot = 0xffffffffU;

/// The arrays a sweep works on, as the loops see them.
struct Arrays {
  const std::uint32_t* first;
  const HierarchyArc* arcs;
  const std::uint32_t* opposite_first;
  const HierarchyArc* opposite_arcs;
  std::uint32_t* slot_of_place;
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

/// `lanes` shortened by the ways over higher places met so far.
[[gnu::always_inline]] inline void shorten(const Arrays& arrays, const std::uint32_t place, const Lanes* const lengths,
                                           Lanes& lanes) {
  const HierarchyArc* const end = arrays.opposite_arcs + arrays.opposite_first[place + 1];
  for (const HierarchyArc* arc = arrays.opposite_arcs + arrays.opposite_first[place]; arc != end; ++arc) {
    const std::uint32_t other = arrays.slot_of_place[arc->place];
    if (other != kNoSlot) {
      lanes::relax(lanes, lengths[other], arc->weight);
    }
  }
}

/// Takes out of `reached` the lanes in which a higher place leads to `place` as soon: the highest place of a shortest path
/// over `place` is another one then, and is met without it.
/// \returns whether a lane within the cutoff is left
MAILLAGE_LANE_KERNEL bool stall(const Arrays& arrays, const std::uint32_t place, const std::uint32_t cutoff,
                                Lanes* const reached, Lanes* const exact) {
  const std::uint32_t slot = arrays.slot_of_place[place];
  Lanes higher;
  lanes::set_all(higher, kNoPath);
  shorten(arrays, place, reached, higher);
  std::uint32_t any = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::uint32_t own = reached[slot].at[lane];
    const bool stays = own < higher.at[lane];
    exact[slot].at[lane] = stays ? own : higher.at[lane];
    reached[slot].at[lane] = stays ? own : kNoPath;
    any |= stays && own <= cutoff ? 1U : 0U;
  }
  return any != 0;
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
    shorten(arrays, place, exact, lanes);
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
    : hierarchy_(hierarchy), marked_(hierarchy.places()), slot_of_place_(hierarchy.places(), kNoSlot) {}

void LabelSweep::reserve(const std::size_t slots) {
  if (slots > reached_.size()) {
    reached_.resize(std::max(slots, 2 * reached_.size()));
    exact_.resize(reached_.size());
  }
}

/// Puts the starts in. \returns the slots in use
std::uint32_t LabelSweep::enter(const std::span<const std::span<const Terminal>> starts) {
  for (const std::uint32_t place : visited_) {
    slot_of_place_[place] = kNoSlot;
  }
  visited_.clear();
  std::uint32_t slots = 0;
  for (std::size_t lane = 0; lane < starts.size(); ++lane) {
    reserve(slots + starts[lane].size());
    for (const Terminal& start : starts[lane]) {
      const std::uint32_t place = hierarchy_.place_of_state[start.state];
      if (slot_of_place_[place] == kNoSlot) {
        slot_of_place_[place] = slots;
        lanes::set_all(reached_[slots], kNoPath);
        ++slots;
        marked_.add(place);
      }
      std::uint32_t& distance = reached_[slot_of_place_[place]].at[lane];
      distance = std::min(distance, start.weight);
    }
  }
  return slots;
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
  const Arrays up{hierarchy_.up_first.data(), hierarchy_.up_arcs.data(), hierarchy_.down_first.data(),
                  hierarchy_.down_arcs.data(), slot_of_place_.data()};
  const Arrays arrays = direction == Direction::forward
                            ? up
                            : Arrays{up.opposite_first, up.opposite_arcs, up.first, up.arcs, up.slot_of_place};
  const std::uint32_t farthest = std::min(cutoff, kNoPath - 1);
  std::uint32_t slots = enter(starts);
  std::size_t word = PlaceSet::word_of(static_cast<std::uint32_t>(hierarchy_.places()));
  open_.clear();
  for (std::uint32_t place = marked_.take_last(word); place != PlaceSet::kNone; place = marked_.take_last(word)) {
    visited_.push_back(place);
    prefetch_arcs(arrays, marked_.peek_last(word));
    if (!stall(arrays, place, farthest, reached_.data(), exact_.data())) {
      continue;
    }
    open_.push_back({place, slot_of_place_[place]});
    reserve(slots + arrays.first[place + 1] - arrays.first[place]);
    slots = relax_all(arrays, place, slots, marked_, reached_.data());
  }
  settle_all(arrays, open_, exact_.data());
  collect(farthest);
}

}  // namespace maillage
