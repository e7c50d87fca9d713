#pragma once

#include <span>

#include "engine/core/error.hpp"
#include "engine/geometry/feature_table.hpp"
#include "engine/structures/read_positions.hpp"
#include "engine/structures/structure.hpp"
#include "engine/structures/structure_mapping.hpp"

namespace maillage {

/// Structures of a table: the columns recognised (see structure_columns), or as the study maps them.
/// Rows are kept whatever they lack; only an empty row ("empty_row") and the header repeated inside ("repeated_header") are
/// rejected. Rows that the study's filters leave out count in no way but one repair note "filtered_out" with their number:
/// rows_in counts the rows that remain.
/// Recoded values are told once per pair ("recoded", value found, "found -> wanted (rows)"); a recoding that met no row is
/// told too ("unused_recoding").
/// The result is sorted (see sort_structures). Cost: O(rows log rows).
/// \throws StudyError as structure_columns does; also for a recoding of a field that does not exist.
[[nodiscard]] Reading<StructureSet> read_structures(const FeatureTable& table, const StructureMapping& mapping,
                                                    const StructureConversions& conversions);

/// Puts structures in their one order: by source, key, name, codes, position and the rest of their content, so that the
/// order of rows in a file changes nothing. Only structures alike in everything stay in the order of their rows.
void sort_structures(StructureSet& set);

/// One sorted set of the structures of several sources. Carried columns are those of all sources, in the order they first
/// appear; a structure whose source has not that column has an empty value.
[[nodiscard]] StructureSet combine_structures(std::span<const StructureSet> sets);

}  // namespace maillage
