#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cli/study_inputs.hpp"
#include "adapters/cli/study_results.hpp"
#include "adapters/config/study.hpp"
#include "engine/survey/table.hpp"
#include "maps/layer_view.hpp"
#include "maps/report_document.hpp"
#include "maps/svg_map.hpp"

namespace maillage {

/// What reports and sheets are written from. Everything outlives them.
struct ReportSources {
  const Study& study;
  const StudyInputs& inputs;
  const StudyResults& results;
  const LayerSet& layers;
  const MapDocument& maps;
  Language language = Language::french;
};

/// Which part of a table is shown.
struct TableExcerpt {
  std::vector<std::size_t> columns{};  ///< none: all
  std::size_t most_rows = 40;
  std::string title{};  ///< instead of the table's own; empty: its own
};

/// Grows a document block by block, in one language, every text set in its typography.
class ReportBuilder {
 public:
  explicit ReportBuilder(Language language) { document_.language = language; }

  [[nodiscard]] bool french() const { return document_.language == Language::french; }
  [[nodiscard]] Language language() const { return document_.language; }
  /// One of two texts.
  [[nodiscard]] std::string say(std::string in_french, std::string in_english) const {
    return french() ? std::move(in_french) : std::move(in_english);
  }
  /// A text in the document's typography.
  [[nodiscard]] std::string set(const std::string& text) const;

  void title(const std::string& title, const std::string& subtitle, const std::string& foot);
  void heading(int level, const std::string& text);
  void paragraph(const std::string& text, Paragraph::Role role = Paragraph::Role::body);
  void caution(const std::string& text) { paragraph(text, Paragraph::Role::caution); }
  void list(const std::vector<std::string>& items);
  /// Nothing where it has no row.
  void table(DocumentTable table);
  /// A table of results, its numbers by locale. Says how many rows were left out.
  void table_of(const Table& table, const TableExcerpt& excerpt = {});
  void figure(std::string svg, const std::string& caption, const std::string& alternative);
  /// A map of the study, if there is one of that name, with its question and sources as caption.
  void map(const ReportSources& sources, const std::string& name, double most_height_mm = 150);
  void keys(const std::vector<std::pair<std::string, std::string>>& figures);
  void page_break() { document_.blocks.emplace_back(PageBreak{}); }
  [[nodiscard]] ReportDocument finish() { return std::move(document_); }

 private:
  ReportDocument document_;
};

}  // namespace maillage
