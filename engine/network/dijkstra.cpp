#include "engine/network/dijkstra.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "engine/core/error.hpp"

namespace maillage {

MoveLists make_move_lists(const SearchGraph& graph, const std::span<const std::uint32_t> weights,
                          const Direction direction) {
  if (weights.size() != graph.moves()) {
    throw ArgumentError("move lists: one weight per move is needed");
  }
  MoveLists lists;
  lists.moves.resize(graph.moves());
  if (direction == Direction::forward) {
    lists.first.assign(graph.first_out.begin(), graph.first_out.end());
    for (std::size_t move = 0; move < graph.moves(); ++move) {
      lists.moves[move] = {graph.head[move], weights[move]};
    }
    return lists;
  }
  lists.first.assign(graph.states() + 2, 0);
  for (const std::uint32_t head : graph.head) {
    ++lists.first[head + 2];
  }
  std::partial_sum(lists.first.begin(), lists.first.end(), lists.first.begin());
  for (std::uint32_t state = 0; state < graph.states(); ++state) {
    for (std::uint32_t move = graph.first_out[state]; move < graph.first_out[state + 1]; ++move) {
      lists.moves[lists.first[graph.head[move] + 1]++] = {state, weights[move]};
    }
  }
  lists.first.pop_back();
  return lists;
}

DijkstraQuery::DijkstraQuery(const MoveLists& lists)
    : lists_(lists), distance_(lists.states(), kNoPath), parent_(lists.states(), kNoPath) {
  std::uint32_t heaviest = 1;
  double sum = 0;
  for (const MoveLists::Move& move : lists.moves) {
    heaviest = std::max(heaviest, move.weight);
    sum += move.weight;
  }
  // A quarter of the mean weight: few states are scanned twice, few buckets are empty. Not more than 2^16 buckets.
  const double mean = lists.moves.empty() ? 1 : sum / static_cast<double>(lists.moves.size());
  width_bits_ = static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint64_t>(mean / 4) | 1U) - 1);
  while ((heaviest >> width_bits_) >= 0xfffeU) {
    ++width_bits_;
  }
  buckets_.resize(std::bit_ceil((heaviest >> width_bits_) + 2ULL));
  bucket_mask_ = buckets_.size() - 1;
}

void DijkstraQuery::push(const std::uint32_t state, const std::uint32_t distance, const std::uint32_t parent) {
  if (distance >= distance_[state] || distance > cutoff_) {
    return;
  }
  if (distance_[state] == kNoPath) {
    reached_.push_back(state);
  }
  distance_[state] = distance;
  parent_[state] = parent;
  buckets_[(distance >> width_bits_) & bucket_mask_].push_back({state, distance});
  ++queued_;
}

void DijkstraQuery::run(const std::span<const Terminal> sources, const std::uint32_t cutoff) {
  for (const std::uint32_t state : reached_) {
    distance_[state] = kNoPath;
    parent_[state] = kNoPath;
  }
  reached_.clear();
  cutoff_ = std::min(cutoff, kNoPath - 1);
  // Starts far apart would not fit the circle together: they enter when the search comes to their bucket.
  std::vector<Terminal> starts(sources.begin(), sources.end());
  std::sort(starts.begin(), starts.end(), [](const Terminal& a, const Terminal& b) {
    return a.weight != b.weight ? a.weight < b.weight : a.state < b.state;
  });
  std::size_t next_start = 0;
  std::uint64_t bucket = 0;
  while (queued_ > 0 || next_start < starts.size()) {
    if (queued_ == 0) {
      bucket = starts[next_start].weight >> width_bits_;
    }
    for (; next_start < starts.size() && (starts[next_start].weight >> width_bits_) <= bucket; ++next_start) {
      push(starts[next_start].state, starts[next_start].weight, kNoPath);
    }
    std::vector<Terminal>& entries = buckets_[bucket & bucket_mask_];
    for (std::size_t k = 0; k < entries.size(); ++k) {  // grows while it is read
      const Terminal entry = entries[k];
      --queued_;
      if (entry.weight != distance_[entry.state]) {
        continue;
      }
      for (const MoveLists::Move& move : lists_.of(entry.state)) {
        push(move.state, entry.weight + move.weight, entry.state);
      }
    }
    entries.clear();
    ++bucket;
  }
}

}  // namespace maillage
