#include "adapters/cli/report.hpp"

#include <fmt/format.h>

#include "adapters/cli/report_parts.hpp"

namespace maillage {

ReportDocument make_report(const ReportSources& sources) {
  ReportBuilder out{sources.language};
  const std::string& territory = sources.inputs.territory.name;
  const std::string title =
      sources.study.title.empty() ? out.say("Diagnostic territorial", "Territorial diagnosis") : sources.study.title;
  std::string subtitle =
      out.say("Diagnostic territorial", "Territorial diagnosis") + (territory.empty() ? "" : " · " + territory);
  const std::string& date = sources.maps.data_date.in(sources.language);
  subtitle += date.empty() ? "" : " · " + out.say("Données : ", "Data: ") + date;
  out.title(
      title, subtitle,
      title + out.say(" — rapport établi par Maillage " MAILLAGE_VERSION, " — report made by Maillage " MAILLAGE_VERSION));
  detail::write_summary(sources, out);
  out.page_break();
  detail::write_territory(sources, out);
  detail::write_structures(sources, out);
  detail::write_coverage(sources, out);
  detail::write_gaps(sources, out);
  detail::write_discontinuities(sources, out);
  detail::write_access(sources, out);
  detail::write_continuity(sources, out);
  detail::write_survey(sources, out);
  detail::write_quality(sources, out);
  detail::write_method(sources, out);
  return out.finish();
}

}  // namespace maillage
