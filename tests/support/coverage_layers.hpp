#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "maps/layer_builder.hpp"

namespace maillage::test {

/// One coverage at 5 km, as the crow flies.
inline std::vector<CoverageDefinition> one_coverage() {
  return {{.name = "biblio", .label = "Bibliothèques à 5 km", .travel = StraightLine{}, .limit = 5'000, .structures = {}}};
}

/// Communes of all sizes and population classes with costs of 0, 500, 1,000... metres, the last without any; no geometry.
inline Layer communes_by_cost(const std::size_t number) {
  LayerBuilder communes{LayerKind::communes, number, one_coverage()};
  communes.fill("strate_rang", [](const std::size_t k) -> Value { return std::int64_t{1} + static_cast<std::int64_t>(k % 4); });
  communes.fill("population", [](const std::size_t k) -> Value { return static_cast<std::int64_t>(k * k); });
  communes.fill(0, "cout", [number](const std::size_t k) {
    return k + 1 == number ? Value{} : Value{static_cast<std::int64_t>(k * 500)};
  });
  communes.fill(0, "est_couverte", [](const std::size_t k) -> Value { return k * 500 <= 5'000; });
  return communes.take();
}

}  // namespace maillage::test
