#include "adapters/osm/travel_times.hpp"

#include <algorithm>
#include <cmath>

namespace maillage {

namespace {

constexpr double kCell_m = 250;

/// Metres of residential street by square cell: sorted cells with whole centimetres, so that sums do not depend on order.
class StreetDensity {
 public:
  explicit StreetDensity(const RoadNetworkParts& parts) {
    for (std::size_t k = 0; k < parts.roads.size(); ++k) {
      const Road& road = parts.roads[k];
      if (road.road_class == RoadClass::residential || road.road_class == RoadClass::living_street) {
        cells_.push_back({cell_of(middle(parts, k)), road.length_cm});
      }
    }
    std::ranges::sort(cells_, {}, &Cell::place);
    std::size_t kept = 0;
    for (std::size_t k = 0; k < cells_.size(); ++k) {
      if (k > 0 && cells_[k].place == cells_[kept - 1].place) {
        cells_[kept - 1].length_cm += cells_[k].length_cm;
      } else {
        cells_[kept++] = cells_[k];
      }
    }
    cells_.resize(kept);
  }

  /// Streets in the three by three cells around a point.
  [[nodiscard]] double around_m(const Point& point) const {
    const Place centre = cell_of(point);
    std::uint64_t sum_cm = 0;
    for (std::int64_t x = centre.x - 1; x <= centre.x + 1; ++x) {
      auto cell = std::ranges::lower_bound(cells_, Place{x, centre.y - 1}, {}, &Cell::place);
      for (; cell != cells_.end() && cell->place.x == x && cell->place.y <= centre.y + 1; ++cell) {
        sum_cm += cell->length_cm;
      }
    }
    return static_cast<double>(sum_cm) / 100;
  }

  static Point middle(const RoadNetworkParts& parts, const std::size_t road) {
    const std::uint64_t first = parts.shape_first[road];
    const std::uint64_t end = parts.shape_first[road + 1];
    if (end > first) {
      return parts.shape_points[first + (end - first) / 2];
    }
    const Point& a = parts.nodes[parts.roads[road].from.value()];
    const Point& b = parts.nodes[parts.roads[road].to.value()];
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
  }

 private:
  struct Place {
    std::int64_t x;
    std::int64_t y;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Cell {
    Place place;
    std::uint64_t length_cm;
  };
  static Place cell_of(const Point& point) {
    return {static_cast<std::int64_t>(std::floor(point.x / kCell_m)),
            static_cast<std::int64_t>(std::floor(point.y / kCell_m))};
  }
  std::vector<Cell> cells_;
};

/// Milliseconds of one direction; kClosed when it is.
std::uint32_t direction_ms(const double length_m, const double kmh, const double factor, const double delay_s) {
  if (!(kmh > 0)) {
    return kClosed;
  }
  const double ms = static_cast<double>(travel_time_ms(length_m, kmh)) * factor + delay_s * 1000;
  return static_cast<std::uint32_t>(std::min(std::round(ms), static_cast<double>(kLongestArc)));
}

/// Speed of each crossing whose duration is known: its whole length over its duration.
std::vector<double> crossing_speeds_kmh(const RoadDraft& draft, const Noding& noding) {
  std::vector<double> speeds_kmh(draft.ways.size());
  for (std::size_t way = 0; way < draft.ways.size(); ++way) {
    if (draft.ways[way].rule.ferry_s > 0) {
      double length_m = 0;
      for (std::uint32_t road = noding.first_road[way]; road < noding.first_road[way + 1]; ++road) {
        length_m += noding.length_m[road];
      }
      speeds_kmh[way] = length_m * 3.6 / static_cast<double>(draft.ways[way].rule.ferry_s);
    }
  }
  return speeds_kmh;
}

}  // namespace

void mark_urban_roads(const RoadDraft& draft, const Noding& noding, const TravelProfile& profile, OsmRoads& roads) {
  const StreetDensity density{roads.parts};
  for (std::size_t k = 0; k < roads.parts.roads.size(); ++k) {
    const UrbanContext context = draft.ways[noding.way_of_road[k]].rule.context;
    const bool urban = context == UrbanContext::urban ||
                       (context == UrbanContext::unknown &&
                        density.around_m(StreetDensity::middle(roads.parts, k)) >= profile.urban_streets_m);
    if (urban) {
      roads.parts.roads[k].flags |= kUrban;
      ++roads.counts.urban_roads;
    }
  }
}

void set_travel_times(const RoadDraft& draft, const Noding& noding, const TravelProfile& profile, const TimeOptions& options,
                      OsmRoads& roads) {
  std::vector<Road>& all = roads.parts.roads;
  std::vector<bool> on_land(roads.parts.nodes.size());
  for (const Road& road : all) {
    if (road.road_class != RoadClass::ferry) {
      on_land[road.from.value()] = true;
      on_land[road.to.value()] = true;
    }
  }
  const std::vector<double> crossings_kmh = crossing_speeds_kmh(draft, noding);
  for (std::size_t k = 0; k < all.size(); ++k) {
    Road& road = all[k];
    const std::uint32_t way = noding.way_of_road[k];
    const WayRule& rule = draft.ways[way].rule;
    const std::size_t urban = (road.flags & kUrban) != 0 ? 1 : 0;
    double factor = static_cast<double>(rule.time_factor);
    if (options.congestion) {
      factor *= urban == 1 ? profile.urban_congestion[road.road_class] : profile.rural_congestion[road.road_class];
    }
    double forward_kmh = static_cast<double>(rule.forward_kmh[urban]);
    double backward_kmh = static_cast<double>(rule.backward_kmh[urban]);
    double forward_s = static_cast<double>(noding.forward_delay_s[k]);
    double backward_s = static_cast<double>(noding.backward_delay_s[k]);
    if (road.road_class == RoadClass::ferry) {
      if (crossings_kmh[way] > 0) {
        forward_kmh = forward_kmh > 0 ? crossings_kmh[way] : 0;
        backward_kmh = backward_kmh > 0 ? crossings_kmh[way] : 0;
      }
      forward_s += on_land[road.from.value()] ? profile.ferry.boarding_s : 0;
      backward_s += on_land[road.to.value()] ? profile.ferry.boarding_s : 0;
      ++roads.counts.ferry_roads;
    }
    road.forward_ms = direction_ms(noding.length_m[k], forward_kmh, factor, forward_s);
    road.backward_ms = direction_ms(noding.length_m[k], backward_kmh, factor, backward_s);
    roads.counts.assumed_speed_roads += (road.flags & kAssumedSpeed) != 0 ? 1 : 0;
    roads.counts.suspicious_speed_roads += (road.flags & kSuspiciousSpeed) != 0 ? 1 : 0;
  }
}

}  // namespace maillage
