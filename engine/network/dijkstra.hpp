#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/direction.hpp"
#include "engine/network/search_graph.hpp"

namespace maillage {

/// Moves of a search graph by the state they leave (forward) or reach (backward), with their weights beside.
struct MoveLists {
  struct Move {
    std::uint32_t state;  ///< at the other end
    std::uint32_t weight;
  };
  std::vector<std::uint32_t> first;  ///< states + 1
  std::vector<Move> moves;

  [[nodiscard]] std::size_t states() const { return first.size() - 1; }
  [[nodiscard]] std::span<const Move> of(std::uint32_t state) const {
    return std::span<const Move>{moves}.subspan(first[state], first[state + 1] - first[state]);
  }
};

[[nodiscard]] MoveLists make_move_lists(const SearchGraph& graph, std::span<const std::uint32_t> weights,
                                        Direction direction);

/// Where a search starts or ends, and what is spent before or after.
struct Terminal {
  std::uint32_t state;
  std::uint32_t weight;
  friend constexpr auto operator<=>(const Terminal&, const Terminal&) = default;
};

/// Dijkstra's algorithm (1959, doi:10.1007/BF01386390) with a circular queue of buckets wider than a unit (Denardo and Fox
/// 1979, doi:10.1287/opre.27.1.161): a state may be scanned again within its bucket, distances are exact. The oracle of
/// every other search, and the choice for a single query. One object per thread; O(states) memory, kept between runs.
class DijkstraQuery {
 public:
  /// \param lists  viewed: must outlive the query
  explicit DijkstraQuery(const MoveLists& lists);

  /// Distances from the nearest of `sources` up to and including `cutoff`; other states are kNoPath. Cost: O(reached moves).
  void run(std::span<const Terminal> sources, std::uint32_t cutoff = kNoPath - 1);

  [[nodiscard]] std::uint32_t distance(const std::uint32_t state) const { return distance_[state]; }
  [[nodiscard]] std::span<const std::uint32_t> distances() const { return distance_; }
  /// The states reached by the last run, in no particular order.
  [[nodiscard]] std::span<const std::uint32_t> reached() const { return reached_; }
  /// State before `state` on a shortest path, or kNoPath at a source.
  [[nodiscard]] std::uint32_t parent(const std::uint32_t state) const { return parent_[state]; }

 private:
  void push(std::uint32_t state, std::uint32_t distance, std::uint32_t parent);

  const MoveLists& lists_;
  std::uint32_t width_bits_ = 0;
  std::size_t bucket_mask_ = 0;
  std::uint32_t cutoff_ = 0;
  std::size_t queued_ = 0;
  std::vector<std::vector<Terminal>> buckets_;
  std::vector<std::uint32_t> distance_;
  std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> reached_;
};

}  // namespace maillage
