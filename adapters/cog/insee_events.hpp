#pragma once

#include <string>
#include <string_view>

#include "engine/core/error.hpp"
#include "engine/territory/territory_source.hpp"

namespace maillage {

/// INSEE's present list of movements, `v_mvtcommune_YYYY.csv`: MOD, DATE_EFF, TYPECOM_AV, COM_AV, ..., TYPECOM_AP, COM_AP,
/// ... A movement by which a code becomes (part of) another commune is an event: 20 création, 21 rétablissement, 30
/// suppression, 31 fusion simple, 32 commune nouvelle, 33 fusion-association, 34 and 35 the end of associated and delegated
/// communes, 41 and 50 changes of code. Others (10 change of name, 70 association become délégation) move no code.
/// Rejections: invalid_commune_code, unknown_movement, incomplete_row. Source: INSEE, Code officiel géographique,
/// dictionnaire des variables. \throws InputError if a needed column is missing
[[nodiscard]] Reading<TerritorySource> parse_insee_movements(std::string_view text, const std::string& name);

/// INSEE's list of changes until 2018, `historiqYYYY.txt`: DEP, COM, EFF, MOD, C_LOFF, C_LANC, COMECH, DEPANC...
/// Each change stands once for every commune that took part; the side that disappears, or appears again, is the one read:
/// 200 and 210 (création, rétablissement, from COMECH), 300 (suppression, shared among several COMECH), 310 to 312 (fusion),
/// 330 (association), 331 to 333 (commune déléguée), 350 and 351 (end of an associated or delegated commune), 410 and 411
/// (change of departement, from DEPANC), 500 (change of seat, C_LANC to C_LOFF), 990 (older than the list). Rejections as
/// above. \throws InputError if a needed column is missing
[[nodiscard]] Reading<TerritorySource> parse_insee_history(std::string_view text, const std::string& name);

}  // namespace maillage
