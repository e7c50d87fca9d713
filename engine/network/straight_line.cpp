#include "engine/network/straight_line.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/point_tree.hpp"

namespace maillage {

namespace {

constexpr double kMetresPerKilometre = 1000;
constexpr double kSecondsPerHour = 3600;
// The product of a length and a factor carries at most six half-ulp errors: two squares and their sum (halved by the root),
// the root, the factor's own decimal-to-binary rounding and division, the product.
constexpr double kRoundingErrors = 4 * std::numeric_limits<double>::epsilon();
constexpr std::size_t kOriginsPerTask = 128;
constexpr std::size_t kOriginsPerBlock = 64 * kOriginsPerTask;

// No point whose cost is at most `limit` lies beyond; a few that cost more may lie within.
double generous_squared_radius(const Cost limit, const double per_metre) {
  constexpr double kMargin = 1 + 16 * std::numeric_limits<double>::epsilon();
  const double radius_m = std::min(static_cast<double>(limit) / per_metre, kLongestStraightLine_m) * kMargin;
  return radius_m * radius_m * kMargin;
}

// (cost, facility) in one number, so that sorting compares integers.
std::uint64_t pack(const Cost cost, const std::uint32_t facility) {
  return (std::uint64_t{cost} << 32U) | facility;
}

Reach unpack(const std::uint64_t packed) {
  return {FacilityIndex{static_cast<std::uint32_t>(packed)}, static_cast<Cost>(packed >> 32U)};
}

struct TaskResult {
  std::vector<std::uint64_t> packed;
  std::vector<std::size_t> last;  // per origin, offset after its last entry
};

/// Every pair comes by here: no call, and no rounding but the processor's own.
inline Cost rounded_up_cost(const double squared_length_m2, const double cost_per_metre) {
  const double length_m = std::sqrt(squared_length_m2);
  if (!(length_m <= kLongestStraightLine_m)) {
    return kUnreachable;
  }
  // Larger than every limit that can be written, yet a trip: never the value of "no trip".
  constexpr Cost kLargest = kUnreachable - 1;
  const double exact = length_m * cost_per_metre;
  if (!(exact < static_cast<double>(kLargest))) {
    return kLargest;
  }
  const auto below = static_cast<std::int64_t>(exact);  // its whole part: it is not negative
  const bool is_whole = exact - static_cast<double>(below) <= exact * kRoundingErrors;
  return static_cast<Cost>(is_whole ? below : below + 1);
}

TaskResult reach_of(const PointTree& tree, const std::span<const Point> origins, const Cost limit, const double per_metre,
                    const ReachOrder order) {
  const double squared_radius = generous_squared_radius(limit, per_metre);
  TaskResult result;
  result.last.reserve(origins.size());
  for (const Point& origin : origins) {
    const std::size_t first = result.packed.size();
    tree.visit_within(
        origin, [squared_radius] { return squared_radius; },
        [&](const std::uint32_t facility, const double squared_length) {
          const Cost cost = rounded_up_cost(squared_length, per_metre);
          if (cost <= limit && cost != kUnreachable) {
            result.packed.push_back(pack(cost, facility));
          }
        });
    if (order == ReachOrder::by_cost) {
      std::sort(result.packed.begin() + static_cast<std::ptrdiff_t>(first), result.packed.end());
    }
    result.last.push_back(result.packed.size());
  }
  return result;
}

Csr<OriginIndex, Reach> join_tasks(const std::vector<TaskResult>& tasks) {
  std::vector<std::uint64_t> first{0};
  std::vector<Reach> values;
  std::size_t pairs = 0;
  for (const TaskResult& task : tasks) {
    pairs += task.packed.size();
  }
  values.reserve(pairs);
  for (const TaskResult& task : tasks) {
    const std::uint64_t base = values.size();
    for (const std::size_t last : task.last) {
      first.push_back(base + last);
    }
    for (const std::uint64_t packed : task.packed) {
      values.push_back(unpack(packed));
    }
  }
  return {std::move(first), std::move(values)};
}

}  // namespace

double cost_per_metre(const StraightLine& model) {
  if (!(model.detour_factor > 0) || !std::isfinite(model.detour_factor)) {
    throw ArgumentError("straight line: the detour factor must be positive and finite");
  }
  if (model.unit == CostUnit::metres) {
    return model.detour_factor;
  }
  if (!(model.speed_kmh > 0) || !std::isfinite(model.speed_kmh)) {
    throw ArgumentError("straight line: costs in seconds need a positive and finite speed");
  }
  return model.detour_factor * kSecondsPerHour / (model.speed_kmh * kMetresPerKilometre);
}

Cost straight_line_cost(const double squared_length_m2, const double cost_per_metre) {
  return rounded_up_cost(squared_length_m2, cost_per_metre);
}

void stream_straight_line_reach(const StraightLine& model, const std::span<const Point> origins,
                                const std::span<const Point> facilities, const Cost limit, const ReachBlock& visit,
                                const ReachOrder order) {
  const double per_metre = cost_per_metre(model);
  const PointTree tree{facilities};
  for (std::size_t begin = 0; begin < origins.size(); begin += kOriginsPerBlock) {
    const std::span<const Point> block = origins.subspan(begin, std::min(kOriginsPerBlock, origins.size() - begin));
    std::vector<TaskResult> tasks((block.size() + kOriginsPerTask - 1) / kOriginsPerTask);
    parallel_for_blocks(block.size(), kOriginsPerTask, [&](const std::size_t first, const std::size_t last) {
      tasks[first / kOriginsPerTask] = reach_of(tree, block.subspan(first, last - first), limit, per_metre, order);
    });
    visit(OriginIndex{begin}, join_tasks(tasks));
  }
}

std::vector<Reach> nearest_in_straight_line(const StraightLine& model, const std::span<const Point> origins,
                                            const std::span<const Point> facilities) {
  const double per_metre = cost_per_metre(model);
  const PointTree tree{facilities};
  std::vector<Reach> nearest(origins.size());
  parallel_for_blocks(origins.size(), kOriginsPerTask, [&](const std::size_t first, const std::size_t last) {
    for (std::size_t origin = first; origin < last; ++origin) {
      std::uint64_t best = pack(kUnreachable, FacilityIndex::none().value());
      double squared_radius = generous_squared_radius(kUnreachable, per_metre);
      tree.visit_within(
          origins[origin], [&squared_radius] { return squared_radius; },
          [&](const std::uint32_t facility, const double squared_length) {
            const Cost cost = rounded_up_cost(squared_length, per_metre);
            if (cost != kUnreachable && pack(cost, facility) < best) {
              best = pack(cost, facility);
              squared_radius = generous_squared_radius(cost, per_metre);
            }
          });
      nearest[origin] = unpack(best);
    }
  });
  return nearest;
}

}  // namespace maillage
