#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "engine/geometry/area_locator.hpp"
#include "engine/geometry/locate_points.hpp"
#include "engine/structures/placement.hpp"

namespace maillage {

namespace {

using Outcome = DeclaredCommune::Outcome;

/// The usable points of a set: of each structure, in both planes, and the commune that holds it.
struct LocatedPoint {
  Point position;        ///< metres
  CommuneIndex commune;  ///< none when in no commune
};

class Placer {
 public:
  Placer(const Territory& territory, const CommuneKeys& keys, const StructureSet& set, const Planes& planes,
         const PlacementOptions& options)
      : territory_(territory), set_(set), planes_(planes), options_(options), finder_(territory, keys) {}

  Placements place() {
    locate_declared_positions();
    result_.of.reserve(set_.structures.size());
    for (const StructureIndex index : set_.structures.indices()) {
      remarks_.clear();
      current_ = &set_.structures[index];
      const Placement placement = place_one(located_[index]);
      result_.of.push_back(placement);
      if (placement.scope != PlacementScope::outside) {
        for (const KeyRemark& remark : remarks_) {
          add_note(remark);
        }
      }
    }
    result_.outside.assign(outside_.begin(), outside_.end());
    return std::move(result_);
  }

 private:
  void locate_declared_positions() {
    located_.resize(set_.structures.size());
    std::vector<Point> source;
    std::vector<StructureIndex> owner;
    for (const StructureIndex index : set_.structures.indices()) {
      if (set_.structures[index].declared_position) {
        source.push_back(*set_.structures[index].declared_position);
        owner.push_back(index);
      }
    }
    const std::vector<AreaIndex> found = locate_points(territory_.source_contours, source);
    planes_.source_to_plane(source);
    for (std::size_t i = 0; i < source.size(); ++i) {
      if (!std::isfinite(source[i].x) || !std::isfinite(source[i].y)) {
        current_ = &set_.structures[owner[i]];
        add_note({"", "", "coordinates_not_convertible", current_->name});
        continue;
      }
      located_[owner[i]] =
          LocatedPoint{source[i], found[i].is_none() ? CommuneIndex::none() : CommuneIndex{found[i].value()}};
    }
  }

  Placement place_one(const std::optional<LocatedPoint>& point) {
    const DeclaredCommune declared = finder_.by_code(*current_, remarks_);
    switch (declared.outcome) {
      case Outcome::inside:
        return point ? by_both(*point, declared.commune) : at_commune(declared.commune, KeyAgreement::code_only);
      case Outcome::outside:
        return code_outside(point);
      case Outcome::several:
        return by_divided_code(point, declared.candidates);
      case Outcome::missing:
      case Outcome::unknown:
        break;
    }
    return without_code(point);
  }

  /// The code names a commune of the territory, and there is a point.
  Placement by_both(const LocatedPoint& point, const CommuneIndex code) {
    Placement placement;
    placement.commune_of_code = code;
    placement.commune_of_point = point.commune;
    placement.position = point.position;
    placement.precision = PositionPrecision::point;
    placement.scope = PlacementScope::inside;
    placement.commune = code;
    if (point.commune == code) {
      placement.agreement = KeyAgreement::agree;
      return placement;
    }
    const double distance = distance_to(point.position, code);
    const bool measured = std::isfinite(distance);
    placement.conflict_distance_m = measured ? distance : 0;
    if (point.commune.is_none() && measured) {
      take_offshore(placement);
    }
    const bool located = !placement.commune_of_point.is_none();
    placement.agreement = !located                             ? KeyAgreement::code_only
                          : placement.commune_of_point == code ? KeyAgreement::agree
                                                               : KeyAgreement::conflict;
    if (placement.conflict_distance_m > options_.max_conflict_distance_m) {
      remark_conflict(placement, "misplaced_coordinates");
      stand_at_commune(placement);
      return placement;
    }
    if (placement.agreement == KeyAgreement::conflict) {
      remark_conflict(placement, "commune_conflict");
      if (options_.wins == CommuneKey::point) {
        placement.commune = placement.commune_of_point;
      }
    } else if (!located) {
      remark_conflict(placement, "point_outside_territory");
    }
    return placement;
  }

  /// A point in no commune: the commune of its code within the tolerance, else the nearest.
  void take_offshore(Placement& placement) {
    if (!placement.commune_of_code.is_none() && placement.conflict_distance_m <= options_.offshore_tolerance_m) {
      placement.commune_of_point = placement.commune_of_code;
      placement.offshore_distance_m = placement.conflict_distance_m;
    } else if (const auto nearest = plane_locator().nearest(placement.position, options_.offshore_tolerance_m)) {
      placement.commune_of_point = CommuneIndex{nearest->area.value()};
      placement.offshore_distance_m = nearest->distance;
    }
    if (!placement.commune_of_point.is_none()) {
      remark("", "", "offshore_point",
             named(finder_.listed({&placement.commune_of_point, 1}) + ", " + metres(placement.offshore_distance_m)));
    }
  }

