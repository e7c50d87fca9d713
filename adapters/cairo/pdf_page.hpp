#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "adapters/cairo/cairo_handles.hpp"
#include "adapters/cairo/svg_reader.hpp"
#include "maps/report_document.hpp"

namespace maillage::detail {

/// Points of a millimetre.
inline constexpr double kPointsPerMm = 72 / 25.4;

/// A colour of cairo, 0 to 1.
struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};
inline constexpr Colour kInk{0.086, 0.086, 0.086};
inline constexpr Colour kSoftInk{0.227, 0.227, 0.227};
inline constexpr Colour kAccent{0.043, 0.310, 0.424};

struct TextLook {
  double size_pt = 9.5;
  bool bold = false;
  Colour colour = kInk;
  double line_step = 1.35;
};

/// A tagged PDF that grows downwards, page by page. Lengths are points.
class PdfPages {
 public:
  explicit PdfPages(const ReportDocument& document);

  [[nodiscard]] double left() const { return kLeft; }
  [[nodiscard]] double width() const { return kPageWidth - 2 * kLeft; }
  [[nodiscard]] double y() const { return y_; }
  [[nodiscard]] double room() const { return kBottom - y_; }
  /// All that a page can hold.
  [[nodiscard]] double whole_page() const { return kBottom - kTop; }
  [[nodiscard]] bool at_top() const { return y_ <= kTop; }
  void move_down(const double points) { y_ += points; }
  void new_page();
  /// Begins a page where less than that is left of this one.
  void ensure(double points);

  /// Made once for each text: tables measure before they write.
  [[nodiscard]] PangoLayoutHandle layout(std::string_view text, const TextLook& look, double width);
  /// A layout's height with its own line step.
  [[nodiscard]] static double height_of(const PangoLayoutHandle& layout, const TextLook& look);
  /// At a place of this page.
  void show(const PangoLayoutHandle& layout, const TextLook& look, double x, double y, bool to_the_right = false);
  /// From where the cursor stands, over as many pages as it takes; two lines at least stay together on each.
  void flow(const PangoLayoutHandle& layout, const TextLook& look, double x);

  void open_tag(const char* tag);
  void close_tag(const char* tag);
  void add_outline(const std::string& text, int level);
  void rule(double y, double thickness, Colour colour);
  void box(double x, double y, double width, double height, Colour colour);
  void svg(const SvgElement& drawing, double x, double y, double width, double height);

  /// Ends the last page and the document. \throws OutputError
  [[nodiscard]] std::string finish();

 private:
  static constexpr double kPageWidth = 210 * kPointsPerMm;
  static constexpr double kPageHeight = 297 * kPointsPerMm;
  static constexpr double kLeft = 18 * kPointsPerMm;
  static constexpr double kTop = 18 * kPointsPerMm;
  static constexpr double kBottom = kPageHeight - 20 * kPointsPerMm;

  void end_page();
  [[nodiscard]] PangoLayoutHandle new_layout(std::string_view text, const TextLook& look, double width) const;

  const ReportDocument& document_;
  std::string bytes_;
  CairoSurface surface_;
  CairoContext cairo_;
  PangoContextHandle context_;
  std::map<std::tuple<std::string, double, bool, double>, PangoLayoutHandle> layouts_;  ///< by text, size, weight and width
  double y_ = kTop;
  int page_ = 1;
  std::vector<int> outline_parents_;  ///< last entry of each level
};

}  // namespace maillage::detail
