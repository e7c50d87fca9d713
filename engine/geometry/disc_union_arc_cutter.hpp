#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "engine/geometry/disc_union_boundary.hpp"
#include "engine/geometry/disc_union_crossing.hpp"

namespace maillage {

/// Turns the visible arcs of one disc and the crossings on it into pieces.
class ArcCutter {
 public:
  ArcCutter(const DiscUnion& discs, GapBoundary& boundary) : discs_(discs), boundary_(boundary) {}

  /// \param inside  tells whether a point lies in the area; asked only for arcs without crossings
  template <typename Inside>
  void cut(const std::uint32_t disc, const std::span<Crossing> crossings, const Inside& inside) {
    const std::span<const VisibleArc> arcs = discs_.arcs_of(disc);
    if (arcs.size() == 1 && arcs.front().whole) {
      cut_circle(disc, crossings, inside);
      return;
    }
    positions_.clear();
    for (const Crossing& crossing : crossings) {
      place(crossing, arcs);
    }
    std::sort(positions_.begin(), positions_.end(), clockwise);
    std::size_t next = 0;
    for (std::size_t arc = 0; arc < arcs.size(); ++arc) {
      const std::size_t begin = next;
      while (next < positions_.size() && positions_[next].arc == arc) {
        ++next;
      }
      cut_arc(arcs[arc], {positions_.data() + begin, next - begin}, inside);
    }
  }

 private:
  struct Position {
    std::size_t arc;
    double turn;  // from the arc's start, counter-clockwise
    Crossing crossing;
  };
  // Rounding may put two crossings that all but coincide the wrong way round, or one just beyond its arc: about 1e-8 of a
  // turn for crossings at grazing angles, the square root of a double's precision.
  static constexpr double kSlack = 1e-6;

  static bool clockwise(const Position& a, const Position& b) {
    if (a.arc != b.arc) {
      return a.arc < b.arc;
    }
    return a.turn != b.turn ? a.turn > b.turn : a.crossing.leaves < b.crossing.leaves;
  }

  void place(const Crossing& crossing, const std::span<const VisibleArc> arcs) {
    double least = kSlack;
    std::optional<Position> nearest;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const double span = turn_between(arcs[i].start.turn, arcs[i].end.turn);
      const double turn = turn_between(arcs[i].start.turn, crossing.at.turn);
      if (turn <= span) {
        positions_.push_back({i, turn, crossing});
        return;
      }
      if (turn - span < least) {
        least = turn - span;
        nearest = Position{i, span, crossing};
      }
      if (8 - turn < least) {
        least = 8 - turn;
        nearest = Position{i, 0, crossing};
      }
    }
    if (nearest) {
      positions_.push_back(*nearest);
    }
    // Else the stretch of border between this crossing and the next is of no length, and the circle has none there either.
  }

  // Brings starts and ends into turns, where only rounding has put them out of it.
  void alternate(const std::span<Position> positions) {
    for (std::size_t i = 1; i < positions.size(); ++i) {
      if (positions[i].crossing.leaves != positions[i - 1].crossing.leaves) {
        continue;
      }
      std::size_t other = i + 1;
      while (other < positions.size() && positions[other].crossing.leaves == positions[i].crossing.leaves) {
        ++other;
      }
      if (other < positions.size() && positions[i].turn - positions[other].turn < kSlack) {
        std::rotate(positions.begin() + static_cast<std::ptrdiff_t>(i),
                    positions.begin() + static_cast<std::ptrdiff_t>(other),
                    positions.begin() + static_cast<std::ptrdiff_t>(other) + 1);
      } else if (i >= 2 && positions[i - 2].turn - positions[i].turn < kSlack) {
        std::swap(positions[i - 2], positions[i - 1]);
      } else {
        boundary_.consistent = false;
      }
    }
  }

  [[nodiscard]] Point point_at(const std::uint32_t disc, const Direction& at) const {
    const Disc& d = discs_.discs()[disc];
    return {d.centre.x + d.radius_m * at.x, d.centre.y + d.radius_m * at.y};
  }

  struct End {
    Direction at;
    Point point;
    double turn;  // from the arc's start, counter-clockwise
  };

  void add(const std::uint32_t disc, const End& from, const End& to) {
    GapPiece piece;
    piece.disc = disc;
    piece.from = from.at;
    piece.to = to.at;
    // Ends that all but coincide may stand in the wrong order: an arc of no length, not a whole turn.
    const bool short_arc = from.turn - to.turn < 1;
    const double angle = angle_between(to.at, from.at);
    piece.angle = short_arc && angle > std::numbers::pi ? 0 : angle;
    piece.first = from.point;
    piece.last = to.point;
    boundary_.pieces.push_back(piece);
  }

  template <typename Inside>
  void cut_arc(const VisibleArc& arc, const std::span<Position> positions, const Inside& inside) {
    End from{arc.end, point_at(arc.disc, arc.end), turn_between(arc.start.turn, arc.end.turn)};
    const End last{arc.start, point_at(arc.disc, arc.start), 0};
    if (positions.empty()) {
      if (inside(within(arc))) {
        add(arc.disc, from, last);
      }
      return;
    }
    alternate(positions);
    bool open = positions.front().crossing.leaves;
    for (const Position& position : positions) {
      const End here{position.crossing.at, position.crossing.point, position.turn};
      if (position.crossing.leaves && open) {
        add(arc.disc, from, here);
      }
      open = !position.crossing.leaves;
      from = here;
    }
    if (open) {
      add(arc.disc, from, last);
    }
  }

  template <typename Inside>
  void cut_circle(const std::uint32_t disc, const std::span<Crossing> crossings, const Inside& inside) {
    if (crossings.empty()) {
      if (inside(within({disc, true, {}, {}}))) {
        GapPiece piece;
        piece.disc = disc;
        piece.closed = true;
        piece.angle = 2 * std::numbers::pi;
        boundary_.pieces.push_back(piece);
      }
      return;
    }
    positions_.clear();
    for (const Crossing& crossing : crossings) {
      positions_.push_back({0, crossing.at.turn, crossing});
    }
    std::sort(positions_.begin(), positions_.end(), clockwise);
    const auto start =
        std::find_if(positions_.begin(), positions_.end(), [](const Position& p) { return !p.crossing.leaves; });
    if (start == positions_.end() || positions_.size() % 2 != 0) {
      boundary_.consistent = false;
      return;
    }
    std::rotate(positions_.begin(), start, positions_.end());
    for (Position& position : positions_) {
      position.turn = -turn_between(position.turn, positions_.front().crossing.at.turn);
    }
    alternate(positions_);
    for (std::size_t i = 0; i + 1 < positions_.size(); i += 2) {
      const Position& from = positions_[i];
      const Position& to = positions_[i + 1];
      add(disc, {from.crossing.at, from.crossing.point, from.turn}, {to.crossing.at, to.crossing.point, to.turn});
    }
  }

  // A point of the arc that no symmetry of the input puts on a border.
  [[nodiscard]] Point within(const VisibleArc& arc) const {
    constexpr double kOddPart = 0.4142;
    constexpr double kOddAngle = 0.7391;
    const double angle = arc.whole ? kOddAngle : kOddPart * angle_between(arc.start, arc.end);
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const Direction start = arc.whole ? Direction{} : arc.start;
    return point_at(arc.disc, {start.x * c - start.y * s, start.x * s + start.y * c, 0});
  }

  const DiscUnion& discs_;
  GapBoundary& boundary_;
  std::vector<Position> positions_;
};

}  // namespace maillage
