#include "adapters/csv/read_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "adapters/csv/other_content.hpp"
#include "adapters/csv/record_scanner.hpp"
#include "adapters/csv/spreadsheet_text.hpp"
#include "adapters/file/read_file.hpp"
#include "adapters/file/text_encoding.hpp"

namespace maillage {
namespace {

/// Cells added to short rows, in all, beyond some per byte of the text: a wide header over many short lines must not fill
/// the memory.
constexpr std::size_t kMostPadding = 10'000'000;
constexpr std::size_t kMostPaddingPerByte = 16;

[[noreturn]] void fail(const std::string& source, const Text& why) {
  throw InputError(
      Text{.french = fmt::format("{} : {}", source, why.french), .english = fmt::format("{}: {}", source, why.english)});
}

char chosen_delimiter(const std::string_view text, const std::string& source, const std::string& wanted) {
  if (wanted.empty()) {
    return detect_delimiter(text);
  }
  if (wanted == "tab" || wanted == "\\t") {
    return '\t';
  }
  if (wanted.size() != 1 || wanted == "\"" || wanted == "\n" || wanted == "\r" ||
      static_cast<unsigned char>(wanted.front()) >= 0x80) {
    fail(source, {.french = fmt::format("delimiter = « {} » : un seul caractère est attendu, par exemple \";\".", wanted),
                  .english = fmt::format("delimiter = '{}': a single character is expected, e.g. \";\".", wanted)});
  }
  return wanted.front();
}

/// Delimiter that a first line "sep=;" names, as Excel writes and obeys it, and the length of that line; nothing otherwise.
std::pair<std::string, std::size_t> separator_line(const std::string_view text) {
  if (text.size() < 6 || (text.substr(0, 4) != "sep=" && text.substr(0, 4) != "SEP=") ||
      (text[5] != '\n' && text[5] != '\r')) {
    return {};
  }
  return {std::string(1, text[4]), text.substr(5).starts_with("\r\n") ? 7 : 6};
}

std::string trimmed(const std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n\r");
  return std::string{first == std::string_view::npos ? std::string_view{}
                                                     : text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1)};
}

/// One pass over a document, from its header to the filled table.
class TableReader {
 public:
  TableReader(const std::string_view text, RecordScanner scanner, std::vector<std::int64_t> mended_lines, FeatureTable empty)
      : text_(text),
        scanner_(std::move(scanner)),
        guarded_(empty.encoding == "UTF-8 (BOM)" && empty.delimiter == ";" && is_guarded_table(text)),
        mended_lines_(std::move(mended_lines)) {
    reading_.value = std::move(empty);
  }

  Reading<FeatureTable> read() {
    if (!next()) {
      fail(table().source, {.french = "fichier vide ; une ligne d'en-têtes est attendue.",
                            .english = "empty file; a line of headings is expected."});
    }
    read_header();
    note_mended_lines();
    while (next()) {
      read_row();
    }
    return std::move(reading_);
  }

 private:
  FeatureTable& table() { return reading_.value; }

  [[nodiscard]] RowNote note(const char* reason, std::string detail) {
    return {.source = table().source,
            .row = scanner_.line(),
            .key = {},
            .column = {},
            .value = {},
            .reason = reason,
            .detail = std::move(detail)};
  }

  bool next() {
    const bool found = scanner_.next();
    if (const std::int64_t line = scanner_.unclosed_quote(); line != 0) {
      fail(table().source,
           {.french = fmt::format("guillemet ouvert à la ligne {} et jamais refermé. Refermez-le, ou doublez-le "
                                  "(\"\") s'il fait partie du texte ; le fichier est peut-être tronqué.",
                                  line),
            .english = fmt::format("quote opened in line {} and never closed. Close it, or double it (\"\") "
                                   "if it belongs to the text; the file may be cut short.",
                                   line)});
    }
    return found;
  }

