#include "engine/network/catchment_sweep.hpp"

#include <algorithm>
#include <numeric>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNoSlot = 0xffffffffU;

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

MAILLAGE_LANE_KERNEL void cut(const Lanes& distances, const std::uint32_t cutoff, Lanes& result) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    result.at[lane] = distances.at[lane] <= cutoff ? distances.at[lane] : kNoPath;
  }
}

}  // namespace

CatchmentSweep::DownwardArcs CatchmentSweep::make_downward_arcs(const ContractionHierarchy& hierarchy,
                                                                const Direction direction) {
  const bool forward = direction == Direction::forward;
  const Column<std::uint32_t>& first = forward ? hierarchy.down_first : hierarchy.up_first;
  const Column<HierarchyArc>& arcs = forward ? hierarchy.down_arcs : hierarchy.up_arcs;
  DownwardArcs downward{direction, std::vector<std::uint32_t>(hierarchy.places() + 2),
                        std::vector<HierarchyArc>(arcs.size())};
  for (const HierarchyArc& arc : arcs) {
    ++downward.first[arc.place + 2];
  }
  std::partial_sum(downward.first.begin(), downward.first.end(), downward.first.begin());
  for (std::uint32_t place = 0; place < hierarchy.places(); ++place) {
    for (std::uint32_t k = first[place]; k < first[place + 1]; ++k) {
      downward.arcs[downward.first[arcs[k].place + 1]++] = {place, arcs[k].weight};
    }
  }
  downward.first.pop_back();
  return downward;
}

CatchmentSweep::CatchmentSweep(const ContractionHierarchy& hierarchy, const DownwardArcs& arcs)
    : hierarchy_(hierarchy), downward_(arcs), marked_(hierarchy.places()), slot_of_place_(hierarchy.places(), kNoSlot) {}

std::uint32_t CatchmentSweep::enter(const std::uint32_t place) {
  if (slot_of_place_[place] == kNoSlot) {
    if (slots_ == reached_.size()) {
      reached_.resize(2 * reached_.size() + 1024);
    }
    lanes::set_all(reached_[slots_], kNoPath);
    slot_of_place_[place] = slots_++;
    entered_.push_back(place);
    marked_.add(place);
  }
  return slot_of_place_[place];
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
  slots_ = 0;
  entered_.clear();
  for (std::size_t lane = 0; lane < starts.size(); ++lane) {
    for (const Terminal& start : starts[lane]) {
      std::uint32_t& distance = reached_[enter(hierarchy_.place_of_state[start.state])].at[lane];
      distance = std::min(distance, start.weight);
    }
  }
  sweep_up(cutoff);
  for (const std::uint32_t place : entered_) {
    marked_.add(place);
  }
  std::size_t word = 0;
  Lanes result;
  for (std::uint32_t place = marked_.take_first(word); place != PlaceSet::kNone; place = marked_.take_first(word)) {
    const std::uint32_t slot = slot_of_place_[place];
    if (is_over(reached_[slot], cutoff)) {
      continue;
    }
    const HierarchyArc* const begin = downward_.arcs.data() + downward_.first[place];
    const HierarchyArc* const end = downward_.arcs.data() + downward_.first[place + 1];
    for (const HierarchyArc* arc = begin; arc != end; ++arc) {
      enter(arc->place);
    }
    relax_all(begin, end, slot_of_place_.data(), reached_.data(), slot);
    cut(reached_[slot], cutoff, result);
    visit(hierarchy_.state_of_place[place], result);
  }
  for (const std::uint32_t place : entered_) {
    slot_of_place_[place] = kNoSlot;
  }
}

}  // namespace maillage
