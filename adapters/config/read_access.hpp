#pragma once

#include <string>
#include <vector>

#include "adapters/config/key_reader.hpp"
#include "adapters/config/study.hpp"

namespace maillage {

/// Reads the [[access]] tables into the study. \throws StudyError
void read_accesses(KeyReader& top, const TravelStudy& travel, Study& study);

/// The standard measures of those kinds; "all", or none, means every kind that the cost's unit allows but "competitive",
/// which rarely exists within a cutoff and must be asked for.
/// \throws StudyError on a kind that is not one, or that needs times
[[nodiscard]] std::vector<NamedMeasure> measures_of_kinds(const std::vector<std::string>& kinds,
                                                          const MeasureSettings& settings);

/// What clusters are sought of when nothing is said: E2SFCA, else the first measure.
[[nodiscard]] std::vector<std::string> default_clusters(const std::vector<NamedMeasure>& measures);

}  // namespace maillage
