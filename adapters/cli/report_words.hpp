#pragma once

#include <cstdint>
#include <string>

#include "engine/core/text.hpp"
#include "engine/coverage/gaps.hpp"
#include "engine/network/travel_costs.hpp"
#include "engine/survey/audit_text.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// A number and its noun in both languages.
struct Noun {
  const char* french_one;
  const char* french_many;
  const char* english_one;
  const char* english_many;
};
inline constexpr Noun kCommuneNoun{"commune", "communes", "commune", "communes"};
inline constexpr Noun kInhabitantNoun{"habitant", "habitants", "inhabitant", "inhabitants"};
inline constexpr Noun kStructureNoun{"structure", "structures", "structure", "structures"};

/// "1 commune", "2 communes"; French writes 0 and 1 in the singular, English 1 only.
[[nodiscard]] std::string counted_text(std::int64_t number, const Noun& noun, Language language);
/// "85,2 %", "—" of nobody.
[[nodiscard]] std::string percent_text(std::int64_t part, std::int64_t whole, Language language);
/// "3,4 km", "12 min", "hors d'atteinte".
[[nodiscard]] std::string cost_text(Cost cost, CostUnit unit, Language language);
/// A limit as people say it: "10 km", "12,5 km", "15 min".
[[nodiscard]] std::string limit_text(Cost limit, CostUnit unit, Language language);
/// The same, where one decimal would hide that it is beyond the limit: "un peu plus de 10 km".
[[nodiscard]] std::string cost_beyond_text(Cost cost, Cost limit, CostUnit unit, Language language);

/// The commune of most inhabitants names a gap best; none of an empty one.
[[nodiscard]] CommuneIndex naming_commune(const Territory& territory, const GapComponent& gap);

}  // namespace maillage
