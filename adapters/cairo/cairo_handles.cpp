#include "adapters/cairo/cairo_handles.hpp"

#include <fmt/format.h>

#include "engine/core/error.hpp"

namespace maillage::detail {

SvgHandle read_svg(const std::string& svg) {
  GError* error = nullptr;
  SvgHandle handle{rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error)};
  if (handle == nullptr) {
    const std::string reason = error != nullptr ? error->message : "";
    g_clear_error(&error);
    throw OutputError(Text{.french = fmt::format("dessin SVG illisible ({}).", reason),
                           .english = fmt::format("SVG drawing cannot be read ({}).", reason)});
  }
  return handle;
}

void require_success(const cairo_status_t status, const char* what) {
  if (status != CAIRO_STATUS_SUCCESS) {
    throw OutputError(Text{.french = fmt::format("{} : {}.", what, cairo_status_to_string(status)),
                           .english = fmt::format("{}: {}.", what, cairo_status_to_string(status))});
  }
}

SvgSize size_of(const SvgHandle& svg) {
  gboolean has_width = FALSE;
  gboolean has_height = FALSE;
  gboolean has_box = FALSE;
  RsvgLength width;
  RsvgLength height;
  RsvgRectangle box{};
  rsvg_handle_get_intrinsic_dimensions(svg.get(), &has_width, &width, &has_height, &height, &has_box, &box);
  return {box.width, box.height};
}

}  // namespace maillage::detail
