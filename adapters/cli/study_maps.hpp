#pragma once

#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/study_results.hpp"
#include "adapters/config/study.hpp"
#include "maps/map_document.hpp"

namespace maillage {

/// Every layer of a run; structures without the values of confidential attributes, which layers and maps would show one by
/// one.
[[nodiscard]] LayerSet layers_of(const Study& study, const StudyInputs& inputs, const StudyResults& results);

/// Everything that maps of the study are drawn from, beside the layers: views, classes, titles, sources and dates.
/// \throws StudyError when [maps] names a field that no layer has
[[nodiscard]] MapDocument map_document_of(const Study& study, const StudyInputs& inputs, const StudyResults& results,
                                          const LayerSet& layers);

}  // namespace maillage
