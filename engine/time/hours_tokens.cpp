#include "engine/time/hours_tokens.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "engine/core/fold_text.hpp"

namespace maillage {

namespace {

using Kind = HoursToken::Kind;

constexpr std::size_t kFragmentBytes = 40;

bool is_digit(const char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(const char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_high(const char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

class Scanner {
 public:
  explicit Scanner(const std::string_view text) : text_(text) {}

  std::vector<HoursToken> all() {
    std::vector<HoursToken> tokens;
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
      tokens.push_back(next());
    }
    tokens.push_back({.kind = Kind::end, .text = {}, .begin = text_.size()});
    return tokens;
  }

 private:
  [[nodiscard]] bool here(const std::string_view piece) const { return text_.substr(at_).starts_with(piece); }

  bool skipped(const std::string_view piece) {
    if (!here(piece)) {
      return false;
    }
    at_ += piece.size();
    return true;
  }

  /// Blanks of ASCII, and the no-break spaces of French typography.
  void skip_blanks() {
    while (skipped(" ") || skipped("\t") || skipped("\n") || skipped("\r") || skipped("\u00a0") || skipped("\u202f")) {
    }
  }

  HoursToken next() {
    const std::size_t begin = at_;
    if (is_digit(text_[at_])) {
      return number(begin);
    }
    if (text_[at_] == '"') {
      return comment(begin);
    }
    for (const std::string_view dash : {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"}) {
      if (skipped(dash)) {
        return {.kind = Kind::mark, .text = "-", .begin = begin};
      }
    }
    if (skipped("||")) {
      return {.kind = Kind::mark, .text = "||", .begin = begin};
    }
    if (is_letter(text_[at_]) || is_high(text_[at_])) {
      return word(begin);
    }
    const char c = text_[at_++];
    if (c == '&') {
      return {.kind = Kind::mark, .text = ",", .begin = begin};
    }
    const bool known = std::string_view{",;:[]/+()"}.find(c) != std::string_view::npos;
    return {.kind = known ? Kind::mark : Kind::other, .text = std::string(1, c), .begin = begin};
  }

  HoursToken number(const std::size_t begin) {
    while (at_ < text_.size() && is_digit(text_[at_])) {
      ++at_;
    }
    HoursToken token{
        .kind = Kind::number, .text = std::string{text_.substr(begin, at_ - begin)}, .digits = at_ - begin, .begin = begin};
    if (token.digits <= 4) {
      token.value = 0;
      for (const char c : token.text) {
        token.value = token.value * 10 + (c - '0');
      }
    }
    return token;
  }

  HoursToken comment(const std::size_t begin) {
    const std::size_t close = text_.find('"', begin + 1);
    if (close == std::string_view::npos) {
      at_ = text_.size();
      return {.kind = Kind::other, .text = {}, .begin = begin};
    }
    at_ = close + 1;
    return {.kind = Kind::comment, .text = std::string{text_.substr(begin + 1, close - begin - 1)}, .begin = begin};
  }

  HoursToken word(const std::size_t begin) {
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_high(text_[at_])) && !at_dash_or_blank()) {
      ++at_;
    }
    if (at_ == begin) {
      ++at_;
    }
    std::string folded = fold_text(text_.substr(begin, at_ - begin));
    if (folded == "a" || folded == "au" || folded == "to") {
      return {.kind = Kind::mark, .text = "-", .begin = begin};
    }
    if (folded == "et" || folded == "and") {
      return {.kind = Kind::mark, .text = ",", .begin = begin};
    }
    return {.kind = folded.empty() ? Kind::other : Kind::word, .text = std::move(folded), .begin = begin};
  }

  [[nodiscard]] bool at_dash_or_blank() const {
    return here("\u00a0") || here("\u202f") || here("\u2010") || here("\u2011") || here("\u2012") || here("\u2013") ||
           here("\u2014") || here("\u2212");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

template <std::size_t N>
int position(const std::array<std::string_view, N>& names, const std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(std::distance(names.begin(), found));
}

}  // namespace

std::vector<HoursToken> hours_tokens(const std::string_view text) {
  return Scanner(text).all();
}

std::string hours_fragment(const std::string_view text, const std::size_t begin) {
  std::string_view rest = text.substr(std::min(begin, text.size()));
  if (rest.size() > 1) {
    rest = rest.substr(0, rest.find(';', 1));
  }
  if (rest.size() > kFragmentBytes) {
    std::size_t end = kFragmentBytes;
    while (end > 0 && (static_cast<unsigned char>(rest[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    rest = rest.substr(0, end);
  }
  return std::string{rest.substr(0, rest.find_last_not_of(" \t\r\n") + 1)};
}

int weekday_named(const std::string_view folded) {
  constexpr std::array<std::string_view, 7> kShort{"mo", "tu", "we", "th", "fr", "sa", "su"};
  constexpr std::array<std::string_view, 7> kThree{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  constexpr std::array<std::string_view, 7> kEnglish{"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};
  constexpr std::array<std::string_view, 7> kFrench{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
  return std::max(
      {position(kShort, folded), position(kThree, folded), position(kEnglish, folded), position(kFrench, folded)});
}

int month_named(const std::string_view folded) {
  constexpr std::array<std::string_view, 12> kShort{"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
  constexpr std::array<std::string_view, 12> kEnglish{"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};
  constexpr std::array<std::string_view, 12> kFrench{"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                                     "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};
  const int found = std::max({position(kShort, folded), position(kEnglish, folded), position(kFrench, folded)});
  return found < 0 ? -1 : found + 1;
}

ClockTime clock_time(const std::vector<HoursToken>& tokens, const std::size_t at) {
  const auto token = [&](const std::size_t ahead) -> const HoursToken& {
    return tokens[std::min(at + ahead, tokens.size() - 1)];
  };
  const auto is_mark = [&](const std::size_t ahead, const std::string_view mark) {
    return token(ahead).kind == Kind::mark && token(ahead).text == mark;
  };
  const auto is_minutes = [&](const std::size_t ahead) {
    return token(ahead).kind == Kind::number && token(ahead).digits == 2 && token(ahead).value < 60;
  };
  if (token(0).kind != Kind::number || token(0).digits > 2) {
    return {};
  }
  const int hours = token(0).value * 60;
  ClockTime time;
  if (is_mark(1, ":") && is_minutes(2) && !is_mark(3, ":")) {
    time = {.minutes = hours + token(2).value, .length = 3};
  } else if (token(1).kind == Kind::word && token(1).text == "h") {
    // "9h 30" is one time, but "9h 10h" is not 9:10: minutes stand before anything but an "h" or ":" of their own.
    const bool minutes = is_minutes(2) && !(token(3).kind == Kind::word && token(3).text == "h") && !is_mark(3, ":");
    time = {.minutes = hours + (minutes ? token(2).value : 0), .length = minutes ? 3U : 2U};
  }
  return time.minutes <= 48 * 60 ? time : ClockTime{};
}

}  // namespace maillage
