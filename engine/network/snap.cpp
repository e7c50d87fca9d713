#include "engine/network/snap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {

namespace {

/// The point of a segment nearest to another point.
struct Foot {
  double squared_m = std::numeric_limits<double>::infinity();
  double along = 0;  // 0..1 of the segment
  Point position;
};

Foot foot_on_segment(const Point& point, const Point& a, const Point& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double squared_length = dx * dx + dy * dy;
  const double along =
      squared_length > 0 ? std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / squared_length, 0.0, 1.0) : 0.0;
  // The ends as they are: roads that meet in a node must tie there to the last bit.
  const Point position = along == 1 ? b : along == 0 ? a : Point{a.x + along * dx, a.y + along * dy};
  const double off_x = point.x - position.x;
  const double off_y = point.y - position.y;
  return {off_x * off_x + off_y * off_y, along, position};
}

double fraction_along(const RoadNetwork& network, const RoadIndex road, const std::size_t segment, const double along) {
  double before = 0;
  double total = 0;
  for (std::size_t k = 0; k < road_segments(network, road); ++k) {
    const double length = distance_m(road_vertex(network, road, k), road_vertex(network, road, k + 1));
    if (k == segment) {
      before = total + along * length;
    }
    total += length;
  }
  return total > 0 ? std::clamp(before / total, 0.0, 1.0) : 0.0;
}

void check(const SnapOptions& options) {
  if (!(options.max_access_m >= 0) || !(options.component_tolerance_m >= 0)) {
    throw ArgumentError("snap: the largest access and the tolerance must be distances of 0 or more");
  }
}

}  // namespace

/// One query: descends into the nearest boxes first.
class RoadLocator::Search {
 public:
  Search(const RoadLocator& locator, const Point& point, const SnapOptions& options)
      : locator_(locator), network_(*locator.network_), point_(point), options_(options) {
    // Feet and boxes are computed with rounding of some units in the last place of the coordinates: what might tie is
    // looked at.
    const Box& all = locator.box_;
    const double magnitude = std::max({std::abs(point.x), std::abs(point.y), std::abs(all.min_x), std::abs(all.max_x),
                                       std::abs(all.min_y), std::abs(all.max_y)});
    slack_m_ = 16 * std::numeric_limits<double>::epsilon() * magnitude;
    limit();
  }

  Snap run() {
    visit(locator_.levels_.size() - 1, 0);
    const double nearest_m = std::sqrt(nearest_.foot.squared_m);
    const double biggest_m = std::sqrt(biggest_.foot.squared_m);
    const Candidate& chosen =
        biggest_m <= nearest_m + options_.component_tolerance_m && biggest_m <= options_.max_access_m ? biggest_ : nearest_;
    const double access_m = std::sqrt(chosen.foot.squared_m);
    if (chosen.road.is_none() || !std::isfinite(access_m) || access_m > options_.max_access_m) {
      return {};
    }
    return {chosen.road, fraction_along(network_, chosen.road, chosen.segment, chosen.foot.along), access_m,
            chosen.foot.position};
  }

 private:
  [[nodiscard]] double squared_distance(const CoarseBox& box) const {
    const double dx = std::max({box.min_x - point_.x, point_.x - box.max_x, 0.0});
    const double dy = std::max({box.min_y - point_.y, point_.y - box.max_y, 0.0});
    return dx * dx + dy * dy;
  }

  struct Candidate {
    Foot foot;
    RoadIndex road;
    std::size_t segment = 0;
    void improve(const Foot& other, const RoadIndex other_road, const std::size_t other_segment) {
      if (other.squared_m < foot.squared_m ||
          (other.squared_m == foot.squared_m && (other_road < road || (other_road == road && other_segment < segment)))) {
        *this = {other, other_road, other_segment};
      }
    }
  };

  /// What is farther than this can be neither the nearest nor preferred to it.
  void limit() {
    const double reach_m = std::min({options_.max_access_m, std::sqrt(biggest_.foot.squared_m),
                                     std::sqrt(nearest_.foot.squared_m) + options_.component_tolerance_m}) +
                           slack_m_;
    squared_limit_ = reach_m * reach_m;
  }

  void visit(const std::size_t level, const std::size_t group) {
    if (level == 0) {
      visit_pieces(group);
      return;
    }
    const std::vector<CoarseBox>& below = locator_.levels_[level - 1];
    struct Child {
      double squared_m;
      std::size_t group;
    };
    std::array<Child, kFanOut> children;  // nearest first
    std::size_t size = 0;
    for (std::size_t k = group * kFanOut; k < std::min(below.size(), (group + 1) * kFanOut); ++k) {
      const double squared_m = squared_distance(below[k]);
      if (squared_m > squared_limit_) {
        continue;
      }
      std::size_t place = size++;
      for (; place > 0 && children[place - 1].squared_m > squared_m; --place) {
        children[place] = children[place - 1];
      }
      children[place] = {squared_m, k};
    }
    for (std::size_t k = 0; k < size && children[k].squared_m <= squared_limit_; ++k) {
      visit(level - 1, children[k].group);
    }
  }

  void visit_pieces(const std::size_t group) {
    const std::vector<Piece>& pieces = locator_.pieces_;
    for (std::size_t k = group * kLeafPieces; k < std::min(pieces.size(), (group + 1) * kLeafPieces); ++k) {
      const RoadIndex road{std::size_t{pieces[k].road}};
      if ((options_.excluded_classes & class_bit(network_.road(road).road_class)) != 0) {
        continue;
      }
      const std::size_t first = pieces[k].first_segment;
      const std::size_t last = std::min(first + kPieceSegments, road_segments(network_, road));
      for (std::size_t segment = first; segment < last; ++segment) {
        const Foot foot =
            foot_on_segment(point_, road_vertex(network_, road, segment), road_vertex(network_, road, segment + 1));
        nearest_.improve(foot, road, segment);
        if (pieces[k].in_biggest != 0) {
          biggest_.improve(foot, road, segment);
        }
      }
    }
    limit();
  }

  const RoadLocator& locator_;
  const RoadNetwork& network_;
  const Point point_;
  const SnapOptions& options_;
  double slack_m_ = 0;
  double squared_limit_ = 0;
  Candidate nearest_;
  Candidate biggest_;
};

Snap RoadLocator::snap(const Point& point, const SnapOptions& options) const {
  check(options);
  if (levels_.empty() || !std::isfinite(point.x) || !std::isfinite(point.y)) {
    return {};
  }
  return Search{*this, point, options}.run();
}

std::vector<Snap> RoadLocator::snap_all(const std::span<const Point> points, const SnapOptions& options) const {
  constexpr std::size_t kPointsPerBlock = 256;
  check(options);
  std::vector<Snap> snaps(points.size());
  parallel_for_blocks(points.size(), kPointsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      snaps[k] = snap(points[k], options);
    }
  });
  return snaps;
}

}  // namespace maillage
