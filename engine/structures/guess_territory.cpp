#include "engine/structures/guess_territory.hpp"

#include <map>

namespace maillage {
namespace {

constexpr std::int64_t kShareNumerator = 19;
constexpr std::int64_t kShareDenominator = 20;

struct Leader {
  std::string code;
  std::int64_t count = 0;
};

Leader most_frequent(const std::map<std::string, std::int64_t>& counts) {
  Leader leader;
  for (const auto& [code, count] : counts) {
    if (!code.empty() && count > leader.count) {
      leader = {.code = code, .count = count};
    }
  }
  return leader;
}

}  // namespace

TerritoryGuess guess_territory(const std::span<const CommuneRecord> records,
                               const std::span<const std::optional<std::size_t>> commune_of_structure) {
  std::map<std::string, std::int64_t> epcis;
  std::map<std::string, std::int64_t> departements;
  std::map<std::string, std::int64_t> regions;
  TerritoryGuess guess;
  for (const auto& commune : commune_of_structure) {
    if (commune) {
      ++guess.structures;
      ++epcis[records[*commune].epci];
      ++departements[records[*commune].departement];
      ++regions[records[*commune].region];
    }
  }
  guess.structures_in = guess.structures;
  const auto try_zone = [&](const TerritoryGuess::Zone zone, const std::map<std::string, std::int64_t>& counts) {
    const Leader leader = most_frequent(counts);
    if (guess.code.empty() && leader.count > 0 && leader.count * kShareDenominator >= guess.structures * kShareNumerator) {
      guess.zone = zone;
      guess.code = leader.code;
      guess.structures_in = leader.count;
    }
  };
  try_zone(TerritoryGuess::Zone::epci, epcis);
  try_zone(TerritoryGuess::Zone::departement, departements);
  try_zone(TerritoryGuess::Zone::region, regions);
  return guess;
}

}  // namespace maillage
