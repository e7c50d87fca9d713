#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/point.hpp"

namespace maillage {

/// A damaged size must not become an allocation of gigabytes.
inline constexpr std::size_t kLargestSection = std::size_t{1} << 26U;

/// One compressed part of a france.bin, and its size once decompressed.
struct Section {
  std::span<const std::byte> packed;
  std::size_t size = 0;  ///< bytes
};

/// Checks the header and the checksum, and returns the sections; the first holds the tables, one follows per departement.
/// \throws InputError
[[nodiscard]] std::vector<Section> split_sections(std::span<const std::byte> bytes);

/// \throws InputError if the section is damaged.
[[nodiscard]] std::vector<std::byte> decompress(const Section& section);

/// Degrees of a position counted in the file's steps of 1e-6 degree (11 cm of latitude).
[[nodiscard]] inline Point to_degrees(const std::int64_t x_steps, const std::int64_t y_steps) {
  constexpr double kStepsPerDegree = 1e6;
  return {static_cast<double>(x_steps) / kStepsPerDegree, static_cast<double>(y_steps) / kStepsPerDegree};
}

}  // namespace maillage
