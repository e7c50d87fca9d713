#pragma once

#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/study_results.hpp"
#include "adapters/config/study.hpp"
#include "maps/map_document.hpp"

namespace maillage {

/// Everything that maps of the study are drawn from, beside the layers: views, classes, titles, sources and dates.
/// \throws StudyError when [maps] names a field that no layer has
[[nodiscard]] MapDocument map_document_of(const Study& study, const StudyInputs& inputs, const StudyResults& results,
                                          const LayerSet& layers);

}  // namespace maillage
