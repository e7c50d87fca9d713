#pragma once

#include "adapters/cli/report_builder.hpp"

namespace maillage {

/// A territorial diagnosis written from the numbers: a page that sums up, the territory, its structures, coverage, gaps,
/// discontinuities, access and fairness, continuity and survey where the study asks, the quality of the data, method and
/// sources. Sentences say how far to trust them where the data is weak.
[[nodiscard]] ReportDocument make_report(const ReportSources& sources);

}  // namespace maillage
