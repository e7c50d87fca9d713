#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "engine/core/csr.hpp"
#include "engine/core/index.hpp"
#include "engine/core/indexed.hpp"
#include "engine/geometry/point.hpp"
#include "engine/network/direction.hpp"

namespace maillage {

using OriginIndex = Index<struct OriginTag>;
using FacilityIndex = Index<struct FacilityTag>;

/// Cost of a trip: whole metres or whole seconds, as the study's limits are. Rounded up once, where the cost is made, so
/// that `cost <= limit` means that the true cost is within the limit (cutoffs are closed).
using Cost = std::uint32_t;
/// No trip at any cost. Larger than every real cost; sums saturate at it.
inline constexpr Cost kUnreachable = std::numeric_limits<Cost>::max();

enum class CostUnit { metres, seconds };

/// Longest straight line that is a trip, in metres. Territories with several legal CRS lay them beside one another,
/// thousands of kilometres apart: what lies farther than this is in another of them, and unreachable. No departement nor
/// metropolitan France is half as long.
inline constexpr double kLongestStraightLine_m = 5'000'000;

/// As the crow flies in the territory's plane, times a detour factor; at a speed when costs are in seconds.
struct StraightLine {
  double detour_factor = 1;
  double speed_kmh = 0;  ///< used when unit == seconds; > 0 then
  CostUnit unit = CostUnit::metres;
};

/// A facility in reach of an origin.
struct Reach {
  FacilityIndex facility;
  Cost cost = kUnreachable;
  friend bool operator==(const Reach&, const Reach&) = default;
};

struct RoadModel;

/// By road: travel time or length along the quickest or shortest way, with the legs between places and roads.
struct RoadTravel {
  const RoadModel* model = nullptr;          ///< viewed: must outlive the travel model; its plane is the places' plane
  Direction direction = Direction::forward;  ///< forward: from origins to facilities
};

/// Costs that the user brings: per row of origins the columns of facilities that can be reached, by (cost, column).
struct CostMatrix {
  Csr<OriginIndex, Reach> rows;  ///< Reach::facility is the column
  CostUnit unit = CostUnit::seconds;
};
struct MatrixTravel {
  const CostMatrix* matrix = nullptr;  ///< viewed: must outlive the travel model
};

/// Where costs come from. Measures take this and never ask which one it is.
using TravelModel = std::variant<StraightLine, RoadTravel, MatrixTravel>;

/// Places as travel models know them: by where they are, and by their row or column of a cost matrix.
struct TravelPlaces {
  TravelPlaces(std::span<const Point> points) : positions(points) {}     // NOLINT(google-explicit-constructor)
  TravelPlaces(const std::vector<Point>& points) : positions(points) {}  // NOLINT(google-explicit-constructor)
  TravelPlaces(std::span<const Point> points, std::span<const std::uint32_t> matrix_keys)
      : positions(points), keys(matrix_keys) {}
  std::span<const Point> positions;
  /// Commune of each origin, structure of each facility: the rows and columns of a matrix. Empty: the k-th place is number
  /// k.
  std::span<const std::uint32_t> keys;
};

[[nodiscard]] CostUnit cost_unit(const TravelModel& model);

/// Radius of the disc of places within `limit` of a point, where the model's reach is a disc.
/// \throws ArgumentError on a model with a factor or speed that is not positive.
[[nodiscard]] std::optional<double> reach_radius_m(const TravelModel& model, Cost limit);

/// For consecutive origins from `first_origin`, the facilities within the limit, by (cost, facility).
using ReachBlock = std::function<void(OriginIndex first_origin, const Csr<OriginIndex, Reach>& reached)>;

/// How the facilities of one origin follow one another: by (cost, facility), or in whatever order they are found, which is
/// the same every time and saves sorting them.
enum class ReachOrder { by_cost, as_found };

/// Streams, block after block in origin order, every (origin, facility) pair whose cost is at most `limit`.
/// A point that is not finite reaches nothing and is reached by nothing. Memory: one block of origins. \throws ArgumentError
/// on a model with a factor or speed that is not positive.
void stream_reach(const TravelModel& model, const TravelPlaces& origins, const TravelPlaces& facilities, Cost limit,
                  const ReachBlock& visit, ReachOrder order = ReachOrder::by_cost);

/// The nearest facility of every origin whatever its cost, ties of cost to the lower facility: the first that `stream_reach`
/// would give. None and kUnreachable where no facility can be reached at all.
[[nodiscard]] std::vector<Reach> nearest_facility(const TravelModel& model, const TravelPlaces& origins,
                                                  const TravelPlaces& facilities);

}  // namespace maillage
