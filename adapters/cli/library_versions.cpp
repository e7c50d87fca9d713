#include <fmt/format.h>
#include <gdal.h>
#include <proj.h>

#include "adapters/cli/write_layers.hpp"
#include "engine/geometry/geos_version.hpp"

namespace maillage {

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {{"GDAL", GDALVersionInfo("RELEASE_NAME")}, {"GEOS", geos_version()}, {"PROJ", proj_info().version}};
}

}  // namespace maillage
