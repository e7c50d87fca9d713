#include "engine/network/contraction_order.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <bit>
#include <cstddef>

#include "engine/core/parallel.hpp"
#include "engine/network/witness_search.hpp"

namespace maillage::contraction {

namespace {

constexpr std::uint32_t kWeight = 1000;  // of one level of depth; quotients are in thousandths
constexpr std::size_t kVertexGrain = 8192;
constexpr std::size_t kTaskGrain = 64;

/// A search over one candidate from one of its neighbours.
struct Task {
  std::uint32_t candidate;  ///< position among the round's candidates
  KeptArc entering;
};

class Contraction {
 public:
  Contraction(ShrinkingGraph& graph, const Progress& progress)
      : graph_(graph), progress_(progress), level_(graph.vertices()), quotient_(graph.vertices()), searches_([this] {
          return WitnessSearch(graph_, round_);
        }) {
    round_.turn.assign(graph.vertices(), RoundOrder::kNotInRound);
    remaining_.resize(graph.vertices());
    for (std::uint32_t vertex = 0; vertex < graph.vertices(); ++vertex) {
      remaining_[vertex] = vertex;
      // Before anything is known: what a vertex of that degree would add at best.
      quotient_[vertex] = kWeight / 2 * static_cast<std::uint32_t>(std::max<std::size_t>(graph.arcs(vertex).size(), 1) - 1);
    }
  }

  void run() {
    const std::size_t all = remaining_.size();
    while (!remaining_.empty()) {
      choose_candidates();
      find_shortcuts();
      choose_contracted();
      contract();
      if (progress_) {
        progress_("contract", all - remaining_.size(), all);
      }
    }
  }

 private:
  /// Smaller comes first; no two vertices are equal.
  [[nodiscard]] std::uint64_t key(const std::uint32_t vertex, const std::uint32_t quotient) const {
    const std::uint32_t mixed = (vertex * 0x9e3779b1U) ^ 0x7f4a7c15U;  // odd factor: a permutation of the vertices
    return (std::uint64_t{kWeight} * level_[vertex] + quotient) << 32U | std::rotl(mixed, 16);
  }
  [[nodiscard]] bool comes_first(const std::uint32_t vertex, const std::uint64_t own) const {
    for (const KeptArc& arc : graph_.arcs(vertex)) {
      if (key(arc.other, quotient_[arc.other]) < own) {
        return false;
      }
    }
    return true;
  }
  void choose_candidates();
  void find_shortcuts();
  void weigh_candidate(std::size_t candidate);
  void choose_contracted();
  void contract();

  ShrinkingGraph& graph_;
  const Progress& progress_;
  RoundOrder round_;
  std::vector<std::uint32_t> level_;
  std::vector<std::uint32_t> quotient_;
  tbb::enumerable_thread_specific<WitnessSearch> searches_;
  std::vector<std::uint32_t> remaining_;
  std::vector<std::uint32_t> candidates_;
  std::vector<std::uint8_t> chosen_;  ///< per candidate
  std::vector<Task> tasks_;
  std::vector<std::vector<Shortcut>> found_;  ///< per block of tasks
  std::vector<Shortcut> shortcuts_;           ///< of all candidates, in order
  std::vector<std::size_t> first_shortcut_;   ///< per candidate
  std::vector<Change> changes_;
};

void Contraction::choose_candidates() {
  std::vector<std::vector<std::uint32_t>> parts((remaining_.size() + kVertexGrain - 1) / kVertexGrain);
  parallel_for_blocks(remaining_.size(), kVertexGrain, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const std::uint32_t vertex = remaining_[k];
      if (comes_first(vertex, key(vertex, quotient_[vertex]))) {
        parts[begin / kVertexGrain].push_back(vertex);
      }
    }
  });
  candidates_.clear();
  for (const std::vector<std::uint32_t>& part : parts) {
    candidates_.insert(candidates_.end(), part.begin(), part.end());
  }
  for (std::uint32_t turn = 0; turn < candidates_.size(); ++turn) {
    round_.turn[candidates_[turn]] = turn;
  }
}

