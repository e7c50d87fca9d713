#include "engine/network/pair_arcs.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace maillage {

namespace {

bool is_upward(const DirectedArc& arc) {
  return arc.tail <= arc.head;
}

/// Arcs that can be one road stand together.
auto pair_key(const DirectedArc& arc) {
  const auto [low, high] = std::minmax(arc.tail, arc.head);
  return std::tuple{low, high, arc.length_cm};
}

class Pairing {
 public:
  explicit Pairing(const DirectedArcs& arcs) : arcs_(arcs), order_(arcs.arcs.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(),
              [&](const std::uint32_t a, const std::uint32_t b) { return comes_before(a, b); });
    paired_.arc_of_input.resize(arcs.arcs.size());
    paired_.roads.reserve(arcs.arcs.size() / 2);
  }

  [[nodiscard]] PairedRoads pair() {
    for (std::size_t begin = 0; begin < order_.size();) {
      std::size_t end = begin + 1;
      while (end < order_.size() && pair_key(arc(order_[end])) == pair_key(arc(order_[begin]))) {
        ++end;
      }
      pair_group(std::span{order_}.subspan(begin, end - begin));
      begin = end;
    }
    return std::move(paired_);
  }

 private:
  [[nodiscard]] const DirectedArc& arc(const std::uint32_t k) const { return arcs_.arcs[k]; }
  /// Input order decides only between arcs that are alike in everything.
  [[nodiscard]] bool comes_before(const std::uint32_t a, const std::uint32_t b) const {
    const auto key = [&](const std::uint32_t k) {
      const DirectedArc& one = arc(k);
      return std::tuple{pair_key(one), !is_upward(one), one.time_ms, one.source_id, one.road_class, one.flags};
    };
    const auto key_a = key(a);
    const auto key_b = key(b);
    if (key_a != key_b) {
      return key_a < key_b;
    }
    const auto shape_a = arcs_.shape(a);
    const auto shape_b = arcs_.shape(b);
    const auto order =
        std::lexicographical_compare_three_way(shape_a.begin(), shape_a.end(), shape_b.begin(), shape_b.end());
    return order != 0 ? order < 0 : a < b;
  }
  [[nodiscard]] bool mirrored(const std::uint32_t a, const std::uint32_t b) const {
    const auto shape_a = arcs_.shape(a);
    const auto shape_b = arcs_.shape(b);
    return std::equal(shape_a.begin(), shape_a.end(), shape_b.rbegin(), shape_b.rend());
  }
  void pair_group(const std::span<const std::uint32_t> group) {
    const auto first_down =
        std::find_if(group.begin(), group.end(), [&](const std::uint32_t k) { return !is_upward(arc(k)); });
    std::vector<std::uint32_t> down{first_down, group.end()};
    const bool loop = arc(group.front()).tail == arc(group.front()).head;
    for (auto it = group.begin(); it != first_down; ++it) {
      const auto back =
          loop ? down.end()
               : std::find_if(down.begin(), down.end(), [&](const std::uint32_t k) { return mirrored(*it, k); });
      add(*it, back == down.end() ? std::nullopt : std::optional{*back});
      if (back != down.end()) {
        down.erase(back);
      }
    }
    for (const std::uint32_t k : down) {
      add(k, std::nullopt);
    }
  }
  void add(const std::uint32_t forward, const std::optional<std::uint32_t> backward) {
    const DirectedArc& there = arc(forward);
    Road road{.from = there.tail,
              .to = there.head,
              .forward_ms = there.time_ms,
              .length_cm = there.length_cm,
              .road_class = there.road_class,
              .flags = there.flags,
              .source_id = there.source_id};
    const RoadIndex index{paired_.roads.size()};
    paired_.arc_of_input[forward] = forward_arc(index).value();
    if (backward) {
      road.backward_ms = arc(*backward).time_ms;
      road.flags = static_cast<std::uint8_t>(road.flags | arc(*backward).flags);
      paired_.arc_of_input[*backward] = backward_arc(index).value();
      ++paired_.two_way;
    }
    paired_.roads.push_back(road);
    const auto shape = arcs_.shape(forward);
    paired_.shape_points.insert(paired_.shape_points.end(), shape.begin(), shape.end());
    paired_.shape_first.push_back(paired_.shape_points.size());
  }

  const DirectedArcs& arcs_;
  std::vector<std::uint32_t> order_;
  PairedRoads paired_;
};

}  // namespace

PairedRoads pair_arcs(const DirectedArcs& arcs) {
  return Pairing(arcs).pair();
}

}  // namespace maillage
