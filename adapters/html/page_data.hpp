#pragma once

#include <string>

#include "adapters/html/page_sources.hpp"

namespace maillage {

/// The data of a page as two JSON documents: what its first map needs, and all else, which is read once that map is drawn.
/// Geometry is stored once, as a topology of the communes on a grid; outlines of zones, gaps of communes and borders are
/// found in it by the page. Columns that repeat the communes' own, and ranks that follow from their values, are left out.
struct PageData {
  std::string first;
  std::string rest;
};

/// \throws ArgumentError if a view names a layer or a field that does not exist, or there is no layer of communes
[[nodiscard]] PageData make_page_data(const PageSources& sources);

}  // namespace maillage
