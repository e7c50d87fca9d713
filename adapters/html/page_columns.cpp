#include "adapters/html/page_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
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

/// Four significant digits, unless the value would change its class.
double shortened(const double value, const std::vector<double>& bounds) {
  if (value == 0) {
    return value;
  }
  constexpr int kDigits = 4;
  const int decimals = kDigits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value))));
  const double shorter = rounded(value, decimals);
  const bool stays = std::ranges::all_of(bounds, [&](const double bound) { return (value < bound) == (shorter < bound); });
  return stays ? shorter : value;
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
    positions.push_back(text == nullptr ? std::int64_t{-1} : static_cast<std::int64_t>(counts.at(*text)));
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

json column_json(const Layer& layer, const std::size_t field, const std::vector<std::size_t>& features,
                 const Precision& precision) {
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
      const double shown = rounded(*real, layer.fields[field].decimals);
      numbers.push_back(precision.whole ? shown : shortened(shown, precision.bounds));
    } else {
      numbers.push_back(nullptr);
    }
  }
  return {{"numbers", std::move(numbers)}};
}

json reference_json(const std::vector<Value>& values, const std::vector<std::size_t>& features,
                    const std::map<std::string, std::size_t>& keys) {
  json positions = json::array();
  json others = json::array();
  std::size_t found = 0;
  std::size_t texts = 0;
  for (std::size_t row = 0; row < features.size(); ++row) {
    const auto* text = std::get_if<std::string>(&values[features[row]]);
    const auto key = text == nullptr ? keys.end() : keys.find(*text);
    positions.push_back(key == keys.end() ? std::int64_t{-1} : static_cast<std::int64_t>(key->second));
    texts += text == nullptr ? 0U : 1U;
    found += key == keys.end() ? 0U : 1U;
    if (text != nullptr && key == keys.end()) {
      others.push_back(json::array({json(row), json(*text)}));
    }
  }
  if (found * 2 <= texts) {
    return {};
  }
  return {{"of_positions", std::move(positions)}, {"others", std::move(others)}};
}

RankRule rank_rule(const std::vector<Value>& values, const std::vector<Value>& ranks, const double tolerance) {
  std::vector<std::size_t> order;
  std::size_t without_value = 0;
  for (std::size_t feature = 0; feature < values.size(); ++feature) {
    const bool has_value = number_of(values[feature]).has_value();
    if (has_value && !number_of(ranks[feature])) {
      return {};
    }
    if (number_of(ranks[feature])) {
      order.push_back(feature);
      without_value += has_value ? 0U : 1U;
    }
  }
  const auto nothings = static_cast<std::size_t>(
      std::ranges::count_if(values, [](const Value& value) { return !number_of(value).has_value(); }));
  if (without_value != 0 && without_value != nothings) {
    return {};
  }
  const double allowed = 1e-9 + tolerance * static_cast<double>(order.size());
  for (const RankRule::Order wanted : {RankRule::Order::least_first, RankRule::Order::greatest_first}) {
    const double sign = wanted == RankRule::Order::least_first ? 1 : -1;
    const auto key = [&](const std::size_t feature) {
      const auto number = number_of(values[feature]);
      return number ? sign * *number : std::numeric_limits<double>::infinity();
    };
    std::ranges::stable_sort(order, {}, key);
    bool same = true;
    for (std::size_t begin = 0; same && begin < order.size();) {
      std::size_t end = begin + 1;
      while (end < order.size() && key(order[end]) == key(order[begin])) {
        ++end;
      }
      const double rank = (static_cast<double>(begin) + 1 + static_cast<double>(end)) / 2;
      for (std::size_t k = begin; k < end; ++k) {
        same = same && std::abs(*number_of(ranks[order[k]]) - rank) <= allowed;
      }
      begin = end;
    }
    if (same) {
      return {.order = wanted, .nothing_last = without_value > 0};
    }
  }
  return {};
}

}  // namespace maillage::detail
