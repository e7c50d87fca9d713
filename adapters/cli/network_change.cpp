#include "adapters/cli/network_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/cli/build_network.hpp"
#include "adapters/cli/existing_files.hpp"
#include "adapters/csv/read_csv.hpp"
#include "adapters/file/read_file.hpp"
#include "adapters/file/sha256.hpp"
#include "adapters/mlg/network_file.hpp"
#include "adapters/proj/crs.hpp"
#include "adapters/proj/make_planes.hpp"
#include "adapters/proj/road_plane.hpp"
#include "adapters/publish/quality_report.hpp"
#include "engine/core/closest_name.hpp"
#include "engine/core/number.hpp"
#include "engine/network/components.hpp"
#include "engine/network/road_changes.hpp"

namespace maillage {

namespace {

/// A column of the file under its French and English names.
struct ColumnName {
  const char* french;
  const char* english;
};
constexpr ColumnName kAction{"action", "action"};
constexpr ColumnName kRoad{"route", "road"};
constexpr ColumnName kLongitude{"longitude", "longitude"};
constexpr ColumnName kLatitude{"latitude", "latitude"};
constexpr ColumnName kEndLongitude{"longitude_fin", "longitude_end"};
constexpr ColumnName kEndLatitude{"latitude_fin", "latitude_end"};
constexpr ColumnName kFactor{"facteur", "factor"};
constexpr ColumnName kSpeed{"vitesse_kmh", "speed_kmh"};
constexpr ColumnName kOneWay{"sens_unique", "one_way"};
constexpr std::array kColumns{kAction, kRoad, kLongitude, kLatitude, kEndLongitude, kEndLatitude, kFactor, kSpeed, kOneWay};

/// The cells of a file of changes, read one by one with errors that name them.
class ChangeRows {
 public:
  explicit ChangeRows(const FeatureTable& table) : table_(table) {
    for (const std::string& column : table.columns) {
      const bool known = std::any_of(kColumns.begin(), kColumns.end(), [&](const ColumnName& name) {
        return column == name.french || column == name.english;
      });
      if (!known) {
        refuse_column(column);
      }
    }
    if (!column_of(kAction)) {
      throw InputError(
          Text{.french = fmt::format("{} : il manque la colonne « action » (fermer, ralentir ou ajouter).", table.source),
               .english = fmt::format("{}: column 'action' is missing (close, slow or add).", table.source)});
    }
  }

