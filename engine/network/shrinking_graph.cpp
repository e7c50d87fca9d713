#include "engine/network/shrinking_graph.hpp"

#include <tbb/parallel_sort.h>

#include <algorithm>
#include <bit>
#include <tuple>

#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage::contraction {

namespace {

/// All of a change: equal changes are alike, so that the order of equals does not matter.
auto order_of(const Change& change) {
  return std::tuple{change.owner,
                    change.arc.other,
                    change.arc.weight,
                    change.arc.via,
                    static_cast<std::uint32_t>(change.arc.hops),
                    static_cast<std::uint32_t>(change.arc.ways)};
}

auto weight_first(const KeptArc& arc) {
  return std::tuple{arc.weight, arc.other, static_cast<std::uint32_t>(arc.ways)};
}

bool same_but_for_ways(const KeptArc& a, const KeptArc& b) {
  return a.other == b.other && a.weight == b.weight && a.via == b.via && a.hops == b.hops;
}

}  // namespace

ShrinkingGraph::ShrinkingGraph(const std::size_t vertices) : lists_(vertices), contracted_(vertices) {}

void ShrinkingGraph::make_room(const std::uint32_t vertex, const std::uint32_t size) {
  List& list = lists_[vertex];
  if (size <= list.capacity) {
    return;
  }
  const std::uint32_t capacity = std::bit_ceil(std::max(size, 4U));
  if (capacity > kChunkArcs) {
    throw ArgumentError("contraction: a vertex has more than a million neighbours");
  }
  std::vector<std::uint32_t>& given_up = free_[static_cast<std::size_t>(std::countr_zero(capacity))];
  std::uint32_t place = 0;
  if (!given_up.empty()) {
    place = given_up.back();
    given_up.pop_back();
  } else {
    const std::uint32_t left = kChunkArcs - (next_place_ & (kChunkArcs - 1));
    if (chunks_.empty() || left < capacity || left == kChunkArcs) {
      next_place_ = static_cast<std::uint32_t>(chunks_.size()) << kChunkBits;
      chunks_.push_back(std::make_unique_for_overwrite<KeptArc[]>(kChunkArcs));
    }
    place = next_place_;
    next_place_ += capacity;
  }
  if (list.capacity > 0) {
    std::copy_n(slot(list.place), list.size, slot(place));
    free_[static_cast<std::size_t>(std::countr_zero(list.capacity))].push_back(list.place);
  }
  list.place = place;
  list.capacity = capacity;
}

/// For each direction of `added`, one arc between the same ends stays: the lighter, or the older of two alike.
void ShrinkingGraph::keep_lightest(List& list, KeptArc added) {
  KeptArc* const arcs = slot(list.place);
  for (std::uint32_t k = 0; k < list.size;) {
    KeptArc& kept = arcs[k];
    if (kept.other == added.other) {
      const std::uint32_t both = kept.ways & added.ways;
      if (kept.weight <= added.weight) {
        added.ways &= ~both & 3U;
      } else {
        kept.ways &= ~both & 3U;
      }
      if (added.ways == 0) {
        return;
      }
      if (kept.ways == 0) {
        kept = arcs[--list.size];
        continue;
      }
    }
    ++k;
  }
  arcs[list.size++] = added;
}

void ShrinkingGraph::change_list(const std::uint32_t vertex, const std::span<const Change> changes) {
  List& list = lists_[vertex];
  KeptArc* const arcs = slot(list.place);
  list.size = static_cast<std::uint32_t>(
      std::remove_if(arcs, arcs + list.size, [&](const KeptArc& arc) { return is_contracted(arc.other); }) - arcs);
  for (std::size_t k = 0; k < changes.size(); ++k) {
    KeptArc arc = changes[k].arc;
    for (; k + 1 < changes.size() && same_but_for_ways(arc, changes[k + 1].arc); ++k) {
      arc.ways = (arc.ways | changes[k + 1].arc.ways) & 3U;
    }
    if (arc.ways != 0) {
      keep_lightest(list, arc);
    }
  }
  std::sort(arcs, arcs + list.size, [](const KeptArc& a, const KeptArc& b) { return weight_first(a) < weight_first(b); });
}

void ShrinkingGraph::apply(std::vector<Change>& changes) {
  tbb::parallel_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return order_of(a) < order_of(b); });
  std::vector<std::uint32_t> first;
  for (std::size_t k = 0; k < changes.size(); ++k) {
    if (k == 0 || changes[k].owner != changes[k - 1].owner) {
      first.push_back(static_cast<std::uint32_t>(k));
    }
  }
  const auto owners = first.size();
  first.push_back(static_cast<std::uint32_t>(changes.size()));
  for (std::size_t k = 0; k < owners; ++k) {
    const std::uint32_t owner = changes[first[k]].owner;
    make_room(owner, lists_[owner].size + first[k + 1] - first[k]);
  }
  parallel_for_blocks(owners, 1024, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      change_list(changes[first[k]].owner, std::span<const Change>{changes}.subspan(first[k], first[k + 1] - first[k]));
    }
  });
}

}  // namespace maillage::contraction
