#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/core/large_array.hpp"
#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/lanes.hpp"
#include "engine/network/place_set.hpp"

namespace maillage {

/// All states within a cutoff of each of up to 32 starts: one sweep up and one down over the places that any of them reaches
/// (bounded PHAST). Starts that lie close share nearly all of the work. A row of distances is kept until the last lower
/// place that asks for it has been swept, which is soon, as the hierarchy's order is a walk downwards: what a sweep writes
/// stays in the processor's cache, however much it reaches. One object per thread; 4 bytes a place, and 140 bytes for each
/// of some thousand places.
class CatchmentSweep {
 public:
  /// Lower ends of the arcs of one direction, by their higher end: where a sweep down goes on. Built once, shared by the
  /// sweeps of all threads.
  struct DownwardArcs {
    Direction direction;
    std::vector<std::uint32_t> first;  ///< places + 1
    std::vector<std::uint32_t> places;
  };
  [[nodiscard]] static DownwardArcs make_downward_arcs(const ContractionHierarchy& hierarchy, Direction direction);

  /// \param arcs  viewed, as the hierarchy is
  CatchmentSweep(const ContractionHierarchy& hierarchy, const DownwardArcs& arcs);

  using Visit = std::function<void(std::span<const std::uint32_t> states, std::span<const Lanes> distances)>;
  /// Calls `visit` for the states that a start reaches within the cutoff (closed), up to 64 at a time, lanes over it
  /// kNoPath; states in the order of the hierarchy. Cost: O(reached places x arcs) for the batch.
  void run(std::span<const std::span<const Terminal>> starts, std::uint32_t cutoff, const Visit& visit);

 private:
  void reserve(std::size_t slots);
  std::uint32_t enter(std::uint32_t place);
  void sweep_up(std::uint32_t cutoff);
  void sweep_down(std::uint32_t cutoff, const Visit& visit);

  const ContractionHierarchy& hierarchy_;
  const DownwardArcs& downward_;
  PlaceSet marked_;
  LargeArray<std::uint32_t> slot_of_place_;
  std::vector<Lanes> reached_;  ///< per slot, of the places that are still asked for
  std::vector<std::uint32_t> place_of_slot_;
  std::uint32_t slots_ = 0;                   ///< taken by the sweep up
  std::vector<std::uint32_t> free_slots_;     ///< of the sweep down
  std::vector<std::uint32_t> last_asked_in_;  ///< per group of places: the first of the slots that it asks for last
  std::vector<std::uint32_t> next_slot_;      ///< and the others of them
};

}  // namespace maillage
