#include "adapters/proj/default_plane.hpp"

#include <cmath>

#include "adapters/proj/make_planes.hpp"
#include "engine/core/error.hpp"

namespace maillage {

std::string default_plane(const Box& degrees) {
  const bool in_world = !degrees.empty() && std::abs(degrees.min_x) <= 180 && std::abs(degrees.max_x) <= 180 &&
                        std::abs(degrees.min_y) <= 90 && std::abs(degrees.max_y) <= 90;
  if (!in_world) {
    throw InputError(Text{.french = "aucune route n'a de position possible en degrés : les coordonnées sont-elles dans un "
                                    "autre système ? Indiquez crs = \"EPSG:2154\", par exemple",
                          .english = "no road has a possible position in degrees: are the coordinates in another system? "
                                     "Give crs = \"EPSG:2154\", for example"});
  }
  // One extent, hence one middle and one system.
  return make_planes({.definition = "OGC:CRS84", .geographic = true}, degrees).plane;
}

}  // namespace maillage
