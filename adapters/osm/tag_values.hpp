#pragma once

#include <optional>
#include <string_view>

#include "engine/network/travel_profile.hpp"

namespace maillage {

/// What a text about a speed limit says.
struct SpeedLimit {
  std::optional<double> kmh{};
  std::optional<bool> urban{};  ///< "FR:urban", "FR:zone30": in a town; "FR:rural": outside
  bool unreadable = false;      ///< neither a number nor a word that is known or may be left unknown ("signals")
};

/// "50", "30 mph", "50;30" (the least), "FR:urban", "FR:30", "none", "walk".
[[nodiscard]] SpeedLimit parse_speed_limit(std::string_view text, const TravelProfile::Limits& limits);

/// Seconds of "25" (minutes), "1:30", "00:25:30", "PT25M", "P1DT2H". Nothing when it is none of these, or zero.
[[nodiscard]] std::optional<double> parse_duration_s(std::string_view text);

/// Calls `visit` on each part of "a;b|c", blanks removed.
template <typename Visit>
void for_each_part(std::string_view text, Visit visit) {
  while (true) {
    const std::size_t end = text.find_first_of(";|");
    std::string_view part = text.substr(0, end);
    while (!part.empty() && part.front() == ' ') {
      part.remove_prefix(1);
    }
    while (!part.empty() && part.back() == ' ') {
      part.remove_suffix(1);
    }
    visit(part);
    if (end == std::string_view::npos) {
      return;
    }
    text.remove_prefix(end + 1);
  }
}

}  // namespace maillage
