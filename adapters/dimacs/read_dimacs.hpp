#pragma once

#include <filesystem>
#include <string>

#include "engine/core/error.hpp"
#include "engine/network/imported_roads.hpp"

namespace maillage {

struct DimacsOptions {
  std::filesystem::path lengths{};  ///< a .gr with the same arcs in the same order, weighted by length; empty: measured
  double ms_per_unit = 1;           ///< what a weight of the times counts, > 0
  double cm_per_unit = 10;          ///< what a weight of the lengths counts, > 0: decimetres
  std::string crs{};                ///< plane; empty: default_plane of the nodes
  std::string mode = "car";         ///< name of the mode that the times are for
};

/// A graph of the 9th DIMACS implementation challenge (2006, http://www.diag.uniroma1.it/challenge9/format.shtml).
/// Node v of the files is node v - 1; arc k, from 0 in the file's order, is `arc_of_input[k]`. Two opposite arcs of one
/// length become one road (pair_arcs). rows_in counts arcs; none is rejected. Loops are kept and counted.
/// \throws InputError by file and line: what the format does not know, a node that is not there or has no position, a weight
/// out of range, another number of lines than announced; ArgumentError if a unit is not positive
[[nodiscard]] Reading<ImportedRoads> read_dimacs(const std::filesystem::path& times, const std::filesystem::path& positions,
                                                 const DimacsOptions& options = {});

}  // namespace maillage
