#include <algorithm>
#include <array>
#include <utility>

#include "engine/core/fold_text.hpp"
#include "engine/time/hours_tokens.hpp"
#include "engine/time/parse_opening_hours.hpp"

namespace maillage {

namespace {

using Kind = HoursToken::Kind;

const Text kCell{
    .french = "les plages d'un jour, comme « 09:00 - 12:00 / 13:30 - 17:00 », « Fermé » ou « sur rendez-vous »",
    .english = "the spans of a day, such as \"09:00 - 12:00 / 13:30 - 17:00\", \"Fermé\" or \"sur rendez-vous\""};
const Text kDays{.french = "chaque jour une seule fois, comme « lundi 09:00 - 12:00 ; mardi 14:00 - 17:00 »",
                 .english = "each weekday once, such as \"lundi 09:00 - 12:00 ; mardi 14:00 - 17:00\""};

bool is_one_of(const std::string_view text, const std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_mark(const HoursToken& token, const std::string_view mark) {
  return token.kind == Kind::mark && token.text == mark;
}

/// What one cell says of its day, appended to `rules`; or the byte at which it is not understood.
std::optional<std::size_t> read_cell(const std::string_view cell, const int day, std::vector<OpeningRule>& rules) {
  const std::string folded = fold_text(cell);
  if (is_one_of(folded, {"", "ferme", "fermee", "fermeture", "closed", "off"})) {
    const bool only_blanks_or_dash = !folded.empty() || cell.find_first_not_of(" \t\r\n-") == std::string_view::npos;
    return only_blanks_or_dash ? std::nullopt : std::optional<std::size_t>{0};
  }
  OpeningRule rule;
  rule.joint = OpeningRule::Joint::additional;
  rule.weekdays.push_back({.first = static_cast<std::int8_t>(day), .last = static_cast<std::int8_t>(day), .in_month = {}});
  if (is_one_of(folded, {"sur rendez vous", "sur rdv", "uniquement sur rendez vous", "uniquement sur rdv",
                         "sur rendez vous uniquement", "sur rdv uniquement"})) {
    rule.meaning = OpeningRule::Meaning::on_appointment;
    rule.comment = std::string{cell};
    rules.push_back(std::move(rule));
    return std::nullopt;
  }
  const std::vector<HoursToken> tokens = hours_tokens(cell);
  std::size_t at = 0;
  while (tokens[at].kind != Kind::end) {
    if (tokens[at].kind == Kind::word && tokens[at].text == "de") {
      ++at;
    }
    const ClockTime begin = clock_time(tokens, at);
    const std::size_t dash = at + begin.length;
    if (begin.length == 0 || begin.minutes > kMinutesPerDay || !is_mark(tokens[dash], "-")) {
      return tokens[at].begin;
    }
    const ClockTime end = clock_time(tokens, dash + 1);
    if (end.length == 0) {
      return tokens[dash + 1].begin;
    }
    if (begin.minutes != end.minutes) {
      rule.times.push_back(
          {.begin = begin.minutes, .end = end.minutes < begin.minutes ? end.minutes + kMinutesPerDay : end.minutes});
    }
    at = dash + 1 + end.length;
    if ((is_mark(tokens[at], "/") || is_mark(tokens[at], ",") || is_mark(tokens[at], ";")) &&
        tokens[at + 1].kind != Kind::end) {
      ++at;
    } else if (tokens[at].kind != Kind::end && clock_time(tokens, at).length == 0) {
      return tokens[at].begin;
    }
  }
  if (!rule.times.empty()) {
    rules.push_back(std::move(rule));
  }
  return std::nullopt;
}

HoursReading refused(const Text& expected, const std::string_view text, const std::size_t begin) {
  return {.hours = std::nullopt, .expected = expected, .fragment = hours_fragment(text, begin)};
}

/// The weekday that a part begins with ("lundi", "h_lundi:"), and where the rest begins; -1 when none.
std::pair<int, std::size_t> day_label(const std::string_view part) {
  std::size_t begin = part.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) {
    return {-1, 0};
  }
  if (part.substr(begin).starts_with("h_")) {
    begin += 2;
  }
  const auto is_letter = [&](const std::size_t i) {
    return i < part.size() && ((part[i] >= 'a' && part[i] <= 'z') || (part[i] >= 'A' && part[i] <= 'Z'));
  };
  std::size_t end = begin;
  while (is_letter(end)) {
    ++end;
  }
  if (end - begin < 4) {
    return {-1, 0};
  }
  const int day = weekday_named(fold_text(part.substr(begin, end - begin)));
  std::size_t rest = part.find_first_not_of(" \t\r\n", end);
  if (rest != std::string_view::npos && part[rest] == ':') {
    ++rest;
  }
  return {day, std::min(rest, part.size())};
}

HoursReading read_labelled_days(const std::string_view text) {
  std::array<bool, 7> seen{};
  OpeningHours hours;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    if (part.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      const auto [day, rest] = day_label(part);
      if (day < 0 || seen.at(static_cast<std::size_t>(day))) {
        return refused(kDays, text, begin);
      }
      seen.at(static_cast<std::size_t>(day)) = true;
      if (const std::optional<std::size_t> wrong = read_cell(part.substr(rest), day, hours.rules)) {
        return refused(kCell, text, begin + rest + *wrong);
      }
    }
    begin = end + 1;
  }
  return {.hours = std::move(hours), .expected = {}, .fragment = {}};
}

}  // namespace

HoursReading parse_weekday_hours(const std::span<const std::string> seven_cells) {
  OpeningHours hours;
  for (std::size_t day = 0; day < seven_cells.size(); ++day) {
    const std::string& cell = seven_cells[day];
    if (day >= 7) {
      return refused(kDays, cell, 0);
    }
    if (const std::optional<std::size_t> wrong = read_cell(cell, static_cast<int>(day), hours.rules)) {
      return refused(kCell, cell, *wrong);
    }
  }
  return {.hours = std::move(hours), .expected = {}, .fragment = {}};
}

HoursReading read_hours(const std::string_view text) {
  if (day_label(text).first < 0) {
    return parse_opening_hours(text);
  }
  HoursReading labelled = read_labelled_days(text);
  if (labelled.hours) {
    return labelled;
  }
  // "lundi-vendredi 9h-12h" is no list of day columns.
  HoursReading grammar = parse_opening_hours(text);
  return grammar.hours ? grammar : labelled;
}

}  // namespace maillage
