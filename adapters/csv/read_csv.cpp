#include "adapters/csv/read_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "adapters/csv/text_encoding.hpp"
#include "adapters/file/read_file.hpp"

namespace maillage {
namespace {

constexpr std::string_view kDelimiters = ";,\t|";
constexpr std::size_t kRecordsLookedAt = 50;

[[noreturn]] void fail(const std::string& source, const Text& why) {
  throw InputError(Text{.french = fmt::format("{} : {}", source, why.french), .english = fmt::format("{}: {}", source, why.english)});
}

/// Walks the records of a document; cells are unquoted into one buffer.
class RecordScanner {
 public:
  RecordScanner(const std::string_view text, const char delimiter) : text_(text), delimiter_(delimiter) {}

  /// The next record into cells(); false at the end. Blank lines are passed over.
  bool next() {
    while (at_ < text_.size()) {
      record_line_ = line_;
      scan_record();
      if (unclosed_ || count_ > 1 || quoted_ || !cells_.front().empty()) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] const std::string& cell(const std::size_t i) const { return cells_[i]; }
  [[nodiscard]] std::int64_t line() const { return record_line_; }
  /// Line of an opening quote that is never closed, 0 when there is none.
  [[nodiscard]] std::int64_t unclosed_quote() const { return unclosed_ ? quote_line_ : 0; }

 private:
  std::string& fresh_cell() {
    if (count_ == cells_.size()) {
      cells_.emplace_back();
    }
    cells_[count_].clear();
    return cells_[count_++];
  }

  void end_line(const char c) {
    if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
    }
    ++line_;
  }

  void scan_record() {
    count_ = 0;
    quoted_ = false;
    for (;;) {
      std::string& cell = fresh_cell();
      if (at_ < text_.size() && text_[at_] == '"') {
        scan_quoted(cell);
      }
      const std::size_t end = std::min(text_.find_first_of(stops_, at_), text_.size());
      cell.append(text_, at_, end - at_);
      at_ = end;
      if (at_ == text_.size()) {
        return;
      }
      const char c = text_[at_++];
      if (c != delimiter_) {
        end_line(c);
        return;
      }
    }
  }

  void scan_quoted(std::string& cell) {
    quoted_ = true;
    quote_line_ = line_;
    ++at_;
    for (;;) {
      const std::size_t quote = text_.find('"', at_);
      const std::string_view inside = text_.substr(at_, std::min(quote, text_.size()) - at_);
      for (std::size_t i = 0; i < inside.size(); ++i) {
        line_ += inside[i] == '\n' || (inside[i] == '\r' && (i + 1 == inside.size() || inside[i + 1] != '\n')) ? 1 : 0;
      }
      cell.append(inside);
      if (quote == std::string_view::npos) {
        at_ = text_.size();
        unclosed_ = true;
        return;
      }
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') {
        return;
      }
      cell.push_back('"');
      ++at_;
    }
  }

  std::string_view text_;
  char delimiter_;
  std::array<char, 3> stop_characters_{delimiter_, '\n', '\r'};
  std::string_view stops_{stop_characters_.data(), stop_characters_.size()};
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  std::int64_t record_line_ = 1;
  std::int64_t quote_line_ = 0;
  bool quoted_ = false;
  bool unclosed_ = false;
  std::size_t count_ = 0;
  std::vector<std::string> cells_;
};

/// The delimiter under which the first records have the most columns in common with the header: records that have as many cells as it, then cells.
char detect_delimiter(const std::string_view text) {
  char best = ',';
  std::pair<std::size_t, std::size_t> best_score{0, 0};
  for (const char delimiter : kDelimiters) {
    RecordScanner scanner{text, delimiter};
    if (!scanner.next()) {
      continue;
    }
    const std::size_t columns = scanner.size();
    std::size_t alike = 0;
    for (std::size_t record = 0; record < kRecordsLookedAt && scanner.next(); ++record) {
      alike += scanner.size() == columns ? 1U : 0U;
    }
    const std::pair<std::size_t, std::size_t> score{columns > 1 ? alike + 1 : 0, columns};
    if (score > best_score) {
      best_score = score;
      best = delimiter;
    }
  }
  return best;
}

char chosen_delimiter(const std::string_view text, const std::string& source, const std::string& wanted) {
  if (wanted.empty()) {
    return detect_delimiter(text);
  }
  if (wanted == "tab" || wanted == "\\t") {
    return '\t';
  }
  if (wanted.size() != 1 || wanted == "\"" || wanted == "\n" || wanted == "\r") {
    fail(source, {.french = fmt::format("delimiter = « {} » : un seul caractère est attendu, par exemple \";\".", wanted),
                  .english = fmt::format("delimiter = '{}': a single character is expected, e.g. \";\".", wanted)});
  }
  return wanted.front();
}

void refuse_other_files(const std::string_view bytes, const std::string& source) {
  const auto starts = [&](const std::string_view magic) { return bytes.starts_with(magic); };
  if (starts("PK\x03\x04") || starts(std::string_view{"\xD0\xCF\x11\xE0", 4})) {
    fail(source, {.french = "c'est une feuille de calcul ou une archive ; enregistrez-la en CSV (UTF-8).", .english = "this is a spreadsheet or an archive; save it as CSV (UTF-8)."});
  }
  if (starts("\xFF\xFE") || starts("\xFE\xFF")) {
    fail(source, {.french = "texte en UTF-16 ; enregistrez-le en CSV UTF-8.", .english = "text in UTF-16; save it as CSV UTF-8."});
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    fail(source, {.french = fmt::format("octet nul à la ligne {} : ce n'est pas un fichier texte, ou il est abîmé.", line),
                  .english = fmt::format("NUL byte in line {}: not a text file, or a damaged one.", line)});
  }
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\n\r");
  return first == std::string::npos ? std::string{} : text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1);
}

