#include "adapters/cli/write_times.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "adapters/file/checked_file.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

/// A field of RFC 4180.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string result = "\"";
  for (const char c : text) {
    result += c == '"' ? "\"\"" : std::string(1, c);
  }
  return result + '"';
}

void append_path(const TripPath& path, std::string& line) {
  fmt::format_to(std::back_inserter(line), ",{},\"LINESTRING(", path.length_m);
  const char* between = "";
  for (const Point& point : path.line) {
    fmt::format_to(std::back_inserter(line), "{}{:.7f} {:.7f}", between, point.x, point.y);
    between = ",";
  }
  line.append(")\"");
}

}  // namespace

struct TimesWriter::State {
  std::filesystem::path path;
  TimesFormat format;
  std::vector<std::string> origins;
  std::vector<std::string> destinations;
  CostUnit unit;
  CheckedFile file;
  std::size_t next = 0;
  std::string line;
};

TimesWriter::TimesWriter(std::filesystem::path file, const TimesFormat format, std::vector<std::string> origins,
                         std::vector<std::string> destinations, const CostUnit unit)
    : state_(new State{file, format, std::move(origins), std::move(destinations), unit, CheckedFile{file}, 0, {}}) {
  if (format != TimesFormat::binary) {
    for (std::vector<std::string>* keys : {&state_->origins, &state_->destinations}) {
      for (std::string& key : *keys) {
        key = csv_field(key);
      }
    }
    state_->file.write(format == TimesFormat::paths ? "origin,destination,seconds,metres,wkt\r\n"
                       : unit == CostUnit::seconds  ? "origin,destination,seconds\r\n"
                                                    : "origin,destination,metres\r\n");
  }
}

TimesWriter::~TimesWriter() = default;

void TimesWriter::write_row(const std::span<const Cost> costs, const bool only_reached,
                            const std::span<const TripPath> paths) {
  State& state = *state_;
  const bool with_paths = state.format == TimesFormat::paths;
  if (costs.size() != state.destinations.size() || state.next == state.origins.size() ||
      paths.size() != (with_paths ? costs.size() : 0)) {
    throw ArgumentError("table of times: a row that is not one cost per destination, or one too many");
  }
  const std::string& origin = state.origins[state.next++];
  if (state.format == TimesFormat::binary) {
    state.file.write({reinterpret_cast<const char*>(costs.data()), costs.size_bytes()});
    return;
  }
  state.line.clear();
  for (std::size_t k = 0; k < costs.size(); ++k) {
    if (only_reached && costs[k] == kUnreachable) {
      continue;
    }
    state.line.append(origin).append(1, ',').append(state.destinations[k]).append(1, ',');
    if (costs[k] != kUnreachable) {
      char digits[12];
      state.line.append(digits, std::to_chars(digits, digits + sizeof digits, costs[k]).ptr);
      if (with_paths) {
        append_path(paths[k], state.line);
      }
    } else if (with_paths) {
      state.line.append(",,");
    }
    state.line.append("\r\n");
  }
  state.file.write(state.line);
}

void TimesWriter::close() {
  state_->file.close();
  if (state_->format == TimesFormat::binary) {
    const nlohmann::json about{{"layout", "rows of origins, one uint32 per destination, little endian"},
                               {"no_trip", kUnreachable},
                               {"unit", state_->unit == CostUnit::seconds ? "s" : "m"},
                               {"origins", state_->origins},
                               {"destinations", state_->destinations}};
    CheckedFile beside{std::filesystem::path{state_->path} += ".json"};
    beside.write(about.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    beside.close();
  }
}

}  // namespace maillage
