#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/geometry/point.hpp"
#include "engine/network/travel_costs.hpp"

namespace maillage {

enum class TimesFormat {
  csv,    ///< one line per pair: origin, destination, seconds or metres; an empty cell where there is no trip
  paths,  ///< CSV with the way of each trip: its metres, and its line in degrees as well-known text
  binary  ///< rows of uint32, little endian, 2^32 - 1 where there is no trip; what they mean in a .json beside
};

/// The way of a trip.
struct TripPath {
  std::uint32_t length_m = 0;
  std::vector<Point> line;  ///< in degrees; empty where there is no trip
};

/// Writes a table of costs row by row, whatever its size.
class TimesWriter {
 public:
  /// \throws OutputError when the file exists or cannot be made
  TimesWriter(std::filesystem::path file, TimesFormat format, std::vector<std::string> origins,
              std::vector<std::string> destinations, CostUnit unit);
  ~TimesWriter();
  TimesWriter(const TimesWriter&) = delete;
  TimesWriter& operator=(const TimesWriter&) = delete;

  /// \param costs  one per destination. \param only_reached  leaves out the pairs without a trip (CSV only)
  /// \param paths  one per destination where the format is `paths`
  void write_row(std::span<const Cost> costs, bool only_reached, std::span<const TripPath> paths = {});
  /// Syncs; the file is removed again when this is not reached. \throws OutputError
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace maillage
