#pragma once

#include "adapters/config/key_reader.hpp"
#include "adapters/config/study.hpp"

namespace maillage {

/// Reads [maps] and its [[maps.field]]. \throws StudyError
[[nodiscard]] MapsStudy read_maps(KeyReader& reader);

}  // namespace maillage
