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

/// Relaxes the arcs from one place; higher places met for the first time get the slots from `slots` on.
/// \returns the slots in use
MAILLAGE_LANE_KERNEL std::uint32_t relax_all(const Arrays& arrays, const std::uint32_t place, const std::uint32_t own_slot,
                                             std::uint32_t slots, PlaceSet& marked, Lanes* const reached) {
  const Lanes from = reached[own_slot];
  const HierarchyArc* const end = arrays.arcs + arrays.first[place + 1];
  for (const HierarchyArc* arc = arrays.arcs + arrays.first[place]; arc != end; ++arc) {
    std::uint32_t& slot = arrays.slot_of_place[arc->place];
    if (slot == kNoSlot) {
      slot = slots++;
      marked.add(arc->place);
      __builtin_prefetch(&arrays.first[arc->place]);
      lanes::set_sum(reached[slot], from, arc->weight, kNoPath);
    } else {
      lanes::relax(reached[slot], from, arc->weight);
    }
  }
  return slots;
}

/// The true distances of visited places, as far as higher visited places tell them.
MAILLAGE_LANE_KERNEL void settle_all(const Arrays& arrays, const std::span<const LabelSweep::Visit> visited,
                                     const Lanes* const reached, Lanes* const exact) {
  for (std::size_t k = visited.size(); k-- > 0;) {
    const auto [place, slot] = visited[k];
    Lanes lanes = reached[slot];
    for (std::uint32_t a = arrays.opposite_first[place]; a < arrays.opposite_first[place + 1]; ++a) {
      const std::uint32_t other = arrays.slot_of_place[arrays.opposite_arcs[a].place];
      if (other != kNoSlot) {
        lanes::relax(lanes, exact[other], arrays.opposite_arcs[a].weight);
      }
    }
    exact[slot] = lanes;
  }
}

/// Keeps the lanes of `reached` that are exact and within the cutoff. \returns whether there is one
MAILLAGE_LANE_KERNEL bool keep_exact(const Lanes& reached, const Lanes& exact, const std::uint32_t cutoff, Lanes& label) {
  std::uint32_t any = 0;
  for (std::size_t k = 0; k < kLanes; ++k) {
    const bool kept = reached.at[k] == exact.at[k] && reached.at[k] <= cutoff;
    label.at[k] = kept ? reached.at[k] : kNoPath;
    any |= kept ? 1U : 0U;
  }
  return any != 0;
}

bool is_over(const Lanes& lanes, const std::uint32_t cutoff) {
  return std::all_of(std::begin(lanes.at), std::end(lanes.at),
                     [&](const std::uint32_t distance) { return distance > cutoff; });
}

}  // namespace

LabelSweep::LabelSweep(const ContractionHierarchy& hierarchy, const Direction direction)
    : hierarchy_(hierarchy),
      direction_(direction),
      marked_(hierarchy.places()),
      slot_of_place_(hierarchy.places(), kNoSlot) {}

void LabelSweep::reserve(const std::size_t slots) {
  if (slots > reached_.size()) {
    reached_.resize(std::max(slots, 2 * reached_.size()));
    exact_.resize(reached_.size());
  }
}

void LabelSweep::run(const std::span<const std::span<const Terminal>> starts, const std::uint32_t cutoff) {
  if (starts.size() > kLanes) {
    throw ArgumentError("label sweep: more starts than lanes");
  }
  const bool forward = direction_ == Direction::forward;
  const Arrays up{hierarchy_.up_first.data(), hierarchy_.up_arcs.data(), hierarchy_.down_first.data(),
                  hierarchy_.down_arcs.data(), slot_of_place_.data()};
  const Arrays arrays = forward ? up : Arrays{up.opposite_first, up.opposite_arcs, up.first, up.arcs, up.slot_of_place};
  std::uint32_t slots = 0;
  const auto enter = [&](const std::uint32_t place) {
    if (slot_of_place_[place] == kNoSlot) {
      slot_of_place_[place] = slots;
      lanes::set_all(reached_[slots], kNoPath);
      ++slots;
      marked_.add(place);
    }
  };
  std::size_t word = 0;
  for (std::size_t lane = 0; lane < starts.size(); ++lane) {
    reserve(slots + starts[lane].size());
    for (const Terminal& start : starts[lane]) {
      const std::uint32_t place = hierarchy_.place_of_state[start.state];
      enter(place);
      std::uint32_t& distance = reached_[slot_of_place_[place]].at[lane];
      distance = std::min(distance, start.weight);
      word = std::max(word, PlaceSet::word_of(place));
    }
  }
  visited_.clear();
  for (std::uint32_t place = marked_.take_last(word); place != PlaceSet::kNone; place = marked_.take_last(word)) {
    const std::uint32_t slot = slot_of_place_[place];
    visited_.push_back({place, slot});
    if (cutoff < kNoPath - 1 && is_over(reached_[slot], cutoff)) {
      continue;
    }
    reserve(slots + arrays.first[place + 1] - arrays.first[place]);
    slots = relax_all(arrays, place, slot, slots, marked_, reached_.data());
  }
  settle_all(arrays, visited_, reached_.data(), exact_.data());
  label_places_.clear();
  labels_.resize(std::max<std::size_t>(labels_.size(), slots + 1));
  for (std::size_t k = visited_.size(); k-- > 0;) {
    const auto [place, slot] = visited_[k];
    if (keep_exact(reached_[slot], exact_[slot], std::min(cutoff, kNoPath - 1), labels_[label_places_.size()])) {
      label_places_.push_back(place);
    }
  }
  for (const auto& [place, slot] : visited_) {
    slot_of_place_[place] = kNoSlot;
  }
}

}  // namespace maillage
