#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/builtin/builtin_blob.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// Which communes of the built-in France are wanted: all of `france`, or the union of the rest. Zones are given by code
/// ("32", "59", "200093201") or by name in any case, with or without accents ("Hauts-de-France", "nord"); communes by code,
/// present or past (the present commune is taken), or by a name that only one has.
struct BuiltinSelection {
  bool france = false;
  std::vector<std::string> regions{};
  std::vector<std::string> departements{};
  std::vector<std::string> epcis{};
  std::vector<std::string> communes{};
};

/// What the program carries, for `maillage info` and manifests.
struct BuiltinDescription {
  std::string source;  ///< package and version it was made from
  std::string source_sha256;
  std::string vintage;
  std::string licence;
  std::string licence_url;
  std::vector<std::string> producers;
  std::size_t bytes = 0;  ///< of the embedded file
  std::size_t communes = 0;
  std::size_t without_contour = 0;
  std::size_t located = 0;      ///< communes whose town hall has a position
  std::int64_t population = 0;  ///< of the communes whose population is known
  std::size_t without_population = 0;
  std::size_t epcis = 0;
  std::size_t departements = 0;
  std::size_t regions = 0;
  std::size_t delegated = 0;  ///< communes déléguées, those that bear their parent's code included
  std::size_t associated = 0;
  std::size_t arrondissements = 0;
};

/// The tables of the built-in France, opened on first use and kept: communes without contours, zones, postcodes, history.
/// \throws InputError if the program's data are damaged.
[[nodiscard]] const BuiltinFrance& builtin_tables();

/// All communes without their contours, sorted by code: what guessing a territory from structures needs. Cost: nothing after
/// the first call.
[[nodiscard]] std::span<const CommuneRecord> builtin_communes();

/// The selected communes with their contours (degrees, shared borders exactly shared), and the history, postcodes and
/// zone names that concern them.
/// \throws StudyError if a code or name is unknown, with the nearest ones, or if nothing is selected.
[[nodiscard]] TerritorySource builtin_france(const BuiltinSelection& selection);
/// The same from tables opened by the caller.
[[nodiscard]] TerritorySource builtin_france(const BuiltinFrance& france, const BuiltinSelection& selection);

/// Positions in `france.records` of the selected communes, sorted. \throws StudyError as above.
[[nodiscard]] std::vector<std::size_t> select_communes(const BuiltinFrance& france, const BuiltinSelection& selection);

[[nodiscard]] BuiltinDescription describe_builtin_france();

}  // namespace maillage
