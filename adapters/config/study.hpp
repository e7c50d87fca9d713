#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/accessibility/measure_catalogue.hpp"
#include "engine/core/text.hpp"
#include "engine/network/travel_costs.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure_mapping.hpp"
#include "engine/survey/disclosure.hpp"
#include "engine/survey/select_structures.hpp"
#include "engine/territory/commune.hpp"
#include "maps/graduated_view.hpp"

namespace maillage {

/// Which communes to study, and from which files. Without contours the built-in France gives them.
struct TerritoryStudy {
  std::string name;                  ///< shown in outputs; empty: taken from the selection
  std::vector<std::string> regions;  ///< codes or names
  std::vector<std::string> departements;
  std::vector<std::string> epcis;
  std::vector<std::string> communes;  ///< codes
  bool france = false;
  std::vector<std::filesystem::path> contours;  ///< the user's own communes
  std::vector<std::filesystem::path> tables;    ///< populations, names, EPCI by code: CSV, Etalab's communes.json, epci.json
  std::vector<std::filesystem::path> history;   ///< INSEE event files
  std::vector<std::pair<std::string, std::string>> columns;  ///< (our field, column) for contours and tables
  std::string layer;                                         ///< of a contours file with several
  std::string crs;                                           ///< of contours whose file does not say
  std::string plane;                                         ///< projected CRS to compute in; empty: chosen
  std::optional<std::filesystem::path> population_grid;
  std::string population_column;  ///< of a grid of polygons

