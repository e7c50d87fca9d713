#include "adapters/html/page_columns.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "adapters/html/text_json.hpp"

namespace maillage::detail {

namespace {

using nlohmann::json;

const char* type_name(const FieldType type) {
  switch (type) {
    case FieldType::integer:
      return "integer";
    case FieldType::real:
      return "real";
    case FieldType::boolean:
      return "boolean";
    case FieldType::text:
      break;
  }
  return "text";
}

double rounded(const double value, const int decimals) {
  const double scale = std::pow(10.0, decimals);
  const double scaled = std::round(value * scale);
  return std::abs(scaled) < 1e15 ? scaled / scale : value;
}

json text_column(const std::vector<Value>& values, const std::vector<std::size_t>& features) {
  std::map<std::string, std::size_t> counts;
  for (const std::size_t feature : features) {
    if (const auto* text = std::get_if<std::string>(&values[feature])) {
      counts.try_emplace(*text, 0);
    }
  }
  if (counts.size() * 2 > features.size()) {
    json texts = json::array();
    for (const std::size_t feature : features) {
      const auto* text = std::get_if<std::string>(&values[feature]);
      texts.push_back(text == nullptr ? json{} : json(*text));
    }
    return {{"texts", std::move(texts)}};
  }
  json different = json::array();
  for (auto& [text, position] : counts) {
    position = different.size();
    different.push_back(text);
  }
  json positions = json::array();
  for (const std::size_t feature : features) {
    const auto* text = std::get_if<std::string>(&values[feature]);
    positions.push_back(text == nullptr ? -1 : static_cast<std::int64_t>(counts.at(*text)));
  }
  return {{"different", std::move(different)}, {"positions", std::move(positions)}};
}

std::optional<double> number_of(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    return *real;
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*integer);
  }
  return std::nullopt;
}

}  // namespace

json field_json(const Field& field) {
  return {{"name", field.name},         {"type", type_name(field.type)},  {"unit", field.unit},
          {"decimals", field.decimals}, {"label", text_json(field.label)}, {"meaning", text_json(field.meaning)}};
}

json column_json(const Layer& layer, const std::size_t field, const std::vector<std::size_t>& features) {
  const std::vector<Value>& values = layer.columns[field];
  if (layer.fields[field].type == FieldType::text) {
    return text_column(values, features);
  }
  json numbers = json::array();
  for (const std::size_t feature : features) {
    const Value& value = values[feature];
    if (const auto* yes = std::get_if<bool>(&value)) {
      numbers.push_back(*yes ? 1 : 0);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      numbers.push_back(*integer);
    } else if (const auto* real = std::get_if<double>(&value); real != nullptr && std::isfinite(*real)) {
      numbers.push_back(rounded(*real, layer.fields[field].decimals));
    } else {
      numbers.push_back(nullptr);
    }
  }
  return {{"numbers", std::move(numbers)}};
}

RankOrder rank_order(const std::vector<Value>& values, const std::vector<Value>& ranks) {
  std::vector<std::size_t> order;
  for (std::size_t feature = 0; feature < values.size(); ++feature) {
    if (number_of(values[feature]).has_value() != number_of(ranks[feature]).has_value()) {
      return RankOrder::none;
    }
    if (number_of(values[feature])) {
      order.push_back(feature);
    }
  }
  for (const RankOrder wanted : {RankOrder::least_first, RankOrder::greatest_first}) {
    const double sign = wanted == RankOrder::least_first ? 1 : -1;
    const auto key = [&](const std::size_t feature) { return sign * *number_of(values[feature]); };
    std::ranges::stable_sort(order, {}, key);
    bool same = true;
    for (std::size_t begin = 0; same && begin < order.size();) {
      std::size_t end = begin + 1;
      while (end < order.size() && key(order[end]) == key(order[begin])) {
        ++end;
      }
      const double rank = (static_cast<double>(begin) + 1 + static_cast<double>(end)) / 2;
      for (std::size_t k = begin; k < end; ++k) {
        same = same && std::abs(*number_of(ranks[order[k]]) - rank) < 1e-9;
      }
      begin = end;
    }
    if (same) {
      return wanted;
    }
  }
  return RankOrder::none;
}

}  // namespace maillage::detail
