#include "engine/network/witness_search.hpp"

#include <algorithm>
#include <functional>

#include "engine/network/search_graph.hpp"

namespace maillage::contraction {

namespace {

constexpr std::uint32_t kFarthest =
    0xfffffffdU;  // one below the value that means "no path", so that a length + 1 is below too

}  // namespace

WitnessSearch::WitnessSearch(const ShrinkingGraph& graph, const RoundOrder& round)
    : graph_(graph), round_(round), marks_(graph.vertices()) {}

void WitnessSearch::push(const std::uint32_t distance, const std::uint32_t vertex) {
  heap_.push_back(Entry{distance} << 32U | vertex);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

WitnessSearch::Entry WitnessSearch::pop() {
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
  const Entry entry = heap_.back();
  heap_.pop_back();
  return entry;
}

/// \returns the length of the longest path to be replaced
std::uint32_t WitnessSearch::mark_targets(const std::uint32_t vertex, const KeptArc& entering) {
  std::uint32_t farthest = 0;
  open_targets_ = 0;
  for (const KeptArc& leaving : graph_.arcs(vertex)) {
    if ((leaving.ways & kLeaves) != 0 && leaving.other != entering.other) {
      const std::uint64_t length = std::uint64_t{entering.weight} + leaving.weight;
      if (length >= kNoPath) {
        continue;  // as good as no path
      }
      marks_[leaving.other].wanted = static_cast<std::uint32_t>(length) + 1;
      farthest = std::max(farthest, static_cast<std::uint32_t>(length));
      ++open_targets_;
    }
  }
  return farthest;
}

void WitnessSearch::search(const std::uint32_t vertex, const std::uint32_t source, const std::uint32_t farthest,
                           std::uint32_t budget) {
  const std::uint32_t turn = round_.turn[vertex];
  heap_.clear();
  marks_[source].distance = 0;
  touched_.push_back(source);
  push(0, source);
  while (!heap_.empty()) {
    const Entry nearest = pop();
    const auto distance = static_cast<std::uint32_t>(nearest >> 32U);
    const auto at = static_cast<std::uint32_t>(nearest);
    if (distance > marks_[at].distance) {
      continue;
    }
    const std::uint32_t left = farthest - distance;
    for (const KeptArc& arc : graph_.arcs(at)) {
      if (arc.weight > left) {
        break;  // those that follow are no lighter
      }
      if (budget == 0) {
        return;
      }
      --budget;
      if ((arc.ways & kLeaves) == 0) {
        continue;
      }
      const std::uint32_t length = distance + arc.weight;
      Mark& mark = marks_[arc.other];
      if (length >= mark.distance || arc.other == vertex) {
        continue;
      }
      if (length < mark.wanted) {
        mark.wanted = 0;
        if (--open_targets_ == 0) {
          return;
        }
      }
      if (!round_.may_pass(arc.other, turn)) {
        continue;
      }
      if (mark.distance == 0xffffffffU) {
        touched_.push_back(arc.other);
      }
      mark.distance = length;
      push(length, arc.other);
    }
  }
}

void WitnessSearch::find(const std::uint32_t vertex, const KeptArc& entering, const std::uint32_t budget,
                         std::vector<Shortcut>& shortcuts) {
  const std::uint32_t farthest = mark_targets(vertex, entering);
  if (open_targets_ == 0) {
    return;
  }
  search(vertex, entering.other, farthest, budget);
  for (const KeptArc& leaving : graph_.arcs(vertex)) {
    if ((leaving.ways & kLeaves) != 0 && marks_[leaving.other].wanted != 0) {
      marks_[leaving.other].wanted = 0;
      shortcuts.push_back({entering.other, leaving.other, entering.weight + leaving.weight,
                           std::min<std::uint32_t>(entering.hops + leaving.hops, 0x3fffffffU)});
    }
  }
  for (const std::uint32_t touched : touched_) {
    marks_[touched].distance = 0xffffffffU;
  }
  touched_.clear();
}

}  // namespace maillage::contraction
