#include "adapters/cairo/pdf_document.hpp"

#include <algorithm>
#include <string>

#include "adapters/cairo/pdf_finish.hpp"
#include "adapters/cairo/pdf_page.hpp"
#include "adapters/cairo/pdf_table.hpp"

namespace maillage {
namespace {

using detail::TextLook;

constexpr detail::Colour kPale{0.957, 0.965, 0.969};
constexpr detail::Colour kWarning{0.70, 0.25, 0};
constexpr TextLook kBody{};
constexpr TextLook kLead{.size_pt = 10.5};
constexpr TextLook kCaption{.size_pt = 8, .colour = detail::kSoftInk};

class PdfWriter {
 public:
  explicit PdfWriter(const ReportDocument& document) : document_(document), pages_(document) {}

  [[nodiscard]] std::string write_all() {
    write_title();
    for (const DocumentBlock& block : document_.blocks) {
      std::visit([this](const auto& one) { write(one); }, block);
    }
    return pages_.finish();
  }

 private:
  void write_title() {
    const TextLook title{.size_pt = 20, .bold = true, .line_step = 1.15};
    const TextLook subtitle{.size_pt = 10, .colour = detail::kSoftInk};
    pages_.add_outline(document_.title, 1);
    tagged("H1", document_.title, title, 2);
    if (!document_.subtitle.empty()) {
      tagged("P", document_.subtitle, subtitle, 4);
    }
    pages_.rule(pages_.y(), 2, detail::kAccent);
    pages_.move_down(10);
  }

  /// One text with its tag over the whole width, and space below.
  void tagged(const char* tag, const std::string& text, const TextLook& look, const double below) {
    pages_.open_tag(tag);
    pages_.flow(pages_.layout(text, look, pages_.width()), look, pages_.left());
    pages_.close_tag(tag);
    pages_.move_down(below);
  }

  void write(const Heading& heading) {
    constexpr double kWithNext = 70;  // a heading alone at the foot of a page says nothing
    const TextLook look{.size_pt = heading.level == 1   ? 15.0
                                   : heading.level == 2 ? 11.5
                                                        : 10.0,
                        .bold = true,
                        .colour = heading.level == 1 ? detail::kAccent : detail::kInk,
                        .line_step = 1.2};
    pages_.ensure(kWithNext + (heading.level == 1 ? 40 : 0));
    pages_.move_down(pages_.at_top() ? 0 : heading.level == 1 ? 16 : 9);
    pages_.add_outline(heading.text, heading.level + 1);
    tagged(heading.level == 1 ? "H2" : heading.level == 2 ? "H3" : "H4", heading.text, look, 4);
  }

  void write(const Paragraph& paragraph) {
    if (paragraph.role == Paragraph::Role::caution) {
      write_caution(paragraph.text);
      return;
    }
    tagged("P", paragraph.text, paragraph.role == Paragraph::Role::lead ? kLead : kBody, 6);
  }

  /// A bar beside the words, and whole on one page.
  void write_caution(const std::string& text) {
    const auto layout = pages_.layout(text, kBody, pages_.width() - 10);
    const double height = detail::PdfPages::height_of(layout, kBody) + 4;
    pages_.ensure(height);
    pages_.box(pages_.left(), pages_.y(), 2.5, height, kWarning);
    pages_.open_tag("P");
    pages_.show(layout, kBody, pages_.left() + 9, pages_.y() + 1);
    pages_.close_tag("P");
    pages_.move_down(height + 7);
  }

  void write(const BulletList& list) {
    constexpr double kIndent = 11;
    pages_.open_tag("L");
    for (const std::string& item : list.items) {
      const auto layout = pages_.layout(item, kBody, pages_.width() - kIndent);
      pages_.ensure(std::min(2.0, static_cast<double>(pango_layout_get_line_count(layout.get()))) * kBody.size_pt *
                    kBody.line_step);
      pages_.open_tag("LI");
      pages_.open_tag("Lbl");
      pages_.show(pages_.layout("•", kBody, kIndent), kBody, pages_.left() + 2, pages_.y());
      pages_.close_tag("Lbl");
      pages_.open_tag("LBody");
      pages_.flow(layout, kBody, pages_.left() + kIndent);
      pages_.close_tag("LBody");
      pages_.close_tag("LI");
      pages_.move_down(2.5);
    }
    pages_.close_tag("L");
    pages_.move_down(5);
  }

  void write(const LinkList& list) {
    BulletList names;
    for (const auto& [text, address] : list.links) {
      names.items.push_back(text);
    }
    write(names);
  }

  void write(const DocumentTable& table) { detail::write_table(pages_, table); }

  void write(const Figure& figure) {
    const detail::SvgElement drawing = detail::read_svg(figure.svg);
    const detail::SvgSize size = detail::size_of(drawing);
    const auto caption = pages_.layout(figure.caption, kCaption, pages_.width());
    const double below = figure.caption.empty() ? 6 : detail::PdfPages::height_of(caption, kCaption) + 10;
    double width = std::min(size.width_mm * detail::kPointsPerMm, pages_.width());
    double height = width * size.height_mm / size.width_mm;
    // A little smaller, it may still stand on this page.
    constexpr double kLeastScale = 0.72;
    const double here = pages_.room() - below;
    const double most = height > here && height * kLeastScale <= here ? here : pages_.whole_page() - below;
    if (height > most) {
      width *= most / height;
      height = most;
    }
    pages_.ensure(height + below);
    pages_.open_tag("Figure");
    pages_.svg(drawing, pages_.left(), pages_.y(), width, height);
    pages_.close_tag("Figure");
    pages_.move_down(height + 3);
    if (!figure.caption.empty()) {
      tagged("P", figure.caption, kCaption, 7);
    } else {
      pages_.move_down(3);
    }
  }

  void write(const KeyFigures& keys) {
    constexpr std::size_t kPerRow = 4;
    constexpr double kGap = 6;
    const TextLook number{.size_pt = 15, .bold = true};
    const TextLook what{.size_pt = 7.5, .line_step = 1.15};
    const double width = (pages_.width() - kGap * (kPerRow - 1)) / kPerRow;
    double height = 44;
    for (const auto& [figure, words] : keys.figures) {
      height = std::max(height, 28 + detail::PdfPages::height_of(pages_.layout(words, what, width - 10), what));
    }
    for (std::size_t k = 0; k < keys.figures.size(); ++k) {
      if (k % kPerRow == 0) {
        pages_.ensure(height);
      }
      const double x = pages_.left() + static_cast<double>(k % kPerRow) * (width + kGap);
      pages_.box(x, pages_.y(), width, height, kPale);
      pages_.box(x, pages_.y(), width, 2.5, detail::kAccent);
      pages_.open_tag("P");
      pages_.show(pages_.layout(keys.figures[k].first, number, width - 10), number, x + 6, pages_.y() + 4);
      pages_.show(pages_.layout(keys.figures[k].second, what, width - 10), what, x + 6, pages_.y() + 24);
      pages_.close_tag("P");
      if (k % kPerRow == kPerRow - 1 || k + 1 == keys.figures.size()) {
        pages_.move_down(height + kGap);
      }
    }
    pages_.move_down(4);
  }

  void write(const PageBreak&) {
    if (!pages_.at_top()) {
      pages_.new_page();
    }
  }

  const ReportDocument& document_;
  detail::PdfPages pages_;
};

}  // namespace

std::string pdf_document(const ReportDocument& document) {
  return detail::finish_pdf(PdfWriter{document}.write_all(), document);
}

}  // namespace maillage
