#include "engine/geometry/geos_version.hpp"

#include <geos_c.h>

namespace maillage {

std::string geos_version() {
  return GEOSversion();
}

}  // namespace maillage
