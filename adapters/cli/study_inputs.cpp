#include "adapters/cli/study_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "adapters/builtin/builtin_france.hpp"
#include "adapters/cli/read_layer.hpp"
#include "adapters/cli/territory_inputs.hpp"
#include "adapters/file/sha256.hpp"
#include "adapters/gdal/population_raster.hpp"
#include "adapters/proj/crs.hpp"
#include "adapters/proj/make_planes.hpp"
#include "engine/core/error.hpp"
#include "engine/geometry/locate_points.hpp"
#include "engine/structures/duplicates.hpp"
#include "engine/structures/guess_territory.hpp"
#include "engine/structures/read_structures.hpp"
#include "engine/structures/suspicious_holes.hpp"
#include "engine/structures/vintages.hpp"
#include "engine/survey/table.hpp"
#include "engine/time/dated_moment.hpp"
#include "engine/time/opening_hours.hpp"
#include "engine/territory/build_territory.hpp"
#include "engine/territory/contour_holes.hpp"
#include "engine/territory/population_polygons.hpp"

namespace maillage {
namespace {

/// A file of structures as read, before its columns are understood.
struct SourceTable {
  const SourceStudy* study = nullptr;
  Reading<FeatureTable> table;
};

/// Days of all years and moments that questions of continuity ask for; last before first: none.
DayRange days_asked(const Study& study) {
  DayRange days{.first = 0, .last = -1};
  const auto add = [&days](const std::int32_t first, const std::int32_t last) {
    days = days.last < days.first ? DayRange{first, last} : DayRange{std::min(days.first, first), std::max(days.last, last)};
  };
  for (const ContinuityStudy& continuity : study.continuities) {
    if (continuity.year) {
      add(day_number({*continuity.year, 1, 1}), day_number({*continuity.year, 12, 31}) + 1);
    }
    if (const auto at = parse_moment(continuity.at)) {
      add(at->day, at->day + kNextOpeningDays);
    }
  }
  return days;
}

std::vector<SourceTable> read_source_tables(const Study& study, Console& console) {
  std::vector<SourceTable> tables;
  const DayRange days = days_asked(study);
  for (const SourceStudy& source : study.sources) {
    console.step({.french = fmt::format("Lecture des structures : {}", source.file.string()),
                  .english = fmt::format("Reading structures: {}", source.file.string())});
    tables.push_back(
        {.study = &source,
         .table = read_layer(
             source.file,
             {.layer = source.layer,
              .encoding = source.encoding,
              .delimiter = source.delimiter,
              .crs = source.crs,
              .presences = source.presences,
              .calendar = {.time_zone = source.time_zone, .first_day = days.first, .last_day = days.last}})});
  }
  return tables;
}

/// Makes something of a file; an error that does not name the file gets its name.
template <typename Make>
auto naming_file(const std::string& file, const Make& make) {
  try {
    return make();
  } catch (const InputError& error) {
    if (error.message().french.find(file) != std::string::npos) {
      throw;
    }
    throw InputError(Text{.french = fmt::format("{} : {}", file, error.message().french),
                          .english = fmt::format("{}: {}", file, error.message().english)},
                     error.kind());
  }
}

const CoordinateSystem kDegrees{.definition = "OGC:CRS84", .geographic = true};

StructureConversions conversions_of(const SourceTable& source, const CoordinateSystem& plane, const Box& territory_deg) {
  const std::string& declared = source.study->crs.empty() ? source.table.value.crs.definition : source.study->crs;
  return {.lonlat_to_source = make_conversion(kDegrees, plane),
          .file_to_source = declared.empty() ? Conversion{} : make_conversion(describe_crs(declared), plane),
          .lambert93_to_source = make_conversion(describe_crs("EPSG:2154"), plane),
          .territory_deg = territory_deg};
}

struct ReadSources {
  StructureSet structures;
  std::vector<InputReport> reports;
};

ReadSources read_all_structures(const std::vector<SourceTable>& tables, const CoordinateSystem& plane,
                                const Box& territory_deg) {
  ReadSources read;
  std::vector<StructureSet> sets;
  for (const SourceTable& source : tables) {
    Reading<StructureSet> reading = read_structures(
        source.table.value, source.study->mapping,
        naming_file(source.study->file.string(), [&] { return conversions_of(source, plane, territory_deg); }));
    InputReport report{.role = {.french = "structures", .english = "structures"},
                       .file = source.study->file.string(),
                       .format = source.table.value.format,
                       .encoding = source.table.value.encoding,
                       .crs = source.table.value.crs.definition,
                       .sha256 = {},
                       .bytes = 0,
                       .rows_in = reading.rows_in + static_cast<std::int64_t>(source.table.rejections.size()),
                       .rows_used = static_cast<std::int64_t>(reading.value.structures.size()),
                       .rejections = source.table.rejections,
                       .repairs = source.table.repairs,
                       .vintages = count_vintages(reading.value)};
    report.rejections.insert(report.rejections.end(), reading.rejections.begin(), reading.rejections.end());
    report.repairs.insert(report.repairs.end(), reading.repairs.begin(), reading.repairs.end());
    read.reports.push_back(std::move(report));
    sets.push_back(std::move(reading.value));
  }
  read.structures = combine_structures(sets);
  return read;
}

/// Per structure; not a number without a position, which is nowhere.
std::vector<Point> declared_positions(const StructureSet& structures) {
  constexpr double kNowhere = std::numeric_limits<double>::quiet_NaN();
  std::vector<Point> positions;
  for (const Structure& structure : structures.structures) {
    positions.push_back(structure.declared_position.value_or(Point{kNowhere, kNowhere}));
  }
  return positions;
}

/// The built-in zone that holds nearly all structures, said aloud.
TerritoryStudy guess_from_structures(const Study& of, const StructureSet& structures, Console& console) {
  const BuiltinFrance& france = builtin_tables();
  const std::span<const CommuneRecord> records = france.records;
  std::vector<std::string> codes;
  for (const CommuneRecord& record : records) {
    codes.push_back(record.code);
  }
  std::vector<std::size_t> everything(records.size());
  std::generate(everything.begin(), everything.end(), [next = std::size_t{0}]() mutable { return next++; });
  const std::vector<AreaIndex> areas = locate_points(decode_contours(france, everything), declared_positions(structures));
  const CodeHistory history{france.history};
  std::vector<std::optional<std::size_t>> communes;
  for (std::size_t k = 0; k < structures.structures.size(); ++k) {
    const Structure& structure = structures.structures[StructureIndex{k}];
    std::optional<std::size_t> commune;
    const Successor successor = history.resolve(structure.commune_code, codes);
    if (!successor.code.empty()) {
      commune = static_cast<std::size_t>(std::lower_bound(codes.begin(), codes.end(), successor.code) - codes.begin());
    } else if (structure.declared_position) {
      commune = areas[k].is_none() ? std::nullopt : std::optional<std::size_t>{areas[k].value()};
    } else if (!structure.postcode.empty()) {
      const auto found =
          std::lower_bound(france.postcodes.begin(), france.postcodes.end(), std::pair{structure.postcode, std::string{}});
      if (found != france.postcodes.end() && found->first == structure.postcode) {
        commune = static_cast<std::size_t>(std::lower_bound(codes.begin(), codes.end(), found->second) - codes.begin());
      }
    }
    communes.push_back(commune);
  }
  const TerritoryGuess guess = guess_territory(records, communes);
  if (guess.structures == 0) {
    std::string files;
    for (const SourceStudy& source : of.sources) {
      files += (files.empty() ? "" : ", ") + source.file.string();
    }
    throw InputError(
        Text{.french = fmt::format("{} : aucune structure ne peut être située en France : il faut des coordonnées, un code "
                                   "INSEE ou un code postal. Les colonnes se désignent par columns = {{...}} dans l'étude.",
                                   files),
             .english = fmt::format("{}: no structure can be placed in France: coordinates, an INSEE code or a postcode are "
                                    "needed. Columns are named with columns = {{...}} in the study.",
                                    files)});
  }
  TerritoryStudy study;
  switch (guess.zone) {
    case TerritoryGuess::Zone::epci:
      study.epcis = {guess.code};
      break;
    case TerritoryGuess::Zone::departement:
      study.departements = {guess.code};
      break;
    case TerritoryGuess::Zone::region:
      study.regions = {guess.code};
      break;
    case TerritoryGuess::Zone::france:
      study.france = true;
      break;
  }
  const std::string name = territory_name(study);
  console.warn({.french = fmt::format("territoire deviné d'après les structures : {} ({} structures sur {}). Pour un autre "
                                      ": --region, --departement, --epci, --france, ou [territory] dans l'étude.",
                                      name, guess.structures_in, guess.structures),
                .english = fmt::format("territory guessed from the structures: {} ({} of {} structures). For another: "
                                       "--region, --departement, --epci, --france, or [territory] in the study.",
                                       name, guess.structures_in, guess.structures)});
  return study;
}

/// The territory's planes, chosen from where its contours are.
Planes planes_of(const TerritoryInputs& inputs, const TerritoryStudy& study) {
  for (const TerritorySource& source : inputs.sources) {
    if (source.contours.vertices.empty()) {
      continue;
    }
    if (source.crs.definition.empty()) {
      throw InputError(
          Text{.french = "les contours ne disent pas leur système de coordonnées ; ajoutez crs = \"EPSG:2154\" (ou le bon) "
                         "dans [territory].",
               .english = "the contours do not tell their CRS; add crs = \"EPSG:2154\" (or the right one) in [territory]."});
    }
    std::vector<Box> extents;
    for (std::size_t area = 0; area < source.contours.areas(); ++area) {
      if (const Box box = bounding_box(source.contours, AreaIndex{area}); !box.empty()) {
        extents.push_back(box);
      }
    }
    return make_planes(source.crs, extents, study.plane);
  }
  throw InputError(Text{.french = "aucun contour de commune ; [territory] contours attend des polygones avec un code INSEE.",
                        .english = "no commune contour; [territory] contours expects polygons with an INSEE code."});
}

/// How far lengths in the plane are from lengths on the ground.
Text scale_note(const Planes& planes, const Box& territory_deg) {
  if (territory_deg.empty() || planes.plane.find('+') != std::string::npos) {
    return {};
  }
  const ScaleRange scale = scale_factor_range(planes.plane, territory_deg);
  const auto metres = [](const double factor, const Language language) {
    return to_text(TableCell{std::llround(factor * 10'000)}, language);
  };
  return {.french = fmt::format("10 km sur le terrain y mesurent de {} à {} m.", metres(scale.least, Language::french),
                                metres(scale.greatest, Language::french)),
          .english = fmt::format("10 km on the ground measure {} to {} m there.", metres(scale.least, Language::english),
                                 metres(scale.greatest, Language::english))};
}

Box box_in_degrees(const Territory& territory, const Planes& planes) {
  std::vector<Point> corners;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const Box box = bounding_box(territory.source_contours, AreaIndex{commune.value()});
    if (!box.empty()) {
      corners.push_back({box.min_x, box.min_y});
      corners.push_back({box.max_x, box.max_y});
    }
  }
  planes.source_to_lonlat(corners);
  Box degrees;
  for (const Point& corner : corners) {
    if (std::isfinite(corner.x)) {
      degrees.extend(corner);
    }
  }
  return degrees;
}

std::vector<CodeEvent> all_events(const std::vector<TerritorySource>& sources) {
  std::vector<CodeEvent> events;
  for (const TerritorySource& source : sources) {
    events.insert(events.end(), source.history.begin(), source.history.end());
  }
  return events;
}

std::vector<std::pair<std::string, std::string>> all_postcodes(const std::vector<TerritorySource>& sources) {
  std::vector<std::pair<std::string, std::string>> postcodes;
  for (const TerritorySource& source : sources) {
    postcodes.insert(postcodes.end(), source.postcodes.begin(), source.postcodes.end());
  }
  std::sort(postcodes.begin(), postcodes.end());
  postcodes.erase(std::unique(postcodes.begin(), postcodes.end()), postcodes.end());
  return postcodes;
}

/// Population finer than communes, in the plane of the contours: a raster, or polygons with a column of inhabitants.
PopulationGrid read_grid(const TerritoryStudy& study, const Planes& planes, QualityReport& quality) {
  const std::filesystem::path& file = *study.population_grid;
  const Text role{.french = "population fine", .english = "fine population"};
  const std::string extension = file.extension().string();
  Reading<PopulationPoints> reading;
  if (extension == ".tif" || extension == ".tiff") {
    reading = read_population_raster(file);
  } else {
    const Reading<FeatureTable> table = read_layer(file, {});
    Reading<PopulationGrid> cells = population_of_polygons(table, study.population_column);
    reading = {.value = {.grid = std::move(cells.value), .crs = table.value.crs},
               .rows_in = cells.rows_in,
               .rejections = std::move(cells.rejections),
               .repairs = std::move(cells.repairs)};
  }
  quality.inputs.push_back({.role = role,
                            .file = file.string(),
                            .format = extension,
                            .encoding = {},
                            .crs = reading.value.crs.definition,
                            .sha256 = {},
                            .bytes = 0,
                            .rows_in = reading.rows_in,
                            .rows_used = reading.rows_in - static_cast<std::int64_t>(reading.rejections.size()),
                            .rejections = std::move(reading.rejections),
                            .repairs = std::move(reading.repairs),
                            .vintages = {}});
  make_conversion(reading.value.crs, planes.source)(reading.value.grid.points);
  return std::move(reading.value.grid);
}

/// The part of the structures' own file that counts elsewhere than in the territory.
void count_out_of_scope(const StructureSet& all, const Placements& placements, const Study& study, QualityReport& quality) {
  std::map<std::string, std::int64_t> outside;
  for (const StructureIndex structure : all.structures.indices()) {
    if (placements.of[structure].scope == PlacementScope::outside) {
      ++outside[all.structures[structure].source];
    }
  }
  for (const SourceStudy& source : study.sources) {
    for (InputReport& report : quality.inputs) {
      if (report.file == source.file.string() && report.rows_out_of_scope == 0) {
        report.rows_out_of_scope = outside[source.mapping.source];
        report.rows_used -= report.rows_out_of_scope;
      }
    }
  }
}

PlacementReport count_placements(const Placements& placements) {
  PlacementReport report;
  for (const Placement& placement : placements.of) {
    ++report.structures;
    report.by_point += placement.precision == PositionPrecision::point ? 1 : 0;
    report.by_commune += placement.precision == PositionPrecision::commune ? 1 : 0;
    report.by_postcode += placement.precision == PositionPrecision::postcode ? 1 : 0;
    report.unplaced += placement.precision == PositionPrecision::none ? 1 : 0;
    report.agree += placement.agreement == KeyAgreement::agree ? 1 : 0;
    report.conflict += placement.agreement == KeyAgreement::conflict ? 1 : 0;
  }
  return report;
}

void describe_territory(const Territory& territory, QualityReport& quality) {
  quality.territory = territory.name;
  quality.plane = territory.plane;
  quality.communes = static_cast<std::int64_t>(territory.communes.size());
  for (const Commune& commune : territory.communes) {
    quality.population += commune.population.value_or(0);
    quality.communes_without_population += commune.population ? 0 : 1;
  }
}

void look_for_duplicates(const Study& study, StudyInputs& inputs) {
  const Duplicates duplicates =
      find_duplicates(inputs.structures, inputs.placements,
                      {.max_distance_m = study.duplicates.distance_m, .min_similarity = study.duplicates.similarity});
  inputs.quality.duplicates = duplicates.notes;
  if (study.duplicates.merge) {
    MergedStructures merged = merge_duplicates(inputs.structures, inputs.placements, duplicates);
    inputs.structures = std::move(merged.structures);
    inputs.placements = std::move(merged.placements);
    inputs.quality.duplicates.insert(inputs.quality.duplicates.end(), merged.notes.begin(), merged.notes.end());
  }
}

void look_for_holes(const Study& study, StudyInputs& inputs) {
  const auto holes = suspicious_holes(inputs.territory, inputs.structures, inputs.placements,
                                      {.min_population = study.suspicious_population});
  for (const SuspiciousHole& hole : holes) {
    const Commune& commune = inputs.territory.communes[hole.commune];
    inputs.quality.suspicious_towns.push_back({.code = commune.code,
                                               .name = commune.name,
                                               .population = commune.population.value_or(0),
                                               .typology = hole.typology});
  }
}

/// What the join of the communes rejected is laid at the door of the file it came from, so that its rows add up.
void attribute_rejections(std::vector<RowNote> rejections, QualityReport& quality) {
  for (RowNote& note : rejections) {
    const auto report = std::find_if(quality.inputs.begin(), quality.inputs.end(), [&](const InputReport& input) {
      return !note.source.empty() && input.role.english != "structures" &&
             std::filesystem::path{input.file}.filename() == std::filesystem::path{note.source}.filename();
    });
    if (report != quality.inputs.end() && note.row) {
      report->rejections.push_back(std::move(note));
      --report->rows_used;
    } else {
      quality.territory_rejections.push_back(std::move(note));
    }
  }
}

}  // namespace

StudyInputs read_inputs(const Study& study, Console& console) {
  StudyInputs inputs;
  inputs.quality.title = study.title;
  const std::vector<SourceTable> tables = read_source_tables(study, console);
  std::optional<TerritoryStudy> guess;
  if (study.territory.guessed()) {
    guess = guess_from_structures(study, read_all_structures(tables, kDegrees, Box{}).structures, console);
  }
  TerritoryInputs sources = read_territory_inputs(study.territory, guess, console);
  const auto planes = [&] { return planes_of(sources, study.territory); };
  inputs.planes =
      study.territory.contours.empty() ? planes() : naming_file(study.territory.contours.front().string(), planes);
  TerritoryOptions options{.name = sources.name, .selection = sources.selection, .tiers = study.tiers, .grid = std::nullopt};
  if (study.territory.population_grid) {
    options.grid = read_grid(study.territory, inputs.planes, inputs.quality);
  }
  console.step({.french = fmt::format("Construction du territoire : {}", sources.name),
                .english = fmt::format("Building the territory: {}", sources.name)});
  CodeHistory history{all_events(sources.sources)};
  const auto postcodes = all_postcodes(sources.sources);
  Reading<Territory> territory = build_territory(std::move(sources.sources), inputs.planes, options);
  inputs.territory = std::move(territory.value);
  inputs.quality.inputs.insert(inputs.quality.inputs.begin(), sources.reports.begin(), sources.reports.end());
  attribute_rejections(std::move(territory.rejections), inputs.quality);
  inputs.quality.territory_repairs = std::move(territory.repairs);
  const std::vector<RowNote> holes = contour_holes(inputs.territory);
  inputs.quality.territory_repairs.insert(inputs.quality.territory_repairs.end(), holes.begin(), holes.end());
  describe_territory(inputs.territory, inputs.quality);

  const Box territory_deg = box_in_degrees(inputs.territory, inputs.planes);
  inputs.quality.scale_note = scale_note(inputs.planes, territory_deg);
  ReadSources read = read_all_structures(tables, inputs.planes.source, territory_deg);
  inputs.quality.inputs.insert(inputs.quality.inputs.end(), read.reports.begin(), read.reports.end());
  console.step({.french = fmt::format("Rattachement de {} structures", read.structures.structures.size()),
                .english = fmt::format("Placing {} structures", read.structures.structures.size())});
  const CommuneKeys keys{.history = history, .postcodes = postcodes};
  const Placements placements = place_structures(inputs.territory, keys, read.structures, inputs.planes, study.placement);
  count_out_of_scope(read.structures, placements, study, inputs.quality);
  StructuresInScope scope = keep_in_scope(read.structures, placements);
  inputs.structures = std::move(scope.structures);
  inputs.placements = std::move(scope.placements);
  inputs.quality.placement_notes = inputs.placements.notes;
  look_for_duplicates(study, inputs);
  inputs.quality.placement = count_placements(inputs.placements);
  look_for_holes(study, inputs);
  return inputs;
}

}  // namespace maillage
