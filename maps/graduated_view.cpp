#include "maps/graduated_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

namespace detail {

namespace {

double number_of(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    return *real;
  }
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer == nullptr ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(*integer);
}

/// A bound as it is read, with as many decimals as it has.
std::string bound_text(const double value, const Language language) {
  int decimals = 0;
  while (decimals < 6 && std::abs(value * std::pow(10, decimals) - std::round(value * std::pow(10, decimals))) > 1e-6) {
    ++decimals;
  }
  return to_text(rounded_number(value, decimals), language);
}

}  // namespace

std::vector<double> numbers_of(const Layer& layer, const std::size_t field) {
  std::vector<double> numbers;
  numbers.reserve(layer.columns[field].size());
  for (const Value& value : layer.columns[field]) {
    numbers.push_back(number_of(value));
  }
  return numbers;
}

ShownUnit shown_unit(const std::string& unit, const double greatest) {
  constexpr double kMetresPerKm = 1'000;
  constexpr double kSecondsPerMinute = 60;
  if (unit == "m" && greatest >= kMetresPerKm) {
    return {.divisor = kMetresPerKm, .unit = "km"};
  }
  if (unit == "s" && greatest >= kSecondsPerMinute) {
    return {.divisor = kSecondsPerMinute, .unit = "min"};
  }
  return {.divisor = 1, .unit = unit};
}

Text interval_label(const double from, const double below, const ShownUnit& unit) {
  const std::string suffix = unit.unit.empty() ? "" : "\u00A0" + unit.unit;
  const auto shown = [&](const double bound, const Language language) { return bound_text(bound / unit.divisor, language); };
  const auto in = [&](const Language language, const std::string_view both, const std::string_view high,
                      const std::string_view low, const std::string_view all) {
    if (std::isinf(from) && std::isinf(below)) {
      return std::string{all};
    }
    if (std::isinf(from)) {
      return fmt::format(fmt::runtime(low), shown(below, language), suffix);
    }
    if (std::isinf(below)) {
      return fmt::format(fmt::runtime(high), shown(from, language), suffix);
    }
    return fmt::format(fmt::runtime(both), shown(from, language), shown(below, language), suffix);
  };
  return {.french = in(Language::french, "De {} à moins de {}{}", "{}{} et plus", "Moins de {}{}", "Toutes les valeurs"),
          .english = in(Language::english, "{} to under {}{}", "{}{} and more", "Under {}{}", "All values")};
}

std::vector<ViewClass> interval_classes(const std::span<const double> inner, const std::span<const std::string> colours,
                                        const ShownUnit& unit, const Symbol& look) {
  std::vector<ViewClass> classes;
  for (std::size_t k = 0; k <= inner.size(); ++k) {
    ViewClass one{.holds = ViewClass::Holds::interval};
    if (k > 0) {
      one.from = inner[k - 1];
    }
    if (k < inner.size()) {
      one.below = inner[k];
    }
    one.label = interval_label(one.from, one.below, unit);
    one.symbol = look;
    one.symbol.colour = colours[std::min(k, colours.size() - 1)];
    classes.push_back(std::move(one));
  }
  return classes;
}

}  // namespace detail