  /// Nothing selected and no file: guess from the structures.
  [[nodiscard]] bool guessed() const {
    return !france && regions.empty() && departements.empty() && epcis.empty() && communes.empty() && contours.empty();
  }
};

/// One file of structures.
struct SourceStudy {
  std::filesystem::path file;
  std::string layer;
  std::string encoding;   ///< empty: detected
  std::string delimiter;  ///< empty: detected
  std::string crs;        ///< of geometries whose file does not say
  std::vector<std::string> presences{};     ///< columns of begin and end: a row is a dated presence
  std::string time_zone = "Europe/Paris";  ///< of the places of a calendar (.ics)
  StructureMapping mapping;
};

/// How trips are made.
struct TravelStudy {
  enum class Model { straight_line, road, matrix };
  Model model = Model::straight_line;
  double detour_factor = 1;       ///< straight line
  double speed_kmh = 0;           ///< straight line; needed for limits in time
  std::filesystem::path network;  ///< road: a network file, or roads to build one from
  std::string mode = "car";       ///< road: which profile, when the network is built from roads
  bool from_structures = false;   ///< road: trips lead from structures to people
  double max_access_m = 1'000;    ///< road: farthest that a place may lie from a road
  double access_speed_kmh = 5;    ///< road: between a place and its road
  std::filesystem::path matrix;   ///< matrix: costs from communes to structures or communes
  std::string matrix_unit;        ///< "s", "min", "h", "m", "km"; empty: as the columns' names say
};

/// A coverage as the study asks for it.
struct CoverageStudy {
  std::string name;
  std::string label;
  TravelStudy travel;
  CostUnit unit = CostUnit::metres;
  Cost limit = 0;
  std::string limit_text;  ///< as written: "10 km"
  std::vector<AttributeCondition> filters;
};

/// A part of the week, or of a year, as the study names it.
struct WindowStudy {
  std::string name;
  std::string label;
  std::string hours;  ///< in the syntax of opening hours: "Mo-Fr 18:00-22:00", "Jul-Aug 08:00-20:00", "SH 08:00-20:00"
};

/// A question of continuity as the study asks it: of whom can one find an open door, and when.
struct ContinuityStudy {
  CoverageStudy question;                        ///< which structures, within what limit
  std::int32_t stay_minutes = 0;                 ///< the structure stays open that long after one arrives
  std::int32_t step_minutes = 15;                ///< between moments of the week
  std::string weekly_hours;                      ///< carried column of hours a week, where there is no timetable
  std::vector<WindowStudy> windows;              ///< of the typical week, beside the usual ones
  std::string gap_hours = "Mo-Sa 08:00-20:00";   ///< when a want is a gap
  std::string open_hours = "Mo-Sa 08:00-20:00";  ///< when hours may be added
  std::int32_t budget_hours = 20;
  std::string at;                  ///< "2026-03-14 17:30": the next opening from then on; empty: not asked
  std::int32_t worth_minutes = 0;  ///< also a table of what every slot of that length is worth; 0: none
  std::string together;              ///< name of another question: both at the same moment
  std::optional<std::int16_t> year;  ///< also every hour of that year
  std::vector<WindowStudy> year_windows;
  std::int32_t most_days_without = 7;  ///< of an offer that is continuous over the year
};

/// A number of each commune, out of a file of the user.
struct CommuneColumnStudy {
  std::filesystem::path file;
  std::string column;
};

/// A question of access as the study asks it.
struct AccessStudy {
  std::string name;
  std::string label;
  TravelStudy travel;
  CostUnit unit = CostUnit::metres;
  std::vector<Cost> cutoffs;  ///< ascending
  std::vector<NamedMeasure> measures;
  std::vector<AttributeCondition> filters;
  std::string each;                          ///< attribute whose every value is a supply of its own; empty: one supply
  std::string supply = "1";                  ///< expression of `capacity` and carried columns, per structure
  std::string supply_unit;                   ///< of what it gives: "h", "places"
  std::optional<CommuneColumnStudy> demand;  ///< people to serve; none: the inhabitants
  std::optional<CommuneColumnStudy> income;  ///< what communes are ranked by for Palma's ratio and concentration
  std::vector<std::string> clusters;         ///< names of measures whose clusters are sought
  double poverty_line = 0.5;                 ///< share of the median below which access is poor
  std::size_t budget_mb = 2048;              ///< memory for trips
};

/// A cross-table to print and write.
struct TableStudy {
  std::string rows;     ///< attribute: "typology", "legal_status", "departement", "competences", a carried column...
  std::string columns;  ///< the same, or "tier"
  std::vector<AttributeCondition> filters;
};

/// Attributes of structures that were told in confidence.
struct DisclosureStudy {
  std::vector<std::string> columns;  ///< names of attributes or carried columns; none: nothing is hidden
  DisclosureRules rules;
};

/// A survey to analyse: who answered among whom, and which answers to cross.
struct SurveyStudy {
  std::string responses;               ///< name of the source of the answers
  std::string frame;                   ///< name of the source of all those asked; empty: none
  std::filesystem::path frame_counts;  ///< numbers asked by attribute and category; empty: none
  std::vector<std::string> by{"typology", "tier"};
  std::vector<std::string> cross;
  std::vector<std::string> magnitudes;  ///< columns of amounts
  std::vector<std::string> pairs;       ///< "practice/intention": two yes/no columns
  std::string separator;  ///< of several answers in a cell
  bool clopper_pearson = false;
  double confidence = 0.95;
  double most_weight = 5;
  std::uint64_t seed = 1;
  DisclosureRules rules;
};

struct DuplicateStudy {
  bool merge = false;
  double distance_m = 100;
  double similarity = 0.85;
};

/// How maps look: classes of fields, and whom they name as source.
struct MapsStudy {
  ViewSettings views;
  std::vector<std::string> credits;  ///< producers and licences of the study's own files, as they stand at the foot of a map
};

enum class OutputFormat {
  geopackage,
  geojson,
  shapefile,
  flatgeobuf,
  csv,
  csv_excel,
  qgis,     ///< a project that opens the GeoPackage
  pmtiles,  ///< vector tiles of the communes
  page,     ///< carte.html
  report    ///< rapport.html and rapport.pdf
};

struct OutputStudy {
  std::filesystem::path folder;
  std::vector<OutputFormat> formats;
  std::size_t keep_runs = 3;
};

/// A whole study: everything a run depends on.
struct Study {
  std::string title;
  std::filesystem::path file;  ///< the study file; empty when made from command-line options
  TerritoryStudy territory;
  PopulationTiers tiers = default_population_tiers();
  std::vector<SourceStudy> sources;
  PlacementOptions placement;
  DuplicateStudy duplicates;
  DisclosureStudy disclosure;
  std::optional<SurveyStudy> survey;
  std::vector<CoverageStudy> coverages;
  std::vector<AccessStudy> accesses;
  std::vector<ContinuityStudy> continuities;
  std::vector<TableStudy> tables;
  std::int64_t suspicious_population = 15'000;  ///< towns from this size without any structure are reported
  double gap_error_m = 1;                       ///< chord error of the geometric gaps drawn
  MapsStudy maps;
  OutputStudy output;
};

/// Reads and checks a study file. \throws StudyError, InputError when the file cannot be read.
[[nodiscard]] Study read_study(const std::filesystem::path& file);

/// A limit as people write it: "10 km", "500 m", "10,5 km", "15 min", "1 h", "900 s".
struct Limit {
  CostUnit unit = CostUnit::metres;
  Cost value = 0;
};
[[nodiscard]] std::optional<Limit> parse_limit(std::string_view text);

/// "gpkg", "geojson", "shapefile", "flatgeobuf", "csv", "csv-excel", "qgis", "pmtiles", "carte", "rapport".
[[nodiscard]] std::optional<OutputFormat> parse_output_format(std::string_view name);
[[nodiscard]] std::string output_format_name(OutputFormat format);
[[nodiscard]] const std::vector<std::string>& output_format_names();
/// What is written where nothing is asked for.
[[nodiscard]] std::vector<OutputFormat> default_output_formats();
/// \throws StudyError when a format needs another that is not asked for: the project opens the GeoPackage
void require_formats_fit(const std::vector<OutputFormat>& formats);

/// Attributes of structures that were told in confidence: those of [disclosure], and of [survey] what it crosses, sums and
/// compares, unless its secrecy is off or everybody asked is known by it.
[[nodiscard]] std::vector<std::string> confidential_attributes(const Study& study);

}  // namespace maillage
