#include "engine/network/catchment_sweep.hpp"

#include <algorithm>
#include <numeric>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNobody = 0;  // slot of who is not reached: its row has no path, so that nobody needs to ask

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

/// What a place has by itself lowered by what comes from above, less what is over the cutoff. \returns whether something is
/// left
MAILLAGE_LANE_KERNEL bool pull(const HierarchyArc* arc, const HierarchyArc* const end, const std::uint32_t* slot_of_place,
                               const Lanes* const reached, const std::uint32_t cutoff, const Lanes& own, Lanes& row) {
  const lanes::Half* const start = reinterpret_cast<const lanes::Half*>(own.at);
  lanes::Half low = start[0];
  lanes::Half high = start[1];
  for (; arc != end; ++arc) {
    const lanes::Half* const above = reinterpret_cast<const lanes::Half*>(reached[slot_of_place[arc->place]].at);
    const lanes::Half low_sum = above[0] + arc->weight;
    const lanes::Half high_sum = above[1] + arc->weight;
    low = low_sum < low ? low_sum : low;
    high = high_sum < high ? high_sum : high;
  }
  const lanes::Half none = lanes::Half{} + kNoPath;
  low = low <= cutoff ? low : none;
  high = high <= cutoff ? high : none;
  lanes::Half* const to = reinterpret_cast<lanes::Half*>(row.at);
  to[0] = low;
  to[1] = high;
  const lanes::Half least = low < high ? low : high;
  std::uint32_t paths = 0;
  for (std::size_t lane = 0; lane < kLanes / 2; ++lane) {
    paths |= least[lane] ^ kNoPath;
  }
  return paths != 0;
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
    : hierarchy_(hierarchy), downward_(arcs), marked_(hierarchy.places()), slot_of_place_(hierarchy.places(), kNobody) {}

void CatchmentSweep::keep_slot(const std::uint32_t place) {
  slot_of_place_[place] = slots_++;
  entered_.push_back(place);
}

/// Room for a row behind the last slot. References to rows end here.
void CatchmentSweep::reserve_row() {
  if (slots_ == reached_.size()) {
    reached_.resize(2 * reached_.size() + 1024);
  }
}

std::uint32_t CatchmentSweep::enter(const std::uint32_t place) {
  if (slot_of_place_[place] == kNobody) {
    reserve_row();
    lanes::set_all(reached_[slots_], kNoPath);
    keep_slot(place);
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
  reserve_row();
  lanes::set_all(reached_[slots_++], kNoPath);  // kNobody's
  for (std::size_t lane = 0; lane < starts.size(); ++lane) {
    for (const Terminal& start : starts[lane]) {
      std::uint32_t& distance = reached_[enter(hierarchy_.place_of_state[start.state])].at[lane];
      distance = std::min(distance, start.weight);
    }
  }
  sweep_up(cutoff);
  sweep_down(cutoff, visit);
  for (const std::uint32_t place : entered_) {
    slot_of_place_[place] = kNobody;
  }
}

void CatchmentSweep::sweep_down(const std::uint32_t cutoff, const Visit& visit) {
  const bool forward = downward_.direction == Direction::forward;
  const Column<std::uint32_t>& first = forward ? hierarchy_.down_first : hierarchy_.up_first;
  const Column<HierarchyArc>& arcs = forward ? hierarchy_.down_arcs : hierarchy_.up_arcs;
  for (const std::uint32_t place : entered_) {
    marked_.add(place);
  }
  std::size_t word = 0;
  for (std::uint32_t place = marked_.take_first(word); place != PlaceSet::kNone; place = marked_.take_first(word)) {
    const std::uint32_t slot = slot_of_place_[place];
    reserve_row();
    Lanes& row = reached_[slot != kNobody ? slot : slots_];
    if (!pull(arcs.data() + first[place], arcs.data() + first[place + 1], slot_of_place_.data(), reached_.data(), cutoff,
              reached_[slot], row)) {
      continue;
    }
    if (slot == kNobody) {
      keep_slot(place);
    }
    for (std::uint32_t k = downward_.first[place]; k < downward_.first[place + 1]; ++k) {
      marked_.add(downward_.places[k]);
    }
    visit(hierarchy_.state_of_place[place], row);
  }
}

}  // namespace maillage
