#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "engine/time/parse_opening_hours.hpp"

namespace maillage {
namespace {

using Row = std::map<std::string, std::string>;

/// A small reader of CSV with quotes: rows as column name and cell.
std::vector<Row> csv_rows(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::vector<std::string>> records{{""}};
  bool quoted = false;
  for (std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const bool doubled = quoted && i + 1 < text.size() && text[i + 1] == '"';
      if (doubled) {
        records.back().back() += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      records.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      records.push_back({""});
    } else if (c != '\r' || quoted) {
      records.back().back() += c;
    }
  }
  std::vector<Row> rows;
  for (std::size_t r = 1; r < records.size(); ++r) {
    if (records[r].size() == records[0].size()) {
      Row& row = rows.emplace_back();
      for (std::size_t c = 0; c < records[r].size(); ++c) {
        row[records[0][c]] = records[r][c];
      }
    }
  }
  return rows;
}

std::vector<std::string> filled_cells(const std::filesystem::path& path, const std::string& column) {
  std::vector<std::string> cells;
  for (Row& row : csv_rows(path)) {
    if (!row[column].empty()) {
      cells.push_back(row[column]);
    }
  }
  return cells;
}

bool open_between(const MinuteIntervals& week, const int day, const int begin, const int end) {
  const MinuteInterval asked{.begin = day * kMinutesPerDay + begin, .end = day * kMinutesPerDay + end};
  return !common(week, MinuteIntervals{asked}).empty();
}

bool open_in_evening(const MinuteIntervals& week) {
  for (int day = 0; day < 7; ++day) {
    if (open_between(week, day, 18 * 60, kMinutesPerDay)) {
      return true;
    }
  }
  return false;
}

const std::filesystem::path kTownHalls =
    std::filesystem::path{MAILLAGE_SOURCE_DIR} / "examples/hauts-de-france/donnees/mairies.csv";
const std::filesystem::path kStructures = std::filesystem::path{MAILLAGE_SHARED_DATA} / "structures";

TEST(TownHallsRealData, MinutesOfOneWeek) {
  if (!std::filesystem::exists(kTownHalls)) {
    GTEST_SKIP() << "no " << kTownHalls;
  }
  const std::vector<std::string> cells = filled_cells(kTownHalls, "horaires");
  std::int64_t minutes = 0;
  int saturday = 0;
  int evening = 0;
  for (const std::string& cell : cells) {
    const HoursReading reading = read_hours(cell);
    ASSERT_TRUE(reading.hours) << cell;
    const MinuteIntervals week = typical_week(*reading.hours);
    minutes += total_minutes(week);
    saturday += open_between(week, 5, 0, kMinutesPerDay) ? 1 : 0;
    evening += open_in_evening(week) ? 1 : 0;
  }
  EXPECT_EQ(cells.size(), 3'661U);
  EXPECT_EQ(minutes, 3'088'465);
  EXPECT_EQ(saturday, 738);
  EXPECT_EQ(evening, 1'327);
}

TEST(FranceServicesRealData, EveryFilledRowReads) {
  if (!std::filesystem::exists(kStructures)) {
    GTEST_SKIP() << "no " << kStructures;
  }
  int filled = 0;
  int sites = 0;
  int wednesday = 0;
  int saturday = 0;
  int evening = 0;
  constexpr std::array<const char*, 5> kDepartements{"02", "59", "60", "62", "80"};
  for (Row& row : csv_rows(kStructures / "france_services_20240801.csv")) {
    std::vector<std::string> cells;
    std::string joined;
    for (const std::string label : {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}) {
      cells.push_back(row["h_" + label]);
      if (!cells.back().empty()) {
        joined.append(joined.empty() ? "" : " ; ").append(label).append(" ").append(cells.back());
      }
    }
    const HoursReading reading = parse_weekday_hours(cells);
    ASSERT_TRUE(reading.hours) << joined << ": " << reading.fragment;
    const MinuteIntervals week = typical_week(*reading.hours);
    if (!joined.empty()) {
      ++filled;
      const HoursReading same = read_hours(joined);
      ASSERT_TRUE(same.hours) << joined;
      ASSERT_EQ(typical_week(*same.hours), week) << joined;
    }
    if (std::find(kDepartements.begin(), kDepartements.end(), row["insee_dep"]) != kDepartements.end()) {
      ++sites;
      wednesday += open_between(week, 2, 0, kMinutesPerDay) ? 1 : 0;
      saturday += open_between(week, 5, 0, kMinutesPerDay) ? 1 : 0;
      evening += open_in_evening(week) ? 1 : 0;
    }
  }
  EXPECT_EQ(filled, 2'797);
  EXPECT_EQ(sites, 205);
  EXPECT_EQ(wednesday, 199);  // 97 %
  EXPECT_EQ(saturday, 51);    // 25 %
  EXPECT_EQ(evening, 12);     // 6 %
}

TEST(DigitalMediationRealData, ReadsAllButTheCellsThatAreNoSpans) {
  if (!std::filesystem::exists(kStructures)) {
    GTEST_SKIP() << "no " << kStructures;
  }
  const std::vector<std::string> cells = filled_cells(kStructures / "mediation_conseillers_numeriques_2022.csv", "horaires");
  EXPECT_EQ(cells.size(), 4'249U);
  std::int64_t minutes = 0;
  int refused = 0;
  for (const std::string& cell : cells) {
    const HoursReading reading = read_hours(cell);
    if (reading.hours) {
      minutes += total_minutes(typical_week(*reading.hours));
    } else {
      // "Mo 09:00" and "Mo 08:00-12:00-14:00": the reference evaluator refuses the same ones.
      ++refused;
    }
  }
  EXPECT_EQ(refused, 55);
  EXPECT_EQ(minutes, 5'944'431);
}

/// Minute by minute against the npm package "opening_hours", over texts of files and of the grammar's corners.
/// Set MAILLAGE_OPENING_HOURS_JS to a folder where it is installed (npm install opening_hours).
class ReferenceEvaluator {
 public:
  static std::string folder() {
    const char* set = std::getenv("MAILLAGE_OPENING_HOURS_JS");
    return set == nullptr ? std::string{} : std::string{set};
  }

  /// A line for each text: "OK 540-720 ..." or "ERR".
  static std::vector<std::string> evaluated(const std::vector<std::string>& texts, const std::string& first,
                                            const int days) {
    const std::filesystem::path here =
        std::filesystem::path{testing::TempDir()} / testing::UnitTest::GetInstance()->current_test_info()->name();
    const std::string in = here.string() + ".in";
    const std::string out = here.string() + ".out";
    std::ofstream file(in, std::ios::binary);
    for (const std::string& text : texts) {
      file << text << '\n';
    }
    file.close();
    const std::string command = "node '" MAILLAGE_SOURCE_DIR "/tests/engine/time/compare_opening_hours.mjs' '" + folder() +
                                "' " + first + " " + std::to_string(days) + " < '" + in + "' > '" + out + "'";
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    std::vector<std::string> lines;
    std::ifstream answers(out);
    for (std::string line; std::getline(answers, line);) {
      lines.push_back(line);
    }
    std::filesystem::remove(in);
    std::filesystem::remove(out);
    return lines;
  }
};

/// As ReferenceEvaluator writes it.
std::string ours(const std::string& text, const std::string& first, const int days) {
  const HoursReading reading = parse_opening_hours(text);
  if (!reading.hours) {
    return "ERR";
  }
  std::ostringstream line;
  line << "OK";
  for (const MinuteInterval& interval : open_minutes(*reading.hours, day_number(parse_date(first).value()), days,
                                                     {.area = HolidayArea::metropole, .zone = SchoolZone::b})) {
    line << ' ' << interval.begin << '-' << interval.end;
  }
  return line.str();
}

TEST(ReferenceEvaluatorRealData, EqualOverWholeWeeks) {
  if (ReferenceEvaluator::folder().empty()) {
    GTEST_SKIP() << "MAILLAGE_OPENING_HOURS_JS is not set: no opening_hours package to compare with";
  }
  std::vector<std::string> texts = filled_cells(kTownHalls, "horaires");
  if (std::filesystem::exists(kStructures)) {
    const std::vector<std::string> more =
        filled_cells(kStructures / "mediation_conseillers_numeriques_2022.csv", "horaires");
    texts.insert(texts.end(), more.begin(), more.end());
  }
  const std::vector<std::string> reference = ReferenceEvaluator::evaluated(texts, "2024-06-03", 21);
  ASSERT_EQ(reference.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    // "9h30" is French usage that the reference does not know.
    const bool french = texts[i].find("9h") != std::string::npos || texts[i].find("10h") != std::string::npos;
    if (!french) {
      EXPECT_EQ(ours(texts[i], "2024-06-03", 21), reference[i]) << texts[i];
    }
  }
}

TEST(ReferenceEvaluatorRealData, EqualInTheGrammarsCorners) {
  if (ReferenceEvaluator::folder().empty()) {
    GTEST_SKIP() << "MAILLAGE_OPENING_HOURS_JS is not set: no opening_hours package to compare with";
  }
  const std::vector<std::string> texts{R"(We,Sa 09:30-12:30)",
                                       R"(Th off)",
                                       R"(Mo-Fr 09:00-12:00; PH off)",
                                       R"(Mo[1,3] 09:00-12:00)",
                                       R"(Mo[-1] 09:00-12:00)",
                                       R"(Mo[1-2] 09:00-12:00)",
                                       R"(Fr[1] 09:00-12:00; Fr[-1] off)",
                                       R"(Jul-Aug Mo-Fr 09:00-12:00)",
                                       R"(Jun-Aug Mo-Fr 09:00-12:00; Dec Sa 10:00-12:00)",
                                       R"(24/7)",
                                       R"(24/7; PH off)",
                                       R"(24/7; Tu 10:00-12:00 off)",
                                       R"(Mo-Fr 09:00-09:00)",
                                       R"(Apr 15-Oct 31)",
                                       R"(Apr 15-Oct 31 Mo-Sa 10:00-18:00)",
                                       R"(Oct 31-Apr 15 Mo-Sa 10:00-18:00)",
                                       R"(Mo-Fr 08:00-12:00; 2024 Dec 24-2025 Jan 2 off)",
                                       R"(Mo-Fr 08:00-12:00; Dec 24-Jan 2 off)",
                                       R"(Mo-Fr 08:00-12:00; Dec 25,26 off)",
                                       R"(Mo-Fr 08:00-12:00; Dec 24-26 off)",
                                       R"(2024 Mo 10:00-12:00)",
                                       R"(2024-2025 Mo 10:00-12:00)",
                                       R"(2025 Mo 10:00-12:00)",
                                       R"(2024 Jul-Aug Mo 10:00-12:00)",
                                       R"(2024-2026 Jul-Aug Mo 10:00-12:00)",
                                       R"(2024 Jun 10 10:00-12:00)",
                                       R"(2024 Jun 10-20 10:00-12:00)",
                                       R"("sur rendez-vous")",
                                       R"(Mo 09:00-12:00 "sur rendez-vous")",
                                       R"(Mo 09:00-12:00 open "sur rendez-vous")",
                                       R"(Mo 09:00-12:00 unknown)",
                                       R"(Mo-Fr 09:00-12:00; We "sur rendez-vous")",
                                       R"(Mo-Fr 09:00-18:00; We 10:00-12:00 "sur rendez-vous")",
                                       R"(Mo-Fr 09:00-18:00, We 10:00-12:00 "sur rendez-vous")",
                                       R"(Mo-Fr 09:00-18:00, We 20:00-21:00)",
                                       R"(Mo-Fr 09:00-18:00,We 20:00-21:00)",
                                       R"(Mo-Fr 22:00-02:00; Tu off)",
                                       R"(Mo-Fr 22:00-02:00, Tu 09:00-12:00)",
                                       R"(Mo-Su 22:00-02:00)",
                                       R"(Sa 22:00-26:00; Su 00:30-01:00 off)",
                                       R"(Mo-Fr 9:00-12:00)",
                                       R"(mo-fr 09:00-12:00)",
                                       R"(Mo-Fr 09:00-12:00;)",
                                       R"(;Mo-Fr 09:00-12:00)",
                                       R"(Mo-Fr 09:00-12:00;;Sa 10:00-12:00)",
                                       R"(Fr-Mo 10:00-12:00)",
                                       R"(09:00-12:00)",
                                       R"(09:00-12:00; 14:00-18:00)",
                                       R"(09:00-12:00,14:00-18:00)",
                                       R"(09:00-12:00; We 14:00-18:00)",
                                       R"(09:00-12:00; We off)",
                                       R"(open)",
                                       R"(off)",
                                       R"(Mo-Fr open)",
                                       R"(Mo-Fr)",
                                       R"(Mo-Fr 09:00-12:00 || Sa 10:00-12:00)",
                                       R"(Mo-Fr 09:00-12:00 || 10:00-16:00)",
                                       R"(Mo-Fr 09:00-12:00; We off || 10:00-11:00)",
                                       R"(Mo-Fr 10:00-11:00 || "sur rdv")",
                                       R"(Mo-Fr 10:00-11:00; "sur rdv")",
                                       R"(PH,Mo 10:00-12:00)",
                                       R"(Mo,PH 10:00-12:00)",
                                       R"(Mo-Sa 10:00-12:00; PH,Su 11:00-12:00)",
                                       R"(PH 11:00-12:00)",
                                       R"(SH Mo-Fr 10:00-12:00)",
                                       R"(Mo-Fr 16:00-18:00; SH Mo-Fr 10:00-18:00)",
                                       R"(SH,Sa 10:00-12:00)",
                                       R"(PH Mo-Fr 10:00-12:00)",
                                       R"(Mo-Fr 09:00-12:00; SH off)",
                                       R"(week 23 Mo-Fr 10:00-12:00)",
                                       R"(week 1-53/2 Mo-Fr 10:00-12:00)",
                                       R"(week 2-52/2 We 10:00-12:00)",
                                       R"(week 23,25 We 10:00-12:00)",
                                       R"(Jun: Mo-Fr 10:00-12:00)",
                                       R"(Jul,Sep Mo 10:00-12:00)",
                                       R"(Jan-Mar,Jun-Dec Mo 10:00-12:00)",
                                       R"(Jun 10,Jun 12 10:00-12:00)",
                                       R"(Mo-Fr 09:00-12:00 off)",
                                       R"(Mo-Fr 09:00-18:00; 12:00-14:00 off)",
                                       R"(Mo-Fr 09:00-18:00; Mo-We 12:00-14:00 closed)",
                                       R"(Mo-Fr 23:00-24:00)",
                                       R"(Mo-Fr 00:00-24:00)",
                                       R"(Mo 10:00-25:30)",
                                       R"(Mo 10:00-49:00)",
                                       R"(Mo 10:00-48:00)",
                                       R"(Mo 10:60-12:00)",
                                       R"(Feb 30 10:00-12:00)",
                                       R"(Apr 31 10:00-12:00)",
                                       R"(Mo[6] 10:00-12:00)",
                                       R"(Mo[0] 10:00-12:00)",
                                       R"(week 54 Mo 10:00-12:00)",
                                       R"(Jun-Aug 15 10:00-12:00)",
                                       R"(Mo 9h-12h)",
                                       R"(Mo 09:00–12:00)",
                                       R"(Mo - Fr 09:00 - 12:00)",
                                       R"(Mo-Fr: 09:00-12:00)",
                                       R"(Mo-Fr 09:00-12:00/13:30-17:00)",
                                       R"(Monday 09:00-12:00)",
                                       R"(Mon-Fri 09:00-12:00)",
                                       R"(lundi 09:00-12:00)",
                                       R"(Mo,Tu,We 09:00-12:00)",
                                       R"(Mo-Tu,Th-Fr 09:00-12:00)",
                                       R"(Mo-We-Fr 09:00-12:00)",
                                       R"(Mo,Mo 09:00-12:00)",
                                       R"(Mo 09:00-12:00; Mo 14:00-16:00)",
                                       R"(Mo 09:00-12:00; Mo off; Mo 14:00-16:00)",
                                       R"(2024 Jun 03-2024 Jun 07 10:00-12:00)",
                                       R"(Dec 25 off)",
                                       R"(Jun 05 off; Mo-Fr 10:00-12:00)",
                                       R"(Mo-Fr 10:00-12:00; Jun 05 off)",
                                       R"(Mo-Fr 10:00-12:00; Jun 05 11:00-13:00)",
                                       R"(Su[-1] 10:00-12:00; Mo-Fr 10:00-11:00)"};
  for (const auto& [first, days] :
       std::vector<std::pair<std::string, int>>{{"2024-02-05", 56}, {"2024-07-22", 42}, {"2024-12-09", 42}}) {
    const std::vector<std::string> reference = ReferenceEvaluator::evaluated(texts, first, days);
    ASSERT_EQ(reference.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      EXPECT_EQ(ours(texts[i], first, days), reference[i]) << texts[i] << " from " << first;
    }
  }
}

}  // namespace
}  // namespace maillage
