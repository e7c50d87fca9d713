#include "adapters/cairo/cairo_handles.hpp"

#include <fmt/format.h>

#include "engine/core/error.hpp"

namespace maillage::detail {

void require_success(const cairo_status_t status, const char* what) {
  if (status != CAIRO_STATUS_SUCCESS) {
    throw OutputError(Text{.french = fmt::format("{} : {}.", what, cairo_status_to_string(status)),
                           .english = fmt::format("{}: {}.", what, cairo_status_to_string(status))});
  }
}

}  // namespace maillage::detail
