#include "adapters/cairo/svg_to_png.hpp"

#include <cmath>

#include "adapters/cairo/cairo_handles.hpp"
#include "adapters/cairo/svg_drawing.hpp"

namespace maillage {
namespace {

constexpr double kMmPerInch = 25.4;

cairo_status_t append(void* target, const unsigned char* bytes, const unsigned int count) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string svg_to_png(const std::string& svg, const std::int32_t width_px) {
  const detail::SvgElement drawing = detail::read_svg(svg);
  const detail::SvgSize size = detail::size_of(drawing);
  const auto height_px = static_cast<std::int32_t>(std::lround(width_px * size.height_mm / size.width_mm));
  const detail::CairoSurface surface{cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px)};
  detail::require_success(cairo_surface_status(surface.get()), "PNG");
  const detail::CairoContext context{cairo_create(surface.get())};
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  detail::draw_svg(drawing, context.get(),
                   {.width = static_cast<double>(width_px), .height = static_cast<double>(height_px)});
  std::string png;
  detail::require_success(cairo_surface_write_to_png_stream(surface.get(), append, &png), "PNG");
  return png;
}

std::int32_t width_at(const std::string& svg, const double dots_per_inch) {
  const double width_mm = detail::size_of(detail::read_svg(svg)).width_mm;
  return static_cast<std::int32_t>(std::lround(width_mm / kMmPerInch * dots_per_inch));
}

}  // namespace maillage
