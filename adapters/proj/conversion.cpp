#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "adapters/proj/make_planes.hpp"
#include "adapters/proj/proj_handles.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kGrain = 16'384;

/// One transformation with the context it lives in. Not for two threads at once.
struct Transform {
  detail::ContextHandle context;
  detail::PjHandle pj;
};

Transform make_transform(const std::string& from, const std::string& to) {
  Transform transform{.context = detail::make_context(), .pj = nullptr};
  PJ_CONTEXT* context = transform.context.get();
  const detail::PjHandle source = detail::make_horizontal_crs(context, from);
  const detail::PjHandle target = detail::make_horizontal_crs(context, to);
  const detail::PjHandle raw{proj_create_crs_to_crs_from_pj(context, source.get(), target.get(), nullptr, nullptr)};
  if (raw) {
    transform.pj.reset(proj_normalize_for_visualization(context, raw.get()));
  }
  if (!transform.pj) {
    constexpr int kShown = 80;  // of a WKT, which may be anything
    throw InputError(
        Text{.french = fmt::format("aucune conversion connue de « {:.{}} » vers « {:.{}} » ; indiquez crs = \"EPSG:...\"",
                                   from, kShown, to, kShown),
             .english = fmt::format("no known conversion from '{:.{}}' to '{:.{}}'; give crs = \"EPSG:...\"", from, kShown,
                                    to, kShown)});
  }
  return transform;
}

/// Transformations of one kind, lent to one thread at a time.
class TransformPool {
 public:
  TransformPool(std::string from, std::string to) : from_(std::move(from)), to_(std::move(to)) {
    free_.push_back(make_transform(from_, to_));
  }
  void convert(const std::span<Point> points) {
    Transform transform = take();
    convert_with(transform.pj.get(), points);
    const std::lock_guard lock{mutex_};
    free_.push_back(std::move(transform));
  }

 private:
  Transform take() {
    {
      const std::lock_guard lock{mutex_};
      if (!free_.empty()) {
        Transform transform = std::move(free_.back());
        free_.pop_back();
        return transform;
      }
    }
    return make_transform(from_, to_);
  }
  static void convert_with(PJ* pj, const std::span<Point> points) {
    if (points.empty()) {
      return;
    }
    proj_errno_reset(pj);
    proj_trans_generic(pj, PJ_FWD, &points.front().x, sizeof(Point), points.size(), &points.front().y, sizeof(Point),
                       points.size(), nullptr, 0, 0, nullptr, 0, 0);
    for (Point& point : points) {
      if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
        point = {kNaN, kNaN};
      }
    }
  }

  std::string from_;
  std::string to_;
  std::mutex mutex_;
  std::vector<Transform> free_;
};

/// Geodetic systems that agree with WGS 84 to under a metre: WGS 84 itself, ETRS89, RGF93 (v1, v2, v2b), RGAF09, RGFG95,
/// RGR92, RGM04, RGSPM06. Degrees in one are degrees in the other here.
bool is_world_degrees(const CoordinateSystem& crs) {
  static constexpr std::array kSame{"OGC:CRS84", "EPSG:4326", "EPSG:4258", "EPSG:4171", "EPSG:9777", "EPSG:9782",
                                    "EPSG:5489", "EPSG:4624", "EPSG:4627", "EPSG:4470", "EPSG:4463"};
  return crs.geographic && std::find(kSame.begin(), kSame.end(), crs.definition) != kSame.end();
}

}  // namespace

Conversion make_conversion(const CoordinateSystem& from, const CoordinateSystem& to) {
  if (from.definition == to.definition || (is_world_degrees(from) && is_world_degrees(to))) {
    return [](std::span<Point>) {};
  }
  // Shared by the copies of a std::function, which must be copyable.
  const auto pool = std::make_shared<TransformPool>(from.definition, to.definition);
  return [pool](const std::span<Point> points) {
    parallel_for_blocks(points.size(), kGrain, [&](const std::size_t begin, const std::size_t end) {
      pool->convert(points.subspan(begin, end - begin));
    });
  };
}

}  // namespace maillage
