#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/network/road_network.hpp"
#include "engine/network/travel_profile.hpp"

namespace maillage {

/// Whose columns a layer of roads has.
enum class RoadLayerKind : std::uint8_t {
  osmnx,   ///< edges of OSMnx: u, v, highway...
  ign,     ///< IGN's BD TOPO, BD CARTO, ROUTE 500: NATURE or VOCATION, SENS...
  generic  ///< any other: columns as the options name them
};

struct RoadColumnOptions {
  std::string speed{};       ///< generic: column of km/h
  std::string one_way{};     ///< generic: column that tells one-way roads: yes, 1, true, -1 (against the line), no...
  std::string road_class{};  ///< generic: column of class names, ours or OpenStreetMap's
  std::string key{};         ///< generic: column of whole numbers that names a road
  double default_kmh = 0;    ///< where neither column nor profile tells a speed
  /// Whether speeds of towns hold where the layer does not say. Nothing: for OSMnx and under limits of 50 km/h or less.
  std::optional<bool> urban{};
};

/// What a line is for one mode of travel.
struct RoadTraffic {
  double forward_kmh = 0;  ///< along the line; 0: closed
  double backward_kmh = 0;
  double time_factor = 1;  ///< of roads open to residents only
  RoadClass road_class = RoadClass::other;
  std::uint8_t flags = 0;
  std::int64_t source_id = 0;
  std::optional<double> length_m{};  ///< where the layer tells it
  bool one_way = false;              ///< signed so, whether or not the mode obeys

  [[nodiscard]] bool is_closed() const { return forward_kmh == 0 && backward_kmh == 0; }
};

/// Understands the attributes of a layer of roads, row by row. Column names are compared without case, accents and signs;
/// those of IGN also in the short forms of its Shapefiles (VIT_MOY_VL, ACCES_VL).
class RoadAttributes {
 public:
  /// All are viewed and must outlive the object. \throws ArgumentError when a column that the options name is not there
  RoadAttributes(const FeatureTable& table, const TravelProfile& profile, const RoadColumnOptions& options);

  [[nodiscard]] RoadLayerKind kind() const { return kind_; }
  /// A value that is not understood (reasons unknown_road_class, unknown_direction, unknown_access, bad_speed, not_a_length)
  /// is noted; the row goes on as if it were empty.
  [[nodiscard]] RoadTraffic read(std::size_t row, std::vector<RowNote>& notes) const;
  /// Text of a column of that folded name; empty when there is none.
  [[nodiscard]] std::string_view cell(std::size_t row, std::string_view folded_name) const;

 private:
  enum class Access : std::uint8_t { unsaid, open, destination, closed };
  enum class Way : std::uint8_t { both, forward, backward };
  /// A row in words common to all layers.
  struct Draft {
    RoadClass road_class = RoadClass::other;
    std::optional<double> limit_kmh{};
    std::optional<double> mean_kmh{};  ///< driven by cars, as the layer says
    std::optional<bool> urban{};
    Access access = Access::unsaid;
    Way way = Way::both;
    std::uint8_t flags = 0;
  };
  struct Row {
    std::size_t number;
    std::vector<RowNote>& notes;
  };
  [[nodiscard]] std::optional<std::size_t> find(std::string_view folded_name) const;
  [[nodiscard]] std::string_view first_cell(std::size_t row, std::initializer_list<std::string_view> names) const;
  void note(const Row& row, std::string_view column, std::string_view value, std::string_view reason) const;
  [[nodiscard]] Draft read_osmnx(const Row& row) const;
  [[nodiscard]] Draft read_osmnx_class(const Row& row, std::string_view highway) const;
  [[nodiscard]] std::optional<double> read_limit(const Row& row, std::string_view column, std::string_view text) const;
  [[nodiscard]] Draft read_ign(const Row& row) const;
  void read_ign_class(const Row& row, Draft& draft) const;
  void read_ign_traffic(const Row& row, Draft& draft) const;
  [[nodiscard]] Draft read_generic(const Row& row) const;
  [[nodiscard]] double speed_kmh(const Draft& draft, std::uint8_t& flags) const;
  [[nodiscard]] bool is_open(const Draft& draft) const;

  const FeatureTable& table_;
  const TravelProfile& profile_;
  const RoadColumnOptions& options_;
  std::vector<std::string> folded_;
  RoadLayerKind kind_ = RoadLayerKind::generic;
};

/// The values of a cell that holds one, or a list as OSMnx writes it: "['primary', 'secondary']".
[[nodiscard]] std::vector<std::string> listed_values(std::string_view cell);

}  // namespace maillage
