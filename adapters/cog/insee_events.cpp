#include "adapters/cog/insee_events.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "engine/territory/commune_code.hpp"

namespace maillage {

namespace {

/// Fields of one line; a field may be quoted, quotes within doubled. Names with line breaks do not occur in these files.
std::vector<std::string> fields_of(const std::string_view line, const char delimiter) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char letter = line[at];
    if (letter == '"' && quoted && at + 1 < line.size() && line[at + 1] == '"') {
      fields.back().push_back(letter);
      ++at;
    } else if (letter == '"' && delimiter != '\t') {
      quoted = !quoted;
    } else if (letter == delimiter && !quoted) {
      fields.emplace_back();
    } else if (letter != '\r') {
      fields.back().push_back(letter);
    }
  }
  return fields;
}

/// Lines of a delimited text with named columns.
class EventRows {
 public:
  EventRows(const std::string_view text, std::string name) : rest_(text), name_(std::move(name)) {
    const std::string_view header = next_line();
    delimiter_ = header.find('\t') != std::string_view::npos ? '\t' : header.find(';') != std::string_view::npos ? ';' : ',';
    columns_ = fields_of(header, delimiter_);
  }

  [[nodiscard]] std::size_t column(const std::string_view wanted) const {
    const auto found = std::find(columns_.begin(), columns_.end(), wanted);
    if (found == columns_.end()) {
      throw InputError{Text{.french = fmt::format("{} : la colonne « {} » manque", name_, wanted),
                            .english = fmt::format("{}: column \"{}\" is missing", name_, wanted)}};
    }
    return static_cast<std::size_t>(found - columns_.begin());
  }

  /// Next line that is not empty.
  bool next() {
    while (!rest_.empty()) {
      const std::string_view line = next_line();
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
        fields_ = fields_of(line, delimiter_);
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool complete() const { return fields_.size() == columns_.size(); }
  [[nodiscard]] const std::string& operator[](const std::size_t column) const {
    static const std::string kEmpty;
    return column < fields_.size() ? fields_[column] : kEmpty;
  }
  [[nodiscard]] RowNote note(std::string key, std::string value, std::string reason) const {
    return {name_, line_, std::move(key), {}, std::move(value), std::move(reason), {}};
  }

 private:
  std::string_view next_line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
    ++line_;
    return line;
  }

  std::string_view rest_;
  std::string name_;
  char delimiter_ = ',';
  std::vector<std::string> columns_;
  std::vector<std::string> fields_;
  std::int64_t line_ = 0;
};

/// "31-12-2016" or "2016-12-31" or "31/12/2016" as ISO 8601; empty where it is no date.
std::string iso_date(const std::string_view text) {
  if (text.size() != 10) {
    return {};
  }
  if (text[4] == '-') {
    return std::string{text};
  }
  return fmt::format("{}-{}-{}", text.substr(6, 4), text.substr(3, 2), text.substr(0, 2));
}

void add_event(Reading<TerritorySource>& reading, const EventRows& rows, const std::string& old_text,
               const std::string& new_text, const CodeEventKind kind, const std::string& date) {
  const std::optional<CommuneCode> old_code = parse_commune_code(old_text);
  const std::optional<CommuneCode> new_code = parse_commune_code(new_text);
  if (!old_code || !new_code) {
    reading.rejections.push_back(rows.note(old_text, old_code ? new_text : old_text, "invalid_commune_code"));
  } else if (old_code->code != new_code->code) {
    reading.value.history.push_back({old_code->code, new_code->code, kind, date});
  }
}

/// Kind of the event by which COM_AV becomes part of COM_AP; none where the movement moves no code.
std::optional<CodeEventKind> kind_of_movement(const std::string& movement) {
  if (movement == "20" || movement == "21") {
    return CodeEventKind::reestablished;
  }
  if (movement == "33") {
    return CodeEventKind::associated;
  }
  if (movement == "41" || movement == "50") {
    return CodeEventKind::recoded;
  }
  if (movement == "30" || movement == "31" || movement == "32" || movement == "34" || movement == "35") {
    return CodeEventKind::merged;
  }
  return std::nullopt;
}

/// A code that became COMD on a date: its "merged" of that date is a "delegated".
using Delegations = std::set<std::pair<std::string, std::string>>;

void name_delegations(std::vector<CodeEvent>& events, const Delegations& delegations) {
  for (CodeEvent& event : events) {
    if (event.kind == CodeEventKind::merged && delegations.contains({event.old_code, event.date})) {
      event.kind = CodeEventKind::delegated;
    }
  }
}

}  // namespace

