#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/network/road_network.hpp"

namespace maillage {

enum class VehicleKind : std::uint8_t { car, bicycle, foot };

/// Whether a road class is open to the mode when no tag says otherwise.
enum class ClassAccess : std::uint8_t {
  open,
  on_permission,  ///< only where a tag made for the mode opens it (motor_vehicle=yes, not access=yes)
  never           ///< whatever tags say
};

/// One value per RoadClass, addressed by it.
template <typename T>
struct PerRoadClass {
  std::array<T, kRoadClasses> values{};
  [[nodiscard]] const T& operator[](const RoadClass road_class) const {
    return values[static_cast<std::size_t>(road_class)];
  }
  [[nodiscard]] T& operator[](const RoadClass road_class) { return values[static_cast<std::size_t>(road_class)]; }
  friend bool operator==(const PerRoadClass&, const PerRoadClass&) = default;
};

/// A value per tag text, in the order of the profile file.
using TagValues = std::vector<std::pair<std::string, double>>;
using TagNames = std::vector<std::string>;

/// How one mode travels: which roads it may take and how fast, in the words of OpenStreetMap's tags where there are some.
/// Plain data; `read_travel_profile` of the configuration adapter makes and checks one. Speeds are km/h on the road.
struct TravelProfile {
  std::string name;  ///< "car", or a planner's own
  VehicleKind vehicle = VehicleKind::car;

  struct Access {
    TagNames tags;         ///< the most specific first: motorcar, motor_vehicle, vehicle, access
    TagNames open;         ///< values that open: yes, permissive...
    TagNames destination;  ///< values that open to residents, customers or deliveries only
    TagNames closed;       ///< values that close: no, private...
    TagNames dismount;     ///< values that let it pass pushed, at `pushing_kmh`
    std::vector<std::pair<std::string, std::string>> closing_tags;  ///< motorroad=yes closes to bicycles
    double destination_time_factor = 1;                             ///< times on destination-only roads are multiplied by it
    double pushing_kmh = 4;
  } access;
  PerRoadClass<ClassAccess> classes;

  PerRoadClass<double> rural_kmh;    ///< travelled without a known limit, outside towns; 0: never travelled
  PerRoadClass<double> urban_kmh;    ///< the same in towns
  PerRoadClass<double> link_kmh;     ///< slip roads; 0: as their class
  PerRoadClass<double> ceiling_kmh;  ///< not travelled faster, whatever the limit; 0: none
  double top_kmh = 130;              ///< of the vehicle

  struct Limits {
    bool obeyed = false;     ///< a known limit decides the speed (cars), or is of no interest (bicycle, foot)
    double rural_share = 1;  ///< speed travelled over the limit, outside towns
    double urban_share = 1;
    double least_kmh = 5;  ///< a limit below or above these is not believed
    double greatest_kmh = 150;
    TagValues values;  ///< "FR:urban" = 50, "none" = 130; "urban" for any country's that is not listed
  } limits;

  TagValues surface;  ///< speed caps by surface=*
  TagValues tracktype;
  TagValues smoothness;

  struct OneWay {
    TagNames tags;                 ///< the most specific first; empty: one-way signs are not for this mode
    bool implied = true;           ///< roundabouts and motorways are one-way without saying so
    bool contraflow = false;       ///< cycleway=opposite and its kin open the other direction
    bool reversible_open = false;  ///< oneway=reversible is open both ways, or closed
  } one_way;

  /// Whether the mode obeys the sign that a layer without OpenStreetMap's tags tells of: that for all vehicles.
  [[nodiscard]] bool obeys_one_way_signs() const {
    return std::find(one_way.tags.begin(), one_way.tags.end(), "oneway") != one_way.tags.end();
  }

  struct Barriers {
    TagNames open;    ///< barrier=* that lets the mode pass unless an access tag closes it
    TagNames closed;  ///< that stops it unless an access tag opens it
    bool others_open = true;
    TagValues delay_s;  ///< by barrier=*, and by highway=* of nodes (traffic_signals, stop, crossing...)
  } nodes;

  struct Ferry {
    double speed_kmh = 15;      ///< of crossings without a duration
    double boarding_s = 0;      ///< waited at each embarkation
    double longest_hours = 48;  ///< a longer duration is not believed
  } ferry;

  bool walks_area_outlines = false;  ///< the outline of a square (area=yes) is a way
  TagNames restriction_tags;         ///< "restriction", "restriction:motorcar"; empty: turns are free
  TagNames restriction_exceptions;   ///< except=* that free the mode: "motorcar", "bicycle"

  /// Rush hour: times are multiplied by these when `congestion` is wanted.
  PerRoadClass<double> rural_congestion;
  PerRoadClass<double> urban_congestion;
  /// Towns are recognised by their streets: metres of residential street in a 250 m cell's neighbourhood (750 m x 750 m).
  double urban_streets_m = 2500;
  friend bool operator==(const TravelProfile&, const TravelProfile&) = default;
};

/// "motorway"... "ferry", "other": the names of profiles and reports.
[[nodiscard]] std::string_view road_class_name(RoadClass road_class);
[[nodiscard]] std::optional<RoadClass> parse_road_class(std::string_view name);

/// The value listed for a text, if it is.
[[nodiscard]] std::optional<double> find_value(const TagValues& values, std::string_view text);
[[nodiscard]] bool lists(const TagNames& names, std::string_view text);

/// Speed where no limit is known. Cost: none.
[[nodiscard]] double class_speed_kmh(const TravelProfile& profile, RoadClass road_class, bool link, bool urban);
/// Speed under a known limit, as the mode drives it: its share of the limit, within the class's ceiling and the vehicle's
/// top.
[[nodiscard]] double limited_speed_kmh(const TravelProfile& profile, RoadClass road_class, double limit_kmh, bool urban);
/// Whole milliseconds, nearest; at most kLongestArc. `speed_kmh` > 0.
[[nodiscard]] std::uint32_t travel_time_ms(double length_m, double speed_kmh);

}  // namespace maillage
