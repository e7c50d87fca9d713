#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "engine/equity/spatial_weights.hpp"

namespace maillage::testing {

/// Squares of a lattice, row by row; neighbours share a side.
inline SpatialWeights lattice(const std::size_t columns, const std::size_t rows, const WeightStyle style) {
  SpatialWeights weights{.neighbours = {}, .style = style};
  for (std::size_t unit = 0; unit < columns * rows; ++unit) {
    std::vector<UnitIndex> near;
    if (unit >= columns) {
      near.emplace_back(unit - columns);
    }
    if (unit % columns > 0) {
      near.emplace_back(unit - 1);
    }
    if ((unit + 1) % columns > 0) {
      near.emplace_back(unit + 1);
    }
    if (unit + columns < columns * rows) {
      near.emplace_back(unit + columns);
    }
    weights.neighbours.push_row(near);
  }
  return weights;
}

/// Each link with its probability, one direction at a time: not mutual, with islands.
inline SpatialWeights random_weights(std::mt19937_64& random, const std::size_t units, const WeightStyle style) {
  SpatialWeights weights{.neighbours = {}, .style = style};
  for (std::size_t unit = 0; unit < units; ++unit) {
    std::vector<UnitIndex> near;
    for (std::size_t other = 0; other < units; ++other) {
      if (other != unit && random() % 5 < 2) {
        near.emplace_back(other);
      }
    }
    weights.neighbours.push_row(near);
  }
  return weights;
}

/// Weight matrix, as formulas write it.
inline std::vector<std::vector<double>> matrix_of(const SpatialWeights& weights) {
  std::vector<std::vector<double>> matrix(weights.units(), std::vector<double>(weights.units(), 0));
  for (const UnitIndex unit : weights.neighbours.indices()) {
    for (const UnitIndex neighbour : weights.neighbours[unit]) {
      matrix[unit.value()][neighbour.value()] = weights.weight(unit);
    }
  }
  return matrix;
}

}  // namespace maillage::testing
