#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

#include "engine/territory/territory_source.hpp"

namespace maillage::testing {

/// A source of rectangular communes on a grid of unit cells of degrees: each is given by its code and its box.
class SmallSource {
 public:
  explicit SmallSource(std::string name) : name_(std::move(name)) {
    source_.crs = {.definition = "OGC:CRS84", .geographic = true};
  }

  SmallSource& row(const std::string& code, const std::optional<std::int64_t> population = {}) {
    source_.records.push_back({.code = code,
                               .name = "Commune " + code,
                               .population = population,
                               .departement = {},
                               .region = {},
                               .epci = {},
                               .point = {},
                               .source = name_,
                               .row = static_cast<std::int64_t>(source_.records.size()) + 1});
    return *this;
  }
  SmallSource& box(const std::string& code, const double west, const double south, const double east, const double north,
                   const std::optional<std::int64_t> population = {}) {
    row(code, population);
    const Point ring[]{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
    source_.contours.add_ring(ring);
    source_.contours.end_polygon();
    source_.contours.end_area();
    return *this;
  }
  SmallSource& event(const std::string& old_code, const std::string& new_code, const CodeEventKind kind,
                     const std::string& date = {}) {
    source_.history.push_back({old_code, new_code, kind, date});
    return *this;
  }
  SmallSource& point(const double x, const double y) {
    source_.records.back().point = Point{x, y};
    return *this;
  }
  SmallSource& built_in() {
    source_.built_in = true;
    return *this;
  }
  [[nodiscard]] TerritorySource source() const { return source_; }

 private:
  std::string name_;
  TerritorySource source_;
};

}  // namespace maillage::testing
