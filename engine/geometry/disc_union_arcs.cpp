#include "engine/geometry/disc_union_arcs.hpp"

#include <algorithm>
#include <limits>
#include <numbers>
#include <tuple>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "engine/geometry/disc_union_buried.hpp"

namespace maillage {

namespace {

constexpr double kFirstTurn = -1;
constexpr double kLastTurn = 7;
// Circles are cut open towards the south-east, where pseudo-angles jump.
constexpr Direction kSeamStart{std::numbers::sqrt2 / 2, -std::numbers::sqrt2 / 2, kFirstTurn};
constexpr Direction kSeamEnd{std::numbers::sqrt2 / 2, -std::numbers::sqrt2 / 2, kLastTurn};
constexpr std::size_t kStripsPerBlock = 8;
constexpr std::size_t kDiscsPerBlock = 8192;

/// The part of one circle that the discs seen so far leave uncovered: disjoint open arcs, counter-clockwise.
class Uncovered {
 public:
  Uncovered() { arcs_.reserve(16); }
  /// Begins anew with the whole circle of `disc`.
  void reset(const Disc& disc) {
    disc_ = disc;
    half_inverse_radius_ = 0.5 / disc.radius_m;
    arcs_.clear();
    arcs_.push_back({kSeamStart, kSeamEnd});
  }
  [[nodiscard]] bool none() const { return arcs_.empty(); }

  /// Takes away what `other` covers.
  void cover(const Disc& other) {
    const double dx = other.centre.x - disc_.centre.x;
    const double dy = other.centre.y - disc_.centre.y;
    const double squared = dx * dx + dy * dy;
    // A direction e of this circle is within `other` when e . (dx, dy) > reach.
    const double reach =
        (squared + (disc_.radius_m - other.radius_m) * (disc_.radius_m + other.radius_m)) * half_inverse_radius_;
    if (reach >= 0 && reach * reach >= squared) {
      return;  // apart, touching, or inside this disc
    }
    if (reach < 0 && reach * reach >= squared) {
      arcs_.clear();  // this disc lies in the other
      return;
    }
    if (!could_shrink(dx, dy, reach)) {
      return;
    }
    const double inverse = 1 / squared;
    const double along = reach * inverse;
    const double across = std::sqrt(std::max(0.0, inverse - along * along));
    const Direction from = direction(dx * along + dy * across, dy * along - dx * across);
    const Direction to = direction(dx * along - dy * across, dy * along + dx * across);
    // Touching from within or without, the two directions all but coincide, and rounding may swap them.
    const double span = turn_between(from.turn, to.turn);
    if (reach < 0 && span < 2) {
      arcs_.clear();
      return;
    }
    if (reach > 0 && span > 6) {
      return;
    }
    if (from.turn <= to.turn) {
      subtract(from, to);
    } else {
      subtract(from, kSeamEnd);
      subtract(kSeamStart, to);
    }
  }

  void append_to(std::vector<VisibleArc>& arcs, const std::uint32_t number) const {
    if (arcs_.empty()) {
      return;
    }
    const bool wraps = arcs_.front().start.turn == kFirstTurn && arcs_.back().end.turn == kLastTurn;
    if (wraps && arcs_.size() == 1) {
      arcs.push_back({number, true, {}, {}});
      return;
    }
    if (wraps) {
      arcs.push_back({number, false, arcs_.back().start, arcs_.front().end});
    }
    for (std::size_t i = wraps ? 1 : 0; i + (wraps ? 1 : 0) < arcs_.size(); ++i) {
      arcs.push_back({number, false, arcs_[i].start, arcs_[i].end});
    }
  }

 private:
  struct Arc {
    Direction start;
    Direction end;
  };

  // Products only: most neighbours of a nearly buried disc are dismissed here. Another disc takes from an arc under half a
  // turn only if it holds one of its ends, or lies in its directions.
  [[nodiscard]] bool could_shrink(const double dx, const double dy, const double reach) const {
    for (const Arc& arc : arcs_) {
      if (arc.end.turn - arc.start.turn >= 4 || dx * arc.start.x + dy * arc.start.y > reach ||
          dx * arc.end.x + dy * arc.end.y > reach ||
          (arc.start.x * dy - arc.start.y * dx >= 0 && dx * arc.end.y - dy * arc.end.x >= 0)) {
        return true;
      }
    }
    return false;
  }

