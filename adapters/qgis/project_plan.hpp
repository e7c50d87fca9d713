#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/text.hpp"
#include "maps/layer.hpp"
#include "maps/layer_view.hpp"

namespace maillage::detail {

/// Groups of a project's layers, the topmost first: what is drawn over what.
enum class ProjectGroup { structures, boundaries, gaps, continuity, access, coverage, background };
inline constexpr std::size_t kProjectGroups = 7;
[[nodiscard]] Text group_title(ProjectGroup group);

/// A layer of the project: one layer of the GeoPackage with some of its views as styles. Communes come several times, once for
/// each question of coverage and once as background, so that a reader need not know that they are one table.
struct ProjectLayer {
  std::string id;  ///< 22 characters or more: QGIS renames shorter ones, and the tree loses them
  Text name;
  const Layer* layer = nullptr;
  ProjectGroup group = ProjectGroup::background;
  std::vector<std::size_t> views;        ///< positions in the document; the first is drawn at the start
  std::vector<std::string> style_names;  ///< one for each view, unique in the layer
  bool is_visible = false;               ///< in the first map
};

/// A map of the document as QGIS's map theme: what is seen, and how.
struct ProjectTheme {
  std::string name;  ///< unique
  struct Shown {
    std::size_t layer;  ///< position in the plan
    std::size_t style;  ///< position among its views
  };
  std::vector<Shown> shown;
};

struct ProjectPlan {
  std::vector<ProjectLayer> layers;  ///< topmost first
  std::vector<ProjectTheme> themes;
};

/// Every layer at least once, each view in one place, each map as a theme.
[[nodiscard]] ProjectPlan plan_project(const LayerSet& layers, const MapDocument& document, Language language);

}  // namespace maillage::detail
