#pragma once

#include <filesystem>

#include "adapters/cli/study_results.hpp"
#include "engine/core/text.hpp"
#include "maps/layer_view.hpp"

namespace maillage {

/// Writes carte.html: the maps of a run and everything that its cards and charts tell. \throws OutputError
void write_study_page(const std::filesystem::path& file, const LayerSet& layers, const MapDocument& document,
                      const StudyResults& results, Language language);

}  // namespace maillage
