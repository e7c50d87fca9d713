#pragma once

#include "adapters/cli/report_builder.hpp"

/// The parts of the report, in their order. Each writes nothing where the study has nothing of the kind.
namespace maillage::detail {

void write_summary(const ReportSources& sources, ReportBuilder& out);
void write_territory(const ReportSources& sources, ReportBuilder& out);
void write_structures(const ReportSources& sources, ReportBuilder& out);
void write_coverage(const ReportSources& sources, ReportBuilder& out);
void write_gaps(const ReportSources& sources, ReportBuilder& out);
void write_discontinuities(const ReportSources& sources, ReportBuilder& out);
void write_access(const ReportSources& sources, ReportBuilder& out);
void write_continuity(const ReportSources& sources, ReportBuilder& out);
void write_survey(const ReportSources& sources, ReportBuilder& out);
void write_quality(const ReportSources& sources, ReportBuilder& out);
void write_method(const ReportSources& sources, ReportBuilder& out);

/// What makes figures doubtful, in sentences; also what the summary warns of, the gravest first.
[[nodiscard]] std::vector<std::string> doubts_of(const ReportSources& sources, const ReportBuilder& out);

/// A zone with the share of its inhabitants that is covered.
struct ZoneShareText {
  std::string name;
  const CoverageShare* share = nullptr;
};
/// Zones with inhabitants, the least covered first; ties by name.
[[nodiscard]] std::vector<ZoneShareText> worst_zones(const Zoning& zoning,
                                                     const IndexedVector<ZoneIndex, CoverageShare>& shares);

/// "la bibliothèque X (Lille)": a structure with its commune.
[[nodiscard]] std::string structure_name(const ReportSources& sources, StructureIndex structure);

}  // namespace maillage::detail
