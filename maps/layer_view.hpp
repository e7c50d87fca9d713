#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/text.hpp"
#include "maps/layer.hpp"

namespace maillage {

enum class MarkerShape { circle, square, diamond, triangle, pentagon, star };

/// How a feature looks. Sizes are millimetres on paper or on a screen.
struct Symbol {
  enum class Kind { fill, hatch, outline, line, marker };
  Kind kind = Kind::fill;
  std::string colour{};              ///< "#rrggbb" of the fill, the hatching, the line or the marker
  int opacity = 255;               ///< of the colour, 0 to 255
  std::string border = "#ffffff";  ///< around a fill or a marker
  double border_mm = 0.05;
  double size_mm = 0;  ///< width of a line or an outline, size of a marker
  MarkerShape shape = MarkerShape::circle;
  friend bool operator==(const Symbol&, const Symbol&) = default;
};

/// One line of a legend: which features it holds, and how they look.
struct ViewClass {
  enum class Holds {
    category,  ///< the field's value, as text, is `value`
    interval,  ///< from <= value < below
    rest       ///< what no other class of the view holds; every feature where there is no other class
  };
  Holds holds = Holds::rest;
  std::string value{};  ///< a text; an integer in digits; "true", "false"
  double from = -std::numeric_limits<double>::infinity();
  double below = std::numeric_limits<double>::infinity();
  Text label{};
  Symbol symbol{};
  friend bool operator==(const ViewClass&, const ViewClass&) = default;
};

/// Circles whose surface is proportional to an amount, on the point of each feature: how amounts are drawn, which shades would
/// distort (a large commune would look important because it is large).
struct ProportionalCircles {
  std::string field{};  ///< of numbers >= 0; 0 and no value have no circle
  double largest_value = 0;
  double largest_mm = 0;  ///< diameter of the circle of `largest_value`
  std::string colour{};
  int opacity = 160;
  std::string border = "#ffffff";
  Text legend{};  ///< what the circles count, with its unit
  friend bool operator==(const ProportionalCircles&, const ProportionalCircles&) = default;
};

/// A field whose values tell when a feature is there: ISO 8601 without zone.
struct FeatureTime {
  std::string begin_field{};
  std::string end_field{};
  friend bool operator==(const FeatureTime&, const FeatureTime&) = default;
};

/// One way of drawing one layer: the single description from which QGIS styles, SLD, the page and static maps are made, so
/// that their classes are the same everywhere.
struct LayerView {
  std::string layer{};  ///< name of the layer it draws
  std::string name{};   ///< [a-z0-9_]+, unique among the views of a document
  Text title{};
  std::string field{};  ///< whose values tell the class; empty: one class of all
  /// Only features that have these values: (field, text).
  std::vector<std::pair<std::string, std::string>> only{};
  std::vector<ViewClass> classes{};  ///< in the order of the legend
  std::optional<ProportionalCircles> circles{};
  std::optional<FeatureTime> time{};
  Text legend{};              ///< heading of the legend, with the unit: "Accès à 15 min (h pour 10 000 hab)"
  Text note{};                ///< how classes were made, for the small print; may be empty
  bool is_default = false;  ///< drawn so when the layer is opened
  friend bool operator==(const LayerView&, const LayerView&) = default;
};

/// What a map is about: which results its charts, cards and sentences take.
struct MapSubject {
  enum class Kind { structures, coverage, gaps, discontinuities, access, disagreement, clusters, continuity };
  Kind kind = Kind::structures;
  std::size_t position = 0;  ///< of the coverage, the question of access or of continuity in the study, from 0
  std::string field{};         ///< the field of the layer that is shown: "relais_10km_cout"; empty: none
  friend bool operator==(const MapSubject&, const MapSubject&) = default;
};

/// A map that a reader looks at: views stacked on one another.
struct MapView {
  std::string name{};  ///< [a-z0-9_]+, unique: names files, addresses and options
  Text title{};
  Text question{};                   ///< the sentence it answers: "Qui est à 10 km au plus d'une bibliothèque ?"
  std::vector<std::string> views{};  ///< names of layer views, lowest first
  MapSubject subject{};
  friend bool operator==(const MapView&, const MapView&) = default;
};

/// Everything that maps of a run are drawn from, beside its layers.
struct MapDocument {
  std::string title{};          ///< of the study
  std::string territory{};      ///< its name
  std::vector<Text> sources{};  ///< producers and licences, for the foot of each map
  Text data_date{};             ///< of what the map shows: "populations 2017, structures 2019"; may be empty
  std::vector<LayerView> views{};
  std::vector<MapView> maps{};  ///< the signature view first

  /// The view of that name. \throws ArgumentError if there is none
  [[nodiscard]] const LayerView& view(const std::string& name) const;
};

/// Whether the view draws that feature at all (`only`). \throws ArgumentError if the layer has no such field
[[nodiscard]] bool is_drawn(const LayerView& view, const Layer& layer, std::size_t feature);

/// Class of each feature; none where the view does not draw it, or no class holds it. O(features x classes).
/// \throws ArgumentError if the layer has no such field
[[nodiscard]] std::vector<std::optional<std::size_t>> classes_of(const LayerView& view, const Layer& layer);

/// Position of a field. \throws ArgumentError if the layer has none of that name
[[nodiscard]] std::size_t field_position(const Layer& layer, std::string_view name);

/// A value as categories and filters write it: text as it is, integers in digits, "true", "false"; empty for nothing.
[[nodiscard]] std::string category_text(const Value& value);

}  // namespace maillage
