#pragma once

#include "adapters/config/key_reader.hpp"
#include "adapters/config/study.hpp"

namespace maillage {

/// Reads the [[continuity]] tables into the study. \throws StudyError
void read_continuities(KeyReader& top, const TravelStudy& travel, Study& study);

}  // namespace maillage
