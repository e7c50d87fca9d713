#include "engine/territory/commune_register.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "engine/territory/code_history.hpp"
#include "engine/territory/commune_code.hpp"
#include "engine/territory/commune_contours.hpp"
#include "engine/territory/present_communes.hpp"

namespace maillage {

namespace {

using Names = std::vector<std::pair<std::string, std::string>>;

CodeHistory history_of(const std::vector<TerritorySource>& sources) {
  std::vector<CodeEvent> events;
  for (const TerritorySource& source : sources) {
    events.insert(events.end(), source.history.begin(), source.history.end());
  }
  return CodeHistory{std::move(events)};
}

/// The rows of one source by present commune, those of one commune by their own code, then content.
std::vector<std::vector<std::size_t>> rows_by_commune(const TerritorySource& source,
                                                      const std::vector<std::size_t>& commune_of,
                                                      const std::size_t communes) {
  std::vector<std::vector<std::size_t>> rows(communes);
  for (std::size_t row = 0; row < commune_of.size(); ++row) {
    if (commune_of[row] != PresentCommunes::kNone) {
      rows[commune_of[row]].push_back(row);
    }
  }
  const auto content = [&](const std::size_t row) {
    const CommuneRecord& record = source.records[row];
    return std::tie(record.code, record.population, record.name, record.departement, record.region, record.epci,
                    record.point);
  };
  for (auto& of_commune : rows) {
    std::sort(of_commune.begin(), of_commune.end(),
              [&](const std::size_t a, const std::size_t b) { return content(a) < content(b); });
  }
  return rows;
}

/// Name of a city that has municipal arrondissements.
std::string_view name_of_city(const std::string_view code) {
  return code == "75056" ? "Paris" : code == "69123" ? "Lyon" : code == "13055" ? "Marseille" : "";
}

/// Sum of what one source knows of the old communes that make up the present one; missing when one of them is.
/// Where a city and its arrondissements both stand in the source, the city's own figure is taken.
std::optional<std::int64_t> population_in(const TerritorySource& source, const std::vector<std::size_t>& rows,
                                          const std::string& code, std::vector<RowNote>& repairs) {
  const bool is_city = !name_of_city(code).empty();
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < rows.size();) {
    const std::string& own = source.records[rows[at]].code;
    std::optional<std::int64_t> largest;
    std::size_t last = at;
    for (; last < rows.size() && source.records[rows[last]].code == own; ++last) {
      const CommuneRecord& record = source.records[rows[last]];
      if (largest && record.population && record.population != largest) {
        repairs.push_back({record.source,
                           record.row,
                           record.code,
                           {},
                           std::to_string(*largest),
                           "duplicate_population",
                           fmt::format("{} / {}", *largest, *record.population)});
      }
      largest = std::max(largest, record.population);
    }
    at = last;
    if (own == code && is_city && largest) {
      return largest;
    }
    if (!largest) {
      return std::nullopt;
    }
    sum += *largest;
  }
  return rows.empty() ? std::nullopt : std::optional{sum};
}

/// First value that a source gives, by authority; rows of the present code itself go before those of old communes.
template <typename Member>
std::string first_text(const std::vector<TerritorySource>& sources, const PresentCommunes& present,
                       const std::vector<std::vector<std::vector<std::size_t>>>& rows, const std::size_t commune,
                       const Member member) {
  for (const bool own_code : {true, false}) {
    for (const std::size_t at : present.by_authority) {
      for (const std::size_t row : rows[at][commune]) {
        const CommuneRecord& record = sources[at].records[row];
        if ((record.code == present.codes[commune]) == own_code && !(record.*member).empty()) {
          return record.*member;
        }
      }
    }
  }
  return {};
}

Names merged_names(const std::vector<TerritorySource>& sources, const PresentCommunes& present,
                   Names TerritorySource::*member, const Names& fallback) {
  std::map<std::string, std::string> names;
  for (const std::size_t at : present.by_authority) {
    names.insert((sources[at].*member).begin(), (sources[at].*member).end());
  }
  names.insert(fallback.begin(), fallback.end());
  return {names.begin(), names.end()};
}

bool same_plane(const CoordinateSystem& a, const CoordinateSystem& b) {
  return a.definition.empty() || b.definition.empty() || (a.geographic && b.geographic) || a.definition == b.definition;
}

/// Declared points of one source, in the plane of the contours, per row.
std::vector<std::optional<Point>> points_of(const TerritorySource& source, const Planes& planes) {
  std::vector<std::optional<Point>> points;
  std::vector<Point> flat;
  for (const CommuneRecord& record : source.records) {
    points.push_back(record.point);
    if (record.point) {
      flat.push_back(*record.point);
    }
  }
  if (flat.empty() || same_plane(source.crs, planes.source)) {
    return points;
  }
  if (!source.crs.geographic || !planes.lonlat_to_source) {
    const std::string& name = source.records.front().source;
    throw InputError{Text{
        .french = fmt::format(
            "{} : points en « {} » alors que les contours sont en « {} » ; convertissez les points en longitude et latitude",
            name, source.crs.definition, planes.source.definition),
        .english = fmt::format(
            "{}: points in \"{}\" while the contours are in \"{}\"; convert the points to longitude and latitude", name,
            source.crs.definition, planes.source.definition)}};
  }
  planes.lonlat_to_source(flat);
  std::size_t next = 0;
  for (std::optional<Point>& point : points) {
    if (point) {
      point = flat[next++];
      if (!std::isfinite(point->x) || !std::isfinite(point->y)) {
        point.reset();
      }
    }
  }
  return points;
}

/// All present communes being filled, whether in the territory or not.
class Registrar {
 public:
  Registrar(const std::vector<TerritorySource>& sources, const Planes& planes)
      : sources_(sources),
        planes_(planes),
        history_(history_of(sources)),
        present_(find_present_communes(sources, history_)) {
    for (std::size_t at = 0; at < sources.size(); ++at) {
      rows_.push_back(rows_by_commune(sources[at], present_.commune_of[at], present_.codes.size()));
      reading_.rows_in += static_cast<std::int64_t>(sources[at].records.size());
    }
    reading_.rejections = std::move(present_.rejections);
  }