  [[nodiscard]] RoadChange change(const std::size_t row, const Conversion& to_plane) const {
    RoadChange change;
    change.row = table_.row_numbers[row];
    change.action = action(row);
    if (const std::string_view id = text(row, kRoad); !id.empty() && change.action != RoadChange::Action::add) {
      const std::optional<double> number = parse_number(id);
      if (!number || std::floor(*number) != *number || std::abs(*number) > 9e15) {
        refuse(row, kRoad, {.french = "un numéro de route entier", .english = "a whole number of a road"});
      }
      change.source_id = static_cast<std::int64_t>(*number);
    } else {
      change.place = degrees(row, kLongitude, kLatitude);
    }
    if (change.action == RoadChange::Action::slow) {
      change.factor = number(row, kFactor, 0.01, 1000);
    }
    if (change.action == RoadChange::Action::add) {
      change.end = degrees(row, kEndLongitude, kEndLatitude);
      change.speed_kmh = number(row, kSpeed, 0.1, 300);
      change.length_m = ground_distance_m(change.place, change.end);
      change.one_way = yes(row);
    }
    std::array<Point, 2> ends{change.place, change.end};
    to_plane(ends);
    change.place = ends[0];
    change.end = ends[1];
    return change;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> column_of(const ColumnName& name) const {
    const auto french = table_.find_column(name.french);
    return french ? french : table_.find_column(name.english);
  }
  [[nodiscard]] std::string_view text(const std::size_t row, const ColumnName& name) const {
    const auto column = column_of(name);
    return column ? table_.cells.at(row, *column) : std::string_view{};
  }

  void refuse_column(const std::string& column) const {
    std::vector<std::string> names;
    std::string all;
    for (const ColumnName& name : kColumns) {
      names.emplace_back(name.french);
      all += fmt::format("{}{}", all.empty() ? "" : ", ", name.french);
    }
    const std::vector<std::string> closest = closest_names(column, names);
    throw InputError(Text{
        .french = fmt::format("{} : colonne inconnue « {} »{} ; colonnes lues : {}.", table_.source, column,
                              closest.empty() ? "" : fmt::format(" ; vouliez-vous dire « {} » ?", closest.front()), all),
        .english = fmt::format("{}: unknown column '{}'{}; columns read: {}.", table_.source, column,
                               closest.empty() ? "" : fmt::format("; did you mean '{}'?", closest.front()), all)});
  }

  [[noreturn]] void refuse(const std::size_t row, const ColumnName& name, const Text& expected) const {
    const std::string found{text(row, name)};
    throw InputError(Text{.french = fmt::format("{}, ligne {}, colonne « {} » : « {} » trouvé, {} attendu.", table_.source,
                                                table_.row_numbers[row], name.french, found, expected.french),
                          .english = fmt::format("{}, row {}, column '{}': found '{}', expected {}.", table_.source,
                                                 table_.row_numbers[row], name.english, found, expected.english)});
  }

  [[nodiscard]] RoadChange::Action action(const std::size_t row) const {
    const std::string_view said = text(row, kAction);
    if (said == "fermer" || said == "close") {
      return RoadChange::Action::close;
    }
    if (said == "ralentir" || said == "slow") {
      return RoadChange::Action::slow;
    }
    if (said == "ajouter" || said == "add") {
      return RoadChange::Action::add;
    }
    refuse(row, kAction, {.french = "fermer, ralentir ou ajouter", .english = "close, slow or add"});
  }

  [[nodiscard]] bool yes(const std::size_t row) const {
    const std::string_view said = text(row, kOneWay);
    if (said == "oui" || said == "yes" || said == "1") {
      return true;
    }
    if (said.empty() || said == "non" || said == "no" || said == "0") {
      return false;
    }
    refuse(row, kOneWay, {.french = "oui ou non", .english = "yes or no"});
  }

  [[nodiscard]] double number(const std::size_t row, const ColumnName& name, const double least, const double most) const {
    const std::optional<double> found = parse_number(text(row, name));
    if (!found || !(*found >= least && *found <= most)) {
      refuse(row, name,
             {.french = fmt::format("un nombre entre {} et {}", least, most),
              .english = fmt::format("a number from {} to {}", least, most)});
    }
    return *found;
  }

  [[nodiscard]] Point degrees(const std::size_t row, const ColumnName& longitude, const ColumnName& latitude) const {
    return {number(row, longitude, -180, 180), number(row, latitude, -90, 90)};
  }

  const FeatureTable& table_;
};

std::vector<RoadChange> read_changes(const ChangeOptions& options, const std::string& plane) {
  const Reading<FeatureTable> table = read_csv(options.changes);
  if (!table.rejections.empty()) {
    const RowNote& note = table.rejections.front();
    const Text reason = reason_label(note.reason);
    throw InputError(Text{.french = fmt::format("{}, ligne {} : {}.", options.changes, note.row.value_or(0), reason.french),
                          .english = fmt::format("{}, row {}: {}.", options.changes, note.row.value_or(0), reason.english)});
  }
  const Conversion to_plane = make_conversion({.definition = "OGC:CRS84", .geographic = true}, describe_crs(plane));
  const ChangeRows rows(table.value);
  std::vector<RoadChange> changes;
  for (std::size_t row = 0; row < table.value.rows(); ++row) {
    changes.push_back(rows.change(row, to_plane));
  }
  return changes;
}

RoadScenario plan(const ChangeOptions& options, const RoadNetwork& network, Console& console) {
  const std::vector<RoadChange> changes = read_changes(options, network.crs);
  const RoadLocator locator(network, find_components(network));
  Reading<RoadScenario> planned = plan_road_changes(network, locator, changes, {.max_distance_m = options.max_distance_m});
  if (!planned.rejections.empty()) {
    const RowNote& note = planned.rejections.front();
    const Text reason = reason_label(note.reason);
    const std::string number = note.key.empty() ? "" : fmt::format(" ({})", note.key);
    throw InputError(Text{
        .french = fmt::format("{}, ligne {} : {}{} ; {} ligne(s) en tout. Rien n'est écrit : un scénario appliqué à moitié "
                              "en serait un autre.",
                              options.changes, note.row.value_or(0), reason.french, number, planned.rejections.size()),
        .english = fmt::format("{}, row {}: {}{}; {} row(s) in all. Nothing is written: half a scenario would be another.",
                               options.changes, note.row.value_or(0), reason.english, number, planned.rejections.size())});
  }
  for (const RowNote& note : planned.repairs) {
    const Text reason = reason_label(note.reason);
    console.warn({.french = fmt::format("{}, ligne {} : {}", options.changes, note.row.value_or(0), reason.french),
                  .english = fmt::format("{}, row {}: {}", options.changes, note.row.value_or(0), reason.english)});
  }
  return std::move(planned.value);
}

}  // namespace

void change_network(const ChangeOptions& options, Console& console) {
  if (!options.overwrite) {
    refuse_existing({options.output});
  }
  require_readable_file(options.changes);
  NetworkBundle changed;
  bool lengths = false;
  {
    const MappedNetwork file{options.network};
    console.step({.french = fmt::format("Application du scénario : {}", options.changes),
                  .english = fmt::format("Applying the scenario: {}", options.changes)});
    const RoadScenario scenario = plan(options, file.network(), console);
    changed.network = apply_scenario(file.network(), scenario);
    changed.metadata = file.bundle().metadata;
    lengths = file.bundle().find_hierarchy(metric_key(RoadMetric::length_cm)) != nullptr;
    changed.metadata.counts["scenario.directions_closed"] = static_cast<std::int64_t>(scenario.closed.size());
    changed.metadata.counts["scenario.directions_slowed"] = static_cast<std::int64_t>(scenario.time_factors.size());
    changed.metadata.counts["scenario.roads_added"] = static_cast<std::int64_t>(scenario.added_roads.size());
  }
  changed.metadata.origin.settings +=
      fmt::format(" scenario={} ({}) max_distance_m={} u_turns={} turn_cost_s={}",
                  std::filesystem::path{options.changes}.filename().string(), sha256_of_file(options.changes),
                  options.max_distance_m, options.no_u_turns ? "dead_ends_only" : "allowed", options.turn_cost_s);
  complete_network(changed,
                   {.u_turns = options.no_u_turns ? UTurns::dead_ends_only : UTurns::allowed,
                    .right_angle_turn_ms = static_cast<std::uint32_t>(options.turn_cost_s * 1000)},
                   lengths, console);
  write_network_file(options.output, changed);
}

}  // namespace maillage
