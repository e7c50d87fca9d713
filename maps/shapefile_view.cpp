#include "maps/shapefile_view.hpp"

namespace maillage {

namespace {

std::string digit_of(const std::string& value) {
  return value == "true" ? "1" : value == "false" ? "0" : value;
}

}  // namespace

LayerView shapefile_view(LayerView view, const Layer& layer) {
  const auto field_of = [&](const std::string& name) -> const Field& { return layer.fields[field_position(layer, name)]; };
  const auto shorten = [&](std::string& name) {
    if (!name.empty()) {
      name = field_of(name).short_name;
    }
  };
  if (!view.field.empty() && field_of(view.field).type == FieldType::boolean) {
    for (ViewClass& one : view.classes) {
      one.value = digit_of(one.value);
    }
  }
  for (auto& [name, value] : view.only) {
    if (field_of(name).type == FieldType::boolean) {
      value = digit_of(value);
    }
    shorten(name);
  }
  shorten(view.field);
  if (view.circles) {
    shorten(view.circles->field);
  }
  if (view.time) {
    shorten(view.time->begin_field);
    shorten(view.time->end_field);
  }
  return view;
}

}  // namespace maillage
