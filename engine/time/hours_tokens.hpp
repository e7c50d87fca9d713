#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// A piece of a text about opening hours. For the two parsers of this folder.
struct HoursToken {
  enum class Kind { number, word, comment, mark, other, end };

  Kind kind = Kind::end;
  std::string text;        ///< a word folded to lower case without accents; a comment without its quotes; a mark
  int value = -1;          ///< of a number of at most four digits
  std::size_t digits = 0;  ///< of a number
  std::size_t begin = 0;   ///< byte in the text
};

/// Tokens of a text, the last of kind `end`. Dashes of any length, "à", "au" and "to" are the mark "-"; "&", "et" and "and"
/// the mark ",". Anything unknown is of kind `other`; an unclosed quote too. Cost: linear.
[[nodiscard]] std::vector<HoursToken> hours_tokens(std::string_view text);

/// A byte after which nothing was understood, shown: at most 40 bytes from there, cut between characters and before ";".
[[nodiscard]] std::string hours_fragment(std::string_view text, std::size_t begin);

/// Weekday (Monday 0) by its English or French name or the specification's two letters, -1 for another word. Folded.
[[nodiscard]] int weekday_named(std::string_view folded);

/// Month (1 to 12) by its English or French name or its first three English letters, -1 for another word. Folded.
[[nodiscard]] int month_named(std::string_view folded);

/// A time of day at tokens[at]: "09:00", "9:00", "9h", "9h30", "24:00". Minutes from midnight up to 48:00, or -1; `length`
/// is then the number of tokens it takes.
struct ClockTime {
  int minutes = -1;
  std::size_t length = 0;
};
[[nodiscard]] ClockTime clock_time(const std::vector<HoursToken>& tokens, std::size_t at);

}  // namespace maillage
