#include "adapters/cairo/svg_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "adapters/cairo/cairo_handles.hpp"
#include "adapters/cairo/svg_path.hpp"

namespace maillage::detail {
namespace {

struct Paint {
  bool is_painted = false;
  double red = 0;
  double green = 0;
  double blue = 0;
  double opacity = 1;
};

/// What children inherit.
struct Look {
  Paint fill{.is_painted = true};
  Paint stroke{};
  double stroke_width = 1;
  cairo_line_join_t join = CAIRO_LINE_JOIN_MITER;
  cairo_line_cap_t cap = CAIRO_LINE_CAP_BUTT;
  std::vector<double> dashes{};
  bool is_even_odd = false;
  bool strokes_first = false;
  double font_size = 16;
  bool is_bold = false;
  std::string_view family = "sans-serif";
  std::string_view anchor = "start";
};

double number_of(const std::string_view text) {
  double number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
    refuse_svg(text);
  }
  return number;
}

double number_at(const SvgElement& element, const std::string_view name) {
  const std::string_view text = element.attribute(name);
  return text.empty() ? 0 : number_of(text);
}

void set_paint(Paint& paint, const std::string_view colour) {
  paint.is_painted = colour != "none";
  if (!paint.is_painted) {
    return;
  }
  unsigned rgb = 0;
  const bool is_hexadecimal = colour.size() == 7 && colour.front() == '#';
  if (!is_hexadecimal ||
      std::from_chars(colour.data() + 1, colour.data() + 7, rgb, 16).ptr != colour.data() + 7) {
    refuse_svg(colour);
  }
  paint.red = (rgb >> 16U & 0xFFU) / 255.0;
  paint.green = (rgb >> 8U & 0xFFU) / 255.0;
  paint.blue = (rgb & 0xFFU) / 255.0;
}

/// \returns false where the attribute is none of a look
bool set_line(Look& look, const std::string_view name, const std::string_view value) {
  if (name == "stroke") {
    set_paint(look.stroke, value);
  } else if (name == "stroke-opacity") {
    look.stroke.opacity = number_of(value);
  } else if (name == "stroke-width") {
    look.stroke_width = number_of(value);
  } else if (name == "stroke-linejoin" && value == "round") {
    look.join = CAIRO_LINE_JOIN_ROUND;
  } else if (name == "stroke-linecap" && value == "round") {
    look.cap = CAIRO_LINE_CAP_ROUND;
  } else if (name == "stroke-dasharray") {
    look.dashes = numbers_of(value);
  } else {
    return false;
  }
  return true;
}

bool set_fill_or_font(Look& look, const std::string_view name, const std::string_view value) {
  if (name == "fill") {
    set_paint(look.fill, value);
  } else if (name == "fill-opacity") {
    look.fill.opacity = number_of(value);
  } else if (name == "fill-rule") {
    look.is_even_odd = value == "evenodd";
  } else if (name == "paint-order") {
    look.strokes_first = value == "stroke";
  } else if (name == "font-size") {
    look.font_size = number_of(value);
  } else if (name == "font-weight") {
    look.is_bold = value == "bold";
  } else if (name == "font-family") {
    look.family = value;
  } else if (name == "text-anchor") {
    look.anchor = value;
  } else {
    return false;
  }
  return true;
}

/// What the element is about itself, or a look does not need.
bool is_own(const std::string_view name) {
  constexpr std::array kOwn{"x",  "y",     "width", "height",  "d",     "r",          "cx",
                            "cy", "xmlns", "id",    "viewBox", "role",  "aria-label", "clip-path",
                            "transform"};
  return std::ranges::find(kOwn, name) != kOwn.end();
}

class SvgPainter {
 public:
  explicit SvgPainter(cairo_t* cairo) : cairo_(cairo) {}