namespace {

using detail::ShownUnit;

/// "Coût (Une bibliothèque à 10 km), en km".
Text with_unit(const Text& label, const std::string& unit) {
  return unit.empty() ? label : Text{.french = label.french + ", en " + unit, .english = label.english + ", in " + unit};
}

/// Of methods, for the small print of a legend.
Text method_note(const ClassOptions& options) {
  switch (options.method) {
    case ClassMethod::quantiles:
      return {.french = "Classes d’effectifs voisins (quantiles).", .english = "Classes of about as many features (quantiles)."};
    case ClassMethod::equal:
      return {.french = "Classes d’égale étendue.", .english = "Classes of equal width."};
    case ClassMethod::jenks:
      return {.french = "Classes de plus petite variance interne (Jenks).",
              .english = "Classes of least variance within (Jenks)."};
    case ClassMethod::head_tail:
      return {.french = "Classes emboîtées aux moyennes (Jiang).", .english = "Classes nested at means (head/tail, Jiang)."};
    case ClassMethod::pretty:
      return {.french = "Classes à bornes rondes.", .english = "Classes with round bounds."};
    case ClassMethod::fixed:
      break;
  }
  return {.french = "Bornes fixées par l’étude.", .english = "Bounds set by the study."};
}

std::vector<std::string> colours_of(const Palette palette, const std::vector<double>& inner,
                                    const std::optional<double> centre, const bool reversed) {
  const std::size_t classes = inner.size() + 1;
  std::vector<std::string> colours = palette_colours(palette, std::min(classes, kMostColours));
  if (is_diverging(palette) && centre) {
    const auto below = static_cast<std::size_t>(std::ranges::count_if(inner, [&](const double b) { return b <= *centre; }));
    const std::size_t above = classes - below;
    if (below <= kMostColoursOfSide && above <= kMostColoursOfSide) {
      colours = diverging_colours(palette, reversed ? above : below, reversed ? below : above);
    }
  }
  if (reversed) {
    std::ranges::reverse(colours);
  }
  return colours;
}

double greatest_of(const std::vector<double>& numbers) {
  double greatest = 0;
  for (const double number : numbers) {
    greatest = std::isfinite(number) ? std::max(greatest, number) : greatest;
  }
  return greatest;
}

/// A first class of one value alone says it: "0 km" and "Plus de 0 km", not "Moins de 0,001 km". A class that is alone says
/// from where to where it goes.
void name_single_value(std::vector<ViewClass>& classes, const std::vector<double>& numbers, const ShownUnit& unit) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const double number : numbers) {
    if (number < classes.front().below) {
      least = std::min(least, number);
      most = std::max(most, number);
    }
  }
  const bool everywhere = classes.size() == 1;
  const auto in_unit = [&](const double number, const Language language) {
    return detail::bound_text(number / unit.divisor, language) + (unit.unit.empty() ? "" : "\u00A0" + unit.unit);
  };
  if (everywhere && least < most) {
    classes.front().label = {
        .french = fmt::format("De {} à {}", detail::bound_text(least / unit.divisor, Language::french), in_unit(most, Language::french)),
        .english = fmt::format("{} to {}", detail::bound_text(least / unit.divisor, Language::english),
                               in_unit(most, Language::english))};
  }
  if (least != most) {
    return;
  }
  const auto shown = [&](const Language language) { return in_unit(least, language); };
  classes.front().label = {.french = shown(Language::french) + (everywhere ? " partout" : ""),
                           .english = shown(Language::english) + (everywhere ? " everywhere" : "")};
  if (classes.size() == 2) {
    classes.back().label = {.french = "Plus de " + shown(Language::french), .english = "Over " + shown(Language::english)};
  }
}

}  // namespace

Symbol area_symbol(const std::string& colour) {
  return {.kind = Symbol::Kind::fill, .colour = colour};
}

ViewClass no_value_class() {
  ViewClass rest;
  rest.label = {.french = "Sans valeur", .english = "No value"};
  rest.symbol = area_symbol("#d9d9d9");
  return rest;
}

LayerView graduated_view(const Layer& layer, const std::size_t field, const GraduatedLook& look,
                         const ViewSettings& settings) {
  const Field& of = layer.fields[field];
  if (of.is_amount) {
    throw ArgumentError(fmt::format("graduated_view: '{}' is an amount, which circles show", of.name));
  }
  ClassOptions options = settings.classes;
  options.centre = look.centre;
  Palette palette = look.palette;
  const auto own = std::ranges::find(settings.fields, of.name, &ViewSettings::OfField::field);
  if (own != settings.fields.end()) {
    options = own->classes;
    palette = own->palette.value_or(palette);
  }
  options.classes = std::min(options.classes, options.centre ? 2 * kMostColoursOfSide : kMostColours);
  const std::vector<double> numbers = detail::numbers_of(layer, field);
  const ClassBounds found = classify(numbers, options);
  const std::vector<double> inner{found.bounds.begin() + (found.bounds.empty() ? 0 : 1),
                                  found.bounds.end() - (found.bounds.empty() ? 0 : 1)};
  const ShownUnit unit = detail::shown_unit(of.unit, greatest_of(numbers));
  LayerView view{.layer = layer.name, .name = layer.name + "_" + of.name, .title = of.label, .field = of.name};
  view.classes = detail::interval_classes(inner, colours_of(palette, inner, options.centre, look.reversed), unit, area_symbol(""));
  name_single_value(view.classes, numbers, unit);
  view.classes.push_back(no_value_class());
  view.legend = with_unit(of.label, unit.unit);
  view.note = method_note(options);
  return view;
}

ProportionalCircles circles_of(const Layer& layer, const std::size_t field, const std::string& colour) {
  const Field& of = layer.fields[field];
  if (!of.is_amount) {
    throw ArgumentError(fmt::format("circles_of: '{}' is no amount, its surfaces would not add up", of.name));
  }
  return {.field = of.name,
          .largest_value = greatest_of(detail::numbers_of(layer, field)),
          .largest_mm = kLargestCircleMm,
          .colour = colour,
          .legend = with_unit(of.label, of.unit)};
}

LayerView amount_view(const Layer& layer, const std::size_t field, const Symbol& ground, const std::string& colour) {
  const Field& of = layer.fields[field];
  LayerView view{.layer = layer.name, .name = layer.name + "_" + of.name, .title = of.label, .field = ""};
  ViewClass all;
  all.label = layer.title;
  all.symbol = ground;
  view.classes.push_back(std::move(all));
  view.circles = circles_of(layer, field, colour);
  view.legend = view.circles->legend;
  return view;
}

}  // namespace maillage