void Contraction::find_shortcuts() {
  tasks_.clear();
  for (std::uint32_t k = 0; k < candidates_.size(); ++k) {
    for (const KeptArc& arc : graph_.arcs(candidates_[k])) {
      if ((arc.ways & kEnters) != 0) {
        tasks_.push_back({k, arc});
      }
    }
  }
  const std::size_t mean_arcs = tasks_.empty() ? 0 : tasks_.size() / candidates_.size();
  // Generous: a shortcut too many makes every later search longer, and soon all vertices neighbours of all.
  const auto budget = static_cast<std::uint32_t>(std::clamp<std::size_t>(400 * mean_arcs, 2'000, 1'000'000));
  const std::size_t grain = tasks_.size() < 4096 ? 4 : kTaskGrain;
  found_.resize(std::max(found_.size(), (tasks_.size() + grain - 1) / grain));
  std::vector<std::uint32_t> count(tasks_.size());
  parallel_for_blocks(tasks_.size(), grain, [&](const std::size_t begin, const std::size_t end) {
    WitnessSearch& search = searches_.local();
    std::vector<Shortcut>& found = found_[begin / grain];
    found.clear();
    for (std::size_t k = begin; k < end; ++k) {
      const std::size_t before = found.size();
      search.find(candidates_[tasks_[k].candidate], tasks_[k].entering, budget, found);
      count[k] = static_cast<std::uint32_t>(found.size() - before);
    }
  });
  shortcuts_.clear();
  for (std::size_t block = 0; block * grain < tasks_.size(); ++block) {
    shortcuts_.insert(shortcuts_.end(), found_[block].begin(), found_[block].end());
  }
  first_shortcut_.assign(candidates_.size() + 1, 0);
  for (std::size_t k = 0; k < tasks_.size(); ++k) {
    first_shortcut_[tasks_[k].candidate + 1] += count[k];
  }
  for (std::size_t k = 0; k < candidates_.size(); ++k) {
    first_shortcut_[k + 1] += first_shortcut_[k];
  }
}

void Contraction::weigh_candidate(const std::size_t candidate) {
  std::uint64_t removed = 0;
  std::uint64_t hops_removed = 0;
  std::uint64_t hops_added = 0;
  for (const KeptArc& arc : graph_.arcs(candidates_[candidate])) {
    const auto directions = static_cast<std::uint64_t>(std::popcount(static_cast<std::uint32_t>(arc.ways)));
    removed += directions;
    hops_removed += directions * arc.hops;
  }
  const std::uint64_t added = first_shortcut_[candidate + 1] - first_shortcut_[candidate];
  for (std::size_t k = first_shortcut_[candidate]; k < first_shortcut_[candidate + 1]; ++k) {
    hops_added += shortcuts_[k].hops;
  }
  const std::uint64_t quotient = removed == 0 ? 0 : kWeight * added / removed + kWeight * hops_added / hops_removed;
  quotient_[candidates_[candidate]] = static_cast<std::uint32_t>(std::min<std::uint64_t>(quotient, 1'000'000'000));
}

void Contraction::choose_contracted() {
  chosen_.assign(candidates_.size(), 0);
  parallel_for_blocks(candidates_.size(), 1024, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      weigh_candidate(k);  // candidates are no neighbours of one another: nobody else reads this key
      chosen_[k] = comes_first(candidates_[k], key(candidates_[k], quotient_[candidates_[k]])) ? 1 : 0;
    }
  });
  if (std::find(chosen_.begin(), chosen_.end(), 1) == chosen_.end()) {
    const auto least = std::min_element(candidates_.begin(), candidates_.end(), [&](const auto a, const auto b) {
      return key(a, quotient_[a]) < key(b, quotient_[b]);
    });
    chosen_[static_cast<std::size_t>(least - candidates_.begin())] = 1;  // every round contracts something
  }
}

void Contraction::contract() {
  changes_.clear();
  for (std::size_t k = 0; k < candidates_.size(); ++k) {
    const std::uint32_t vertex = candidates_[k];
    round_.turn[vertex] = RoundOrder::kNotInRound;
    if (chosen_[k] == 0) {
      continue;
    }
    graph_.mark_contracted(vertex);
    for (const KeptArc& arc : graph_.arcs(vertex)) {
      level_[arc.other] = std::max(level_[arc.other], level_[vertex] + 1);
      changes_.push_back({arc.other, {vertex, 0, 0, 0, 0}});
    }
    for (std::size_t s = first_shortcut_[k]; s < first_shortcut_[k + 1]; ++s) {
      const Shortcut& shortcut = shortcuts_[s];
      changes_.push_back({shortcut.from, {shortcut.to, shortcut.weight, vertex, shortcut.hops & 0x3fffffffU, kLeaves}});
      changes_.push_back({shortcut.to, {shortcut.from, shortcut.weight, vertex, shortcut.hops & 0x3fffffffU, kEnters}});
    }
  }
  graph_.apply(changes_);
  std::erase_if(remaining_, [&](const std::uint32_t vertex) { return graph_.is_contracted(vertex); });
}

}  // namespace

void contract_all(ShrinkingGraph& graph, const Progress& progress) {
  Contraction(graph, progress).run();
}

}  // namespace maillage::contraction
