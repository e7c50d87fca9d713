#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "adapters/icalendar/read_icalendar.hpp"
#include "engine/time/calendar_date.hpp"
#include "tests/support/python_peer.hpp"

namespace maillage {
namespace {

constexpr int kCalendars = 200;

/// Draws calendars that both readers must understand alike: no event passes a change of clocks, whose length the Python
/// packages take from the clock on the wall where RFC 5545 has the time that passes.
class CalendarDraw {
 public:
  explicit CalendarDraw(const unsigned seed) : random_(seed) {}

  std::string calendar() {
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//FR\r\n";
    const int events = pick(1, 3);
    for (int k = 0; k < events; ++k) {
      add_series("serie" + std::to_string(k), text);
    }
    return text + "END:VCALENDAR\r\n";
  }

 private:
  int pick(const int low, const int high) { return std::uniform_int_distribution<int>{low, high}(random_); }
  template <std::size_t N>
  std::string one_of(const std::array<const char*, N>& choices) {
    return choices.at(static_cast<std::size_t>(pick(0, static_cast<int>(N) - 1)));
  }

  [[nodiscard]] std::string moment(const std::int32_t day, const int hour) const {
    std::string date = format_date(date_of_day(day));
    std::erase(date, '-');
    if (whole_days_) {
      return ";VALUE=DATE:" + date;
    }
    return zone_ + ":" + date + "T" + (hour < 10 ? "0" : "") + std::to_string(hour) + "3000" + (utc_ ? "Z" : "");
  }

  void add_series(const std::string& uid, std::string& text) {
    whole_days_ = pick(0, 4) == 0;
    utc_ = !whole_days_ && pick(0, 4) == 0;
    zone_ = whole_days_ || utc_ ? "" : one_of<3>({";TZID=Europe/Paris", ";TZID=Europe/Paris", ""});
    const std::int32_t first = day_number({2026, 1, 1}) + pick(0, 120);
    const int hour = pick(8, 18);
    const auto head = [&uid](const std::string& more) {
      return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20251201T000000Z\r\nSUMMARY:Bus\r\n" + more;
    };
    const std::string lasts = whole_days_ ? "DURATION:P2D\r\n" : "DURATION:PT2H\r\n";
    const std::string of_week = one_of<4>({"FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY"});
    const int step = of_week == "FREQ=WEEKLY" ? 7 : of_week == "FREQ=DAILY" ? 1 : of_week.starts_with("FREQ=D") ? 3 : 14;
    text += head("DTSTART" + moment(first, hour) + "\r\n" + lasts);
    if (pick(0, 4) == 0) {
      text += "RRULE:" + by_month(first) + ";COUNT=" + std::to_string(pick(2, 6)) + "\r\nEND:VEVENT\r\n";
      return;
    }
    const int count = pick(3, 20);
    text += "RRULE:" + of_week + ";COUNT=" + std::to_string(count) + "\r\n";
    const auto occurrence = [&] { return first + step * pick(1, count - 1); };
    std::vector<std::int32_t> taken;
    for (int k = pick(0, 2); k > 0; --k) {
      taken.push_back(occurrence());
      text += "EXDATE" + moment(taken.back(), hour) + "\r\n";
    }
    if (pick(0, 2) == 0) {
      text += "RDATE" + moment(first + 1'000 / step + 200, hour + 1) + "\r\n";
    }
    text += "END:VEVENT\r\n";
    // Of an occurrence that EXDATE takes away, the packages forget the event of its own, which we believe.
    const std::int32_t day = occurrence();
    if (pick(0, 1) == 0 && std::ranges::find(taken, day) == taken.end()) {
      const std::string range = pick(0, 2) == 0 ? ";RANGE=THISANDFUTURE" : "";
      text += head("RECURRENCE-ID" + range + moment(day, hour) + "\r\nDTSTART" + moment(day + pick(0, 2), hour + pick(0, 3)) + "\r\n" +
                   (whole_days_ ? "DURATION:P1D\r\n" : "DURATION:PT1H\r\n")) +
              (pick(0, 3) == 0 ? "STATUS:CANCELLED\r\n" : "") + "END:VEVENT\r\n";
    }
  }

  /// A monthly rule that `first` follows.
  std::string by_month(const std::int32_t first) {
    constexpr std::array<const char*, 7> kDays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    const CalendarDate date = date_of_day(first);
    const char* const name = kDays.at(static_cast<std::size_t>(weekday(first)));
    const std::string place = std::to_string((date.day - 1) / 7 + 1);
    switch (pick(0, 2)) {
      case 0:
        return "FREQ=MONTHLY;BYDAY=" + place + name;
      case 1:
        return std::string{"FREQ=MONTHLY;BYDAY="} + name + ";BYSETPOS=" + place;
      default:
        return "FREQ=MONTHLY;BYMONTHDAY=" + std::to_string(date.day);
    }
  }

  std::mt19937 random_;
  std::string zone_;
  bool whole_days_ = false;
  bool utc_ = false;
};

std::vector<std::string> our_lines(const std::filesystem::path& file, const CalendarOptions& options) {
  const Reading<FeatureTable> reading = read_icalendar(file, options);
  EXPECT_TRUE(reading.rejections.empty()) << file;
  std::vector<std::string> lines;
  for (std::size_t row = 0; row < reading.value.rows(); ++row) {
    lines.push_back(std::string{reading.value.cells.at(row, *reading.value.find_column(kEventBegin))} + " > " +
                    std::string{reading.value.cells.at(row, *reading.value.find_column(kEventEnd))});
  }
  std::ranges::sort(lines);
  return lines;
}

TEST(ReferenceOccurrences, EqualOnDrawnCalendars) {
  if (test::peers_python().empty()) {
    GTEST_SKIP() << test::kNoPeers;
  }
  const std::filesystem::path folder = std::filesystem::path{testing::TempDir()} / "maillage_drawn_calendars";
  std::filesystem::create_directories(folder);
  std::string names;
  for (int k = 0; k < kCalendars; ++k) {
    const std::filesystem::path file = folder / (std::to_string(k) + ".ics");
    std::ofstream{file, std::ios::binary} << CalendarDraw{static_cast<unsigned>(k)}.calendar();
    names += "'" + file.string() + "' ";
  }
  const std::vector<std::string> lines =
      test::peer_lines("adapters/icalendar/reference_occurrences.py", "2025-12-01 2027-12-31 " + names);
  const CalendarOptions options{.time_zone = "Europe/Paris",
                                .first_day = day_number({2025, 12, 1}),
                                .last_day = day_number({2027, 12, 31})};
  std::size_t at = 0;
  std::size_t occurrences = 0;
  for (int k = 0; k < kCalendars; ++k) {
    const std::string name = std::to_string(k) + ".ics";
    ASSERT_LT(at, lines.size());
    ASSERT_EQ(lines[at++], name);
    std::vector<std::string> theirs;
    for (; at < lines.size() && !lines[at].ends_with(".ics"); ++at) {
      theirs.push_back(lines[at]);
    }
    EXPECT_EQ(our_lines(folder / name, options), theirs) << CalendarDraw{static_cast<unsigned>(k)}.calendar();
    occurrences += theirs.size();
  }
  EXPECT_GT(occurrences, 2'000U);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace maillage
