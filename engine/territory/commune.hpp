#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/index.hpp"
#include "engine/core/indexed.hpp"
#include "engine/geometry/point.hpp"

namespace maillage {

using CommuneIndex = Index<struct CommuneTag>;
using ZoneIndex = Index<struct ZoneTag>;
using TierIndex = Index<struct TierTag>;
using DemandIndex = Index<struct DemandTag>;

/// A commune as a territory knows it. Codes are text and keep their shape: "01004", "2A004".
struct Commune {
  std::string code;  ///< INSEE code of the present commune, 5 characters
  std::string name;
  std::optional<std::int64_t> population;  ///< inhabitants; missing is not zero
  std::string departement;                 ///< code, "59", "2A", "974"; empty when unknown
  std::string region;                      ///< code, "32"; empty when unknown
  std::string epci;                        ///< SIREN of the EPCI, "200093201"; empty when none or unknown
  friend bool operator==(const Commune&, const Commune&) = default;
};

/// A partition of the communes with an official code for each zone: departement, EPCI, region. A commune may be in none.
struct Zoning {
  std::string name;                                ///< "departement", "epci", "region"
  IndexedVector<ZoneIndex, std::string> codes;     ///< sorted
  IndexedVector<ZoneIndex, std::string> names;     ///< the code again where no name is known
  IndexedVector<CommuneIndex, ZoneIndex> zone_of;  ///< ZoneIndex::none() where the commune is in no zone
};

/// Population classes of communes, half-open: class k holds lower_bounds[k] <= population < lower_bounds[k + 1], the last is
/// unbounded. The first bound is 0.
struct PopulationTiers {
  IndexedVector<TierIndex, std::int64_t> lower_bounds;
  IndexedVector<TierIndex, std::string> labels_french;
  IndexedVector<TierIndex, std::string> labels_english;
};

/// The classes of the 2019 study: villages < 2,000; petites et moyennes villes < 15,000; moyennes et grandes villes <
/// 100,000; grandes agglomérations.
[[nodiscard]] PopulationTiers default_population_tiers();

/// Tier of a population; none when the population is unknown.
[[nodiscard]] TierIndex tier_of(const PopulationTiers& tiers, std::optional<std::int64_t> population);

}  // namespace maillage
