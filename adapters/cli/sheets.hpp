#pragma once

#include <cstddef>
#include <filesystem>

#include "adapters/cli/report_builder.hpp"
#include "adapters/cli/report_files.hpp"

namespace maillage {

/// What sheets are about.
enum class SheetZones { commune, epci };

struct SheetOptions {
  SheetZones zones = SheetZones::commune;
  ReportFormat format = ReportFormat::both;
};

/// One sheet per zone, "<code>.html" and "<code>.pdf", and "index.html" that leads to them: a map of the surroundings, key
/// figures, rank, nearest offers, what would cover it, continuity. On all threads; the same files whatever their number.
/// \returns how many zones. \throws OutputError when the folder stands there already
std::size_t write_sheets(const ReportSources& sources, const SheetOptions& options, const std::filesystem::path& folder);

}  // namespace maillage
