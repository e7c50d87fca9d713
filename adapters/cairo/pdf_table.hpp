#pragma once

#include "adapters/cairo/pdf_page.hpp"

namespace maillage::detail {

/// A table from where the cursor stands: columns as wide as their contents ask for, rows never cut, the headings again on
/// every page.
void write_table(PdfPages& pages, const DocumentTable& table);

}  // namespace maillage::detail
