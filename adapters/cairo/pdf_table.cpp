#include "adapters/cairo/pdf_table.hpp"

#include <algorithm>
#include <numeric>

#include "maps/text_measure.hpp"

namespace maillage::detail {
namespace {

constexpr double kPadding = 3;
constexpr double kFirstColumn = 0.24;  ///< of the width, where words ask for it
constexpr Colour kLight{0.82, 0.82, 0.82};

/// Least and natural width of each column.
struct ColumnNeed {
  double least = 0;
  double natural = 0;
};

void need_text(ColumnNeed& need, const std::string& text, const double size, const bool bold) {
  need.natural = std::max(need.natural, text_width(text, size, bold));
  for (const std::string& word : wrapped(text, size, 0, bold)) {
    need.least = std::max(need.least, text_width(word, size, bold));
  }
}

std::vector<ColumnNeed> needs_of(const DocumentTable& table, const double size, const double width) {
  std::vector<ColumnNeed> needs(table.headings.size());
  for (std::size_t column = 0; column < needs.size(); ++column) {
    ColumnNeed heading;
    need_text(heading, table.headings[column], size, true);
    // A heading stands in as many lines as it takes above short numbers.
    const bool is_number = column < table.is_number.size() && table.is_number[column];
    needs[column] = {heading.least, is_number ? heading.least : std::max(heading.least, heading.natural / 2)};
  }
  for (std::size_t k = 0; k < table.rows.size(); ++k) {
    const bool bold = table.last_is_total && k + 1 == table.rows.size();
    for (std::size_t column = 0; column < table.rows[k].size(); ++column) {
      need_text(needs[column], table.rows[k][column], size, bold);
    }
  }
  // The column that says what a row is about is not squeezed to its longest word.
  const auto first_text = static_cast<std::size_t>(std::ranges::find(table.is_number, false) - table.is_number.begin());
  if (first_text < needs.size()) {
    needs[first_text].least = std::max(needs[first_text].least, std::min(needs[first_text].natural, kFirstColumn * width));
  }
  for (ColumnNeed& need : needs) {  // metrics of the page's font may differ a little
    need.least = need.least * 1.04 + 2 * kPadding;
    need.natural = std::max(need.natural * 1.04 + 2 * kPadding, need.least);
  }
  return needs;
}

/// Widths of the columns, and the size of letters with which they fit.
struct TableShape {
  std::vector<double> widths;
  double size_pt = 8;
};

TableShape shape_of(const DocumentTable& table, const double width) {
  TableShape shape;
  std::vector<ColumnNeed> needs;
  double least = 0;
  for (; shape.size_pt >= 5.5; shape.size_pt -= 0.5) {
    needs = needs_of(table, shape.size_pt, width);
    least = std::accumulate(needs.begin(), needs.end(), 0.0, [](double sum, const ColumnNeed& n) { return sum + n.least; });
    if (least <= width) {
      break;
    }
  }
  const double natural =
      std::accumulate(needs.begin(), needs.end(), 0.0, [](double sum, const ColumnNeed& n) { return sum + n.natural; });
  const auto first_text = static_cast<std::size_t>(std::ranges::find(table.is_number, false) - table.is_number.begin());
  for (const ColumnNeed& need : needs) {
    if (natural <= width) {
      // Half of what is spare goes to the first column of words, up to a table that is easily read across.
      const double spare = needs.size() > 1 ? std::min(width - natural, width * 0.35) : 0;
      const bool is_first_text = shape.widths.size() == first_text;
      shape.widths.push_back(need.natural + (is_first_text ? spare / 2 : spare / 2 / static_cast<double>(needs.size() - 1)));
    } else {
      const double share = natural > least ? std::clamp((width - least) / (natural - least), 0.0, 1.0) : 0;
      shape.widths.push_back(need.least + share * (need.natural - need.least));
    }
  }
  return shape;
}

class TableWriter {
 public:
  TableWriter(PdfPages& pages, const DocumentTable& table)
      : pages_(pages), table_(table), shape_(shape_of(table, pages.width())) {}

  void write() {
    const TextLook caption{.size_pt = 9, .bold = true};
    const TextLook note{.size_pt = 8, .colour = kSoftInk};
    const double head = height(table_.headings, true);
    const double first = table_.rows.empty() ? 0 : height(table_.rows.front(), false);
    pages_.ensure(60 + head + 2 * first);
    pages_.open_tag("Table");
    pages_.open_tag("Caption");
    pages_.flow(pages_.layout(table_.caption, caption, pages_.width()), caption, pages_.left());
    if (!table_.note.empty()) {
      pages_.flow(pages_.layout(table_.note, note, pages_.width()), note, pages_.left());
    }
    pages_.close_tag("Caption");
    pages_.move_down(2);
    write_row(table_.headings, "TH", true, true);
    for (std::size_t k = 0; k < table_.rows.size(); ++k) {
      // The last two rows stay together, and a page begins with the headings again.
      const double needed =
          height(table_.rows[k], false) + (k + 2 == table_.rows.size() ? height(table_.rows[k + 1], false) : 0);
      if (needed > pages_.room()) {
        pages_.new_page();
        write_row(table_.headings, nullptr, true, true);
      }
      write_row(table_.rows[k], "TD", table_.last_is_total && k + 1 == table_.rows.size(), false);
    }
    pages_.close_tag("Table");
    pages_.move_down(9);
  }

 private:
  [[nodiscard]] TextLook look(const bool bold) const { return {.size_pt = shape_.size_pt, .bold = bold, .line_step = 1.2}; }

  [[nodiscard]] double height(const std::vector<std::string>& cells, const bool bold) const {
    double most = 0;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const auto layout = pages_.layout(cells[column], look(bold), shape_.widths[column] - 2 * kPadding);
      most = std::max(most, PdfPages::height_of(layout, look(bold)));
    }
    return most + 4;
  }

  /// \param tag  of its cells; none: a repetition that assistive programs need not read
  void write_row(const std::vector<std::string>& cells, const char* tag, const bool bold, const bool is_heading) {
    const double row_height = height(cells, bold);
    const TextLook text = look(bold);
    if (tag != nullptr) {
      pages_.open_tag("TR");
    }
    double x = pages_.left();
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const char* cell_tag = column == 0 && tag != nullptr ? "TH" : tag;
      const bool to_the_right = column < table_.is_number.size() && table_.is_number[column];
      const auto layout = pages_.layout(cells[column], text, shape_.widths[column] - 2 * kPadding);
      if (cell_tag != nullptr) {
        pages_.open_tag(cell_tag);
      }
      const double top = is_heading ? pages_.y() + row_height - 4 - PdfPages::height_of(layout, text) : pages_.y() + 1;
      pages_.show(layout, text, x + kPadding, top, to_the_right);
      if (cell_tag != nullptr) {
        pages_.close_tag(cell_tag);
      }
      x += shape_.widths[column];
    }
    if (tag != nullptr) {
      pages_.close_tag("TR");
    }
    pages_.move_down(row_height);
    pages_.box(pages_.left(), pages_.y() - 1, x - pages_.left(), is_heading ? 0.9 : 0.4, is_heading ? kInk : kLight);
  }

  PdfPages& pages_;
  const DocumentTable& table_;
  TableShape shape_;
};

}  // namespace

void write_table(PdfPages& pages, const DocumentTable& table) {
  TableWriter{pages, table}.write();
}

}  // namespace maillage::detail
