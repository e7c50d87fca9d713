#include "adapters/cairo/pdf_page.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>

#include "adapters/cairo/svg_drawing.hpp"

namespace maillage::detail {
namespace {

constexpr const char* kFamily = "Liberation Sans, Arial, Helvetica, DejaVu Sans";
constexpr double kFootPt = 7.5;

cairo_status_t append(void* target, const unsigned char* bytes, const unsigned int count) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

void set_colour(const CairoContext& cairo, const Colour& colour) {
  cairo_set_source_rgb(cairo.get(), colour.red, colour.green, colour.blue);
}

}  // namespace

PdfPages::PdfPages(const ReportDocument& document)
    : document_(document),
      surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, kPageWidth, kPageHeight)),
      cairo_(cairo_create(surface_.get())),
      context_(pango_cairo_create_context(cairo_.get())),
      outline_parents_{CAIRO_PDF_OUTLINE_ROOT} {
  require_success(cairo_status(cairo_.get()), "PDF");
  // Letters stand where their widths say, not on whole points.
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "Maillage");
  cairo_tag_begin(cairo_.get(), "Document", nullptr);
}

void PdfPages::end_page() {
  const TextLook look{.size_pt = kFootPt, .colour = kSoftInk};
  const double y = kBottom + 8 * kPointsPerMm;
  show(layout(document_.foot, look, width() - 40), look, kLeft, y);
  show(layout(std::to_string(page_), look, 30), look, kLeft + width() - 30, y, true);
}

void PdfPages::new_page() {
  end_page();
  cairo_show_page(cairo_.get());
  ++page_;
  y_ = kTop;
}

void PdfPages::ensure(const double points) {
  if (points > room() && !at_top()) {
    new_page();
  }
}

PangoLayoutHandle PdfPages::layout(const std::string_view text, const TextLook& look, const double width) {
  PangoLayoutHandle& kept = layouts_[{std::string{text}, look.size_pt, look.bold, width}];
  if (kept == nullptr) {
    kept = new_layout(text, look, width);
  }
  return PangoLayoutHandle{static_cast<PangoLayout*>(g_object_ref(kept.get()))};
}

PangoLayoutHandle PdfPages::new_layout(const std::string_view text, const TextLook& look, const double width) const {
  PangoLayoutHandle layout{pango_layout_new(context_.get())};
  const PangoFontHandle font{pango_font_description_new()};
  pango_font_description_set_family(font.get(), kFamily);
  pango_font_description_set_absolute_size(font.get(), look.size_pt * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), look.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

double PdfPages::height_of(const PangoLayoutHandle& layout, const TextLook& look) {
  return pango_layout_get_line_count(layout.get()) * look.size_pt * look.line_step;
}

void PdfPages::show(const PangoLayoutHandle& layout, const TextLook& look, const double x, const double y,
                    const bool to_the_right) {
  set_colour(cairo_, look.colour);
  const double width = pango_units_to_double(pango_layout_get_width(layout.get()));
  for (int k = 0; k < pango_layout_get_line_count(layout.get()); ++k) {
    PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), k);
    PangoRectangle extent;
    pango_layout_line_get_extents(line, nullptr, &extent);
    const double shift = to_the_right ? width - pango_units_to_double(extent.width) : 0;
    cairo_move_to(cairo_.get(), x + shift, y + (k * look.line_step + 1) * look.size_pt);
    pango_cairo_show_layout_line(cairo_.get(), line);
  }
}

void PdfPages::flow(const PangoLayoutHandle& layout, const TextLook& look, const double x) {
  const double step = look.size_pt * look.line_step;
  const int lines = pango_layout_get_line_count(layout.get());
  ensure(std::min(lines, 2) * step);
  set_colour(cairo_, look.colour);
  for (int k = 0; k < lines; ++k) {
    // The last two lines go to the next page together.
    const bool leaves_widow = k == lines - 2 && lines > 2 && room() < 2 * step;
    if (leaves_widow || room() < step) {
      new_page();
      set_colour(cairo_, look.colour);
    }
    cairo_move_to(cairo_.get(), x, y_ + look.size_pt);
    pango_cairo_show_layout_line(cairo_.get(), pango_layout_get_line_readonly(layout.get(), k));
    y_ += step;
  }
}

void PdfPages::open_tag(const char* tag) {
  cairo_tag_begin(cairo_.get(), tag, nullptr);
}

void PdfPages::close_tag(const char* tag) {
  cairo_tag_end(cairo_.get(), tag);
}

void PdfPages::add_outline(const std::string& text, const int level) {
  const auto depth = static_cast<std::size_t>(level);
  outline_parents_.resize(std::min(outline_parents_.size(), depth));
  const std::string target = fmt::format("page={} pos=[{:.1f} {:.1f}]", page_, kLeft, y_);
  outline_parents_.push_back(cairo_pdf_surface_add_outline(surface_.get(), outline_parents_.back(), text.c_str(),
                                                           target.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN));
}

void PdfPages::rule(const double y, const double thickness, const Colour colour) {
  box(kLeft, y - thickness / 2, width(), thickness, colour);
}

void PdfPages::box(const double x, const double y, const double width, const double height, const Colour colour) {
  set_colour(cairo_, colour);
  cairo_rectangle(cairo_.get(), x, y, width, height);
  cairo_fill(cairo_.get());
}

void PdfPages::svg(const SvgElement& drawing, const double x, const double y, const double width, const double height) {
  draw_svg(drawing, cairo_.get(), {.x = x, .y = y, .width = width, .height = height});
}

std::string PdfPages::finish() {
  end_page();
  cairo_tag_end(cairo_.get(), "Document");
  cairo_show_page(cairo_.get());
  require_success(cairo_status(cairo_.get()), "PDF");
  cairo_surface_finish(surface_.get());
  require_success(cairo_surface_status(surface_.get()), "PDF");
  return std::move(bytes_);
}

}  // namespace maillage::detail
