#pragma once

#include <string>

namespace maillage {

/// Version of the GEOS library in use: "3.11.1-CAPI-1.17.1".
[[nodiscard]] std::string geos_version();

}  // namespace maillage
