#include "adapters/cli/report_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "adapters/cli/report_words.hpp"
#include "maps/french_grammar.hpp"

namespace maillage {

std::string ReportBuilder::set(const std::string& text) const {
  return french() ? french::typeset(text) : text;
}

void ReportBuilder::title(const std::string& title, const std::string& subtitle, const std::string& foot) {
  document_.title = set(title);
  document_.subtitle = set(subtitle);
  document_.foot = set(foot);
}

void ReportBuilder::heading(const int level, const std::string& text) {
  document_.blocks.emplace_back(Heading{.level = level, .text = set(text)});
}

void ReportBuilder::paragraph(const std::string& text, const Paragraph::Role role) {
  if (!text.empty()) {
    document_.blocks.emplace_back(Paragraph{.text = set(text), .role = role});
  }
}

void ReportBuilder::list(const std::vector<std::string>& items) {
  BulletList list;
  for (const std::string& item : items) {
    list.items.push_back(set(item));
  }
  if (!list.items.empty()) {
    document_.blocks.emplace_back(std::move(list));
  }
}

void ReportBuilder::table(DocumentTable table) {
  if (table.rows.empty()) {
    return;
  }
  table.caption = set(table.caption);
  table.note = set(table.note);
  for (std::string& heading : table.headings) {
    heading = set(heading);
  }
  for (std::vector<std::string>& row : table.rows) {
    for (std::string& cell : row) {
      cell = set(cell);
    }
  }
  document_.blocks.emplace_back(std::move(table));
}

void ReportBuilder::table_of(const Table& table, const TableExcerpt& excerpt) {
  std::vector<std::size_t> columns = excerpt.columns;
  if (columns.empty()) {
    columns.resize(table.columns.size());
    std::iota(columns.begin(), columns.end(), std::size_t{0});
  }
  DocumentTable shown{.caption = excerpt.title.empty() ? table.title.in(language()) : excerpt.title};
  shown.note = table.base.in(language());
  for (const std::size_t column : columns) {
    const TableColumn& of = table.columns.at(column);
    const std::string heading = of.heading.in(language());
    shown.headings.push_back(of.unit.empty() ? heading : fmt::format("{} ({})", heading, of.unit));
    shown.is_number.push_back(std::ranges::any_of(table.rows, [&](const std::vector<TableCell>& row) {
      return std::holds_alternative<std::int64_t>(row[column]) || std::holds_alternative<Decimal>(row[column]);
    }));
  }
  const std::size_t rows = std::min(table.rows.size(), excerpt.most_rows);
  for (std::size_t row = 0; row < rows; ++row) {
    shown.rows.emplace_back();
    for (const std::size_t column : columns) {
      const std::string text = to_text(table.rows[row][column], language());
      shown.rows.back().push_back(text.empty() ? "—" : text);
    }
  }
  if (rows < table.rows.size()) {
    const auto left = static_cast<std::int64_t>(table.rows.size() - rows);
    shown.note += (shown.note.empty() ? "" : ". ") +
                  say(fmt::format("{} dans tableaux/{}.csv",
                                  counted_text(left, {"autre ligne", "autres lignes", "", ""}, language()), table.name),
                      fmt::format("{} more in tableaux/{}.csv", count_text(left, language()), table.name));
  } else {
    shown.last_is_total = !shown.rows.empty() && shown.rows.back().front() == "Total";
  }
  this->table(std::move(shown));
}

void ReportBuilder::figure(std::string svg, const std::string& caption, const std::string& alternative) {
  document_.blocks.emplace_back(Figure{.svg = std::move(svg), .caption = set(caption), .alternative = set(alternative)});
}

void ReportBuilder::map(const ReportSources& sources, const std::string& name, const double most_height_mm) {
  const auto found = std::ranges::find(sources.maps.maps, name, &MapView::name);
  if (found == sources.maps.maps.end()) {
    return;
  }
  const MapDrawing drawing{sources.maps, sources.layers, *found};
  std::string caption = found->title.in(language()) + ". " + found->question.in(language());
  figure(drawing.figure({.most_height_mm = most_height_mm, .language = language(), .identifier = name}), caption,
         drawing.description(language()));
}

void ReportBuilder::keys(const std::vector<std::pair<std::string, std::string>>& figures) {
  KeyFigures keys;
  for (const auto& [number, what] : figures) {
    keys.figures.emplace_back(set(number), set(what));
  }
  document_.blocks.emplace_back(std::move(keys));
}

}  // namespace maillage