  void subtract(const Direction& from, const Direction& to) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      const Arc arc = arcs_[i];
      if (to.turn <= arc.start.turn || from.turn >= arc.end.turn) {
        arcs_[kept++] = arc;
        continue;
      }
      const bool left = from.turn > arc.start.turn;
      const bool right = to.turn < arc.end.turn;
      if (left) {
        arcs_[kept++] = {arc.start, from};
      }
      if (right && (!left || kept <= i)) {
        arcs_[kept++] = {to, arc.end};
      } else if (right) {
        arcs_.insert(arcs_.begin() + static_cast<std::ptrdiff_t>(kept++), {to, arc.end});
        ++i;
      }
    }
    arcs_.resize(kept);
  }

  Disc disc_;
  double half_inverse_radius_ = 0;
  std::vector<Arc> arcs_;
};

bool boxes_meet(const Disc& disc, const Box& box) {
  return disc.centre.x + disc.radius_m >= box.min_x && disc.centre.x - disc.radius_m <= box.max_x &&
         disc.centre.y + disc.radius_m >= box.min_y && disc.centre.y - disc.radius_m <= box.max_y;
}

void check(const std::span<const Disc> discs) {
  for (const Disc& disc : discs) {
    if (!std::isfinite(disc.centre.x) || !std::isfinite(disc.centre.y) || !std::isfinite(disc.radius_m) ||
        disc.radius_m < 0) {
      throw ArgumentError("DiscUnion: centres must be finite, radii finite and not negative");
    }
  }
}

}  // namespace

double angle_between(const Direction& from, const Direction& to) {
  const double angle = std::atan2(from.x * to.y - from.y * to.x, from.x * to.x + from.y * to.y);
  const double turn = turn_between(from.turn, to.turn);
  // Near none and near a whole turn the sign of the cross product is noise; the pseudo-angle decides.
  constexpr double kNear = 0.01;
  if (turn < kNear) {
    return std::max(angle, 0.0);
  }
  if (turn > 8 - kNear) {
    return 2 * std::numbers::pi + std::min(angle, 0.0);
  }
  return angle < 0 ? angle + 2 * std::numbers::pi : angle;
}

DiscUnion::DiscUnion(const std::span<const Disc> discs) {
  check(discs);
  discs_.reserve(discs.size());
  for (const Disc& disc : discs) {
    if (disc.radius_m > 0) {
      discs_.push_back(disc);
      largest_radius_m_ = std::max(largest_radius_m_, disc.radius_m);
    }
  }
  sort_into_strips();
  const CoveredCells covered{discs_};
  const std::size_t strips = strip_first_.size() - 1;
  std::vector<std::vector<VisibleArc>> of_block((strips + kStripsPerBlock - 1) / kStripsPerBlock);
  parallel_for_blocks(strips, kStripsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t strip = begin; strip < end; ++strip) {
      find_arcs_of_strip(strip, covered, of_block[begin / kStripsPerBlock]);
    }
  });
  arc_first_.assign(discs_.size() + 1, 0);
  std::size_t arcs = 0;
  for (const auto& of_one : of_block) {
    arcs += of_one.size();
  }
  arcs_.reserve(arcs);
  for (const auto& of_one : of_block) {
    arcs_.insert(arcs_.end(), of_one.begin(), of_one.end());
  }
  for (const VisibleArc& arc : arcs_) {
    if (++arc_first_[arc.disc + 1] == 1) {
      visible_.push_back(arc.disc);
    }
  }
  for (std::size_t i = 1; i < arc_first_.size(); ++i) {
    arc_first_[i] += arc_first_[i - 1];
  }
}

std::size_t DiscUnion::strip_of(const double y) const {
  const double last = static_cast<double>(strip_first_.size()) - 2;
  return static_cast<std::size_t>(std::clamp((y - first_y_) / strip_height_, 0.0, std::max(last, 0.0)));
}

