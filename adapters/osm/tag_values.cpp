#include "adapters/osm/tag_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace maillage {

namespace {

constexpr double kMile_km = 1.609344;
constexpr double kNauticalMile_km = 1.852;

/// The number a text starts with; `text` then begins after it. Only plain decimals, as OSM writes them.
std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || !std::isfinite(value)) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<double> unit_factor(std::string_view unit) {
  while (!unit.empty() && unit.front() == ' ') {
    unit.remove_prefix(1);
  }
  constexpr std::array<std::string_view, 4> kKilometres{"", "km/h", "kmh", "kph"};
  if (std::ranges::find(kKilometres, unit) != kKilometres.end()) {
    return 1.0;
  }
  if (unit == "mph") {
    return kMile_km;
  }
  if (unit == "knots") {
    return kNauticalMile_km;
  }
  return std::nullopt;
}

std::optional<bool> context_of(const std::string_view word) {
  if (word.starts_with("urban") || word.starts_with("zone") || word.starts_with("living_street") ||
      word == "nsl_restricted" || word == "bicycle_road") {
    return true;
  }
  if (word.starts_with("rural") || word.starts_with("motorway") || word.starts_with("trunk") || word.starts_with("nsl_")) {
    return false;
  }
  return std::nullopt;
}

/// The number at the end of "zone30", "zone:30" or "30".
std::optional<double> trailing_number(const std::string_view word) {
  const std::size_t digits = word.find_first_of("0123456789");
  if (digits == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view rest = word.substr(digits);
  const auto number = take_number(rest);
  return rest.empty() ? number : std::nullopt;
}

/// Words that give no number and are no mistake.
bool says_nothing(const std::string_view word) {
  constexpr std::array<std::string_view, 12> kWords{"signals",  "variable", "default",  "implicit", "sign", "signed",
                                                    "national", "unknown",  "unposted", "markings", "yes",  "no"};
  return word.empty() || std::ranges::find(kWords, word) != kWords.end();
}

SpeedLimit parse_part(const std::string_view part, const TravelProfile::Limits& limits) {
  std::string_view rest = part;
  if (const auto number = take_number(rest)) {
    const auto factor = unit_factor(rest);
    return factor ? SpeedLimit{.kmh = *number * *factor} : SpeedLimit{.unreadable = true};
  }
  const std::size_t colon = part.find(':');
  const std::string_view word = colon == std::string_view::npos ? part : part.substr(colon + 1);
  SpeedLimit limit{.urban = context_of(word)};
  limit.kmh = find_value(limits.values, part);
  if (!limit.kmh && colon != std::string_view::npos) {
    const auto number = trailing_number(word);
    limit.kmh = number ? number : find_value(limits.values, word);
  }
  limit.unreadable = !limit.kmh && !limit.urban && !says_nothing(part);
  return limit;
}

/// Hours and minutes of "1:30" or "00:25:30".
std::optional<double> parse_clock_s(std::string_view text) {
  std::array<double, 3> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const auto number = take_number(text);
    if (!number || *number < 0) {
      return std::nullopt;
    }
    parts[count++] = *number;
    if (text.empty()) {
      break;
    }
    if (text.front() != ':' || count == parts.size()) {
      return std::nullopt;
    }
    text.remove_prefix(1);
  }
  return count == 1 ? parts[0] * 60 : parts[0] * 3600 + parts[1] * 60 + parts[2];
}

std::optional<double> parse_iso_duration_s(std::string_view text) {
  double seconds = 0;
  bool in_time = false;
  text.remove_prefix(1);
  while (!text.empty()) {
    if (text.front() == 'T' && !in_time) {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto number = take_number(text);
    if (!number || *number < 0 || text.empty()) {
      return std::nullopt;
    }
    const char unit = text.front();
    text.remove_prefix(1);
    const double factor = !in_time && unit == 'D'   ? 86'400
                          : !in_time && unit == 'W' ? 604'800
                          : in_time && unit == 'H'  ? 3600
                          : in_time && unit == 'M'  ? 60
                          : in_time && unit == 'S'  ? 1
                                                    : 0;
    if (factor == 0) {
      return std::nullopt;
    }
    seconds += *number * factor;
  }
  return seconds;
}

}  // namespace

SpeedLimit parse_speed_limit(const std::string_view text, const TravelProfile::Limits& limits) {
  SpeedLimit least;
  for_each_part(text, [&](const std::string_view part) {
    const SpeedLimit limit = parse_part(part, limits);
    if (limit.kmh && (!least.kmh || *limit.kmh < *least.kmh)) {
      least.kmh = limit.kmh;
    }
    least.urban = limit.urban ? limit.urban : least.urban;
    least.unreadable = least.unreadable || limit.unreadable;
  });
  return least;
}

std::optional<double> parse_duration_s(const std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto seconds = text.front() == 'P' ? parse_iso_duration_s(text) : parse_clock_s(text);
  return seconds && *seconds > 0 ? seconds : std::nullopt;
}

}  // namespace maillage
