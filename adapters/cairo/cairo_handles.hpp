#pragma once

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

/// Owners of the handles of cairo, pango and librsvg. Included by the sources of this adapter alone.
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
using PangoLayoutHandle = std::unique_ptr<PangoLayout, FreeWith<g_object_unref>>;
using PangoFontHandle = std::unique_ptr<PangoFontDescription, FreeWith<pango_font_description_free>>;
using SvgHandle = std::unique_ptr<RsvgHandle, FreeWith<g_object_unref>>;

/// \throws OutputError when the text is no SVG that librsvg reads
[[nodiscard]] SvgHandle read_svg(const std::string& svg);

/// \throws OutputError naming what failed, when cairo says so
void require_success(cairo_status_t status, const char* what);

/// Size of an SVG document in millimetres, from its viewBox.
struct SvgSize {
  double width_mm = 0;
  double height_mm = 0;
};
[[nodiscard]] SvgSize size_of(const SvgHandle& svg);

}  // namespace maillage::detail
