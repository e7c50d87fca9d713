#pragma once

#include <filesystem>

#include "maps/report_document.hpp"

namespace maillage {

/// Which files a report becomes.
enum class ReportFormat { html, pdf, both };

/// The document as an HTML file.
[[nodiscard]] std::string report_html(const ReportDocument& document);

/// Writes `name`.html and `name`.pdf, or one of them, into a folder that exists. \throws OutputError
void write_report(const std::filesystem::path& folder, const std::string& name, const ReportDocument& document,
                  ReportFormat format);

}  // namespace maillage
