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

/// Lowers the row by what comes from above, and drops what is over the cutoff. \returns whether something is left
MAILLAGE_LANE_KERNEL bool pull(const HierarchyArc* arc, const HierarchyArc* const end, const std::uint32_t* slot_of_place,
                               const Lanes* const reached, const std::uint32_t cutoff, Lanes& row) {
  Lanes best = row;
  for (; arc != end; ++arc) {
    lanes::relax(best, reached[slot_of_place[arc->place]], arc->weight);
  }
  std::uint32_t least = kNoPath;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    best.at[lane] = best.at[lane] <= cutoff ? best.at[lane] : kNoPath;
    least = std::min(least, best.at[lane]);
  }
  row = best;
  return least != kNoPath;
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

/// A row without paths behind the last slot. References to rows end here.
Lanes& CatchmentSweep::spare_row() {
  if (slots_ == reached_.size()) {
    reached_.resize(2 * reached_.size() + 1024);
  }
  lanes::set_all(reached_[slots_], kNoPath);
  return reached_[slots_];
}

std::uint32_t CatchmentSweep::enter(const std::uint32_t place) {
  if (slot_of_place_[place] == kNobody) {
    spare_row();
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
  spare_row();
  ++slots_;  // kNobody's
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
    const bool entered = slot_of_place_[place] != kNobody;
    Lanes& row = entered ? reached_[slot_of_place_[place]] : spare_row();
    if (!pull(arcs.data() + first[place], arcs.data() + first[place + 1], slot_of_place_.data(), reached_.data(), cutoff,
              row)) {
      continue;
    }
    if (!entered) {
      keep_slot(place);
    }
    for (std::uint32_t k = downward_.first[place]; k < downward_.first[place + 1]; ++k) {
      marked_.add(downward_.places[k]);
    }
    visit(hierarchy_.state_of_place[place], row);
  }
}

}  // namespace maillage
