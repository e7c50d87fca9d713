#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/structures/placement.hpp"
#include "engine/structures/structure.hpp"

namespace maillage {

struct DuplicateOptions {
  double max_distance_m = 100;      ///< between the points of two rows that tell of one structure (closed)
  double min_similarity = 0.85;     ///< of their names (closed), see name_similarity
  double one_word_distance_m = 10;  ///< in place of max_distance_m where a name is one word: "Mairie", "Maison" say little
  std::size_t max_rows_at_point = 200;  ///< a point that more rows share is a default of their source, nobody's own
};

/// Rows that seem to tell of one structure.
struct DuplicateGroup {
  std::vector<StructureIndex> members;  ///< two or more, ascending
  bool same_key = false;                ///< at least two members share source and key
  bool across_sources = false;          ///< members come from several sources
  double spread_m = 0;                  ///< largest distance from the first member with a point to another
  friend bool operator==(const DuplicateGroup&, const DuplicateGroup&) = default;
};

struct Duplicates {
  std::vector<DuplicateGroup> groups;  ///< by first member
  std::vector<RowNote> notes;          ///< one per member but the first of each group, and one per doubtful key
};

/// Groups of rows that seem to tell of one structure, within and across sources. Two rows are linked when they count for the
/// same commune (or, both having points, these lie in the same) and
/// - have the same source and key; or
/// - both have points of their own, at most `max_distance_m` apart (`one_word_distance_m` where either name is one word),
/// with
///   names alike to `min_similarity`; rows of one source must have the same typology too, for a register that lists a
///   theatre and a monument in one building means two things; or
/// - one or both have no point of their own, and their names have the same words; rows of one source with two keys are not
///   linked so, and a row that would fit several separate located groups joins none ("ambiguous_duplicate").
/// Links chain. A key borne in several communes by one source is no key: told as "key_reused", not linked across them.
/// A point that more than `max_rows_at_point` rows share ("crowded_position") is not a point of their own here.
/// Other reasons of notes: "duplicate_key", "duplicate_name_and_place".
/// Cost: O(n log n) plus the pairs within `max_distance_m`.
[[nodiscard]] Duplicates find_duplicates(const StructureSet& set, const Placements& placements,
                                         const DuplicateOptions& options);

/// One row for each group: the one with the most precise position, and of those the first of the set (by source, key, name);
/// its content is kept as it is. Each row left out has a note "merged_duplicate".
struct MergedStructures {
  StructureSet structures;
  Placements placements;
  std::vector<RowNote> notes;
};
[[nodiscard]] MergedStructures merge_duplicates(const StructureSet& set, const Placements& placements,
                                                const Duplicates& duplicates);

}  // namespace maillage
