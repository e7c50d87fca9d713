#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "maps/classification.hpp"
#include "maps/layer_view.hpp"
#include "maps/palette.hpp"

namespace maillage {

/// How the fields of a study are cut into classes, and what single fields have otherwise.
struct ViewSettings {
  ClassOptions classes;
  struct OfField {
    std::string field;  ///< name in the layer: "bibliotheques_10km_cout"
    ClassOptions classes;
    std::optional<Palette> palette{};
  };
  std::vector<OfField> fields;
};

/// How a graduated view looks where the study does not say otherwise.
struct GraduatedLook {
  Palette palette = Palette::yellow_blue;
  std::optional<double> centre{};  ///< a reference that parts a diverging palette, in the field's unit
  bool reversed = false;           ///< the palette's last colour comes first
};

namespace detail {

/// The numbers of a field; NaN where it has none.
[[nodiscard]] std::vector<double> numbers_of(const Layer& layer, std::size_t field);

/// Numbers of a unit as people read them: metres from 1,000 as kilometres, seconds as minutes.
struct ShownUnit {
  double divisor = 1;
  std::string unit;  ///< "km", "min", or the unit itself
};
[[nodiscard]] ShownUnit shown_unit(const std::string& unit, double greatest);

/// "De 3,2 à moins de 5 km", "Moins de 3,2 km", "20 km et plus". \param from,below  infinite where there is no bound
[[nodiscard]] Text interval_label(double from, double below, const ShownUnit& unit);

/// Interval classes between ascending inner bounds: one more than there are bounds, all values on both ends in.
[[nodiscard]] std::vector<ViewClass> interval_classes(std::span<const double> inner, std::span<const std::string> colours,
                                                      const ShownUnit& unit, const Symbol& look);

}  // namespace detail

/// Areas of a layer shaded by a field, named like it, with a class for what has no value. Names follow the layer and field.
/// \throws ArgumentError where the field is an amount: circles show those (`amount_view`)
[[nodiscard]] LayerView graduated_view(const Layer& layer, std::size_t field, const GraduatedLook& look,
                                       const ViewSettings& settings);

/// Features of one plain class, with circles whose surface is the amount. \throws ArgumentError where the field is none
[[nodiscard]] LayerView amount_view(const Layer& layer, std::size_t field, const Symbol& ground, const std::string& colour);

/// Circles of a field: the largest is `kLargestCircleMm` wide.
[[nodiscard]] ProportionalCircles circles_of(const Layer& layer, std::size_t field, const std::string& colour);
inline constexpr double kLargestCircleMm = 12;

/// The plain look of areas: white borders, thin.
[[nodiscard]] Symbol area_symbol(const std::string& colour);

/// What has no value, and its label.
[[nodiscard]] ViewClass no_value_class();

}  // namespace maillage
