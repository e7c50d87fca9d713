#include "adapters/html/page_fields.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "adapters/html/page_columns.hpp"
#include "maps/layer_view.hpp"

namespace maillage::detail {

namespace {

using nlohmann::json;

std::optional<std::size_t> find_field(const Layer& layer, const std::string_view name) {
  const auto found = std::ranges::find(layer.fields, name, &Field::name);
  return found == layer.fields.end() ? std::nullopt
                                     : std::optional{static_cast<std::size_t>(found - layer.fields.begin())};
}

std::map<std::string, std::size_t> rows_by_text(const std::vector<Value>& column) {
  std::map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (const auto* text = std::get_if<std::string>(&column[row])) {
      if (!rows.emplace(*text, row).second) {
        return {};
      }
    }
  }
  return rows;
}

/// "x" of "x_end"; nothing for other names.
std::optional<std::string> without_end(const std::string& name, const std::string_view end) {
  return name.ends_with(end) ? std::optional{name.substr(0, name.size() - end.size())} : std::nullopt;
}

}  // namespace

bool is_of_communes(const Layer& layer, const Layer& communes) {
  const auto code = find_field(layer, "code");
  return layer.geometry == GeometryKind::multi_polygon && layer.features() == communes.features() && code &&
         layer.columns[*code] == communes.columns[field_position(communes, "code")];
}

DerivedFields::DerivedFields(const Layer& communes, const Layer* structures)
    : communes_(communes),
      structures_(structures),
      codes_(rows_by_text(communes.columns[field_position(communes, "code")])) {
  if (structures != nullptr) {
    keys_ = rows_by_text(structures->columns[field_position(*structures, "cle")]);
  }
}

DerivedFields::Keys DerivedFields::keys_of(const Layer& layer, const std::size_t field) const {
  const std::string& name = layer.fields[field].name;
  if (name.ends_with("proche_cle") && !keys_.empty()) {
    return {.layer = "structures", .field = "cle", .rows = &keys_};
  }
  const bool names_commune = name.starts_with("commune") || name == "code_declare" || name == "proche_depuis";
  if (&layer != &communes_ && names_commune && layer.fields[field].type == FieldType::text && !codes_.empty()) {
    return {.layer = "communes", .field = "code", .rows = &codes_};
  }
  return {};
}

std::optional<std::vector<std::size_t>> DerivedFields::exceptions(const Layer& layer, const std::size_t field,
                                                                   const std::size_t key, const Layer& other,
                                                                   const std::string& name) const {
  const auto from = find_field(other, name);
  const std::map<std::string, std::size_t>& rows = &other == &communes_ ? codes_ : keys_;
  if (!from || rows.empty() || layer.fields[field].type != other.fields[*from].type) {
    return std::nullopt;
  }
  constexpr std::size_t kMostShare = 50;  // one in fifty
  std::vector<std::size_t> found;
  for (std::size_t feature = 0; feature < layer.features() && found.size() * kMostShare <= layer.features(); ++feature) {
    const auto* text = std::get_if<std::string>(&layer.columns[key][feature]);
    const auto row = text == nullptr ? rows.end() : rows.find(*text);
    if ((row == rows.end() ? Value{} : other.columns[*from][row->second]) != layer.columns[field][feature]) {
      found.push_back(feature);
    }
  }
  return found.size() * kMostShare <= layer.features() ? std::optional{found} : std::nullopt;
}

json DerivedFields::through(const Layer& layer, const std::size_t field) const {
  const std::string& name = layer.fields[field].name;
  const auto told = [&](const std::string& key, const Layer& other, const std::string& from) -> json {
    const auto position = find_field(layer, key);
    if (!position || keys_of(layer, *position).rows == nullptr) {
      return {};
    }
    const auto except = exceptions(layer, field, *position, other, from);
    return except ? json{{"through", {{"key", key}, {"layer", other.name}, {"field", from}, {"except", *except}}}} : json{};
  };
  const auto stem = without_end(name, "_nom");
  if (structures_ != nullptr && stem) {
    if (json found = told(*stem + "_cle", *structures_, "nom"); !found.is_null()) {
      return found;
    }
  }
  if (&layer == &communes_ || is_of_communes(layer, communes_)) {
    return {};
  }
  if (stem && find_field(layer, *stem)) {
    if (json found = told(*stem, communes_, "nom"); !found.is_null()) {
      return found;
    }
  }
  return find_field(communes_, name) && name != "code" && name != "nom" ? told("commune", communes_, name) : json{};
}

json DerivedFields::derived(const Layer& layer, const std::size_t field, const bool whole) const {
  const std::string& name = layer.fields[field].name;
  if (&layer != &communes_ && is_of_communes(layer, communes_)) {
    const auto own = find_field(communes_, name);
    if (own && communes_.columns[*own] == layer.columns[field]) {
      return {{"of_communes", true}};
    }
  }
  if (const auto of = without_end(name, "_rang"); of && find_field(layer, *of)) {
    const RankRule rule = rank_rule(layer.columns[*find_field(layer, *of)], layer.columns[field], whole ? 0 : 0.01);
    if (rule.order != RankRule::Order::none) {
      return {{"rank_of", *of},
              {"least_first", rule.order == RankRule::Order::least_first},
              {"nothing_last", rule.nothing_last}};
    }
  }
  if (json found = through(layer, field); !found.is_null()) {
    return found;
  }
  for (std::size_t before = 0; before < field; ++before) {
    if (layer.fields[before].type == layer.fields[field].type && layer.columns[before] == layer.columns[field]) {
      return {{"same_as", layer.fields[before].name}};
    }
  }
  return {};
}

}  // namespace maillage::detail