  Placement code_outside(const std::optional<LocatedPoint>& point) {
    if (!point || point->commune.is_none()) {
      return outside(point ? "outside_by_both_keys" : "outside_by_code");
    }
    const KeyRemark found{"commune_code", current_->commune_code, "code_outside_point_inside",
                          named(current_->commune_code + " -> " + finder_.listed({&point->commune, 1}))};
    if (options_.wins == CommuneKey::code) {
      add_note(found);  // the remarks of structures out of scope are not kept; this contradiction is
      return outside("code_outside_point_inside");
    }
    remarks_.push_back(found);
    Placement placement = at_point(*point);
    placement.agreement = KeyAgreement::conflict;
    return placement;
  }

  Placement by_divided_code(const std::optional<LocatedPoint>& point, const std::vector<CommuneIndex>& candidates) {
    if (point && std::ranges::binary_search(candidates, point->commune)) {
      Placement placement = at_point(*point);
      placement.commune_of_code = point->commune;
      placement.agreement = KeyAgreement::agree;
      return placement;
    }
    return without_code(point);
  }

  Placement without_code(const std::optional<LocatedPoint>& point) {
    const DeclaredCommune declared = finder_.by_postcode(*current_, remarks_);
    if (point && !point->commune.is_none()) {
      return by_point_and_postcode(*point, declared);
    }
    if (point) {
      return by_outer_point(*point, declared);
    }
    switch (declared.outcome) {
      case Outcome::inside:
        return at_commune(declared.commune, KeyAgreement::postcode_only);
      case Outcome::several:
        return at_most_populous(declared.candidates);
      case Outcome::outside:
        return outside("outside_by_postcode");
      case Outcome::missing:
      case Outcome::unknown:
        break;
    }
    remark("", current_->commune_name, "unplaced_structure", current_->name);
    return {};
  }

  /// A postcode is a weaker key than a code: it only unseats a point that is far from all its communes.
  Placement by_point_and_postcode(const LocatedPoint& point, const DeclaredCommune& declared) {
    const std::vector<CommuneIndex> communes =
        declared.outcome == Outcome::inside ? std::vector{declared.commune} : declared.candidates;
    if (std::ranges::find(communes, point.commune) != communes.end()) {
      return at_point(point);
    }
    double nearest_m = std::numeric_limits<double>::infinity();
    for (const CommuneIndex commune : communes) {
      nearest_m = std::min(nearest_m, distance_to(point.position, commune));
    }
    const std::string detail =
        named(current_->postcode + " " + current_->commune_name + " -> " + finder_.listed({&point.commune, 1}) +
              (std::isfinite(nearest_m) ? ", " + metres(nearest_m) : ""));
    // Point and name against the postcode: two to one.
    const bool bears_name = !current_->commune_name.empty() &&
                            compare_name(current_->commune_name) == compare_name(territory_.communes[point.commune].name);
    if (communes.empty() || bears_name || nearest_m <= options_.max_conflict_distance_m) {
      if (!communes.empty() || declared.outcome == Outcome::outside) {
        remark("postcode", current_->postcode, "postcode_conflict", detail);
      }
      return at_point(point);
    }
    remark("postcode", current_->postcode, "misplaced_coordinates", detail);
    Placement placement = declared.outcome == Outcome::inside ? at_commune(declared.commune, KeyAgreement::postcode_only)
                                                              : at_most_populous(communes);
    placement.commune_of_point = point.commune;
    placement.conflict_distance_m = nearest_m;
    return placement;
  }

  /// A point in no commune and no code: the postcode decides, else a commune within the tolerance.
  Placement by_outer_point(const LocatedPoint& point, const DeclaredCommune& declared) {
    if (declared.outcome == Outcome::outside) {
      return outside("outside_by_both_keys");
    }
    Placement placement = at_point(point);
    if (declared.outcome == Outcome::inside) {
      placement.conflict_distance_m = distance_to(point.position, declared.commune);
      if (placement.conflict_distance_m > options_.max_conflict_distance_m) {
        remark("postcode", current_->postcode, "misplaced_coordinates",
               named(finder_.listed({&declared.commune, 1}) + ", " + metres(placement.conflict_distance_m)));
        const double distance = placement.conflict_distance_m;
        placement = at_commune(declared.commune, KeyAgreement::postcode_only);
        placement.conflict_distance_m = distance;
        return placement;
      }
    }
    take_offshore(placement);
    if (!placement.commune_of_point.is_none()) {
      placement.commune = placement.commune_of_point;
      placement.conflict_distance_m = 0;
      return placement;
    }
    if (declared.outcome == Outcome::inside) {
      placement.commune = declared.commune;
      placement.agreement = KeyAgreement::postcode_only;
      remark("", "", "point_outside_territory", named(metres(placement.conflict_distance_m)));
      return placement;
    }
    if (declared.outcome == Outcome::several) {
      remark("postcode", current_->postcode, "misplaced_coordinates", named(finder_.listed(declared.candidates)));
      return at_most_populous(declared.candidates);
    }
    return outside("outside_by_point");
  }

