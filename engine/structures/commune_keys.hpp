#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/structures/structure.hpp"
#include "engine/territory/code_history.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// What is known of commune codes and postcodes, the territory's own and others.
struct CommuneKeys {
  const CodeHistory& history;
  std::span<const std::pair<std::string, std::string>> postcodes;  ///< (postcode, commune code), sorted; may be empty
};

/// What a structure's declared code, or its postcode and commune name, say.
struct DeclaredCommune {
  enum class Outcome {
    missing,  ///< nothing declared
    inside,   ///< `commune` of the territory
    several,  ///< one of `candidates`, all of the territory
    outside,  ///< a commune that is not of the territory
    unknown   ///< declared, but it leads to no commune
  };
  Outcome outcome = Outcome::missing;
  CommuneIndex commune;
  std::vector<CommuneIndex> candidates;  ///< by code
};

/// A remark on a declared key: reason, value and detail of a RowNote.
struct KeyRemark {
  std::string column;
  std::string value;
  std::string reason;
  std::string detail;
};

/// Finds the communes that structures declare in words: by code, by postcode, by name.
class CommuneFinder {
 public:
  /// The arguments are viewed, not copied: they must outlive the finder.
  CommuneFinder(const Territory& territory, const CommuneKeys& keys);

  /// The commune of a declared INSEE code, code history applied.
  [[nodiscard]] DeclaredCommune by_code(const Structure& structure, std::vector<KeyRemark>& remarks) const;
  /// The commune of a postcode; the commune name tells several apart. A name that none of them bears, but one other commune
  /// of the departement does (CEDEX, mistyped postcode), decides instead, with the remark "placed_by_commune_name".
  [[nodiscard]] DeclaredCommune by_postcode(const Structure& structure, std::vector<KeyRemark>& remarks) const;
  /// Codes and names of communes, for messages: "59328 Lambersart, 59350 Lille".
  [[nodiscard]] std::string listed(std::span<const CommuneIndex> communes) const;

 private:
  [[nodiscard]] bool is_elsewhere(std::string_view code) const;
  [[nodiscard]] std::vector<CommuneIndex> named(std::string_view folded_name, std::string_view departement) const;

  const Territory& territory_;
  const CommuneKeys& keys_;
  std::vector<std::string> present_;                           ///< codes of the territory, sorted
  std::vector<std::string> departements_;                      ///< of the territory, sorted
  std::vector<std::string_view> known_codes_;                  ///< of postcodes and history, sorted
  std::vector<std::pair<std::string, CommuneIndex>> by_name_;  ///< (name as compare_name gives it, commune), sorted
};

/// A commune name as names are compared: folded, "st" and "ste" spelt out, without "cedex" and the number of an
/// arrondissement. "ST-OMER CEDEX 2" and "Saint-Omer" are alike, "MARSEILLE 11" and "Marseille 11e Arrondissement" too.
[[nodiscard]] std::string compare_name(std::string_view commune_name);

}  // namespace maillage
