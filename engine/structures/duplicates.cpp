#include "engine/structures/duplicates.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "engine/core/disjoint_sets.hpp"
#include "engine/structures/name_similarity.hpp"

namespace maillage {

namespace {

struct Cell {
  std::int64_t x;
  std::int64_t y;
  std::uint32_t member;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

class DuplicateFinder {
 public:
  DuplicateFinder(const StructureSet& set, const Placements& placements, const DuplicateOptions& options)
      : structures_(set.structures.raw()), placed_(placements.of.raw()), options_(options), groups_(structures_.size()) {
    names_.reserve(structures_.size());
    for (const Structure& structure : structures_) {
      names_.push_back(comparable_name(structure.name));
    }
  }

  Duplicates find() {
    find_own_points();
    link_same_keys();
    link_close_and_alike();
    link_unlocated();
    collect();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool in_scope(const std::uint32_t i) const { return !placed_[i].commune.is_none(); }
  [[nodiscard]] bool located(const std::uint32_t i) const { return own_point_[i] != 0; }

  void find_own_points() {
    own_point_.assign(structures_.size(), 0);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < structures_.size(); ++i) {
      if (in_scope(i) && placed_[i].precision == PositionPrecision::point) {
        rows.push_back(i);
      }
    }
    const auto rank = [&](const std::uint32_t i) { return std::pair(placed_[i].position, i); };
    std::ranges::sort(rows, {}, rank);
    for (std::size_t first = 0; first < rows.size();) {
      std::size_t last = first + 1;
      while (last < rows.size() && placed_[rows[last]].position == placed_[rows[first]].position) {
        ++last;
      }
      const bool crowded = last - first > options_.max_rows_at_point;
      for (std::size_t at = first; at < last; ++at) {
        own_point_[rows[at]] = crowded ? 0 : 1;
      }
      if (crowded) {
        note(rows[first], "", structures_[rows[first]].name, "crowded_position", std::to_string(last - first));
      }
      first = last;
    }
  }

  void link_same_keys() {
    std::vector<std::uint32_t> keyed;
    for (std::uint32_t i = 0; i < structures_.size(); ++i) {
      if (!structures_[i].key.empty() && in_scope(i)) {
        keyed.push_back(i);
      }
    }
    const auto source_key = [&](const std::uint32_t i) { return std::tie(structures_[i].source, structures_[i].key); };
    const auto rank = [&](const std::uint32_t i) { return std::tuple(source_key(i), placed_[i].commune, i); };
    std::ranges::sort(keyed, [&](const std::uint32_t a, const std::uint32_t b) { return rank(a) < rank(b); });
    for (std::size_t first = 0; first < keyed.size();) {
      std::size_t last = first + 1;
      bool several_communes = false;
      for (; last < keyed.size() && source_key(keyed[last]) == source_key(keyed[first]); ++last) {
        if (placed_[keyed[last]].commune == placed_[keyed[last - 1]].commune) {
          groups_.unite(keyed[last - 1], keyed[last]);
        } else {
          several_communes = true;
        }
      }
      if (several_communes) {
        note(keyed[first], "key", structures_[keyed[first]].key, "key_reused", std::to_string(last - first));
      }
      first = last;
    }
  }

  /// A row placed by its code and the same place placed by its point may count for two communes; their points lie in one.
  [[nodiscard]] static bool share_commune(const Placement& a, const Placement& b) {
    return a.commune == b.commune || (!a.commune_of_point.is_none() && a.commune_of_point == b.commune_of_point);
  }

  void link_close_and_alike() {
    std::vector<Cell> cells;
    const double size_m = std::max(options_.max_distance_m, 1.0);
    for (std::uint32_t i = 0; i < structures_.size(); ++i) {
      if (located(i) && !names_[i].words.empty()) {
        cells.push_back({static_cast<std::int64_t>(std::floor(placed_[i].position.x / size_m)),
                         static_cast<std::int64_t>(std::floor(placed_[i].position.y / size_m)), i});
      }
    }
    std::ranges::sort(cells);
    // Each pair of neighbouring cells once: the cell itself, the one above, and the three of the next column.
    for (std::size_t at = 0; at < cells.size(); ++at) {
      const Cell& cell = cells[at];
      for (std::size_t other = at + 1; other < cells.size() && cells[other].x == cell.x && cells[other].y <= cell.y + 1;
           ++other) {
        link_if_alike(cell.member, cells[other].member);
      }
      auto next = std::ranges::lower_bound(cells, Cell{cell.x + 1, cell.y - 1, 0});
      for (; next != cells.end() && next->x == cell.x + 1 && next->y <= cell.y + 1; ++next) {
        link_if_alike(cell.member, next->member);
      }
    }
  }

  void link_if_alike(const std::uint32_t a, const std::uint32_t b) {
    if (!share_commune(placed_[a], placed_[b]) || groups_.lowest(a) == groups_.lowest(b)) {
      return;
    }
    if (structures_[a].source == structures_[b].source && structures_[a].typology != structures_[b].typology) {
      return;
    }
    const bool one_word = names_[a].words.size() == 1 || names_[b].words.size() == 1;
    const double limit_m =
        one_word ? std::min(options_.one_word_distance_m, options_.max_distance_m) : options_.max_distance_m;
    if (distance_m(placed_[a].position, placed_[b].position) <= limit_m &&
        name_similarity(names_[a], names_[b]) >= options_.min_similarity) {
      groups_.unite(a, b);
    }
  }

  /// Rows of one source under two keys are two structures unless their places say otherwise.
  [[nodiscard]] bool may_be_one(const std::uint32_t a, const std::uint32_t b) const {
    return structures_[a].source != structures_[b].source || (structures_[a].typology == structures_[b].typology &&
                                                              (structures_[a].key.empty() || structures_[b].key.empty()));
  }

