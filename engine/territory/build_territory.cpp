#include "engine/territory/build_territory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "engine/geometry/dissolve.hpp"
#include "engine/geometry/gate.hpp"
#include "engine/geometry/interior_point.hpp"
#include "engine/geometry/locate_points.hpp"
#include "engine/geometry/predicates.hpp"
#include "engine/territory/contiguity.hpp"

namespace maillage {

namespace {

using Names = std::vector<std::pair<std::string, std::string>>;

/// The chosen contours one after the other, as the files have them.
struct LabelledContours {
  AreaSet areas;
  std::vector<RowNote> notes;  ///< what a note about each area starts from
};

LabelledContours gather_contours(const std::vector<TerritorySource>& sources, const std::vector<SourceContour>& contours) {
  LabelledContours gathered;
  for (const SourceContour& contour : contours) {
    const CommuneRecord& record = sources[contour.source].records[contour.record];
    gathered.areas.add_area(sources[contour.source].contours, AreaIndex{contour.record});
    gathered.notes.push_back({record.source, record.row, record.code, {}, record.name, {}, {}});
  }
  return gathered;
}

/// One contour per commune: a commune made of several keeps the outside of their union, all others stay as they are.
AreaSet contours_by_commune(const AreaSet& parts, const std::vector<SourceContour>& owners, const std::size_t communes) {
  std::vector<std::vector<AreaIndex>> parts_of(communes);
  for (std::size_t part = 0; part < owners.size(); ++part) {
    parts_of[owners[part].commune.value()].push_back(AreaIndex{part});
  }
  AreaSet several;
  std::vector<std::uint32_t> group_of_area;
  std::uint32_t groups = 0;
  for (const auto& list : parts_of) {
    if (list.size() > 1) {
      for (const AreaIndex part : list) {
        several.add_area(parts, part);
        group_of_area.push_back(groups);
      }
      ++groups;
    }
  }
  const AreaSet dissolved = groups == 0 ? AreaSet{} : dissolve(several, group_of_area, groups);
  AreaSet contours;
  std::size_t next_group = 0;
  for (const auto& list : parts_of) {
    if (list.empty()) {
      contours.end_area();
    } else if (list.size() == 1) {
      contours.add_area(parts, list.front());
    } else {
      contours.add_area(dissolved, AreaIndex{next_group++});
    }
  }
  return contours;
}

bool is_finite(const Point& point) {
  return std::isfinite(point.x) && std::isfinite(point.y);
}

AreaSet project(const AreaSet& areas, const Planes& planes, const IndexedVector<CommuneIndex, Commune>& communes) {
  AreaSet projected = areas;
  if (planes.source_to_plane) {
    planes.source_to_plane(projected.vertices);
  }
  for (std::size_t vertex = 0; vertex < projected.vertices.size(); ++vertex) {
    if (!is_finite(projected.vertices[vertex])) {
      const auto ring = static_cast<std::uint32_t>(
          std::upper_bound(areas.ring_first.begin(), areas.ring_first.end(), vertex) - areas.ring_first.begin() - 1);
      const auto polygon = static_cast<std::uint32_t>(
          std::upper_bound(areas.polygon_first.begin(), areas.polygon_first.end(), ring) - areas.polygon_first.begin() - 1);
      const auto area =
          std::upper_bound(areas.area_first.begin(), areas.area_first.end(), polygon) - areas.area_first.begin() - 1;
      const Commune& commune = communes[CommuneIndex{static_cast<std::size_t>(area)}];
      const Point& found = areas.vertices[vertex];
      throw InputError{Text{
          .french = fmt::format(
              "contour de {} ({}) : le point {}, {} ne peut pas être projeté vers {} ; le système de coordonnées déclaré "
              "(« {} ») est-il le bon ?",
              commune.name, commune.code, found.x, found.y, planes.plane, planes.source.definition),
          .english = fmt::format("contour of {} ({}): point {}, {} cannot be projected to {}; is the declared coordinate "
                                 "system (\"{}\") right?",
                                 commune.name, commune.code, found.x, found.y, planes.plane, planes.source.definition)}};
    }
  }
  return projected;
}

/// Even-odd over all rings of the area, in the plane of the files; borders belong to it.
bool is_in_area(const AreaSet& areas, const AreaIndex area, const Point& point) {
  bool inside = false;
  const auto [first, last] = areas.rings_of(area);
  for (std::size_t ring = first; ring < last; ++ring) {
    const std::span<const Point> vertices = areas.ring(ring);
    for (std::size_t at = 0; at + 1 < vertices.size(); ++at) {
      const Point& a = vertices[at];
      const Point& b = vertices[at + 1];
      if (on_segment(a, b, point)) {
        return true;
      }
      if ((a.y > point.y) != (b.y > point.y) && (orientation(a, b, point) > 0) == (b.y > a.y)) {
        inside = !inside;
      }
    }
  }
  return inside;
}

double distance_to_border_m(const AreaSet& areas, const AreaIndex area, const Point& point) {
  double nearest = std::numeric_limits<double>::infinity();
  const auto [first, last] = areas.rings_of(area);
  for (std::size_t ring = first; ring < last; ++ring) {
    const std::span<const Point> vertices = areas.ring(ring);
    for (std::size_t at = 0; at + 1 < vertices.size(); ++at) {
      nearest = std::min(nearest, distance_to_segment(point, vertices[at], vertices[at + 1]));
    }
  }
  return nearest;
}

RowNote commune_note(const Commune& commune, std::string reason, std::string detail) {
  return {{}, {}, commune.code, {}, commune.name, std::move(reason), std::move(detail)};
}

class TerritoryBuilder {
 public:
  TerritoryBuilder(const Planes& planes, const TerritoryOptions& options) : planes_(planes), options_(options) {}