  [[nodiscard]] static Placement at_point(const LocatedPoint& point) {
    Placement placement;
    placement.commune = placement.commune_of_point = point.commune;
    placement.position = point.position;
    placement.precision = PositionPrecision::point;
    placement.agreement = KeyAgreement::point_only;
    placement.scope = PlacementScope::inside;
    return placement;
  }

  Placement at_commune(const CommuneIndex commune, const KeyAgreement agreement) {
    Placement placement;
    placement.commune = commune;
    placement.agreement = agreement;
    placement.scope = PlacementScope::inside;
    if (agreement == KeyAgreement::code_only) {
      placement.commune_of_code = commune;
    }
    stand_at_commune(placement);
    if (agreement == KeyAgreement::postcode_only && placement.precision == PositionPrecision::commune) {
      placement.precision = PositionPrecision::postcode;
    }
    return placement;
  }

  Placement at_most_populous(const std::vector<CommuneIndex>& candidates) {
    // max_element keeps the first of equals: the lowest code.
    const CommuneIndex commune = *std::ranges::max_element(candidates, {}, [&](const CommuneIndex candidate) {
      return territory_.communes[candidate].population.value_or(-1);
    });
    remark("postcode", current_->postcode, "ambiguous_postcode",
           named(finder_.listed(candidates) + " -> " + territory_.communes[commune].code));
    return at_commune(commune, KeyAgreement::postcode_only);
  }

  void stand_at_commune(Placement& placement) {
    const CommunePoint& point = territory_.points[placement.commune];
    if (point.origin == CommunePoint::Origin::none) {
      placement.precision = PositionPrecision::none;
      placement.position = {};
      remark("", "", "commune_without_point", named(finder_.listed({&placement.commune, 1})));
      return;
    }
    placement.position = point.position;
    placement.precision = PositionPrecision::commune;
  }

  Placement outside(const std::string& reason) {
    ++outside_[reason];
    Placement placement;
    placement.scope = PlacementScope::outside;
    return placement;
  }

  /// Metres from a point to the contour of a commune, to its point where it has no contour.
  double distance_to(const Point& position, const CommuneIndex commune) {
    const double to_contour = plane_locator().distance(position, AreaIndex{commune.value()});
    if (std::isfinite(to_contour) || territory_.points[commune].origin == CommunePoint::Origin::none) {
      return to_contour;
    }
    return distance_m(position, territory_.points[commune].position);
  }

  /// Built when the first distance is asked for: most sets of points need none.
  const AreaLocator& plane_locator() {
    if (!plane_locator_) {
      plane_locator_.emplace(territory_.contours);
    }
    return *plane_locator_;
  }

  [[nodiscard]] static std::string metres(const double distance) {
    return std::isfinite(distance) ? std::to_string(std::llround(distance)) + " m" : "? m";
  }

  [[nodiscard]] std::string named(const std::string& detail) const {
    return current_->name.empty() ? detail : current_->name + ": " + detail;
  }

  void remark_conflict(const Placement& placement, const std::string& reason) {
    std::string communes = finder_.listed({&placement.commune_of_code, 1});
    if (!placement.commune_of_point.is_none() && placement.commune_of_point != placement.commune_of_code) {
      communes += " -> " + finder_.listed({&placement.commune_of_point, 1});
    }
    remark("commune_code", current_->commune_code, reason, named(communes + ", " + metres(placement.conflict_distance_m)));
  }

  void remark(const std::string& column, const std::string& value, const std::string& reason, const std::string& detail) {
    remarks_.push_back({column, value, reason, detail});
  }

  void add_note(const KeyRemark& remark) {
    result_.notes.push_back({.source = current_->source,
                             .row = current_->row,
                             .key = current_->key,
                             .column = remark.column,
                             .value = remark.value,
                             .reason = remark.reason,
                             .detail = remark.detail});
  }

  const Territory& territory_;
  const StructureSet& set_;
  const Planes& planes_;
  const PlacementOptions& options_;
  CommuneFinder finder_;
  std::optional<AreaLocator> plane_locator_;
  IndexedVector<StructureIndex, std::optional<LocatedPoint>> located_;
  std::vector<KeyRemark> remarks_;      ///< of the structure being placed
  const Structure* current_ = nullptr;  ///< the structure being placed
  std::map<std::string, std::int64_t> outside_;
  Placements result_;
};

}  // namespace

Placements place_structures(const Territory& territory, const CommuneKeys& keys, const StructureSet& set,
                            const Planes& planes, const PlacementOptions& options) {
  return Placer(territory, keys, set, planes, options).place();
}

StructuresInScope keep_in_scope(const StructureSet& set, const Placements& placements) {
  StructuresInScope kept;
  kept.structures.carried_columns = set.carried_columns;
  kept.placements.notes = placements.notes;
  kept.placements.outside = placements.outside;
  for (const StructureIndex index : set.structures.indices()) {
    if (placements.of[index].scope != PlacementScope::outside) {
      kept.structures.structures.push_back(set.structures[index]);
      kept.placements.of.push_back(placements.of[index]);
    }
  }
  return kept;
}

}  // namespace maillage
