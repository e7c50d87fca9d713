#include "maps/layer_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

std::optional<double> number_in(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    return *real;
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*integer);
  }
  return std::nullopt;
}

bool holds(const ViewClass& one, const Value& value, const std::string& text) {
  switch (one.holds) {
    case ViewClass::Holds::category:
      return !std::holds_alternative<std::monostate>(value) && text == one.value;
    case ViewClass::Holds::interval: {
      const std::optional<double> number = number_in(value);
      return number && *number >= one.from && *number < one.below;
    }
    case ViewClass::Holds::rest:
      break;
  }
  return false;
}

std::optional<std::size_t> class_of(const LayerView& view, const Value& value) {
  const std::string text = category_text(value);
  std::optional<std::size_t> rest;
  for (std::size_t k = 0; k < view.classes.size(); ++k) {
    if (view.classes[k].holds == ViewClass::Holds::rest) {
      rest = k;
    } else if (holds(view.classes[k], value, text)) {
      return k;
    }
  }
  return rest;
}

}  // namespace

const LayerView& MapDocument::view(const std::string& name) const {
  const auto found = std::ranges::find(views, name, &LayerView::name);
  if (found == views.end()) {
    throw ArgumentError(fmt::format("MapDocument: no view '{}'", name));
  }
  return *found;
}

std::size_t field_position(const Layer& layer, const std::string_view name) {
  const auto found = std::ranges::find(layer.fields, name, &Field::name);
  if (found == layer.fields.end()) {
    throw ArgumentError(fmt::format("layer '{}' has no field '{}'", layer.name, name));
  }
  return static_cast<std::size_t>(found - layer.fields.begin());
}

std::string category_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return *text;
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*integer);
  }
  if (const auto* yes = std::get_if<bool>(&value)) {
    return *yes ? "true" : "false";
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return fmt::format("{}", *real);
  }
  return {};
}

bool is_drawn(const LayerView& view, const Layer& layer, const std::size_t feature) {
  return std::ranges::all_of(view.only, [&](const auto& condition) {
    return category_text(layer.columns[field_position(layer, condition.first)].at(feature)) == condition.second;
  });
}

std::vector<std::optional<std::size_t>> classes_of(const LayerView& view, const Layer& layer) {
  const std::vector<Value>* column = view.field.empty() ? nullptr : &layer.columns[field_position(layer, view.field)];
  std::vector<std::optional<std::size_t>> classes(layer.features());
  for (std::size_t feature = 0; feature < classes.size(); ++feature) {
    if (is_drawn(view, layer, feature)) {
      classes[feature] = class_of(view, column == nullptr ? Value{} : (*column)[feature]);
    }
  }
  return classes;
}

}  // namespace maillage
