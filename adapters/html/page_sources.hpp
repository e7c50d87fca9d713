#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/coverage/continuity.hpp"
#include "maps/layer_view.hpp"

namespace maillage {

/// A question of the study that cards and sentences of the page answer.
struct PageQuestion {
  std::string name;             ///< fields of the layers begin with it
  std::string label;            ///< of the study, in its language
  std::optional<double> limit;  ///< of a coverage, in `unit`
  std::string unit;             ///< "m", "s"
  /// Of a continuity over the week: when each commune is served, communes in the order of their layer; and minutes of a moment.
  const ServedCube* served = nullptr;
  std::int32_t moment_minutes = 0;
};

/// What a page is made of. Everything it points at outlives the call.
struct PageSources {
  const LayerSet& layers;
  const MapDocument& document;
  std::vector<PageQuestion> coverages{};  ///< in the study's order, as MapSubject counts them; the same for the others
  std::vector<PageQuestion> accesses{};
  std::vector<PageQuestion> continuities{};
  Language language = Language::french;  ///< which the page opens in
};

}  // namespace maillage
