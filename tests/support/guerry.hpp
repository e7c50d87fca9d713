#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/geometry/area_set.hpp"

namespace maillage::testing {

/// Guerry's departements of 1830: contours and one column, read without GDAL.
class Guerry {
 public:
  explicit Guerry(const std::filesystem::path& folder)
      : shp_(read(folder / "Guerry.shp")), dbf_(read(folder / "Guerry.dbf")) {}

  /// Every ring as a polygon, which is all that contiguity needs.
  [[nodiscard]] AreaSet areas() const {
    AreaSet areas;
    for (std::size_t at = 100; at < shp_.size();) {
      const std::size_t content = at + 8;
      const auto parts = number<std::int32_t>(shp_, content + 36);
      const auto points = number<std::int32_t>(shp_, content + 40);
      const std::size_t vertices = content + 44 + 4 * static_cast<std::size_t>(parts);
      for (std::int32_t part = 0; part < parts; ++part) {
        const std::size_t offset = content + 44 + 4 * static_cast<std::size_t>(part);
        const auto first = number<std::int32_t>(shp_, offset);
        const auto last = part + 1 < parts ? number<std::int32_t>(shp_, offset + 4) : points;
        for (std::int32_t vertex = first; vertex < last; ++vertex) {
          const std::size_t position = vertices + 16 * static_cast<std::size_t>(vertex);
          areas.vertices.push_back({number<double>(shp_, position), number<double>(shp_, position + 8)});
        }
        areas.end_ring();
        areas.end_polygon();
      }
      areas.end_area();
      at = vertices + 16 * static_cast<std::size_t>(points);
    }
    return areas;
  }

  [[nodiscard]] std::vector<double> column(const std::string& name) const {
    const auto records = number<std::uint32_t>(dbf_, 4);
    const std::size_t header = number<std::uint16_t>(dbf_, 8);
    const std::size_t length = number<std::uint16_t>(dbf_, 10);
    std::size_t offset = 1;
    for (std::size_t field = 32; dbf_.at(field) != '\r'; field += 32) {
      const std::size_t width = static_cast<unsigned char>(dbf_.at(field + 16));
      if (name == dbf_.data() + field) {
        std::vector<double> values;
        for (std::size_t record = 0; record < records; ++record) {
          values.push_back(std::stod(std::string(dbf_.data() + header + record * length + offset, width)));
        }
        return values;
      }
      offset += width;
    }
    throw std::runtime_error("no column " + name);
  }

 private:
  static std::vector<char> read(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  template <typename T>
  static T number(const std::vector<char>& bytes, const std::size_t at) {  // little-endian, as the machine
    T value;
    if (at + sizeof(T) > bytes.size()) {
      throw std::runtime_error("a file of Guerry's ends too soon");
    }
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
  }

  std::vector<char> shp_;
  std::vector<char> dbf_;
};

}  // namespace maillage::testing