  void draw(const SvgElement& element, Look look) {
    if (element.name == "title" || element.name == "desc") {
      return;
    }
    if (element.name == "clipPath") {
      clips_[std::string{element.attribute("id")}] = &element;
      return;
    }
    for (const auto& [name, value] : element.attributes) {
      if (!set_line(look, name, value) && !set_fill_or_font(look, name, value) && !is_own(name)) {
        refuse_svg(fmt::format("{} {}", element.name, name));
      }
    }
    const std::string_view transform = element.attribute("transform");
    const std::string_view clip = element.attribute("clip-path");
    const bool is_apart = !transform.empty() || !clip.empty();
    if (is_apart) {
      cairo_save(cairo_);
      apply(transform);
      clip_by(clip);
    }
    draw_content(element, look);
    if (is_apart) {
      cairo_restore(cairo_);
    }
  }

 private:
  void apply(const std::string_view transform) {
    const std::vector<double> numbers = numbers_of(transform);
    if (transform.starts_with("scale(") && numbers.size() == 1) {
      cairo_scale(cairo_, numbers[0], numbers[0]);
    } else if (transform.starts_with("rotate(") && numbers.size() == 3) {
      cairo_translate(cairo_, numbers[1], numbers[2]);
      cairo_rotate(cairo_, numbers[0] * std::numbers::pi / 180);
      cairo_translate(cairo_, -numbers[1], -numbers[2]);
    } else if (!transform.empty()) {
      refuse_svg(transform);
    }
  }

  /// \param reference  "url(#name)"
  void clip_by(const std::string_view reference) {
    if (reference.empty()) {
      return;
    }
    const auto found =
        reference.size() > 6 ? clips_.find(reference.substr(5, reference.size() - 6)) : clips_.end();
    if (found == clips_.end() || found->second->children.size() != 1 || found->second->children.front().name != "rect") {
      refuse_svg(reference);
    }
    trace_rectangle(found->second->children.front());
    cairo_clip(cairo_);
  }

  void draw_content(const SvgElement& element, const Look& look) {
    if (element.name == "g" || element.name == "svg") {
      for (const SvgElement& child : element.children) {
        draw(child, look);
      }
    } else if (element.name == "text") {
      draw_text(element, look);
    } else if (element.name == "path") {
      trace_path(cairo_, element.attribute("d"));
      paint_path(look);
    } else if (element.name == "rect") {
      trace_rectangle(element);
      paint_path(look);
    } else if (element.name == "circle") {
      cairo_new_sub_path(cairo_);
      cairo_arc(cairo_, number_at(element, "cx"), number_at(element, "cy"), number_at(element, "r"), 0,
                2 * std::numbers::pi);
      cairo_close_path(cairo_);
      paint_path(look);
    } else {
      refuse_svg(element.name);
    }
  }

  void trace_rectangle(const SvgElement& element) {
    cairo_rectangle(cairo_, number_at(element, "x"), number_at(element, "y"), number_at(element, "width"),
                    number_at(element, "height"));
  }

  void set_source(const Paint& paint) {
    if (paint.opacity < 1) {
      cairo_set_source_rgba(cairo_, paint.red, paint.green, paint.blue, paint.opacity);
    } else {
      cairo_set_source_rgb(cairo_, paint.red, paint.green, paint.blue);
    }
  }

  void stroke(const Look& look) {
    if (!look.stroke.is_painted) {
      return;
    }
    set_source(look.stroke);
    cairo_set_line_width(cairo_, look.stroke_width);
    cairo_set_line_join(cairo_, look.join);
    cairo_set_line_cap(cairo_, look.cap);
    cairo_set_miter_limit(cairo_, 4);  // SVG's
    cairo_set_dash(cairo_, look.dashes.data(), static_cast<int>(look.dashes.size()), 0);
    cairo_stroke_preserve(cairo_);
  }

