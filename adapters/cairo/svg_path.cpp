#include "adapters/cairo/svg_path.hpp"

#include <charconv>
#include <cmath>
#include <numbers>

#include "adapters/cairo/svg_reader.hpp"

namespace maillage::detail {
namespace {

class PathTracer {
 public:
  PathTracer(cairo_t* cairo, const std::string_view data) : cairo_(cairo), at_(data.data()), end_(at_ + data.size()) {}

  void trace() {
    while (skip_separators()) {
      const bool is_command = (*at_ >= 'a' && *at_ <= 'z') || (*at_ >= 'A' && *at_ <= 'Z');
      if (is_command) {
        command_ = *at_++;
      } else if (command_ == 'M') {  // further pairs after a move are lines
        command_ = 'L';
      } else if (command_ == 'm') {
        command_ = 'l';
      }
      apply();
    }
  }

 private:
  bool skip_separators() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == ',' || *at_ == '\n')) {
      ++at_;
    }
    return at_ < end_;
  }

  double number() {
    double value = 0;
    skip_separators();
    const auto [next, fault] = std::from_chars(at_, end_, value);
    if (fault != std::errc{}) {
      refuse_svg("path");
    }
    at_ = next;
    return value;
  }

  void move_to_next_pair(const bool is_relative) {
    const double x = number();
    const double y = number();
    x_ = is_relative ? x_ + x : x;
    y_ = is_relative ? y_ + y : y;
  }

  void apply() {
    const bool is_relative = command_ >= 'a';
    switch (command_) {
      case 'M':
      case 'm':
        move_to_next_pair(is_relative);
        start_x_ = x_;
        start_y_ = y_;
        cairo_move_to(cairo_, x_, y_);
        break;
      case 'L':
      case 'l':
        move_to_next_pair(is_relative);
        cairo_line_to(cairo_, x_, y_);
        break;
      case 'H':
      case 'h':
        x_ = number() + (is_relative ? x_ : 0);
        cairo_line_to(cairo_, x_, y_);
        break;
      case 'V':
      case 'v':
        y_ = number() + (is_relative ? y_ : 0);
        cairo_line_to(cairo_, x_, y_);
        break;
      case 'A':
      case 'a':
        arc(is_relative);
        break;
      case 'Z':
      case 'z':
        cairo_close_path(cairo_);
        x_ = start_x_;
        y_ = start_y_;
        command_ = 0;
        break;
      default:
        refuse_svg("path");
    }
  }

  /// An arc of a circle between where the path is and the next place. Source: SVG 1.1, F.6.5, with equal radii.
  void arc(const bool is_relative) {
    double radius = number();
    if (number() != radius) {
      refuse_svg("path: ellipse");
    }
    (void)number();  // a circle is the same however it is turned
    const bool is_large = number() != 0;
    const bool is_clockwise = number() != 0;
    const double from_x = x_;
    const double from_y = y_;
    move_to_next_pair(is_relative);
    const double dx = (x_ - from_x) / 2;
    const double dy = (y_ - from_y) / 2;
    const double half = std::hypot(dx, dy);
    if (half == 0) {
      return;
    }
    radius = std::max(radius, half);
    const double aside = std::sqrt(radius * radius - half * half) / half * (is_large == is_clockwise ? 1 : -1);
    const double centre_x = from_x + dx + aside * dy;
    const double centre_y = from_y + dy - aside * dx;
    const double first = std::atan2(from_y - centre_y, from_x - centre_x);
    const double last = std::atan2(y_ - centre_y, x_ - centre_x);
    is_clockwise ? cairo_arc(cairo_, centre_x, centre_y, radius, first, last)
                 : cairo_arc_negative(cairo_, centre_x, centre_y, radius, first, last);
  }

  cairo_t* cairo_;
  const char* at_;
  const char* end_;
  char command_ = 0;
  double x_ = 0;
  double y_ = 0;
  double start_x_ = 0;
  double start_y_ = 0;
};

}  // namespace

void trace_path(cairo_t* cairo, const std::string_view data) {
  PathTracer{cairo, data}.trace();
}

}  // namespace maillage::detail
