#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "maps/layer.hpp"

namespace maillage::detail {

/// A field's description: name, type, unit, decimals, label, meaning.
[[nodiscard]] nlohmann::json field_json(const Field& field);

/// How exact a page is: as the layers are, or, for territories so large that the page would not open at once, four digits.
struct Precision {
  bool whole = true;
  std::vector<double> bounds;  ///< of classes of the field: no value crosses one by rounding
};

/// Values of some features of a column: numbers as they are, "yes" and "no" as 1 and 0, texts as they are or, where they
/// repeat themselves, as positions in a list of different ones. Nothing is null, or -1 as a position.
[[nodiscard]] nlohmann::json column_json(const Layer& layer, std::size_t field, const std::vector<std::size_t>& features,
                                         const Precision& precision);

/// A column of texts that are keys of another layer, as positions in it: "of" names the layer and its field, "others" the
/// texts that are no key there, by feature. Null when fewer than half of the texts are keys.
[[nodiscard]] nlohmann::json reference_json(const std::vector<Value>& values, const std::vector<std::size_t>& features,
                                            const std::map<std::string, std::size_t>& keys);

/// How a column of ranks follows from the column of values beside it: equal values share their mean rank, from 1.
struct RankRule {
  enum class Order { none, least_first, greatest_first };
  Order order = Order::none;
  bool nothing_last = false;  ///< what has no value has a rank all the same, after all others
};
/// \param tolerance  by how much ranks may differ, as a share of their number: 0 where they must be the same
[[nodiscard]] RankRule rank_rule(const std::vector<Value>& values, const std::vector<Value>& ranks, double tolerance);

}  // namespace maillage::detail
