#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/large_array.hpp"
#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/direction.hpp"
#include "engine/network/lanes.hpp"
#include "engine/network/place_set.hpp"

namespace maillage {

/// The upward searches of up to 32 starts at once, without a queue: places are visited in the order of the hierarchy over
/// the union of the searches, one vector lane per start. A place from which no shortest path goes on, because a higher place
/// leads to it as soon, is not searched further (stall-on-demand, Geisberger et al. 2012, doi:10.1287/trsc.1110.0401). What
/// is left are labels (Abraham et al. 2012, doi:10.1007/978-3-642-33090-2_4): the places met at their true distance by some
/// start. The highest place of every shortest path is among them. One object per thread: 4 bytes a place, 256 bytes a
/// visited place.
class LabelSweep {
 public:
  explicit LabelSweep(const ContractionHierarchy& hierarchy);

  /// \param direction  forward: distances from the starts; backward: distances to them
  /// \param starts     at most kLanes lists of terminals; places farther than `cutoff` from all are left out
  void run(Direction direction, std::span<const std::span<const Terminal>> starts, std::uint32_t cutoff);

  /// Places with a label of the last run, ascending, with the lengths of paths of all starts: the true distance where the
  /// place belongs to the start's label, else perhaps longer; kNoPath where no path is known.
  [[nodiscard]] std::span<const std::uint32_t> places() const { return label_places_; }
  [[nodiscard]] std::span<const Lanes> distances() const { return std::span{labels_}.first(label_places_.size()); }

  /// Lengths of paths between the starts and a place that the last run visited, as short as it knows them.
  [[nodiscard]] const Lanes& distances_of_visited(const std::uint32_t place) const { return exact_[slot_of_place_[place]]; }

  struct Visit {
    std::uint32_t place;
    std::uint32_t slot;
  };

 private:
  void reserve(std::size_t slots);
  void enter(std::span<const std::span<const Terminal>> starts);
  void collect(std::uint32_t cutoff);

  const ContractionHierarchy& hierarchy_;
  PlaceSet marked_;
  LargeArray<std::uint32_t> slot_of_place_;
  std::uint32_t slots_ = 1;  ///< visited places have the slots from 1 on, in the order in which they are met
  std::vector<std::uint32_t> place_of_slot_;
  std::vector<Lanes> reached_;  ///< per slot: lengths of upward paths; kNoPath where the search does not go on
  std::vector<Lanes> exact_;    ///< per slot
  std::vector<Visit> open_;     ///< visited places from which the search went on, descending
  std::vector<std::uint32_t> label_places_;
  std::vector<Lanes> labels_;
};

}  // namespace maillage