Reading<TerritorySource> parse_insee_movements(const std::string_view text, const std::string& name) {
  EventRows rows{text, name};
  const std::size_t movement = rows.column("MOD");
  const std::size_t date = rows.column("DATE_EFF");
  const std::size_t type_before = rows.column("TYPECOM_AV");
  const std::size_t code_before = rows.column("COM_AV");
  const std::size_t type_after = rows.column("TYPECOM_AP");
  const std::size_t code_after = rows.column("COM_AP");
  constexpr std::array<std::string_view, 13> kKnown{"10", "20", "21", "30", "31", "32", "33",
                                                    "34", "35", "41", "50", "70", "71"};
  Reading<TerritorySource> reading;
  Delegations delegations;
  while (rows.next()) {
    ++reading.rows_in;
    if (!rows.complete()) {
      reading.rejections.push_back(rows.note(rows[code_before], rows[movement], "incomplete_row"));
      continue;
    }
    if (std::find(kKnown.begin(), kKnown.end(), rows[movement]) == kKnown.end()) {
      reading.rejections.push_back(rows.note(rows[code_before], rows[movement], "unknown_movement"));
      continue;
    }
    const std::string day = iso_date(rows[date]);
    if (rows[movement] == "32" && rows[type_after] == "COMD") {
      delegations.emplace(rows[code_before], day);
    }
    const std::optional<CodeEventKind> kind = kind_of_movement(rows[movement]);
    // An associated or delegated commune that becomes part of another commune than its own moves too; what becomes COMA,
    // COMD or ARM keeps its code and says nothing of the commune it is part of.
    if (kind && rows[type_after] == "COM" && rows[type_before] != "ARM" && rows[code_before] != rows[code_after]) {
      add_event(reading, rows, rows[code_before], rows[code_after], *kind, day);
    }
  }
  name_delegations(reading.value.history, delegations);
  return reading;
}

Reading<TerritorySource> parse_insee_history(const std::string_view text, const std::string& name) {
  EventRows rows{text, name};
  const std::size_t departement = rows.column("DEP");
  const std::size_t commune = rows.column("COM");
  const std::size_t effect = rows.column("EFF");
  const std::size_t movement = rows.column("MOD");
  const std::size_t other = rows.column("COMECH");
  const std::size_t new_seat = rows.column("C_LOFF");
  const std::size_t old_seat = rows.column("C_LANC");
  const std::size_t former = rows.column("DEPANC");
  Reading<TerritorySource> reading;
  while (rows.next()) {
    ++reading.rows_in;
    const std::string code = rows[departement] + rows[commune];
    const std::string date = iso_date(rows[effect]);
    const std::string& kind = rows[movement];
    if (kind.size() != 3 || kind.find_first_not_of("0123456789") != std::string::npos) {
      reading.rejections.push_back(rows.note(code, kind, "unknown_movement"));
    } else if ((kind == "200" && !rows[other].empty()) || kind == "210") {
      add_event(reading, rows, rows[other], code, CodeEventKind::reestablished, date);
    } else if (kind == "300" || kind == "310" || kind == "311" || kind == "312" || kind == "350" || kind == "351" ||
               kind == "990") {
      add_event(reading, rows, code, rows[other], CodeEventKind::merged, date);
    } else if (kind == "330") {
      add_event(reading, rows, code, rows[other], CodeEventKind::associated, date);
    } else if (kind == "331" || kind == "332" || kind == "333") {
      add_event(reading, rows, code, rows[other], CodeEventKind::delegated, date);
    } else if (kind == "410" || kind == "411") {
      add_event(reading, rows, rows[former], code, CodeEventKind::recoded, date);
    } else if (kind == "500") {
      add_event(reading, rows, rows[old_seat], rows[new_seat], CodeEventKind::recoded, date);
    }
  }
  return reading;
}

}  // namespace maillage