  void link_unlocated() {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < structures_.size(); ++i) {
      if (in_scope(i) && !names_[i].words.empty()) {
        rows.push_back(i);
      }
    }
    const auto same = [&](const std::uint32_t a, const std::uint32_t b) {
      return placed_[a].commune == placed_[b].commune && names_[a] == names_[b];
    };
    // Located rows first within each (commune, name).
    const auto before = [&](const std::uint32_t a, const std::uint32_t b) {
      if (placed_[a].commune != placed_[b].commune) {
        return placed_[a].commune < placed_[b].commune;
      }
      if (names_[a] != names_[b]) {
        return names_[a] < names_[b];
      }
      return std::tuple(!located(a), a) < std::tuple(!located(b), b);
    };
    std::ranges::sort(rows, before);
    for (std::size_t first = 0; first < rows.size();) {
      std::size_t last = first + 1;
      while (last < rows.size() && same(rows[first], rows[last])) {
        ++last;
      }
      link_unlocated_of({rows.data() + first, last - first});
      first = last;
    }
  }

  /// \param rows  rows of one commune whose names have the same words, the located ones first
  void link_unlocated_of(const std::span<const std::uint32_t> rows) {
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const std::uint32_t row = rows[at];
      if (located(row)) {
        continue;
      }
      std::vector<std::uint32_t> roots;
      std::optional<std::uint32_t> unlocated;
      for (const std::uint32_t other : rows.first(at)) {
        if (!may_be_one(row, other)) {
          continue;
        }
        if (located(other)) {
          roots.push_back(groups_.lowest(other));
        } else if (!unlocated) {
          unlocated = other;
        }
      }
      std::ranges::sort(roots);
      roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
      if (roots.size() == 1) {
        groups_.unite(row, roots.front());
      } else if (roots.size() > 1) {
        note(row, "name", structures_[row].name, "ambiguous_duplicate", std::to_string(roots.size()));
      } else if (unlocated) {
        groups_.unite(row, *unlocated);
      }
    }
  }

  void collect() {
    std::map<std::uint32_t, std::vector<StructureIndex>> members;
    for (std::uint32_t i = 0; i < structures_.size(); ++i) {
      members[groups_.lowest(i)].push_back(StructureIndex{i});
    }
    for (auto& [root, group_members] : members) {
      if (group_members.size() > 1) {
        add_group(std::move(group_members));
      }
    }
  }

  void add_group(std::vector<StructureIndex> members) {
    DuplicateGroup group;
    const std::uint32_t first = members.front().value();
    const Structure& kept = structures_[first];
    std::optional<Point> origin;
    for (std::size_t at = 0; at < members.size(); ++at) {
      const std::uint32_t i = members[at].value();
      const Structure& structure = structures_[i];
      bool shares_key = false;
      for (std::size_t other = 0; other < at && !structure.key.empty(); ++other) {
        const Structure& before = structures_[members[other].value()];
        shares_key = shares_key || (before.source == structure.source && before.key == structure.key);
      }
      group.same_key = group.same_key || shares_key;
      group.across_sources = group.across_sources || structure.source != kept.source;
      if (located(i)) {
        origin = origin.value_or(placed_[i].position);
        group.spread_m = std::max(group.spread_m, distance_m(*origin, placed_[i].position));
      }
      if (at > 0) {
        note(i, "", structure.name, shares_key ? "duplicate_key" : "duplicate_name_and_place",
             kept.source + ":" + std::to_string(kept.row) + " " + kept.name);
      }
    }
    group.members = std::move(members);
    result_.groups.push_back(std::move(group));
  }

  void note(const std::uint32_t i, const std::string& column, const std::string& value, const std::string& reason,
            const std::string& detail) {
    result_.notes.push_back({.source = structures_[i].source,
                             .row = structures_[i].row,
                             .key = structures_[i].key,
                             .column = column,
                             .value = value,
                             .reason = reason,
                             .detail = detail});
  }

  const std::vector<Structure>& structures_;
  const std::vector<Placement>& placed_;
  const DuplicateOptions& options_;
  DisjointSets groups_;
  std::vector<ComparableName> names_;
  std::vector<char> own_point_;  ///< 1 where a structure has a point of its own
  Duplicates result_;
};

}  // namespace

Duplicates find_duplicates(const StructureSet& set, const Placements& placements, const DuplicateOptions& options) {
  return DuplicateFinder(set, placements, options).find();
}

MergedStructures merge_duplicates(const StructureSet& set, const Placements& placements, const Duplicates& duplicates) {
  MergedStructures merged;
  std::vector<StructureIndex> kept_for(set.structures.size());
  for (const DuplicateGroup& group : duplicates.groups) {
    const StructureIndex kept = *std::ranges::min_element(
        group.members, {}, [&](const StructureIndex member) { return placements.of[member].precision; });
    for (const StructureIndex member : group.members) {
      kept_for[member.value()] = kept;
    }
  }
  merged.structures.carried_columns = set.carried_columns;
  merged.placements.notes = placements.notes;
  merged.placements.outside = placements.outside;
  for (const StructureIndex index : set.structures.indices()) {
    const Structure& structure = set.structures[index];
    const StructureIndex kept = kept_for[index.value()];
    if (kept.is_none() || kept == index) {
      merged.structures.structures.push_back(structure);
      merged.placements.of.push_back(placements.of[index]);
      continue;
    }
    const Structure& other = set.structures[kept];
    merged.notes.push_back({.source = structure.source,
                            .row = structure.row,
                            .key = structure.key,
                            .column = {},
                            .value = structure.name,
                            .reason = "merged_duplicate",
                            .detail = other.source + ":" + std::to_string(other.row) + " " + other.name});
  }
  return merged;
}

}  // namespace maillage
