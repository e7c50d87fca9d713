#include "adapters/cli/travel_models.hpp"

#include <fmt/format.h>

#include "adapters/cli/build_network.hpp"
#include "adapters/cli/read_layer.hpp"
#include "adapters/proj/make_planes.hpp"
#include "engine/core/error.hpp"
#include "engine/network/matrix_table.hpp"

namespace maillage {

namespace {

/// From the network's plane to the territory's; empty when they are the same.
Conversion plane_conversion(const std::string& crs, const Planes& planes) {
  if (crs == planes.plane) {
    return {};
  }
  return [to_source = make_conversion(describe_crs(crs), planes.source),
          to_plane = planes.source_to_plane](const std::span<Point> points) {
    to_source(points);
    to_plane(points);
  };
}

/// Communes and structures that no road comes near: they can neither be left nor reached.
void note_unsnapped(const RoadModel& model, StudyInputs& inputs) {
  const auto note = [&](const std::string& source, const std::string& key, const std::string& name, const Point& position) {
    if (!model.locator.snap(position, model.access.snap).road.is_none()) {
      return;
    }
    inputs.quality.placement_notes.push_back({.source = source,
                                              .row = std::nullopt,
                                              .key = key,
                                              .column = {},
                                              .value = name,
                                              .reason = "not_near_a_road",
                                              .detail = fmt::format("> {} m", model.access.snap.max_access_m)});
  };
  for (const CommuneIndex commune : inputs.territory.communes.indices()) {
    if (inputs.territory.points[commune].origin != CommunePoint::Origin::none) {
      note(inputs.territory.name, inputs.territory.communes[commune].code, inputs.territory.communes[commune].name,
           inputs.territory.points[commune].position);
    }
  }
  for (const StructureIndex structure : inputs.structures.structures.indices()) {
    if (inputs.placements.of[structure].precision != PositionPrecision::none) {
      const Structure& named = inputs.structures.structures[structure];
      note(named.source, named.key, named.name, inputs.placements.of[structure].position);
    }
  }
}

MatrixKeys keys_of(const StudyInputs& inputs) {
  MatrixKeys keys;
  for (const CommuneIndex commune : inputs.territory.communes.indices()) {
    keys.origins.emplace(inputs.territory.communes[commune].code, commune.value());
  }
  for (const StructureIndex structure : inputs.structures.structures.indices()) {
    const Structure& named = inputs.structures.structures[structure];
    if (!named.key.empty()) {
      keys.structures[named.key].push_back(structure.value());
    }
    if (const CommuneIndex commune = inputs.placements.of[structure].commune; !commune.is_none()) {
      keys.communes[inputs.territory.communes[commune].code].push_back(structure.value());
    }
  }
  return keys;
}

}  // namespace

TravelModels::TravelModels(const Study& study, StudyInputs& inputs, Console& console) {
  for (const CoverageStudy& coverage : study.coverages) {
    of_coverages_.push_back(make(coverage.travel, coverage.unit, inputs, console));
  }
  for (const AccessStudy& access : study.accesses) {
    of_accesses_.push_back(make(access.travel, access.unit, inputs, console));
  }
  for (const ContinuityStudy& continuity : study.continuities) {
    of_continuities_.push_back(make(continuity.question.travel, continuity.question.unit, inputs, console));
  }
}

TravelModel TravelModels::make(const TravelStudy& travel, const CostUnit unit, StudyInputs& inputs, Console& console) {
  if (travel.model == TravelStudy::Model::straight_line) {
    return StraightLine{.detour_factor = travel.detour_factor, .speed_kmh = travel.speed_kmh, .unit = unit};
  }
  if (travel.model == TravelStudy::Model::matrix) {
    return MatrixTravel{&read_matrix(travel, unit, inputs, console)};
  }
  const RoadMetric metric = unit == CostUnit::seconds ? RoadMetric::travel_time_ms : RoadMetric::length_cm;
  OpenedNetwork& network = open(travel, inputs, console);
  RoadAccess access;
  access.snap.max_access_m = travel.max_access_m;
  access.access_speed_kmh = travel.access_speed_kmh;
  roads_.push_back(network.model(metric, access, console));
  if (roads_.size() == 1) {
    note_unsnapped(roads_.back(), inputs);
  }
  return RoadTravel{.model = &roads_.back(), .direction = travel.from_structures ? Direction::backward : Direction::forward};
}

OpenedNetwork& TravelModels::open(const TravelStudy& travel, const StudyInputs& inputs, Console& console) {
  const std::filesystem::path file = require_network_file(travel.network, travel.mode, console);
  auto found = networks_.find(file);
  if (found == networks_.end()) {
    const Conversion to_plane = plane_conversion(read_network_summary(file).crs, inputs.planes);
    found = networks_.emplace(file, std::make_unique<OpenedNetwork>(file, to_plane, console)).first;
  }
  return *found->second;
}

const CostMatrix& TravelModels::read_matrix(const TravelStudy& travel, const CostUnit unit, StudyInputs& inputs,
                                            Console& console) {
  const std::filesystem::path& file = travel.matrix;
  const auto key = std::pair{file, unit};
  if (const auto found = matrices_.find(key); found != matrices_.end()) {
    return found->second;
  }
  console.step({.french = fmt::format("Lecture des coûts : {}", file.string()),
                .english = fmt::format("Reading costs: {}", file.string())});
  const Reading<FeatureTable> table = read_layer(file, {});
  Reading<MatrixReading> reading = matrix_of_table(table.value, keys_of(inputs), unit, travel.matrix_unit);
  InputReport report;
  report.role = {.french = "coûts de déplacement", .english = "travel costs"};
  report.file = file.string();
  report.format = table.value.format;
  report.encoding = table.value.encoding;
  report.rows_in = reading.rows_in + static_cast<std::int64_t>(table.rejections.size());
  report.rows_out_of_scope = reading.value.rows_elsewhere;
  report.rejections = table.rejections;
  report.rejections.insert(report.rejections.end(), reading.rejections.begin(), reading.rejections.end());
  report.rows_used = report.rows_in - report.rows_out_of_scope - static_cast<std::int64_t>(report.rejections.size());
  report.repairs = table.repairs;
  inputs.quality.inputs.push_back(std::move(report));
  return matrices_.emplace(key, std::move(reading.value.matrix)).first->second;
}

}  // namespace maillage