  Reading<Territory> build(const std::vector<TerritorySource>& sources) {
    Reading<CommuneRegister> registered = register_communes(sources, planes_, options_.selection);
    reading_.rows_in = registered.rows_in;
    reading_.rejections = std::move(registered.rejections);
    reading_.repairs = std::move(registered.repairs);
    register_ = std::move(registered.value);
    if (register_.communes.empty()) {
      throw InputError{Text{
          .french = fmt::format(
              "aucune commune dans le territoire ({} lignes lues, {} rejetées) ; vérifiez les contours et la sélection",
              reading_.rows_in, reading_.rejections.size()),
          .english =
              fmt::format("no commune in the territory ({} rows read, {} rejected); check the contours and the selection",
                          reading_.rows_in, reading_.rejections.size())}};
    }
    territory().communes = register_.communes;
    territory().plane = planes_.plane;
    territory().source_is_geographic = planes_.source.geographic;
    territory().tiers = options_.tiers;
    build_contours(sources);
    territory().neighbours = contiguity(territory().source_contours, territory().contours);
    build_points();
    build_zonings();
    build_demand();
    sort_notes(reading_.repairs);
    sort_notes(reading_.rejections);
    return std::move(reading_);
  }

 private:
  Territory& territory() { return reading_.value; }

  void build_contours(const std::vector<TerritorySource>& sources) {
    const LabelledContours gathered = gather_contours(sources, register_.contours);
    const GatedAreas gated = pass_gate(gathered.areas);
    const auto report = [&](const GateNote& found, std::vector<RowNote>& notes) {
      RowNote note = gathered.notes[found.area.value()];
      note.reason = found.reason;
      note.detail = found.detail;
      notes.push_back(std::move(note));
    };
    for (const GateNote& found : gated.repairs) {
      report(found, reading_.repairs);
    }
    for (const GateNote& found : gated.rejections) {
      // The commune stays, with its population and without a contour: the row is doubtful, not lost.
      report(found, reading_.repairs);
    }
    AreaSet& contours = territory().source_contours;
    contours = contours_by_commune(gated.areas, register_.contours, register_.communes.size());
    orient_rings(contours);
    territory().contours = project(contours, planes_, register_.communes);
  }

  /// Declared points in the territory plane; not finite where they cannot be projected.
  [[nodiscard]] IndexedVector<CommuneIndex, Point> projected_declared() const {
    std::vector<Point> points;
    for (const std::optional<Point>& point : register_.declared) {
      points.push_back(point.value_or(Point{std::nan(""), std::nan("")}));
    }
    if (planes_.source_to_plane) {
      planes_.source_to_plane(points);
    }
    return IndexedVector<CommuneIndex, Point>{std::move(points)};
  }

  void build_points() {
    const IndexedVector<CommuneIndex, Point> declared = projected_declared();
    for (const CommuneIndex commune : register_.communes.indices()) {
      const AreaIndex area{commune.value()};
      const auto [first, last] = territory().contours.rings_of(area);
      const bool has_contour = first != last;
      CommunePoint point;
      if (register_.declared[commune] && believe(commune, declared[commune], has_contour)) {
        point = {declared[commune], CommunePoint::Origin::declared};
      } else if (const std::optional<Point> interior =
                     has_contour ? interior_point(territory().contours, area) : std::nullopt) {
        point = {*interior, CommunePoint::Origin::interior};
      }
      territory().points.push_back(point);
    }
  }

