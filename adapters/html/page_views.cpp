#include "adapters/html/page_views.hpp"

#include <cmath>

#include "adapters/html/text_json.hpp"

namespace maillage::detail {

namespace {

using nlohmann::json;

const char* holds_name(const ViewClass::Holds holds) {
  switch (holds) {
    case ViewClass::Holds::category:
      return "category";
    case ViewClass::Holds::interval:
      return "interval";
    case ViewClass::Holds::rest:
      break;
  }
  return "rest";
}

const char* kind_name(const Symbol::Kind kind) {
  switch (kind) {
    case Symbol::Kind::fill:
      return "fill";
    case Symbol::Kind::hatch:
      return "hatch";
    case Symbol::Kind::outline:
      return "outline";
    case Symbol::Kind::line:
      return "line";
    case Symbol::Kind::marker:
      break;
  }
  return "marker";
}

const char* shape_name(const MarkerShape shape) {
  switch (shape) {
    case MarkerShape::square:
      return "square";
    case MarkerShape::diamond:
      return "diamond";
    case MarkerShape::triangle:
      return "triangle";
    case MarkerShape::pentagon:
      return "pentagon";
    case MarkerShape::star:
      return "star";
    case MarkerShape::circle:
      break;
  }
  return "circle";
}

const char* subject_name(const MapSubject::Kind kind) {
  switch (kind) {
    case MapSubject::Kind::coverage:
      return "coverage";
    case MapSubject::Kind::gaps:
      return "gaps";
    case MapSubject::Kind::discontinuities:
      return "discontinuities";
    case MapSubject::Kind::access:
      return "access";
    case MapSubject::Kind::disagreement:
      return "disagreement";
    case MapSubject::Kind::clusters:
      return "clusters";
    case MapSubject::Kind::continuity:
      return "continuity";
    case MapSubject::Kind::structures:
      break;
  }
  return "structures";
}

json bound(const double value) { return std::isfinite(value) ? json(value) : json{}; }

json symbol_json(const Symbol& symbol) {
  return {{"kind", kind_name(symbol.kind)},   {"colour", symbol.colour},      {"opacity", symbol.opacity},
          {"border", symbol.border},          {"border_mm", symbol.border_mm}, {"size_mm", symbol.size_mm},
          {"shape", shape_name(symbol.shape)}};
}

}  // namespace

json view_json(const LayerView& view) {
  json classes = json::array();
  for (const ViewClass& one : view.classes) {
    classes.push_back({{"holds", holds_name(one.holds)},
                       {"value", one.value},
                       {"from", bound(one.from)},
                       {"below", bound(one.below)},
                       {"label", text_json(one.label)},
                       {"symbol", symbol_json(one.symbol)}});
  }
  json only = json::array();
  for (const auto& [field, value] : view.only) {
    only.push_back({field, value});
  }
  json circles;
  if (view.circles) {
    circles = {{"field", view.circles->field},
               {"largest_value", view.circles->largest_value},
               {"largest_mm", view.circles->largest_mm},
               {"colour", view.circles->colour},
               {"opacity", view.circles->opacity},
               {"border", view.circles->border},
               {"legend", text_json(view.circles->legend)}};
  }
  return {{"layer", view.layer},   {"name", view.name},           {"title", text_json(view.title)},
          {"field", view.field},   {"only", std::move(only)},     {"classes", std::move(classes)},
          {"circles", circles},    {"legend", text_json(view.legend)}, {"note", text_json(view.note)}};
}

json map_json(const MapView& map) {
  return {{"name", map.name},
          {"title", text_json(map.title)},
          {"question", text_json(map.question)},
          {"views", map.views},
          {"subject",
           {{"kind", subject_name(map.subject.kind)}, {"position", map.subject.position}, {"field", map.subject.field}}}};
}

}  // namespace maillage::detail