  void read_header() {
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < scanner_.size(); ++i) {
      std::string name = trimmed(scanner_.cell(i));
      const auto repaired = [&](const char* reason, const std::string& made) {
        RowNote repair = note(reason, made);
        repair.column = name;
        repair.value = scanner_.cell(i);
        reading_.repairs.push_back(std::move(repair));
        name = made;
      };
      if (name.empty()) {
        repaired("column_mended", fmt::format("column_{}", i + 1));
      }
      if (int times = ++seen[name]; times > 1) {
        while (seen.contains(fmt::format("{}_{}", name, times))) {
          ++times;
        }
        repaired("duplicate_column", fmt::format("{}_{}", name, times));
        ++seen[name];
      }
      table().columns.push_back(std::move(name));
    }
    const std::size_t columns = table().columns.size();
    const auto lines = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
    table().cells = TextCells{columns};
    // Every cell but a row's last takes a byte of delimiter: a bound on what a bad header could make us reserve.
    table().cells.reserve(std::min((lines + 1) * columns, text_.size() + 1), text_.size());
  }

  void read_row() {
    const std::size_t columns = table().columns.size();
    ++reading_.rows_in;
    for (std::size_t i = columns; i < scanner_.size(); ++i) {
      if (!scanner_.cell(i).empty()) {
        RowNote rejection = note("extra_cells", fmt::format("{} > {}", scanner_.size(), columns));
        rejection.key = scanner_.cell(0);
        rejection.value = scanner_.cell(i);
        reading_.rejections.push_back(std::move(rejection));
        return;
      }
    }
    if (scanner_.size() < columns) {
      reading_.repairs.push_back(note("short_row", fmt::format("{} < {}", scanner_.size(), columns)));
      reading_.repairs.back().key = scanner_.cell(0);
      padding_ += columns - scanner_.size();
      if (padding_ > kMostPadding + kMostPaddingPerByte * text_.size()) {
        fail(table().source,
             {.french = fmt::format("{} colonnes en tête, et des lignes bien plus courtes jusqu'à la ligne {} : le "
                                    "séparateur est sans doute un autre.",
                                    columns, scanner_.line()),
              .english = fmt::format(
                  "{} columns in the header, and far shorter rows up to line {}: the delimiter is probably another.",
                  columns, scanner_.line())});
      }
    }
    for (std::size_t i = 0; i < columns; ++i) {
      table().cells.add(i < scanner_.size() ? original_text(scanner_.cell(i)) : std::string_view{});
    }
    table().row_numbers.push_back(scanner_.line());
    note_mended_lines();
  }

  [[nodiscard]] std::string_view original_text(const std::string_view cell) const {
    const std::string_view plain = plain_text(cell);
    return guarded_ && plain.size() == cell.size() ? unguarded_text(cell) : plain;
  }

  /// A repair for the record just read if bytes in it were not UTF-8.
  void note_mended_lines() {
    const auto begin = std::lower_bound(mended_lines_.begin(), mended_lines_.end(), scanner_.line());
    if (begin != mended_lines_.end() && *begin < scanner_.next_line()) {
      reading_.repairs.push_back(note("invalid_utf8", {}));
      reading_.repairs.back().key = scanner_.cell(0);
    }
  }

  std::string_view text_;
  RecordScanner scanner_;
  bool guarded_;
  std::size_t padding_ = 0;
  std::vector<std::int64_t> mended_lines_;
  Reading<FeatureTable> reading_;
};

}  // namespace

Reading<FeatureTable> parse_csv(const std::string_view bytes, const std::string& source, const CsvReadOptions& options) {
  refuse_binary_content(bytes, source);
  const DecodedText decoded = decode_text(bytes, options.encoding, source);
  std::string_view text = decoded.utf8(bytes);
  refuse_other_text(text, source);
  // The end-of-file mark of old DOS programs is no row.
  while (text.ends_with('\x1A')) {
    text.remove_suffix(1);
  }
  const auto [separator, separator_length] = separator_line(text);
  text.remove_prefix(separator_length);
  const char delimiter = chosen_delimiter(text, source, options.delimiter.empty() ? separator : options.delimiter);
  FeatureTable empty;
  empty.source = source;
  empty.format = "CSV";
  empty.encoding = decoded.encoding;
  empty.delimiter = std::string(1, delimiter);
  return TableReader{text, RecordScanner{text, delimiter, separator_length > 0 ? 2 : 1}, decoded.mended_lines,
                     std::move(empty)}
      .read();
}

Reading<FeatureTable> read_csv(const std::filesystem::path& file, const CsvReadOptions& options) {
  return parse_csv(read_whole_file(file), file.string(), options);
}

}  // namespace maillage
