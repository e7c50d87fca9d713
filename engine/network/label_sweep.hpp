#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/lanes.hpp"
#include "engine/network/place_set.hpp"

namespace maillage {

/// The upward searches of up to 32 starts at once, without a queue: places are visited in the order of the hierarchy over
/// the union of the searches, one vector lane per start. What is left are labels (Abraham et al. 2012,
/// doi:10.1007/978-3-642-33090-2_4): the places met at their true distance; entries that are longer than the true distance,
/// as far as the visited places tell, are taken out, and no shortest path needs them. One object per thread: 4 bytes a
/// place, 256 bytes a visited place.
class LabelSweep {
 public:
  /// \param direction  forward: distances from the starts; backward: distances to them
  LabelSweep(const ContractionHierarchy& hierarchy, Direction direction);

  /// \param starts  at most kLanes lists of terminals; distances over `cutoff` are left out
  void run(std::span<const std::span<const Terminal>> starts, std::uint32_t cutoff);

  /// Places with a label of the last run, ascending, with the distances: kNoPath in the lanes without one.
  [[nodiscard]] std::span<const std::uint32_t> places() const { return label_places_; }
  [[nodiscard]] const Lanes& distances(const std::size_t position) const { return labels_[position]; }

  struct Visit {
    std::uint32_t place;
    std::uint32_t slot;
  };

 private:
  void reserve(std::size_t slots);

  const ContractionHierarchy& hierarchy_;
  Direction direction_;
  PlaceSet marked_;
  std::vector<std::uint32_t> slot_of_place_;
  std::vector<Lanes> reached_;  ///< per slot
  std::vector<Lanes> exact_;    ///< per slot
  std::vector<Visit> visited_;  ///< by place, descending
  std::vector<std::uint32_t> label_places_;
  std::vector<Lanes> labels_;
};

}  // namespace maillage
