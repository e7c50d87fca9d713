#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/network/travel_profile.hpp"

namespace osmium {
class TagList;
}

namespace maillage {

/// How far a mode may go along or through something.
enum class OsmAccess : std::uint8_t { closed, pushed, destination, open };

/// What the access tags of an object say of a mode.
struct AccessFinding {
  std::optional<OsmAccess> access;  ///< nothing: no tag says
  bool made_for_mode = false;       ///< not just the most general tag, access=*
  const char* unknown = nullptr;    ///< a value that the profile does not list; the tag was passed over
};

/// The access tags of a profile, looked up in its order.
class AccessRules {
 public:
  explicit AccessRules(const TravelProfile& profile);
  /// \param direction  0: both, 1: forward, 2: backward (motor_vehicle:forward=no)
  [[nodiscard]] AccessFinding find(const osmium::TagList& tags, std::size_t direction) const;

 private:
  [[nodiscard]] std::optional<OsmAccess> meaning(const char* value) const;
  const TravelProfile::Access* access_;
  std::vector<std::array<std::string, 3>> keys_;
};

/// Doubts about a way that is used all the same; the reason and value of a RowNote.
struct WayDoubt {
  const char* reason;
  const char* column;
  std::string value;
};

enum class UrbanContext : std::uint8_t { unknown, rural, urban };

/// A way as one mode may travel it. Speeds are km/h, {outside towns, in towns}; 0: that direction is closed.
struct WayRule {
  RoadClass road_class = RoadClass::other;
  std::uint8_t flags = 0;
  UrbanContext context = UrbanContext::unknown;
  std::array<float, 2> forward_kmh{};
  std::array<float, 2> backward_kmh{};
  float time_factor = 1;
  float ferry_s = 0;  ///< duration of the whole crossing; 0: not known
};

struct WayVerdict {
  bool is_road = false;         ///< a highway of a known class, or a ferry
  std::optional<WayRule> rule;  ///< nothing: closed to the mode
  std::vector<WayDoubt> doubts;
};

/// Reads the tags of ways by a profile, which must outlive it.
class WayRules {
 public:
  explicit WayRules(const TravelProfile& profile);
  [[nodiscard]] WayVerdict judge(const osmium::TagList& tags) const;

 private:
  struct Directions {
    OsmAccess forward;
    OsmAccess backward;
  };
  [[nodiscard]] Directions open_directions(const osmium::TagList& tags, RoadClass road_class, WayVerdict& verdict) const;
  void apply_one_way(const osmium::TagList& tags, RoadClass road_class, Directions& directions) const;
  void apply_speeds(const osmium::TagList& tags, const Directions& directions, WayRule& rule, WayVerdict& verdict) const;
  [[nodiscard]] double surface_cap_kmh(const osmium::TagList& tags) const;

  const TravelProfile* profile_;
  AccessRules access_;
};

}  // namespace maillage
