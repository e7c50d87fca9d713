#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "maps/layer.hpp"

namespace maillage::detail {

/// A field's description: name, type, unit, decimals, label, meaning.
[[nodiscard]] nlohmann::json field_json(const Field& field);

/// Values of some features of a column: numbers as they are, "yes" and "no" as 1 and 0, texts as they are or, where they
/// repeat themselves, as positions in a list of different ones. Nothing is null, or -1 as a position.
[[nodiscard]] nlohmann::json column_json(const Layer& layer, std::size_t field, const std::vector<std::size_t>& features);

/// How a column of ranks follows from the column of values beside it: equal values share their mean rank, from 1.
enum class RankOrder { none, least_first, greatest_first };
[[nodiscard]] RankOrder rank_order(const std::vector<Value>& values, const std::vector<Value>& ranks);

}  // namespace maillage::detail
