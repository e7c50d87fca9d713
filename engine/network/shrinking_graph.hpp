#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace maillage::contraction {

inline constexpr std::uint32_t kOriginal = 0xffffffffU;  ///< `via` of an arc that is a move
inline constexpr std::uint32_t kLeaves = 1;              ///< the arc leads from the vertex that keeps it to `other`
inline constexpr std::uint32_t kEnters = 2;              ///< from `other` to the vertex that keeps it

/// An arc as one of its ends keeps it; one record for both directions where they are alike.
struct KeptArc {
  std::uint32_t other;
  std::uint32_t weight;
  std::uint32_t via;        ///< vertex that the shortcut passes, or kOriginal
  std::uint32_t hops : 30;  ///< moves that the arc stands for
  std::uint32_t ways : 2;   ///< kLeaves, kEnters or both
};
static_assert(sizeof(KeptArc) == 16);

/// A change to the arcs that `owner` keeps: an arc more, or (ways == 0) a reminder that a neighbour is gone.
struct Change {
  std::uint32_t owner;
  KeptArc arc;
};

/// The graph that contraction works on. A vertex that is contracted leaves its neighbours' lists; its own list stays as it
/// was: the arcs to higher vertices, which make the hierarchy.
class ShrinkingGraph {
 public:
  explicit ShrinkingGraph(std::size_t vertices);

  [[nodiscard]] std::size_t vertices() const { return lists_.size(); }
  /// The arcs that a vertex keeps, the lightest first.
  [[nodiscard]] std::span<const KeptArc> arcs(const std::uint32_t vertex) const {
    const List& list = lists_[vertex];
    if (list.size == 0) {
      return {};  // without any arc there is no chunk to point into
    }
    return {slot(list.place), list.size};
  }
  [[nodiscard]] bool is_contracted(const std::uint32_t vertex) const { return contracted_[vertex] != 0; }
  void mark_contracted(const std::uint32_t vertex) { contracted_[vertex] = 1; }

  /// Adds arcs, keeping the lighter of two between the same ends in the same direction, and drops those to contracted
  /// vertices. \param changes  put in order here; the order given does not matter.  Cost: O(n log n) in the changes, on all
  /// threads
  void apply(std::vector<Change>& changes);

 private:
  struct List {
    std::uint32_t place = 0;
    std::uint32_t size = 0;
    std::uint32_t capacity = 0;
  };
  static constexpr std::uint32_t kChunkBits = 20;
  static constexpr std::uint32_t kChunkArcs = 1U << kChunkBits;

  [[nodiscard]] KeptArc* slot(const std::uint32_t place) const {
    return chunks_[place >> kChunkBits].get() + (place & (kChunkArcs - 1));
  }
  void make_room(std::uint32_t vertex, std::uint32_t size);
  void change_list(std::uint32_t vertex, std::span<const Change> changes);
  void keep_lightest(List& list, KeptArc added);

  std::vector<List> lists_;
  std::vector<std::uint8_t> contracted_;
  std::vector<std::unique_ptr<KeptArc[]>> chunks_;
  std::uint32_t next_place_ = 0;
  std::array<std::vector<std::uint32_t>, 32> free_;  ///< per power of two: places of lists given up
};

}  // namespace maillage::contraction
