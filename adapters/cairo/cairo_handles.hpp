#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

/// Owners of the handles of cairo and pango. Included by the sources of this adapter alone.
namespace maillage::detail {

template <auto Free>
struct FreeWith {
  template <typename Handle>
  void operator()(Handle* handle) const {
    Free(handle);
  }
};

using CairoSurface = std::unique_ptr<cairo_surface_t, FreeWith<cairo_surface_destroy>>;
using CairoContext = std::unique_ptr<cairo_t, FreeWith<cairo_destroy>>;
using PangoContextHandle = std::unique_ptr<PangoContext, FreeWith<g_object_unref>>;
using PangoLayoutHandle = std::unique_ptr<PangoLayout, FreeWith<g_object_unref>>;
using PangoFontHandle = std::unique_ptr<PangoFontDescription, FreeWith<pango_font_description_free>>;

/// \throws OutputError naming what failed, when cairo says so
void require_success(cairo_status_t status, const char* what);

}  // namespace maillage::detail
