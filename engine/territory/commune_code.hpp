#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace maillage {

/// An INSEE commune code as it should be written, and whether the text had to be repaired to get there.
struct CommuneCode {
  std::string code;       ///< 5 characters: "01004", "2A004", "97411"
  bool repaired = false;  ///< a lost leading zero was put back, or a ".0" left by a spreadsheet taken off
};

/// Reads an INSEE commune code: blanks trimmed and letters upper-cased without further ado; "1004" and "1004.0" are repaired
/// to "01004". Nothing where the text has not the shape of one: two digits (01 to 95, 97, 98), 2A or 2B, then three digits.
[[nodiscard]] std::optional<CommuneCode> parse_commune_code(std::string_view text);

/// Code of the departement of a commune code by its shape: "59", "2A", "974"; empty for the codes of Corsica before 1976
/// ("20xxx"), which say only the island.
[[nodiscard]] std::string departement_of_code(std::string_view commune_code);

/// The commune that a municipal arrondissement of Paris (751xx), Lyon (6938x) or Marseille (132xx) is part of.
[[nodiscard]] std::optional<std::string> commune_of_arrondissement(std::string_view code);

/// A departement with its region, in force since 2016 (metropolitan regions) and 2011 (Mayotte).
struct FrenchDepartement {
  std::string_view code;
  std::string_view name;
  std::string_view region;
};

/// A region, by its INSEE code.
struct FrenchRegion {
  std::string_view code;
  std::string_view name;
};

/// The 101 departements, by code. Source: INSEE, Code officiel géographique.
[[nodiscard]] std::span<const FrenchDepartement> french_departements();
/// The 18 regions, by code. Source: INSEE, Code officiel géographique.
[[nodiscard]] std::span<const FrenchRegion> french_regions();
/// Region of a departement, empty when the departement is none of the 101.
[[nodiscard]] std::string_view region_of_departement(std::string_view departement);

}  // namespace maillage
