#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/csr.hpp"
#include "engine/core/indexed.hpp"
#include "engine/geometry/area_set.hpp"
#include "engine/geometry/point.hpp"
#include "engine/territory/commune.hpp"

namespace maillage {

/// Where a commune's inhabitants are taken to be when nothing finer is known.
struct CommunePoint {
  enum class Origin {
    declared,
    interior,
    none
  };               ///< declared: town hall or chef-lieu; interior: computed inside the contour
  Point position;  ///< metres, territory plane
  Origin origin = Origin::none;
};

/// A weighted place to serve. Without a finer source: one per commune, at its point, with its whole population.
struct DemandPoint {
  Point position;  ///< metres, territory plane
  std::int64_t population = 0;
  CommuneIndex commune;
};

/// Length of border that two communes share.
struct Neighbour {
  CommuneIndex commune;
  double border_m = 0;
  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// An area of study: its communes sorted by code, their contours, and the zonings above them. Built once, then read-only.
struct Territory {
  std::string name;   ///< "Hauts-de-France", or what the study calls it
  std::string plane;  ///< the projected CRS (or the list of them) whose metres `Point` counts: "EPSG:2154"
  IndexedVector<CommuneIndex, Commune> communes;  ///< sorted by code, codes unique
  AreaSet contours;                               ///< territory plane, metres; area i = commune i, may be empty
  AreaSet source_contours;                        ///< the same vertices in the plane of the source geometry
  bool source_is_geographic = true;               ///< source_contours are in degrees
  IndexedVector<CommuneIndex, CommunePoint> points;
  Csr<CommuneIndex, Neighbour> neighbours;  ///< communes that share a border of positive length, by code
  PopulationTiers tiers;
  IndexedVector<CommuneIndex, TierIndex> tier;  ///< none where the population is unknown
  Zoning departements;
  Zoning epcis;
  Zoning regions;
  std::vector<DemandPoint> demand;  ///< sorted by commune, then as read

  /// The commune of that present code. O(log n).
  [[nodiscard]] std::optional<CommuneIndex> find(std::string_view code) const;
};

}  // namespace maillage
