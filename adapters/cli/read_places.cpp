#include "adapters/cli/read_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/cli/read_layer.hpp"
#include "adapters/proj/make_planes.hpp"
#include "adapters/publish/quality_report.hpp"
#include "engine/core/error.hpp"
#include "engine/structures/read_structures.hpp"

namespace maillage {

namespace {

constexpr std::size_t kNotesShown = 5;

void tell_left_out(const std::filesystem::path& file, const std::vector<RowNote>& notes, Console& console) {
  for (std::size_t k = 0; k < std::min(notes.size(), kNotesShown); ++k) {
    const Text reason = reason_label(notes[k].reason);
    const std::int64_t row = notes[k].row.value_or(0);
    console.warn({.french = fmt::format("{}, ligne {} : {} ({})", file.string(), row, reason.french, notes[k].key),
                  .english = fmt::format("{}, row {}: {} ({})", file.string(), row, reason.english, notes[k].key)});
  }
  if (notes.size() > kNotesShown) {
    console.warn({.french = fmt::format("{} : {} lignes écartées en tout.", file.string(), notes.size()),
                  .english = fmt::format("{}: {} rows left out in all.", file.string(), notes.size())});
  }
}

}  // namespace

PlaceList read_places(const std::filesystem::path& file, const std::string& crs, const std::string& plane,
                      Console& console) {
  console.step({.french = fmt::format("Lecture des lieux : {}", file.string()),
                .english = fmt::format("Reading places: {}", file.string())});
  const CoordinateSystem degrees{.definition = "OGC:CRS84", .geographic = true};
  const CoordinateSystem target = describe_crs(plane);
  const Reading<FeatureTable> table = read_layer(file, {.layer = {}, .encoding = {}, .delimiter = {}, .crs = crs});
  const std::string declared = crs.empty() ? table.value.crs.definition : crs;
  StructureMapping mapping;
  mapping.source = file.stem().string();
  mapping.crs = crs;
  Reading<StructureSet> reading =
      read_structures(table.value, mapping,
                      {.lonlat_to_source = make_conversion(degrees, target),
                       .file_to_source = declared.empty() ? Conversion{} : make_conversion(describe_crs(declared), target),
                       .lambert93_to_source = make_conversion(describe_crs("EPSG:2154"), target),
                       .territory_deg = Box{}});
  std::vector<RowNote> left_out = table.rejections;
  left_out.insert(left_out.end(), reading.rejections.begin(), reading.rejections.end());
  std::vector<Structure> rows;
  for (Structure& structure : reading.value.structures) {
    rows.push_back(std::move(structure));
  }
  std::sort(rows.begin(), rows.end(), [](const Structure& a, const Structure& b) { return a.row < b.row; });
  PlaceList places;
  std::set<std::string> seen;
  for (const Structure& row : rows) {
    const std::string key = row.key.empty() ? std::to_string(row.row) : row.key;
    const bool is_new = seen.insert(key).second;
    if (!row.declared_position || !is_new) {
      left_out.push_back({.source = file.filename().string(),
                          .row = row.row,
                          .key = key,
                          .column = {},
                          .value = row.name,
                          .reason = is_new ? "no_position" : "repeated_key",
                          .detail = {}});
      continue;
    }
    places.keys.push_back(key);
    places.names.push_back(row.name);
    places.positions.push_back(*row.declared_position);
  }
  tell_left_out(file, left_out, console);
  if (places.keys.empty()) {
    throw InputError(
        Text{.french = fmt::format("{} : aucune ligne n'a de coordonnées (colonnes longitude et latitude, ou géométrie).",
                                   file.string()),
             .english =
                 fmt::format("{}: no row has coordinates (columns longitude and latitude, or a geometry).", file.string())});
  }
  return places;
}

void tell_unsnapped(const std::span<const Snap> snaps, const PlaceList& places, const std::string& file, Console& console) {
  std::size_t count = 0;
  std::string examples;
  for (std::size_t k = 0; k < snaps.size(); ++k) {
    if (snaps[k].road.is_none()) {
      examples += ++count <= kNotesShown ? (examples.empty() ? "" : ", ") + places.keys[k] : "";
    }
  }
  if (count > 0) {
    console.warn(
        {.french = fmt::format("{} : {} lieux trop loin de toute route, sans trajet ({}).", file, count, examples),
         .english = fmt::format("{}: {} places too far from any road, without trips ({}).", file, count, examples)});
  }
}

}  // namespace maillage
