#pragma once

#include <string>

#include "maps/report_document.hpp"

namespace maillage::detail {

/// What cairo leaves out of a tagged PDF: language, that readers show the title, alternative texts of figures in their order,
/// scopes of heading cells, the order of tabs; without any date, with an identifier made from the contents.
/// \throws OutputError when the PDF has not as many figures as the document
[[nodiscard]] std::string finish_pdf(const std::string& pdf, const ReportDocument& document);

}  // namespace maillage::detail
