#include "adapters/csv/record_scanner.hpp"

#include <algorithm>
#include <tuple>

namespace maillage {
namespace {

constexpr std::string_view kDelimiters = ";,\t|";
constexpr std::size_t kRecordsLookedAt = 50;

/// How well a delimiter explains the first records; compared member by member, larger is better.
using Fit = std::tuple<std::size_t, bool, std::size_t>;

Fit fit_of(const std::string_view text, const char delimiter) {
  RecordScanner scanner{text, delimiter};
  if (!scanner.next() || scanner.size() < 2) {
    return {};
  }
  const std::size_t columns = scanner.size();
  std::size_t alike = 0;
  std::size_t cells = 0;
  std::size_t spaced = 0;
  std::size_t records = 0;
  do {
    alike += scanner.size() == columns ? 1U : 0U;
    for (std::size_t i = 1; i < scanner.size(); ++i) {
      ++cells;
      spaced += scanner.cell(i).starts_with(' ') ? 1U : 0U;
    }
  } while (++records < kRecordsLookedAt && scanner.next());
  return {alike, 2 * spaced <= cells, columns};
}

}  // namespace

char detect_delimiter(const std::string_view text) {
  char best = ',';
  Fit best_fit{};
  for (const char delimiter : kDelimiters) {
    const Fit fit = fit_of(text, delimiter);
    if (fit > best_fit) {
      best_fit = fit;
      best = delimiter;
    }
  }
  return best;
}

RecordScanner::RecordScanner(const std::string_view text, const char delimiter, const std::int64_t first_line)
    : text_(text), delimiter_(delimiter), line_(first_line), record_line_(first_line) {
  for (const char stop : {delimiter, '\n', '\r'}) {
    stops_[static_cast<unsigned char>(stop)] = true;
  }
}

bool RecordScanner::next() {
  while (at_ < text_.size()) {
    record_line_ = line_;
    scan_record();
    if (!is_blank()) {
      return true;
    }
  }
  cells_.clear();
  return false;
}

bool RecordScanner::is_blank() const {
  return cells_.size() == 1 && !quoted_ && cell(0).find_first_not_of(" \t") == std::string_view::npos;
}

std::size_t RecordScanner::end_of_plain(std::size_t at) const {
  while (at < text_.size() && !stops_[static_cast<unsigned char>(text_[at])]) {
    ++at;
  }
  return at;
}

void RecordScanner::scan_record() {
  cells_.clear();
  undone_.clear();
  quoted_ = false;
  for (;;) {
    if (at_ < text_.size() && text_[at_] == '"') {
      scan_quoted();
    } else {
      const std::size_t end = end_of_plain(at_);
      cells_.push_back({.begin = at_, .length = end - at_, .undone = false});
      at_ = end;
    }
    if (at_ == text_.size()) {
      // The line after a last line without an end, so that next_line() is always past the record.
      ++line_;
      return;
    }
    const char c = text_[at_++];
    if (c == delimiter_) {
      continue;
    }
    if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
    }
    ++line_;
    return;
  }
}

std::size_t RecordScanner::closing_quote(std::size_t at) {
  for (; at < text_.size() && text_[at] != '"'; ++at) {
    const bool ends_line = text_[at] == '\n' || (text_[at] == '\r' && (at + 1 == text_.size() || text_[at + 1] != '\n'));
    line_ += ends_line ? 1 : 0;
  }
  return at;
}

void RecordScanner::scan_quoted() {
  quoted_ = true;
  quote_line_ = line_;
  const std::size_t begin = ++at_;
  const std::size_t undone_begin = undone_.size();
  std::size_t copied = begin;
  for (;;) {
    const std::size_t quote = closing_quote(at_);
    if (quote == text_.size()) {
      unclosed_ = true;
      cells_.push_back({.begin = begin, .length = text_.size() - begin, .undone = false});
      at_ = text_.size();
      return;
    }
    at_ = quote + 1;
    if (at_ < text_.size() && text_[at_] == '"') {
      undone_.append(text_, copied, at_ - copied);
      copied = ++at_;
      continue;
    }
    const std::size_t end = end_of_plain(at_);
    if (copied == begin && end == at_) {
      cells_.push_back({.begin = begin, .length = quote - begin, .undone = false});
      return;
    }
    // What stands between a closing quote and the delimiter belongs to the cell.
    undone_.append(text_, copied, quote - copied).append(text_, at_, end - at_);
    cells_.push_back({.begin = undone_begin, .length = undone_.size() - undone_begin, .undone = true});
    at_ = end;
    return;
  }
}

}  // namespace maillage
