#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/index.hpp"
#include "engine/core/indexed.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

using StructureIndex = Index<struct StructureTag>;

/// A place that offers something: a library, a social centre, a fablab, a town hall.
/// Sorted in a StructureSet by (source, key, row's content), so that the order of rows in a file changes nothing.
struct Structure {
  std::string source;    ///< file it came from, as the study names it
  std::int64_t row = 0;  ///< line or feature number in that file, for messages only
  std::string key;       ///< the source's own identifier; empty where it has none
  std::string name;
  std::string typology;  ///< "Bibliothèque", "France Services"...
  std::string legal_status;
  std::vector<std::string> competences;  ///< multi-response attributes: values in the order given, without repeats
  std::vector<std::string> resources;
  std::vector<std::string> actions;
  std::optional<double> capacity;  ///< seats, surface...: unit as mapped by the study
  std::string opening_hours;       ///< as written in the source
  std::string vintage;             ///< date or year of the information, as written
  std::string commune_code;        ///< as declared, code history not yet applied; empty when none
  std::string postcode;
  std::string commune_name;                ///< as declared, used with the postcode
  std::optional<Point> declared_position;  ///< in the plane of the territory's source geometry (degrees for most)
  std::vector<std::string> carried;        ///< values of StructureSet::carried_columns
};

/// All structures of a study, from all its sources.
struct StructureSet {
  IndexedVector<StructureIndex, Structure> structures;
  std::vector<std::string> carried_columns;  ///< names of the attributes the user asked to carry through
};

}  // namespace maillage
