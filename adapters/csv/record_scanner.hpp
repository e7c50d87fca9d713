#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// Walks the records of a delimited text once. A cell is a view into the text, or into a buffer of the record where quotes
/// had to be undone; both last until the next record. A quote counts at the start of a cell only (5" stays 5"). Cost:
/// O(bytes). Source: RFC 4180, and the line ends and blank lines that it does not have.
class RecordScanner {
 public:
  /// \param first_line  physical line that `text` starts on
  RecordScanner(std::string_view text, char delimiter, std::int64_t first_line = 1);

  /// Goes to the next record; false at the end. Lines of nothing but blanks are passed over.
  bool next();
  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] std::string_view cell(const std::size_t i) const {
    const Cell& found = cells_[i];
    return (found.undone ? std::string_view{undone_} : text_).substr(found.begin, found.length);
  }
  /// Physical line that the record starts on, and the one after its end.
  [[nodiscard]] std::int64_t line() const { return record_line_; }
  [[nodiscard]] std::int64_t next_line() const { return line_; }
  /// Line of an opening quote that is never closed, 0 when there is none.
  [[nodiscard]] std::int64_t unclosed_quote() const { return unclosed_ ? quote_line_ : 0; }

 private:
  struct Cell {
    std::size_t begin = 0;
    std::size_t length = 0;
    bool undone = false;  ///< in undone_, else in text_
  };

  void scan_record();
  void scan_quoted();
  /// Position of the next quote at or after `at`, counting the lines before it.
  [[nodiscard]] std::size_t closing_quote(std::size_t at);
  [[nodiscard]] bool is_blank() const;
  [[nodiscard]] std::size_t end_of_plain(std::size_t at) const;

  std::string_view text_;
  char delimiter_;
  std::array<bool, 256> stops_{};
  std::size_t at_ = 0;
  std::int64_t line_;
  std::int64_t record_line_;
  std::int64_t quote_line_ = 0;
  bool quoted_ = false;
  bool unclosed_ = false;
  std::vector<Cell> cells_;
  std::string undone_;
};

/// The delimiter, of `;` `,` tabulation and `|`, under which most of the first records have as many cells as the header.
/// Where several do, one that is not mostly followed by a space (a comma in a sentence is), then the one that makes the most
/// columns, then the first in that order. A comma if there is none.
[[nodiscard]] char detect_delimiter(std::string_view text);

}  // namespace maillage
