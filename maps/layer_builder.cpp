#include "maps/layer_builder.hpp"

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

GeometryKind geometry_of(const LayerKind kind) {
  switch (kind) {
    case LayerKind::structures:
    case LayerKind::audited_places:
      return GeometryKind::point;
    case LayerKind::discontinuities:
    case LayerKind::reached_roads:
    case LayerKind::network_audit:
      return GeometryKind::multi_line;
    default:
      return GeometryKind::multi_polygon;
  }
}

std::size_t position_of(const std::vector<std::string>& names, const std::string_view wanted) {
  const auto found = std::ranges::find(names, wanted);
  if (found == names.end()) {
    throw ArgumentError("LayerBuilder: the dictionary has no field " + std::string{wanted} + " for this layer");
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

LayerBuilder::LayerBuilder(const LayerKind kind, const std::size_t features,
                           const std::span<const CoverageDefinition> definitions,
                           const std::span<const std::string> carried) {
  layer_.name = layer_name(kind);
  layer_.title = layer_title(kind);
  layer_.geometry = geometry_of(kind);
  layer_.fields = common_fields(kind);
  for (const Field& field : layer_.fields) {
    common_names_.push_back(field.name);
  }
  for (std::size_t position = 0; position < definitions.size(); ++position) {
    const std::vector<Field> fields = coverage_fields(kind, definitions[position], position);
    layer_.fields.insert(layer_.fields.end(), fields.begin(), fields.end());
    if (position == 0) {
      for (const Field& field : fields) {
        coverage_names_.push_back(field.name.substr(definitions[position].name.size() + 1));
      }
    }
  }
  first_carried_ = layer_.fields.size();
  for (std::size_t position = 0; position < carried.size(); ++position) {
    layer_.fields.push_back(carried_field(carried[position], position));
  }
  features_ = features;
  layer_.columns.assign(layer_.fields.size(), std::vector<Value>(features));
}

std::size_t LayerBuilder::add(std::vector<Field> fields) {
  const std::size_t first = layer_.fields.size();
  for (Field& field : fields) {
    layer_.fields.push_back(std::move(field));
    layer_.columns.emplace_back(features_);
  }
  return first;
}

Layer LayerBuilder::take() {
  make_names_unique(layer_.name, layer_.fields);
  return std::move(layer_);
}

std::vector<Value>& LayerBuilder::common_column(const std::string_view field) {
  return layer_.columns[position_of(common_names_, field)];
}

std::vector<Value>& LayerBuilder::coverage_column(const std::size_t position, const std::string_view field) {
  return layer_.columns.at(common_names_.size() + position * coverage_names_.size() + position_of(coverage_names_, field));
}

Value joined_value(const std::span<const std::string> texts) {
  std::string joined;
  for (const std::string& text : texts) {
    joined += (joined.empty() ? "" : "; ") + text;
  }
  return text_value(joined);
}

Value cost_value(const Cost cost) {
  return cost == kUnreachable ? Value{} : Value{std::int64_t{cost}};
}

Value ratio_value(const std::int64_t part, const std::int64_t whole, const double scale) {
  return whole == 0 ? Value{} : Value{static_cast<double>(part) * scale / static_cast<double>(whole)};
}

}  // namespace maillage
