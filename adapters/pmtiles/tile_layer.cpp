#include "adapters/pmtiles/tile_layer.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "maps/field_dictionary.hpp"

namespace maillage::detail {

namespace {

const Layer* find_layer(const LayerSet& layers, const LayerKind kind) {
  const auto found = std::ranges::find(layers.layers, layer_name(kind), &Layer::name);
  return found == layers.layers.end() ? nullptr : &*found;
}

/// Fields that views of the layer show, in the order of the layer.
std::vector<std::size_t> shown_fields(const Layer& layer, const MapDocument& document) {
  std::set<std::size_t> shown;
  for (const LayerView& view : document.views) {
    if (view.layer != layer.name) {
      continue;
    }
    if (!view.field.empty()) {
      shown.insert(field_position(layer, view.field));
    }
    if (view.circles) {
      shown.insert(field_position(layer, view.circles->field));
    }
    for (const auto& [field, value] : view.only) {
      shown.insert(field_position(layer, field));
    }
  }
  return {shown.begin(), shown.end()};
}

/// Rows of `from` for the communes: by code, as tables are joined.
std::vector<Value> joined(const Layer& communes, const Layer& from, const std::size_t field) {
  std::map<std::string, std::size_t> row_of;
  const auto& codes = from.columns[field_position(from, "code")];
  for (std::size_t row = 0; row < codes.size(); ++row) {
    row_of.emplace(category_text(codes[row]), row);
  }
  std::vector<Value> column;
  for (const Value& code : communes.columns[field_position(communes, "code")]) {
    const auto row = row_of.find(category_text(code));
    column.push_back(row == row_of.end() ? Value{} : from.columns[field][row->second]);
  }
  return column;
}

}  // namespace

std::optional<TileLayer> communes_for_tiles(const LayerSet& layers, const MapDocument& document) {
  const Layer* communes = find_layer(layers, LayerKind::communes);
  if (communes == nullptr) {
    return std::nullopt;
  }
  TileLayer tiles{.name = communes->name, .areas_lonlat = &communes->areas_lonlat, .fields = {}, .columns = {}};
  std::set<std::string> names;
  const auto add = [&](const Layer& layer, const std::size_t field) {
    Field named = layer.fields[field];
    std::vector<Value> column = &layer == communes ? layer.columns[field] : joined(*communes, layer, field);
    const auto same = std::ranges::find(tiles.fields, named.name, &Field::name);
    if (same != tiles.fields.end()) {
      if (tiles.columns[static_cast<std::size_t>(same - tiles.fields.begin())] == column) {
        return;
      }
      named.name = layer.name + "_" + named.name;
    }
    if (names.insert(named.name).second) {
      tiles.fields.push_back(std::move(named));
      tiles.columns.push_back(std::move(column));
    }
  };
  add(*communes, field_position(*communes, "code"));
  add(*communes, field_position(*communes, "nom"));
  for (const LayerKind kind : {LayerKind::communes, LayerKind::access, LayerKind::clusters, LayerKind::continuity}) {
    if (const Layer* layer = find_layer(layers, kind)) {
      for (const std::size_t field : shown_fields(*layer, document)) {
        add(*layer, field);
      }
    }
  }
  return tiles;
}

}  // namespace maillage::detail