  /// Whether a declared point is taken; tells of those outside their commune.
  bool believe(const CommuneIndex commune, const Point& declared, const bool has_contour) {
    const Commune& one = register_.communes[commune];
    if (!is_finite(declared)) {
      reading_.repairs.push_back(commune_note(one, "declared_point_not_believed", "not finite"));
      return false;
    }
    const AreaIndex area{commune.value()};
    if (!has_contour || is_in_area(territory().source_contours, area, *register_.declared[commune])) {
      return true;
    }
    const double outside_m = distance_to_border_m(territory().contours, area, declared);
    const bool believed = outside_m <= options_.declared_point_tolerance_m;
    reading_.repairs.push_back(
        commune_note(one, believed ? "declared_point_outside_commune" : "declared_point_not_believed",
                     outside_m < 10'000 ? fmt::format("{:.0f} m", outside_m) : fmt::format("{:.0f} km", outside_m / 1000)));
    return believed;
  }

  Zoning zoning(std::string name, std::string Commune::*code, const Names& names) {
    Zoning zoning{.name = std::move(name), .codes = {}, .names = {}, .zone_of = {}};
    std::map<std::string, ZoneIndex> zones;
    for (const Commune& commune : register_.communes) {
      if (!(commune.*code).empty()) {
        zones.emplace(commune.*code, ZoneIndex{});
      }
    }
    for (auto& [zone_code, index] : zones) {
      index = zoning.codes.push_back(zone_code);
      const auto named = std::lower_bound(names.begin(), names.end(), zone_code,
                                          [](const auto& pair, const std::string& wanted) { return pair.first < wanted; });
      zoning.names.push_back(named != names.end() && named->first == zone_code ? named->second : zone_code);
    }
    for (const Commune& commune : register_.communes) {
      zoning.zone_of.push_back((commune.*code).empty() ? ZoneIndex::none() : zones.at(commune.*code));
    }
    return zoning;
  }

  void build_zonings() {
    territory().departements = zoning("departement", &Commune::departement, register_.departement_names);
    territory().epcis = zoning("epci", &Commune::epci, register_.epci_names);
    territory().regions = zoning("region", &Commune::region, register_.region_names);
    for (const Commune& commune : register_.communes) {
      territory().tier.push_back(tier_of(options_.tiers, commune.population));
      if (!commune.population) {
        reading_.repairs.push_back(commune_note(commune, "population_missing", {}));
      }
    }
    territory().name = options_.name;
    if (options_.name.empty()) {
      const Zoning& departements = territory().departements;
      const Zoning& regions = territory().regions;
      const Zoning& named = departements.codes.size() == 1 ? departements : regions;
      territory().name = named.codes.size() == 1 ? named.names[ZoneIndex{0}] : std::string{};
    }
  }

  void build_demand() {
    if (options_.grid) {
      build_demand_of_grid(*options_.grid);
      return;
    }
    for (const CommuneIndex commune : register_.communes.indices()) {
      const CommunePoint& point = territory().points[commune];
      if (point.origin != CommunePoint::Origin::none) {
        territory().demand.push_back({point.position, register_.communes[commune].population.value_or(0), commune});
      }
    }
  }

  void build_demand_of_grid(const PopulationGrid& grid) {
    if (grid.population.size() != grid.points.size() || grid.rows.size() != grid.points.size()) {
      throw ArgumentError{"population grid: points, population and rows differ in size"};
    }
    const std::vector<AreaIndex> found = locate_points(territory().source_contours, grid.points);
    std::vector<Point> projected = grid.points;
    if (planes_.source_to_plane) {
      planes_.source_to_plane(projected);
    }
    std::vector<bool> has_cell(register_.communes.size(), false);
    reading_.rows_in += static_cast<std::int64_t>(grid.points.size());
    for (std::size_t cell = 0; cell < grid.points.size(); ++cell) {
      if (found[cell].is_none()) {
        reading_.rejections.push_back({grid.source,
                                       grid.rows[cell],
                                       {},
                                       {},
                                       std::to_string(grid.population[cell]),
                                       "demand_outside_territory",
                                       fmt::format("{}, {}", grid.points[cell].x, grid.points[cell].y)});
        continue;
      }
      has_cell[found[cell].value()] = true;
      territory().demand.push_back({projected[cell], grid.population[cell], CommuneIndex{found[cell].value()}});
    }
    // By place within a commune, so that the order of the cells in their file changes nothing.
    std::sort(territory().demand.begin(), territory().demand.end(), [](const DemandPoint& a, const DemandPoint& b) {
      return std::tie(a.commune, a.position, a.population) < std::tie(b.commune, b.position, b.population);
    });
    for (const CommuneIndex commune : register_.communes.indices()) {
      if (!has_cell[commune.value()]) {
        const Commune& one = register_.communes[commune];
        reading_.repairs.push_back(
            commune_note(one, "commune_without_demand_cell",
                         one.population ? fmt::format("population {}", *one.population) : std::string{}));
      }
    }
  }

  static void sort_notes(std::vector<RowNote>& notes) {
    const auto key = [](const RowNote& note) {
      return std::tie(note.reason, note.source, note.row, note.key, note.value, note.detail);
    };
    std::sort(notes.begin(), notes.end(), [&](const RowNote& a, const RowNote& b) { return key(a) < key(b); });
  }

  const Planes& planes_;
  const TerritoryOptions& options_;
  CommuneRegister register_;
  Reading<Territory> reading_;
};

}  // namespace

Reading<Territory> build_territory(std::vector<TerritorySource> sources, const Planes& planes,
                                   const TerritoryOptions& options) {
  return TerritoryBuilder{planes, options}.build(sources);
}

AreaSet zone_contours(const Territory& territory, const Zoning& zoning) {
  AreaSet members;
  std::vector<std::uint32_t> zone_of_area;
  for (const CommuneIndex commune : zoning.zone_of.indices()) {
    if (const ZoneIndex zone = zoning.zone_of[commune]; !zone.is_none()) {
      members.add_area(territory.contours, AreaIndex{commune.value()});
      zone_of_area.push_back(zone.value());
    }
  }
  return dissolve(members, zone_of_area, zoning.codes.size());
}

}  // namespace maillage
