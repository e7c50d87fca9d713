#include "engine/survey/linking_crosses.hpp"

#include <algorithm>
#include <set>

namespace maillage {
namespace {

using Neighbours = std::vector<std::set<std::size_t>>;

void join(Neighbours& graph, const AttributeSet& attributes) {
  for (const std::size_t one : attributes) {
    for (const std::size_t other : attributes) {
      if (one != other) {
        graph[one].insert(other);
      }
    }
  }
}

/// Maximal cliques of the graph once triangulated.
std::vector<AttributeSet> cliques_of(Neighbours graph, std::set<std::size_t> left) {
  std::vector<AttributeSet> cliques;
  while (!left.empty()) {
    const std::size_t next = *std::ranges::min_element(
        left, [&](const std::size_t one, const std::size_t other) { return graph[one].size() < graph[other].size(); });
    std::set<std::size_t> clique = graph[next];
    clique.insert(next);
    const AttributeSet members{clique.begin(), clique.end()};
    join(graph, members);
    for (const std::size_t neighbour : graph[next]) {
      graph[neighbour].erase(next);
    }
    left.erase(next);
    const bool within = std::ranges::any_of(cliques, [&](const AttributeSet& larger) {
      return std::ranges::includes(larger, members);
    });
    if (!within) {
      cliques.push_back(members);
    }
  }
  return cliques;
}

std::vector<AttributeSet> triples_of(const AttributeSet& clique) {
  std::vector<AttributeSet> triples;
  for (std::size_t a = 0; a < clique.size(); ++a) {
    for (std::size_t b = a + 1; b < clique.size(); ++b) {
      for (std::size_t c = b + 1; c < clique.size(); ++c) {
        triples.push_back({clique[a], clique[b], clique[c]});
      }
    }
  }
  return triples;
}

}  // namespace

LinkingCrosses linking_crosses(const LinkedCodes& codes, const std::vector<AttributeSet>& sets, const LinkLimits& limits) {
  Neighbours graph(codes.columns().size());
  std::set<std::size_t> used;
  for (const AttributeSet& set : sets) {
    join(graph, set);
    used.insert(set.begin(), set.end());
  }
  join(graph, codes.open_part({used.begin(), used.end()}));
  for (const AttributeSet& pair : codes.excluding()) {
    if (used.contains(pair.front()) && used.contains(pair.back())) {
      join(graph, pair);
    }
  }
  LinkingCrosses result;
  std::set<AttributeSet> linking;
  double cells = 0;
  for (const AttributeSet& clique : cliques_of(graph, used)) {
    if (codes.most_combinations(clique) <= static_cast<double>(limits.cells_of_a_cross)) {
      linking.insert(clique);
      continue;
    }
    result.exact = result.exact && std::ranges::find(sets, clique) != sets.end();
    for (const AttributeSet& triple : triples_of(clique)) {
      const double size = codes.most_combinations(triple);
      const bool fits = size <= static_cast<double>(limits.cells_of_a_cross) &&
                        cells + size <= static_cast<double>(limits.cells) && codes.open_part(triple).size() < triple.size();
      if (fits && linking.insert(triple).second) {
        cells += size;
      }
    }
  }
  std::set<AttributeSet> all{sets.begin(), sets.end()};
  all.insert(AttributeSet{});
  for (const AttributeSet& one : linking) {
    all.insert(one);
    for (const AttributeSet& other : linking) {
      AttributeSet common;
      std::ranges::set_intersection(one, other, std::back_inserter(common));
      all.insert(std::move(common));
    }
  }
  for (const AttributeSet& set : std::set<AttributeSet>{all}) {
    all.insert(codes.open_part(set));
  }
  result.sets.assign(all.begin(), all.end());
  std::ranges::stable_sort(result.sets, {}, &AttributeSet::size);
  return result;
}

}  // namespace maillage
