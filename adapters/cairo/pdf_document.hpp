#pragma once

#include <string>

#include "maps/report_document.hpp"

namespace maillage {

/// The document as a tagged PDF on A4: language, title shown by readers, outline, headings, lists, tables with heading cells,
/// figures with alternative texts. Drawn by cairo and pango, finished by libqpdf; no browser. The same bytes for the
/// same document, fonts and libraries. May be called from several threads.
/// \throws OutputError when a figure cannot be read or a library fails
[[nodiscard]] std::string pdf_document(const ReportDocument& document);

}  // namespace maillage