void DiscUnion::sort_into_strips() {
  if (discs_.empty()) {
    return;
  }
  Box box;
  for (const Disc& disc : discs_) {
    box.extend(disc.centre);
  }
  first_y_ = box.min_y;
  // A few discs a square of the strip's height; not so thin that empty strips outnumber the discs.
  const double spacing = std::sqrt((box.max_x - box.min_x) * (box.max_y - box.min_y) / static_cast<double>(discs_.size()));
  const double height = box.max_y - box.min_y;
  strip_height_ = std::max({std::min(2.5 * spacing, largest_radius_m_), largest_radius_m_ / 8,
                            height / (4 * static_cast<double>(discs_.size()) + 16), height / (1 << 20)});
  const auto strips = static_cast<std::size_t>(std::floor(height / strip_height_)) + 1;
  strip_first_.assign(strips + 1, 0);

  std::vector<std::uint32_t> strip(discs_.size());
  parallel_for_blocks(discs_.size(), kDiscsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      strip[i] = static_cast<std::uint32_t>(strip_of(discs_[i].centre.y));
    }
  });
  for (const std::uint32_t s : strip) {
    ++strip_first_[s + 1];
  }
  for (std::size_t i = 1; i <= strips; ++i) {
    strip_first_[i] += strip_first_[i - 1];
  }
  std::vector<Disc> sorted(discs_.size());
  std::vector<std::uint32_t> next(strip_first_.begin(), strip_first_.end() - 1);
  for (std::size_t i = 0; i < discs_.size(); ++i) {
    sorted[next[strip[i]]++] = discs_[i];
  }
  const auto less = [](const Disc& a, const Disc& b) {
    return std::tie(a.centre.x, a.centre.y, b.radius_m) < std::tie(b.centre.x, b.centre.y, a.radius_m);
  };
  // Of discs with one centre only the largest counts, and it stands first.
  std::vector<std::uint32_t> kept(strips);
  parallel_for_blocks(strips, kStripsPerBlock, [&](const std::size_t first, const std::size_t last) {
    for (std::size_t s = first; s < last; ++s) {
      const auto begin = sorted.begin() + strip_first_[s];
      const auto end = sorted.begin() + strip_first_[s + 1];
      std::sort(begin, end, less);
      const auto unique = std::unique(begin, end, [](const Disc& a, const Disc& b) { return a.centre == b.centre; });
      kept[s] = static_cast<std::uint32_t>(unique - begin);
    }
  });
  std::uint32_t total = 0;
  for (std::size_t s = 0; s < strips; ++s) {
    const auto begin = sorted.begin() + strip_first_[s];
    if (strip_first_[s] != total) {
      std::copy(begin, begin + kept[s], sorted.begin() + total);
    }
    strip_first_[s] = total;
    total += kept[s];
  }
  strip_first_[strips] = total;
  sorted.resize(total);
  discs_ = std::move(sorted);
}

/// A strip's discs as one disc of a strip nearby sees them.
struct DiscUnion::Row {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t here;  // first disc of the row not left of the current one; moves on with it
  std::uint32_t left;  // what the near pass has seen: [left, right)
  std::uint32_t right;
  double squared_apart;  // no disc of the two strips can be nearer in y
};

std::vector<DiscUnion::Row> DiscUnion::rows_near(const std::size_t strip) const {
  const auto strips = static_cast<std::ptrdiff_t>(strip_first_.size()) - 1;
  const auto far = static_cast<std::ptrdiff_t>(std::ceil(2 * largest_radius_m_ / strip_height_)) + 1;
  std::vector<Row> rows;  // from the own strip outward
  for (std::ptrdiff_t offset = 0; offset <= far; ++offset) {
    const double apart = std::max(0.0, static_cast<double>(offset - 1) * strip_height_ * (1 - 1e-9));
    for (const std::ptrdiff_t signed_offset : {offset, -offset}) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(strip) + signed_offset;
      if (at >= 0 && at < strips && (offset != 0 || rows.empty())) {
        const std::uint32_t first = strip_first_[static_cast<std::size_t>(at)];
        const std::uint32_t last = strip_first_[static_cast<std::size_t>(at) + 1];
        if (first != last) {
          rows.push_back({first, last, first, first, first, apart * apart});
        }
      }
    }
  }
  return rows;
}