  Reading<CommuneRegister> run(const TerritorySelection& selection) {
    is_selected_ = !selection.empty();
    fill_communes();
    CommuneContours contours = choose_contours(sources_, present_, planes_.source);
    move_notes(contours.rejections, reading_.rejections);
    for (PresentCommunes::Repair& repair : contours.repairs) {
      present_.repairs.push_back(std::move(repair));
    }
    with_contour_.assign(all_.size(), false);
    for (const SourceContour& contour : contours.chosen) {
      with_contour_[contour.commune.value()] = true;
    }
    choose_members(selection);
    keep_members(contours);
    return std::move(reading_);
  }

 private:
  static void move_notes(std::vector<RowNote>& from, std::vector<RowNote>& to) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  }

  void fill_communes() {
    std::vector<std::vector<std::optional<Point>>> points;
    for (const TerritorySource& source : sources_) {
      points.push_back(points_of(source, planes_));
    }
    population_notes_.resize(present_.codes.size());
    for (std::size_t at = 0; at < present_.codes.size(); ++at) {
      all_.push_back(commune(at));
      declared_.push_back(declared(at, points));
    }
  }

  Commune commune(const std::size_t at) {
    Commune commune{.code = present_.codes[at], .name = {}, .population = {}, .departement = {}, .region = {}, .epci = {}};
    for (const std::size_t source : present_.by_authority) {
      if (!commune.population) {
        commune.population = population_in(sources_[source], rows_[source][at], commune.code, population_notes_[at]);
      }
    }
    commune.name = first_text(sources_, present_, rows_, at, &CommuneRecord::name);
    if (const std::string_view city = name_of_city(commune.code); !city.empty()) {
      commune.name = city;
    }
    if (commune.name.empty()) {
      commune.name = commune.code;
    }
    commune.epci = first_text(sources_, present_, rows_, at, &CommuneRecord::epci);
    commune.departement = first_text(sources_, present_, rows_, at, &CommuneRecord::departement);
    if (commune.departement.empty()) {
      commune.departement = departement_of_code(commune.code);
    }
    commune.region = first_text(sources_, present_, rows_, at, &CommuneRecord::region);
    if (commune.region.empty()) {
      commune.region = region_of_departement(commune.departement);
    }
    return commune;
  }

  [[nodiscard]] std::optional<Point> declared(const std::size_t at,
                                              const std::vector<std::vector<std::optional<Point>>>& points) const {
    for (const std::size_t source : present_.by_authority) {
      for (const std::size_t row : rows_[source][at]) {
        if (sources_[source].records[row].code == present_.codes[at] && points[source][row]) {
          return points[source][row];
        }
      }
    }
    return std::nullopt;
  }

