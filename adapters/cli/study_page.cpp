#include "adapters/cli/study_page.hpp"

#include "adapters/html/write_page.hpp"

namespace maillage {

namespace fs = std::filesystem;

void write_study_page(const fs::path& file, const LayerSet& layers, const MapDocument& document, const Study& study,
                      const StudyResults& results, const Language language) {
  PageSources sources{.layers = layers, .document = document, .language = language};
  const auto unit = [](const CostUnit of) { return std::string{of == CostUnit::metres ? "m" : "s"}; };
  for (std::size_t k = 0; k < results.analyses.size(); ++k) {
    const CoverageDefinition& definition = results.analyses[k].coverage.definition;
    sources.coverages.push_back({.name = definition.name,
                                 .label = definition.label,
                                 .limit = static_cast<double>(definition.limit),
                                 .unit = unit(study.coverages[k].unit)});
  }
  for (const AccessAnalysis& access : results.access.analyses) {
    sources.accesses.push_back(
        {.name = access.name, .label = access.label, .limit = {}, .unit = unit(access.unit)});
  }
  for (const ContinuityStudy& continuity : study.continuities) {
    const CoverageStudy& question = continuity.question;
    sources.continuities.push_back({.name = question.name,
                                    .label = question.label.empty() ? question.name : question.label,
                                    .limit = static_cast<double>(question.limit),
                                    .unit = unit(question.unit)});
  }
  write_page(file, sources);
}

}  // namespace maillage
