#include "engine/time/dated_moment.hpp"

#include "engine/time/calendar_date.hpp"

namespace maillage {

std::optional<DatedMoment> parse_moment(const std::string_view text) {
  constexpr std::size_t kDateLength = 10;
  constexpr std::size_t kLength = 16;
  const auto date = parse_date(text.substr(0, kDateLength));
  if (!date || text.size() != kLength || (text[kDateLength] != ' ' && text[kDateLength] != 'T') || text[13] != ':') {
    return std::nullopt;
  }
  const auto two_digits = [&](const std::size_t at) {
    const int tens = text[at] - '0';
    const int ones = text[at + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 99;
  };
  const int hours = two_digits(11);
  const int minutes = two_digits(14);
  if (hours > 23 || minutes > 59) {
    return std::nullopt;
  }
  return DatedMoment{.day = day_number(*date), .minute = hours * 60 + minutes};
}

}  // namespace maillage
