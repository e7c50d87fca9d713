#include "engine/territory/commune_contours.hpp"

#include <algorithm>
#include <compare>

#include <fmt/format.h>

#include "engine/territory/commune_code.hpp"

namespace maillage {

namespace {

/// Order of two contours by their vertices alone, so that the order of rows in a file decides nothing.
std::strong_ordering compare_areas(const AreaSet& a, const AreaIndex area_a, const AreaSet& b, const AreaIndex area_b) {
  const auto [first_a, last_a] = a.rings_of(area_a);
  const auto [first_b, last_b] = b.rings_of(area_b);
  if (last_a - first_a != last_b - first_b) {
    return (last_a - first_a) <=> (last_b - first_b);
  }
  for (std::size_t ring = 0; ring < last_a - first_a; ++ring) {
    const auto ring_a = a.ring(first_a + ring);
    const auto ring_b = b.ring(first_b + ring);
    if (ring_a.size() != ring_b.size()) {
      return ring_a.size() <=> ring_b.size();
    }
    for (std::size_t at = 0; at < ring_a.size(); ++at) {
      if (ring_a[at] < ring_b[at]) {
        return std::strong_ordering::less;
      }
      if (ring_b[at] < ring_a[at]) {
        return std::strong_ordering::greater;
      }
    }
  }
  return std::strong_ordering::equal;
}

void check_planes(const std::vector<TerritorySource>& sources, const PresentCommunes& present,
                  const CoordinateSystem& plane) {
  for (const std::size_t at : present.contour_sources) {
    const CoordinateSystem& own = sources[at].crs;
    const bool same = own.definition.empty() || plane.definition.empty() || own.definition == plane.definition ||
                      (own.geographic && plane.geographic);
    if (!same) {
      const std::string& name = sources[at].records.front().source;
      throw InputError{
          Text{.french = fmt::format(
                   "{} : contours en « {} » alors que les autres sont en « {} » ; mettez tous les fichiers de contours "
                   "dans le même système de coordonnées",
                   name, own.definition, plane.definition),
               .english = fmt::format(
                   "{}: contours in \"{}\" while the others are in \"{}\"; put all contour files in one coordinate system",
                   name, own.definition, plane.definition)}};
    }
  }
}

class Chooser {
 public:
  Chooser(const std::vector<TerritorySource>& sources, const PresentCommunes& present)
      : sources_(sources), present_(present) {}

  CommuneContours run() {
    for (const std::size_t source : present_.contour_sources) {
      for (std::size_t record = 0; record < sources_[source].records.size(); ++record) {
        if (const std::size_t commune = present_.commune_of[source][record]; commune != PresentCommunes::kNone) {
          candidates_.push_back({source, record, CommuneIndex{commune}});
        }
      }
    }
    std::sort(candidates_.begin(), candidates_.end(),
              [&](const SourceContour& a, const SourceContour& b) { return before(a, b); });
    for (std::size_t first = 0; first < candidates_.size();) {
      std::size_t last = first;
      while (last < candidates_.size() && candidates_[last].commune == candidates_[first].commune) {
        ++last;
      }
      choose(first, last);
      first = last;
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] const CommuneRecord& record(const SourceContour& contour) const {
    return sources_[contour.source].records[contour.record];
  }

  [[nodiscard]] std::strong_ordering by_content(const SourceContour& a, const SourceContour& b) const {
    return compare_areas(sources_[a.source].contours, AreaIndex{a.record}, sources_[b.source].contours, AreaIndex{b.record});
  }

  [[nodiscard]] bool before(const SourceContour& a, const SourceContour& b) const {
    if (a.commune != b.commune) {
      return a.commune < b.commune;
    }
    if (record(a).code != record(b).code) {
      return record(a).code < record(b).code;
    }
    if (a.source != b.source) {
      return a.source < b.source;
    }
    const auto order = by_content(a, b);
    return order != 0 ? order < 0 : a.record < b.record;
  }

  [[nodiscard]] RowNote note(const SourceContour& contour, std::string reason, std::string detail) const {
    const CommuneRecord& row = record(contour);
    return {row.source, row.row, row.code, {}, row.name, std::move(reason), std::move(detail)};
  }

  /// The contours of one commune, candidates_[first, last).
  void choose(const std::size_t first, const std::size_t last) {
    const std::string& code = present_.codes[candidates_[first].commune.value()];
    const bool own_contour = std::any_of(candidates_.begin() + static_cast<std::ptrdiff_t>(first),
                                         candidates_.begin() + static_cast<std::ptrdiff_t>(last),
                                         [&](const SourceContour& one) { return record(one).code == code; });
    for (std::size_t at = first; at < last; ++at) {
      const SourceContour& contour = candidates_[at];
      const std::size_t commune = contour.commune.value();
      if (own_contour && commune_of_arrondissement(record(contour).code)) {
        result_.repairs.push_back({commune, note(contour, "arrondissement_beside_commune", code)});
        continue;
      }
      const SourceContour* const previous =
          at > first && record(candidates_[at - 1]).code == record(contour).code ? &candidates_[at - 1] : nullptr;
      if (previous != nullptr && (previous->source != contour.source || by_content(*previous, contour) == 0)) {
        result_.rejections.push_back(
            note(contour, "duplicate_commune_code", record(*previous).source + ":" + std::to_string(record(*previous).row)));
        // Later rows are compared with the one that stays.
        candidates_[at] = *previous;
        continue;
      }
      if (previous != nullptr) {
        result_.repairs.push_back({commune, note(contour, "commune_in_several_rows",
                                                 record(*previous).source + ":" + std::to_string(record(*previous).row))});
      }
      result_.chosen.push_back(contour);
    }
  }

  const std::vector<TerritorySource>& sources_;
  const PresentCommunes& present_;
  std::vector<SourceContour> candidates_;
  CommuneContours result_;
};

}  // namespace

CommuneContours choose_contours(const std::vector<TerritorySource>& sources, const PresentCommunes& present,
                                const CoordinateSystem& plane) {
  check_planes(sources, present, plane);
  return Chooser{sources, present}.run();
}

}  // namespace maillage
