#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/shrinking_graph.hpp"

namespace maillage::contraction {

/// A path over `via` that no other path was found to replace.
struct Shortcut {
  std::uint32_t from;
  std::uint32_t to;
  std::uint32_t weight;
  std::uint32_t hops;
};

/// Which vertices a search must not pass: the one to be contracted, and those of its round that come before it.
struct RoundOrder {
  static constexpr std::uint32_t kNotInRound = 0xffffffffU;
  std::vector<std::uint32_t> turn;  ///< per vertex: its turn in the round, or kNotInRound

  [[nodiscard]] bool may_pass(const std::uint32_t vertex, const std::uint32_t turn_of_contracted) const {
    return turn[vertex] > turn_of_contracted;
  }
};

/// Looks for paths that avoid a vertex. One per thread; O(vertices) memory.
class WitnessSearch {
 public:
  WitnessSearch(const ShrinkingGraph& graph, const RoundOrder& round);

  /// Appends the shortcuts needed from `entering.other` over `vertex` if it is contracted in its turn. A search that is cut
  /// off after `budget` arcs finds fewer witnesses: the hierarchy stays exact and gets larger.
  void find(std::uint32_t vertex, const KeptArc& entering, std::uint32_t budget, std::vector<Shortcut>& shortcuts);

 private:
  using Entry = std::uint64_t;  // the distance, then the vertex: one number is compared faster than two
  struct Mark {
    std::uint32_t distance = 0xffffffffU;
    std::uint32_t wanted = 0;  ///< 0: no open target; else a path shorter than this is a witness
  };
  std::uint32_t mark_targets(std::uint32_t vertex, const KeptArc& entering);
  void search(std::uint32_t vertex, std::uint32_t source, std::uint32_t farthest, std::uint32_t budget);
  void push(std::uint32_t distance, std::uint32_t vertex);
  Entry pop();

  const ShrinkingGraph& graph_;
  const RoundOrder& round_;
  std::vector<Mark> marks_;
  std::vector<std::uint32_t> touched_;
  std::vector<Entry> heap_;
  std::uint32_t open_targets_ = 0;
};

}  // namespace maillage::contraction