  void fill(const Look& look) {
    if (look.fill.is_painted) {
      set_source(look.fill);
      cairo_set_fill_rule(cairo_, look.is_even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
      cairo_fill_preserve(cairo_);
    }
  }

  void paint_path(const Look& look) {
    if (look.strokes_first) {
      stroke(look);
      fill(look);
    } else {
      fill(look);
      stroke(look);
    }
    cairo_new_path(cairo_);
  }

  [[nodiscard]] PangoLayoutHandle layout(const std::string& text, const Look& look) {
    if (texts_ == nullptr) {
      texts_.reset(pango_cairo_create_context(cairo_));
      // Letters stand where their widths say, not on whole dots.
      pango_context_set_round_glyph_positions(texts_.get(), FALSE);
      cairo_font_options_t* options = cairo_font_options_create();
      cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
      cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
      cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
      pango_cairo_context_set_font_options(texts_.get(), options);
      cairo_font_options_destroy(options);
    }
    pango_cairo_update_context(cairo_, texts_.get());
    PangoLayoutHandle made{pango_layout_new(texts_.get())};
    const PangoFontHandle font{pango_font_description_new()};
    pango_font_description_set_family(font.get(), std::string{look.family}.c_str());
    pango_font_description_set_absolute_size(font.get(), look.font_size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), look.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(made.get(), font.get());
    pango_layout_set_single_paragraph_mode(made.get(), TRUE);
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    return made;
  }

  void draw_text(const SvgElement& element, const Look& look) {
    const PangoLayoutHandle made = layout(element.text, look);
    PangoLayoutLine* line = pango_layout_get_line_readonly(made.get(), 0);
    PangoRectangle extent;
    pango_layout_line_get_extents(line, nullptr, &extent);
    const double width = pango_units_to_double(extent.width);
    const double shift = look.anchor == "end" ? width : look.anchor == "middle" ? width / 2 : 0;
    const double x = number_at(element, "x") - shift;
    const double y = number_at(element, "y");
    if (look.stroke.is_painted) {
      trace_outline(line, x, y);
      stroke(look);
      cairo_new_path(cairo_);
    }
    set_source(look.fill);
    cairo_move_to(cairo_, x, y);
    // A PDF keeps text as text; an image would move each letter to a whole dot, but not its outline.
    if (cairo_surface_get_type(cairo_get_target(cairo_)) == CAIRO_SURFACE_TYPE_IMAGE) {
      pango_cairo_layout_line_path(cairo_, line);
      cairo_fill(cairo_);
    } else {
      pango_cairo_show_layout_line(cairo_, line);
    }
    cairo_new_path(cairo_);
  }

  /// Outlines of letters as straight lines: a halo shows no more of their curves.
  void trace_outline(PangoLayoutLine* line, const double x, const double y) {
    constexpr double kToleranceDots = 0.12;
    const double before = cairo_get_tolerance(cairo_);
    cairo_new_path(cairo_);
    cairo_move_to(cairo_, x, y);
    pango_cairo_layout_line_path(cairo_, line);
    cairo_set_tolerance(cairo_, kToleranceDots);
    const std::unique_ptr<cairo_path_t, FreeWith<cairo_path_destroy>> flat{cairo_copy_path_flat(cairo_)};
    cairo_set_tolerance(cairo_, before);
    cairo_new_path(cairo_);
    cairo_append_path(cairo_, flat.get());
  }

  cairo_t* cairo_;
  PangoContextHandle texts_{};
  std::map<std::string, const SvgElement*, std::less<>> clips_{};
};

}  // namespace

void draw_svg(const SvgElement& svg, cairo_t* cairo, const DrawingPlace& place) {
  const std::vector<double> box = numbers_of(svg.attribute("viewBox"));
  cairo_save(cairo);
  cairo_translate(cairo, place.x, place.y);
  cairo_scale(cairo, place.width / box[2], place.height / box[3]);
  cairo_translate(cairo, -box[0], -box[1]);
  SvgPainter{cairo}.draw(svg, {});
  cairo_restore(cairo);
}

}  // namespace maillage::detail
