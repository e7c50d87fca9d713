#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/lanes.hpp"
#include "engine/network/place_set.hpp"

namespace maillage {

/// All states within a cutoff of each of up to 32 starts: one sweep up and one down over the places that any of them reaches
/// (bounded PHAST). Starts that lie close share nearly all of the work. One object per thread; 4 bytes a place, 128 bytes a
/// reached place.
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

  using Visit = std::function<void(std::uint32_t state, const Lanes& distances)>;
  /// Calls `visit` for every state that a start reaches within the cutoff (closed), lanes over it kNoPath; states in the
  /// order of the hierarchy. Cost: O(reached places x arcs) for the batch.
  void run(std::span<const std::span<const Terminal>> starts, std::uint32_t cutoff, const Visit& visit);

 private:
  void keep_slot(std::uint32_t place);
  void reserve_row();
  std::uint32_t enter(std::uint32_t place);
  void sweep_up(std::uint32_t cutoff);
  void sweep_down(std::uint32_t cutoff, const Visit& visit);

  const ContractionHierarchy& hierarchy_;
  const DownwardArcs& downward_;
  PlaceSet marked_;
  std::vector<std::uint32_t> slot_of_place_;
  std::vector<Lanes> reached_;
  std::uint32_t slots_ = 0;
  std::vector<std::uint32_t> entered_;  ///< places, in the order they were met
};

}  // namespace maillage
