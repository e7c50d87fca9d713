#include "engine/equity/spatial_weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/point_tree.hpp"

namespace maillage {

namespace {

constexpr std::size_t kGrain = 512;

using Rows = std::vector<std::vector<UnitIndex>>;

Csr<UnitIndex, UnitIndex> csr_of(Rows rows) {
  Csr<UnitIndex, UnitIndex> neighbours;
  for (std::vector<UnitIndex>& row : rows) {
    std::ranges::sort(row);
    neighbours.push_row(row);
  }
  return neighbours;
}

Rows rows_of(const SpatialWeights& weights) {
  Rows rows;
  for (const UnitIndex unit : weights.neighbours.indices()) {
    const auto row = weights.neighbours[unit];
    rows.emplace_back(row.begin(), row.end());
  }
  return rows;
}

bool is_finite(const Point& point) {
  return std::isfinite(point.x) && std::isfinite(point.y);
}

using Candidate = std::pair<double, std::uint32_t>;  // squared distance, number: its order is the rule for ties

/// The `count` nearest others of points[number], nearest first.
std::vector<Candidate> nearest_of(const PointTree& tree, const std::span<const Point> points, const std::size_t number,
                                  const std::size_t count) {
  std::vector<Candidate> nearest;  // a heap, the farthest first
  const auto squared_radius = [&] {
    return nearest.size() < count ? std::numeric_limits<double>::infinity() : nearest.front().first;
  };
  tree.visit_within(points[number], squared_radius, [&](const std::uint32_t other, const double squared) {
    if (other == number) {
      return;
    }
    const Candidate candidate{squared, other};
    if (nearest.size() == count) {
      if (candidate > nearest.front()) {
        return;
      }
      std::ranges::pop_heap(nearest);
      nearest.pop_back();
    }
    nearest.push_back(candidate);
    std::ranges::push_heap(nearest);
  });
  std::ranges::sort_heap(nearest);
  return nearest;
}

template <typename Row>
Csr<UnitIndex, UnitIndex> as_units(const Csr<CommuneIndex, Row>& neighbours, CommuneIndex (*const commune_of)(const Row&)) {
  Rows rows(neighbours.rows());
  for (const CommuneIndex commune : neighbours.indices()) {
    for (const Row& neighbour : neighbours[commune]) {
      rows[commune.value()].emplace_back(commune_of(neighbour).value());
    }
  }
  return csr_of(std::move(rows));
}

}  // namespace

double SpatialWeights::weight(const UnitIndex unit) const {
  const std::size_t degree = neighbours[unit].size();
  if (degree == 0) {
    return 0;
  }
  return style == WeightStyle::binary ? 1 : 1 / static_cast<double>(degree);
}

SpatialWeights contiguity_weights(const Csr<CommuneIndex, Neighbour>& neighbours, const WeightStyle style) {
  return {as_units<Neighbour>(neighbours, [](const Neighbour& neighbour) { return neighbour.commune; }), style};
}

SpatialWeights contiguity_weights(const Csr<CommuneIndex, CommuneIndex>& neighbours, const WeightStyle style) {
  return {as_units<CommuneIndex>(neighbours, [](const CommuneIndex& commune) { return commune; }), style};
}

SpatialWeights nearest_weights(const std::span<const Point> points, const NearestOptions& options) {
  if (options.neighbours == 0) {
    throw ArgumentError("nearest_weights: at least one neighbour");
  }
  const PointTree tree(points);
  Rows rows(points.size());
  parallel_for_blocks(points.size(), kGrain, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t unit = begin; unit < end; ++unit) {
      if (is_finite(points[unit])) {
        for (const Candidate& near : nearest_of(tree, points, unit, options.neighbours)) {
          rows[unit].emplace_back(near.second);
        }
      }
    }
  });
  return {csr_of(std::move(rows)), options.style};
}

SpatialWeights distance_band_weights(const std::span<const Point> points, const DistanceBandOptions& options) {
  if (!std::isfinite(options.band_m) || options.band_m < 0) {
    throw ArgumentError("distance_band_weights: the band must be finite and not negative");
  }
  const PointTree tree(points);
  const double squared_band = options.band_m * options.band_m;
  Rows rows(points.size());
  parallel_for_blocks(points.size(), kGrain, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t unit = begin; unit < end; ++unit) {
      if (!is_finite(points[unit])) {
        continue;
      }
      tree.visit_within(
          points[unit], [&] { return squared_band; },
          [&](const std::uint32_t other, const double squared) {
            if (other != unit && squared <= squared_band) {
              rows[unit].emplace_back(other);
            }
          });
    }
  });
  return {csr_of(std::move(rows)), options.style};
}

double least_band_without_islands_m(const std::span<const Point> points) {
  const PointTree tree(points);
  std::vector<double> squared(points.size(), 0);
  parallel_for_blocks(points.size(), kGrain, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t unit = begin; unit < end; ++unit) {
      if (is_finite(points[unit])) {
        const std::vector<Candidate> nearest = nearest_of(tree, points, unit, 1);
        squared[unit] = nearest.empty() ? 0 : nearest.front().first;
      }
    }
  });
  const double most = squared.empty() ? 0 : *std::ranges::max_element(squared);
  double band = std::sqrt(most);
  while (band * band < most) {  // the band, squared again, must reach
    band = std::nextafter(band, std::numeric_limits<double>::infinity());
  }
  return band;
}

std::vector<UnitIndex> islands(const SpatialWeights& weights) {
  std::vector<UnitIndex> alone;
  for (const UnitIndex unit : weights.neighbours.indices()) {
    if (weights.neighbours[unit].empty()) {
      alone.push_back(unit);
    }
  }
  return alone;
}

SpatialWeights join_islands(const SpatialWeights& weights, const std::span<const Point> points) {
  if (points.size() != weights.units()) {
    throw ArgumentError("join_islands: one point per unit");
  }
  const PointTree tree(points);
  Rows rows = rows_of(weights);
  for (const UnitIndex island : islands(weights)) {
    if (!is_finite(points[island.value()])) {
      continue;
    }
    for (const Candidate& near : nearest_of(tree, points, island.value(), 1)) {
      rows[island.value()].emplace_back(near.second);
      rows[near.second].push_back(island);
    }
  }
  for (std::vector<UnitIndex>& row : rows) {  // two islands may each be the nearest of the other
    std::ranges::sort(row);
    row.erase(std::unique(row.begin(), row.end()), row.end());
  }
  return {csr_of(std::move(rows)), weights.style};
}

SpatialWeights weights_among(const SpatialWeights& weights, const std::span<const UnitIndex> kept) {
  std::vector<UnitIndex> number(weights.units());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i].value() >= weights.units() || (i > 0 && kept[i] <= kept[i - 1])) {
      throw ArgumentError("weights_among: kept units must be ascending, each once, and exist");
    }
    number[kept[i].value()] = UnitIndex{i};
  }
  if (kept.size() == weights.units()) {
    return weights;
  }
  Rows rows(kept.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    for (const UnitIndex neighbour : weights.neighbours[kept[i]]) {
      if (!number[neighbour.value()].is_none()) {
        rows[i].push_back(number[neighbour.value()]);
      }
    }
  }
  return {csr_of(std::move(rows)), weights.style};
}

bool are_mutual(const SpatialWeights& weights) {
  for (const UnitIndex unit : weights.neighbours.indices()) {
    for (const UnitIndex neighbour : weights.neighbours[unit]) {
      if (!std::ranges::binary_search(weights.neighbours[neighbour], unit)) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace maillage
