#pragma once

#include <cairo.h>

#include "adapters/cairo/svg_reader.hpp"

namespace maillage::detail {

/// A place to draw a document in: it fills it, stretched as it may be.
struct DrawingPlace {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// Draws the SVG that maps make: groups, paths, rectangles, circles, lines of text, clipping by a rectangle, all with presentation
/// attributes. Anything else is refused, so that nothing is left out unseen. A general renderer spends more on what maps do not
/// use (styles, boxes, filters) than on drawing, and writes halos of names as curves of four numbers where two do.
/// \throws OutputError naming the element or attribute that is not drawn
void draw_svg(const SvgElement& svg, cairo_t* cairo, const DrawingPlace& place);

}  // namespace maillage::detail
