#pragma once

#include <cairo.h>

#include <string_view>

namespace maillage::detail {

/// Adds path data to cairo's path: moves, lines and arcs of circles (M m L l H h V v A a Z z).
/// \throws OutputError at a command that is none of these, or a number that is missing
void trace_path(cairo_t* cairo, std::string_view data);

}  // namespace maillage::detail
