#include "adapters/cli/study_page.hpp"

#include "adapters/html/write_page.hpp"

namespace maillage {

namespace fs = std::filesystem;

void write_study_page(const fs::path& file, const LayerSet& layers, const MapDocument& document,
                      const StudyResults& results, const Language language) {
  PageSources sources{.layers = layers, .document = document, .language = language};
  const auto unit = [](const CostUnit of) { return std::string{of == CostUnit::metres ? "m" : "s"}; };
  const auto question = [&](const auto& definition) {
    return PageQuestion{.name = definition.name,
                        .label = definition.label,
                        .limit = static_cast<double>(definition.limit),
                        .unit = unit(cost_unit(definition.travel))};
  };
  for (const CoverageAnalysis& analysis : results.analyses) {
    sources.coverages.push_back(question(analysis.coverage.definition));
  }
  for (const AccessAnalysis& access : results.access.analyses) {
    sources.accesses.push_back({.name = access.name, .label = access.label, .limit = {}, .unit = unit(access.unit)});
  }
  for (const ContinuityAnalysis& continuity : results.continuities) {
    PageQuestion asked = question(continuity.week.definition);
    asked.served = &continuity.week.cube;
    asked.moment_minutes = continuity.week.definition.axis.step_minutes;
    sources.continuities.push_back(std::move(asked));
  }
  write_page(file, sources);
}

}  // namespace maillage