void read_header(const RecordScanner& scanner, Reading<FeatureTable>& reading) {
  FeatureTable& table = reading.value;
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < scanner.size(); ++i) {
    std::string name = trimmed(scanner.cell(i));
    const auto note = [&](const char* reason, const std::string& detail) {
      reading.repairs.push_back({.source = table.source, .row = scanner.line(), .key = {}, .column = name, .value = scanner.cell(i), .reason = reason, .detail = detail});
    };
    if (name.empty()) {
      const std::string made = fmt::format("column_{}", i + 1);
      note("column_mended", made);
      name = made;
    }
    if (const int times = ++seen[name]; times > 1) {
      std::string made = fmt::format("{}_{}", name, times);
      while (seen.contains(made)) {
        made += "_";
      }
      note("duplicate_column", made);
      ++seen[made];
      name = std::move(made);
    }
    table.columns.push_back(std::move(name));
  }
  table.cells = TextCells{table.columns.size()};
}

void read_row(const RecordScanner& scanner, Reading<FeatureTable>& reading) {
  FeatureTable& table = reading.value;
  const std::size_t columns = table.columns.size();
  ++reading.rows_in;
  for (std::size_t i = columns; i < scanner.size(); ++i) {
    if (!scanner.cell(i).empty()) {
      reading.rejections.push_back({.source = table.source, .row = scanner.line(), .key = scanner.cell(0), .column = {}, .value = scanner.cell(i), .reason = "extra_cells",
                                    .detail = fmt::format("{} > {}", scanner.size(), columns)});
      return;
    }
  }
  if (scanner.size() < columns) {
    reading.repairs.push_back({.source = table.source, .row = scanner.line(), .key = scanner.cell(0), .column = {}, .value = {}, .reason = "short_row",
                               .detail = fmt::format("{} < {}", scanner.size(), columns)});
  }
  for (std::size_t i = 0; i < columns; ++i) {
    table.cells.add(i < scanner.size() ? std::string_view{scanner.cell(i)} : std::string_view{});
  }
  table.row_numbers.push_back(scanner.line());
}

}  // namespace

Reading<FeatureTable> parse_csv(const std::string_view bytes, const std::string& source, const CsvReadOptions& options) {
  refuse_other_files(bytes, source);
  const DecodedText text = decode_text(bytes, options.encoding, source);
  Reading<FeatureTable> reading;
  reading.value.source = source;
  reading.value.format = "CSV";
  reading.value.encoding = text.encoding;
  const char delimiter = chosen_delimiter(text.utf8, source, options.delimiter);
  reading.value.delimiter = std::string(1, delimiter);
  RecordScanner scanner{text.utf8, delimiter};
  if (!scanner.next()) {
    fail(source, {.french = "fichier vide ; une ligne d'en-têtes est attendue.", .english = "empty file; a line of headings is expected."});
  }
  const auto refuse_unclosed = [&] {
    if (scanner.unclosed_quote() != 0) {
      fail(source, {.french = fmt::format("guillemet ouvert à la ligne {} et jamais refermé.", scanner.unclosed_quote()),
                    .english = fmt::format("quote opened in line {} and never closed.", scanner.unclosed_quote())});
    }
  };
  refuse_unclosed();
  read_header(scanner, reading);
  while (scanner.next()) {
    refuse_unclosed();
    read_row(scanner, reading);
  }
  return reading;
}

Reading<FeatureTable> read_csv(const std::filesystem::path& file, const CsvReadOptions& options) {
  return parse_csv(read_whole_file(file), file.string(), options);
}

}  // namespace maillage
