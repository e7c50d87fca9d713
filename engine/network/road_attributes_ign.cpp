#include <algorithm>
#include <array>
#include <string>

#include "engine/core/fold_text.hpp"
#include "engine/core/number.hpp"
#include "engine/network/road_attributes.hpp"

namespace maillage {

namespace {

struct NamedClass {
  std::string_view folded;  ///< as fold_text gives it; a beginning of the value
  RoadClass road_class;
  std::uint8_t flags = 0;
};

/// NATURE of BD TOPO 2 and 3, VOCATION of BD CARTO and ROUTE 500. What says nothing of the rank of a road is not here.
constexpr std::array kNatures{
    NamedClass{"type autoroutier", RoadClass::motorway},       NamedClass{"autoroute", RoadClass::motorway},
    NamedClass{"quasi autoroute", RoadClass::trunk},           NamedClass{"liaison principale", RoadClass::primary},
    NamedClass{"liaison regionale", RoadClass::secondary},     NamedClass{"liaison locale", RoadClass::tertiary},
    NamedClass{"route empierree", RoadClass::track, kUnpaved}, NamedClass{"chemin", RoadClass::track, kUnpaved},
    NamedClass{"sentier", RoadClass::path, kUnpaved},          NamedClass{"escalier", RoadClass::steps},
    NamedClass{"piste cyclable", RoadClass::cycleway},         NamedClass{"bac", RoadClass::ferry},
    NamedClass{"liaison maritime", RoadClass::ferry}};

/// IMPORTANCE, 1 (between large cities) to 5 and 6 (doors and fields).
RoadClass class_of_importance(const std::string_view importance, const bool urban) {
  if (importance == "1") {
    return RoadClass::trunk;
  }
  if (importance == "2") {
    return RoadClass::primary;
  }
  if (importance == "3") {
    return RoadClass::secondary;
  }
  if (importance == "4") {
    return RoadClass::tertiary;
  }
  return urban ? RoadClass::residential : RoadClass::unclassified;
}

}  // namespace

void RoadAttributes::read_ign_class(const Row& row, Draft& draft) const {
  const std::string_view text = first_cell(row.number, {"nature", "vocation"});
  const std::string nature = fold_text(text);
  const auto found = std::find_if(kNatures.begin(), kNatures.end(),
                                  [&](const NamedClass& named) { return nature.starts_with(named.folded); });
  if (found != kNatures.end()) {
    draft.road_class = found->road_class;
    draft.flags = found->flags;
    return;
  }
  draft.road_class = class_of_importance(cell(row.number, "importance"), draft.urban.value_or(false));
  if (nature.starts_with("bretelle")) {
    draft.flags |= kLinkRoad;
  } else if (nature.starts_with("rond point")) {
    draft.flags |= kRoundabout;
  } else if (!nature.starts_with("route a ") && !nature.empty() && nature != "nc") {
    note(row, "NATURE", text, "unknown_road_class");
  }
}

void RoadAttributes::read_ign_traffic(const Row& row, Draft& draft) const {
  const std::string_view way_text = first_cell(row.number, {"sensdecirculation", "sens"});
  const std::string way = fold_text(way_text);
  if (way.starts_with("sens direct") || way == "direct" || way.starts_with("sens unique")) {
    draft.way = Way::forward;
  } else if (way.starts_with("sens inverse") || way == "inverse") {
    draft.way = Way::backward;
  } else if (!way.starts_with("double") && !way.empty() && way != "sans objet" && way != "nc" && way != "inconnu") {
    note(row, "SENS", way_text, "unknown_direction");
  }
  const std::string_view access_text = first_cell(row.number, {"accesvehiculeleger", "accesvl", "acces"});
  const std::string access = fold_text(access_text);
  if (access.starts_with("a peage")) {
    draft.access = Access::open;
    draft.flags |= kToll;
  } else if (access.starts_with("restreint")) {
    draft.access = Access::destination;
  } else if (access.starts_with("physiquement impossible") || access.starts_with("interdit")) {
    draft.access = Access::closed;
  } else if (access == "libre" || access.starts_with("saisonnier")) {
    draft.access = Access::open;
  } else if (!access.empty() && access != "nc" && access != "inconnu" && access != "sans objet") {
    note(row, "ACCES", access_text, "unknown_access");
  }
  if (profile_.vehicle != VehicleKind::car) {
    draft.access = Access::unsaid;  // the column speaks of light motor vehicles
  }
}

RoadAttributes::Draft RoadAttributes::read_ign(const Row& row) const {
  Draft draft;
  const std::string urban = fold_text(cell(row.number, "urbain"));
  if (!urban.empty()) {
    draft.urban = urban == "vrai" || urban == "true" || urban == "1" || urban == "oui" || urban == "t";
  }
  read_ign_class(row, draft);
  read_ign_traffic(row, draft);
  const std::string_view mean = first_cell(row.number, {"vitessemoyennevl", "vitmoyvl"});
  draft.mean_kmh = read_limit(row, "VITESSE_MOYENNE_VL", mean);
  draft.limit_kmh = read_limit(row, "VITESSE", first_cell(row.number, {"vitesse", "vitessemaximale", "vitmax"}));
  if (draft.mean_kmh && *draft.mean_kmh <= 0) {
    draft.mean_kmh.reset();  // IGN's 0 and 1: not for cars, or not known
  }
  if (draft.limit_kmh && *draft.limit_kmh <= 0) {
    draft.limit_kmh.reset();
  }
  const std::string state = fold_text(first_cell(row.number, {"etatdelobjet", "etat"}));
  const bool unfinished =
      state.starts_with("en projet") || state.starts_with("en construction") || state.starts_with("en cours");
  const std::string restriction = fold_text(cell(row.number, "restriction"));
  const bool closed = restriction.starts_with("interdit") || restriction.starts_with("ferme");
  if (unfinished || (closed && profile_.vehicle == VehicleKind::car)) {
    draft.access = Access::closed;
  }
  return draft;
}

}  // namespace maillage
