#include "adapters/cli/find_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

struct KindWord {
  std::string_view english;
  std::string_view french;
  MapSubject::Kind kind;
  std::string_view name_begins = "";  ///< of the map, where a kind has several
};
constexpr std::array kKindWords{KindWord{"structures", "structures", MapSubject::Kind::structures},
                                KindWord{"coverage", "couverture", MapSubject::Kind::coverage, "couverture_"},
                                KindWord{"cost", "cout", MapSubject::Kind::coverage, "cout_"},
                                KindWord{"gaps", "lacunes", MapSubject::Kind::gaps, "lacunes_"},
                                KindWord{"discontinuities", "discontinuites", MapSubject::Kind::discontinuities},
                                KindWord{"access", "acces", MapSubject::Kind::access},
                                KindWord{"disagreement", "desaccord", MapSubject::Kind::disagreement},
                                KindWord{"clusters", "grappes", MapSubject::Kind::clusters},
                                KindWord{"continuity", "continuite", MapSubject::Kind::continuity}};

}  // namespace

const MapView& find_map(const MapDocument& document, const std::string& name, const Language language) {
  const auto named = std::ranges::find(document.maps, name, &MapView::name);
  if (named != document.maps.end()) {
    return *named;
  }
  for (const KindWord& word : kKindWords) {
    if (name == word.english || name == word.french) {
      const auto first = std::ranges::find_if(document.maps, [&](const MapView& map) {
        return map.subject.kind == word.kind && map.name.starts_with(word.name_begins);
      });
      if (first != document.maps.end()) {
        return *first;
      }
    }
  }
  std::string list;
  for (const MapView& map : document.maps) {
    list += fmt::format("\n  {} : {}", map.name, map.title.in(language));
  }
  throw StudyError({.french = fmt::format("--view : « {} » n’est pas une carte de cette étude. Cartes :{}", name, list),
                    .english = fmt::format("--view: '{}' is no map of this study. Maps:{}", name, list)});
}

}  // namespace maillage
