#include "maps/qgis_style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "maps/qgis_symbols.hpp"
#include "maps/sld_style.hpp"

namespace maillage {

namespace {

using detail::Category;
using detail::Rule;

std::string quoted(const std::string_view text) {
  std::string literal = "'";
  for (const char letter : text) {
    literal += letter == '\'' ? std::string{"''"} : std::string{letter};
  }
  return literal + "'";
}

/// "true" is a boolean of the layer, everything else a text or a number that QGIS compares as text.
std::string equals(const std::string& field, const std::string& value) {
  const bool boolean = value == "true" || value == "false";
  return fmt::format("\"{}\" = {}", field, boolean ? value : quoted(value));
}

std::string joined(const std::vector<std::string>& conditions) {
  std::string filter;
  for (const std::string& condition : conditions) {
    filter += (filter.empty() ? "" : " AND ") + condition;
  }
  return filter;
}

/// What features of the class satisfy, beside the view's own conditions; empty for all.
std::string class_condition(const LayerView& view, const ViewClass& one) {
  switch (one.holds) {
    case ViewClass::Holds::category:
      return equals(view.field, one.value);
    case ViewClass::Holds::interval: {
      std::vector<std::string> bounds;
      if (std::isfinite(one.from)) {
        bounds.push_back(fmt::format("\"{}\" >= {}", view.field, one.from));
      }
      if (std::isfinite(one.below)) {
        bounds.push_back(fmt::format("\"{}\" < {}", view.field, one.below));
      }
      return bounds.empty() ? fmt::format("\"{}\" IS NOT NULL", view.field) : joined(bounds);
    }
    case ViewClass::Holds::rest:
      break;
  }
  return {};
}

std::string symbol_of(const std::string& name, const Symbol& symbol) {
  switch (symbol.kind) {
    case Symbol::Kind::fill:
      return detail::fill_symbol(name, symbol.colour, symbol.opacity, symbol.border, symbol.border_mm);
    case Symbol::Kind::hatch:
      return detail::hatch_symbol(name, symbol.colour, symbol.opacity);
    case Symbol::Kind::outline:
      return detail::outline_symbol(name, symbol.colour, symbol.size_mm);
    case Symbol::Kind::line:
      return detail::line_symbol(name, symbol.colour, symbol.size_mm);
    case Symbol::Kind::marker:
      break;
  }
  return detail::marker_symbol(name, symbol);
}

std::string categorised(const LayerView& view, const Language language) {
  std::vector<Category> categories;
  for (const ViewClass& one : view.classes) {
    categories.push_back({.value = one.holds == ViewClass::Holds::rest ? "" : one.value,
                          .label = one.label.in(language),
                          .symbol = symbol_of(std::to_string(categories.size()), one.symbol)});
  }
  return detail::categorised_qml(view.field, categories);
}

std::string by_rules(const LayerView& view, const Language language) {
  std::vector<std::string> always;
  for (const auto& [field, value] : view.only) {
    always.push_back(equals(field, value));
  }
  std::vector<Rule> rules;
  for (const ViewClass& one : view.classes) {
    std::vector<std::string> conditions = always;
    if (const std::string own = class_condition(view, one); !own.empty()) {
      conditions.push_back(own);
    } else if (!view.field.empty()) {
      conditions.push_back(fmt::format("\"{}\" IS NULL", view.field));
    }
    rules.push_back({.filter = joined(conditions),
                     .label = one.label.in(language),
                     .symbol = symbol_of(std::to_string(rules.size()), one.symbol)});
  }
  if (view.circles) {
    std::vector<std::string> conditions = always;
    conditions.push_back(fmt::format("\"{}\" > 0", view.circles->field));
    rules.push_back({.filter = joined(conditions),
                     .label = view.circles->legend.in(language),
                     .symbol = detail::circle_symbol(std::to_string(rules.size()), *view.circles)});
  }
  return detail::rule_qml(rules);
}

bool is_plain(const LayerView& view) {
  return view.classes.size() == 1 && view.field.empty() && view.only.empty() && !view.circles;
}

bool is_categorised(const LayerView& view) {
  const auto intervals = [](const ViewClass& one) { return one.holds == ViewClass::Holds::interval; };
  return view.only.empty() && !view.circles && !view.field.empty() && std::ranges::none_of(view.classes, intervals);
}

}  // namespace

std::string qgis_qml(const LayerView& view, const Language language) {
  std::string qml = is_plain(view)         ? detail::single_qml(symbol_of("0", view.classes.front().symbol))
                    : is_categorised(view) ? categorised(view, language)
                                           : by_rules(view, language);
  if (view.time) {
    qml = detail::with_time_span(qml, fmt::format("to_datetime(\"{}\")", view.time->begin_field),
                                 fmt::format("to_datetime(\"{}\")", view.time->end_field));
  }
  return qml;
}

std::vector<LayerStyle> qgis_styles(const MapDocument& document, const Language language) {
  std::vector<LayerStyle> styles;
  for (const LayerView& view : document.views) {
    styles.push_back({.layer = view.layer,
                      .name = view.title.in(language),
                      .qml = qgis_qml(view, language),
                      .sld = sld_style(view, language),
                      .is_default = view.is_default});
  }
  return styles;
}

}  // namespace maillage
