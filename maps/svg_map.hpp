#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/geometry/point.hpp"
#include "maps/layer.hpp"
#include "maps/layer_view.hpp"

namespace maillage {

enum class PaperSize { a4, a3 };

/// A sheet of paper for a map that stands alone.
struct MapPage {
  std::optional<PaperSize> paper{};  ///< none: A3 from 10,000 communes on, else A4
  Language language = Language::french;
};

/// A map inside a document, which says its title and sources beside it: legend and scale bar only.
struct MapFigure {
  double width_mm = 174;
  double most_height_mm = 140;
  Language language = Language::french;
  std::string identifier = "carte";  ///< of the parts of the drawing, unique in a document of several
  std::optional<Box> window{};       ///< what is shown, in the territory's plane; none: everything
  std::string highlighted{};         ///< code of a commune to outline; empty: none
  std::size_t labels = 14;
};

/// A map made ready to be drawn once or often: classes, boxes and places of labels are found once. The document and the layers
/// must outlive it. The same bytes for the same content.
class MapDrawing {
 public:
  /// \throws ArgumentError where a view of the map or its layer is missing
  MapDrawing(const MapDocument& document, const LayerSet& layers, const MapView& map);

  /// A page usable alone: title, question, legend with units, scale bar and ratio, north, sources, date of the data, text
  /// alternative. Overseas departements stand in frames of their own with their own scale bars. The page lies or stands,
  /// whichever shows the territory larger. North is that of the territory's plane.
  [[nodiscard]] std::string page(const MapPage& page) const;
  [[nodiscard]] std::string figure(const MapFigure& figure) const;
  /// What the map shows in one sentence or two, for those who do not see it.
  [[nodiscard]] std::string description(Language language) const;

  struct DrawnView {
    const LayerView* view = nullptr;
    const Layer* layer = nullptr;
    std::vector<std::optional<std::size_t>> classes{};  ///< of each feature
    std::vector<std::uint8_t> used{};                   ///< of each class
    std::vector<Box> boxes{};
    std::vector<std::optional<Point>> anchors{};  ///< where circles stand; empty without circles
    std::string unit{};                           ///< of the circles
  };
  struct Town {
    std::string code;
    std::string name;
    std::int64_t population = 0;
    Point position;
  };

 private:
  const MapDocument* document_;
  const LayerSet* layers_;
  const MapView* map_;
  std::vector<DrawnView> views_;
  std::vector<Town> towns_;  ///< the most populous first
};

}  // namespace maillage
