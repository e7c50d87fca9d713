#pragma once

#include <string>

#include "maps/report_document.hpp"

namespace maillage {

/// Hash of a text for a content security policy: "sha256-" and base64.
using PolicyHash = std::string (*)(const std::string& text);

/// The document as one HTML file that opens from a disk and asks nothing of anybody: a strict content security policy, figures
/// inside, a table of contents, print style. Headings in order, tables with captions and scopes, figures with alternatives.
[[nodiscard]] std::string html_document(const ReportDocument& document, PolicyHash hash);

}  // namespace maillage