  void choose_members(const TerritorySelection& selection) {
    if (selection.empty()) {
      member_ = with_contour_;
      return;
    }
    std::set<std::string> named;
    for (const std::string& code : selection.communes) {
      const Successor successor = history_.resolve(code, present_.codes);
      if (successor.code.empty()) {
        reading_.rejections.push_back({"selection", {}, code, {}, code, successor.reason(), {}});
        ++reading_.rows_in;
      } else {
        named.insert(successor.code);
      }
    }
    const auto among = [](const std::vector<std::string>& codes, const std::string& code) {
      return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    for (const Commune& commune : all_) {
      member_.push_back(named.contains(commune.code) || among(selection.regions, commune.region) ||
                        among(selection.departements, commune.departement) || among(selection.epcis, commune.epci));
    }
  }

  /// Row that first speaks of a commune, for messages.
  [[nodiscard]] RowNote note_of(const std::size_t at, std::string reason) const {
    RowNote note{.source = {},
                 .row = {},
                 .key = all_[at].code,
                 .column = {},
                 .value = all_[at].name,
                 .reason = std::move(reason),
                 .detail = {}};
    for (const std::size_t source : present_.by_authority) {
      if (note.source.empty() && !rows_[source][at].empty()) {
        const CommuneRecord& record = sources_[source].records[rows_[source][at].front()];
        note.source = record.source;
        note.row = record.row;
      }
    }
    note.detail = all_[at].population ? fmt::format("population {}", *all_[at].population) : std::string{};
    return note;
  }

  /// Present communes without a contour: selected ones are kept, others are listed where their departement is mostly there.
  void report_missing_contours() {
    std::map<std::string, std::pair<std::size_t, std::size_t>> contours_of_departement;  // (with, all)
    for (std::size_t at = 0; at < all_.size(); ++at) {
      auto& [with, count] = contours_of_departement[all_[at].departement];
      with += with_contour_[at] ? 1U : 0U;
      ++count;
    }
    std::map<std::string, std::string> split_from;
    for (const CodeEvent& event : history_.reestablishments()) {
      split_from.emplace(event.new_code, event.old_code);
    }
    for (std::size_t at = 0; at < all_.size(); ++at) {
      const auto& [with, count] = contours_of_departement[all_[at].departement];
      if (with_contour_[at] || (!member_[at] && (with == 0 || with * 2 < count || is_selected_))) {
        continue;
      }
      RowNote note = note_of(at, "commune_without_contour");
      if (const auto split = split_from.find(all_[at].code); split != split_from.end()) {
        note.reason = "commune_reestablished_without_contour";
        note.detail = split->second + " -> " + all_[at].code + (note.detail.empty() ? "" : ", ") + note.detail;
      }
      (member_[at] ? reading_.repairs : reading_.rejections).push_back(std::move(note));
    }
  }

  void keep_members(const CommuneContours& contours) {
    report_missing_contours();
    CommuneRegister& result = reading_.value;
    std::vector<CommuneIndex> index_of(all_.size());
    for (std::size_t at = 0; at < all_.size(); ++at) {
      if (member_[at]) {
        index_of[at] = result.communes.push_back(std::move(all_[at]));
        result.declared.push_back(declared_[at]);
        move_notes(population_notes_[at], reading_.repairs);
      }
    }
    for (const SourceContour& contour : contours.chosen) {
      if (const CommuneIndex commune = index_of[contour.commune.value()]; !commune.is_none()) {
        result.contours.push_back({contour.source, contour.record, commune});
      }
    }
    for (PresentCommunes::Repair& repair : present_.repairs) {
      if (!index_of[repair.commune].is_none()) {
        reading_.repairs.push_back(std::move(repair.note));
      }
    }
    Names departements;
    for (const FrenchDepartement& one : french_departements()) {
      departements.emplace_back(one.code, one.name);
    }
    Names regions;
    for (const FrenchRegion& one : french_regions()) {
      regions.emplace_back(one.code, one.name);
    }
    result.departement_names = merged_names(sources_, present_, &TerritorySource::departement_names, departements);
    result.region_names = merged_names(sources_, present_, &TerritorySource::region_names, regions);
    result.epci_names = merged_names(sources_, present_, &TerritorySource::epci_names, {});
  }

  const std::vector<TerritorySource>& sources_;
  const Planes& planes_;
  CodeHistory history_;
  PresentCommunes present_;
  std::vector<std::vector<std::vector<std::size_t>>> rows_;  ///< [source][commune]
  std::vector<Commune> all_;
  std::vector<std::optional<Point>> declared_;
  std::vector<std::vector<RowNote>> population_notes_;
  std::vector<bool> with_contour_;
  std::vector<bool> member_;
  bool is_selected_ = false;  ///< a selection decides who is in, not the contours
  Reading<CommuneRegister> reading_;
};

}  // namespace

Reading<CommuneRegister> register_communes(const std::vector<TerritorySource>& sources, const Planes& planes,
                                           const TerritorySelection& selection) {
  return Registrar{sources, planes}.run(selection);
}

}  // namespace maillage