bool DiscUnion::crowded(const std::vector<Row>& rows) const {
  double west = std::numeric_limits<double>::infinity();
  double east = -west;
  double candidates = 0;
  for (const Row& row : rows) {
    west = std::min(west, discs_[row.first].centre.x);
    east = std::max(east, discs_[row.last - 1].centre.x);
    candidates += static_cast<double>(row.last - row.first);
  }
  constexpr double kMany = 24;
  return candidates * 4 * largest_radius_m_ > kMany * (east - west);
}

void DiscUnion::find_arcs_of_strip(const std::size_t strip, const CoveredCells& covered,
                                   std::vector<VisibleArc>& arcs) const {
  std::vector<Row> rows = rows_near(strip);
  const bool many = crowded(rows);
  Uncovered uncovered;
  for (std::uint32_t number = strip_first_[strip]; number < strip_first_[strip + 1]; ++number) {
    const Disc& disc = discs_[number];
    if (covered.hide_circle_of(disc)) {
      continue;
    }
    uncovered.reset(disc);
    const double x = disc.centre.x;
    const double reach = disc.radius_m + largest_radius_m_;
    for (Row& row : rows) {
      while (row.here < row.last && discs_[row.here].centre.x < x) {
        ++row.here;
      }
      row.left = row.right = row.here;
    }
    // Near discs hide most: where there are many, a first pass within half the reach buries nearly all that will be.
    for (const double part_of_reach : {0.5, 1.0}) {
      if (!many && part_of_reach < 1) {
        continue;
      }
      const double squared_reach = part_of_reach * part_of_reach * reach * reach;
      for (Row& row : rows) {
        const double squared_width = squared_reach - row.squared_apart;
        if (squared_width <= 0) {
          continue;
        }
        const double width = std::sqrt(squared_width) * (1 + 1e-9);
        for (; row.right < row.last && discs_[row.right].centre.x <= x + width && !uncovered.none(); ++row.right) {
          if (row.right != number) {
            uncovered.cover(discs_[row.right]);
          }
        }
        for (; row.left > row.first && discs_[row.left - 1].centre.x >= x - width && !uncovered.none(); --row.left) {
          if (row.left - 1 != number) {
            uncovered.cover(discs_[row.left - 1]);
          }
        }
        if (uncovered.none()) {
          break;
        }
      }
      if (uncovered.none()) {
        break;
      }
    }
    uncovered.append_to(arcs, number);
  }
}

void DiscUnion::find(const Box& box, std::vector<std::uint32_t>& found) const {
  found.clear();
  if (discs_.empty() || box.empty()) {
    return;
  }
  const double reach = largest_radius_m_;
  const std::size_t first = strip_of(box.min_y - reach);
  const std::size_t last = strip_of(box.max_y + reach);
  for (std::size_t strip = first; strip <= last; ++strip) {
    const auto end = discs_.begin() + strip_first_[strip + 1];
    auto at = std::lower_bound(discs_.begin() + strip_first_[strip], end, box.min_x - reach,
                               [](const Disc& disc, const double x) { return disc.centre.x < x; });
    for (; at != end && at->centre.x <= box.max_x + reach; ++at) {
      if (boxes_meet(*at, box)) {
        found.push_back(static_cast<std::uint32_t>(at - discs_.begin()));
      }
    }
  }
}

void DiscUnion::find_visible(const Box& box, std::vector<std::uint32_t>& found) const {
  found.clear();
  if (visible_.empty() || box.empty()) {
    return;
  }
  const double reach = largest_radius_m_;
  const std::size_t first = strip_of(box.min_y - reach);
  const std::size_t last = strip_of(box.max_y + reach);
  auto at = std::lower_bound(visible_.begin(), visible_.end(), strip_first_[first]);
  for (std::size_t strip = first; strip <= last; ++strip) {
    const auto end = std::lower_bound(at, visible_.end(), strip_first_[strip + 1]);
    at = std::lower_bound(at, end, box.min_x - reach,
                          [&](const std::uint32_t disc, const double x) { return discs_[disc].centre.x < x; });
    for (; at != end && discs_[*at].centre.x <= box.max_x + reach; ++at) {
      if (boxes_meet(discs_[*at], box)) {
        found.push_back(*at);
      }
    }
    at = end;
  }
}

}  // namespace maillage
