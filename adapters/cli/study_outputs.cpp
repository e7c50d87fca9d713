#include "adapters/cli/study_outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "adapters/builtin/builtin_france.hpp"
#include "adapters/cli/report.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/cli/study_maps.hpp"
#include "adapters/cli/study_page.hpp"
#include "adapters/cli/write_layers.hpp"
#include "adapters/file/checked_file.hpp"
#include "adapters/file/sha256.hpp"
#include "adapters/publish/manifest.hpp"
#include "adapters/publish/run_folder.hpp"
#include "engine/core/error.hpp"
#include "engine/time/school_holidays.hpp"
#include "maps/qgis_style.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

void write_text(const fs::path& path, const std::string& text) {
  CheckedFile file{path};
  file.write(text);
  file.close();
}

std::string joined(const std::vector<std::string>& texts) {
  std::string line;
  for (const std::string& text : texts) {
    line += (line.empty() ? "" : ", ") + text;
  }
  return line;
}

std::string conditions_text(const std::vector<AttributeCondition>& conditions) {
  std::string text;
  for (const AttributeCondition& condition : conditions) {
    text += fmt::format("{}{} = {}", text.empty() ? "" : " ; ", condition.attribute, joined(condition.values));
  }
  return text;
}

/// How trips are made, with every setting.
std::string travel_text(const TravelStudy& travel) {
  switch (travel.model) {
    case TravelStudy::Model::road:
      return fmt::format("road, network {}, {}, access {} m at {} km/h at most", travel.network.filename().string(),
                         travel.from_structures ? "from structures" : "to structures", travel.max_access_m,
                         travel.access_speed_kmh);
    case TravelStudy::Model::matrix:
      return fmt::format("matrix {}", travel.matrix.filename().string());
    case TravelStudy::Model::straight_line:
      break;
  }
  return fmt::format("straight_line, detour {}, speed {} km/h", travel.detour_factor, travel.speed_kmh);
}

/// Every setting that results depend on, defaults included.
std::vector<std::pair<std::string, std::string>> parameters_of(const Study& study, const StudyInputs& inputs,
                                                               const StudyResults& results) {
  std::vector<std::pair<std::string, std::string>> parameters{
      {"territory", inputs.territory.name},
      {"territory.plane", inputs.territory.plane},
      {"territory.join_plane", inputs.planes.source.definition},
      {"join.wins", study.placement.wins == CommuneKey::code ? "code" : "point"},
      {"join.offshore_tolerance_m", fmt::format("{}", study.placement.offshore_tolerance_m)},
      {"join.max_conflict_distance_m", fmt::format("{}", study.placement.max_conflict_distance_m)},
      {"duplicates.merge", study.duplicates.merge ? "true" : "false"},
      {"duplicates.distance_m", fmt::format("{}", study.duplicates.distance_m)},
      {"duplicates.similarity", fmt::format("{}", study.duplicates.similarity)},
      {"gaps.display_error_m", fmt::format("{}", study.gap_error_m)},
      {"cutoffs", "closed"}};
  std::string bounds;
  for (const std::int64_t bound : study.tiers.lower_bounds) {
    bounds += (bounds.empty() ? "" : ", ") + std::to_string(bound);
  }
  parameters.emplace_back("tiers.lower_bounds", bounds);
  for (std::size_t i = 0; i < study.coverages.size(); ++i) {
    const CoverageStudy& coverage = study.coverages[i];
    parameters.emplace_back(
        "coverage." + coverage.name,
        fmt::format("{}, limit {} {}, {} structures, where {}", travel_text(coverage.travel), coverage.limit,
                    coverage.unit == CostUnit::metres ? "m" : "s", results.analyses[i].coverage.definition.structures.size(),
                    conditions_text(coverage.filters)));
  }
  if (!study.disclosure.columns.empty()) {
    parameters.emplace_back("disclosure",
                            fmt::format("{}, least units {}, interval width {}", joined(study.disclosure.columns),
                                        study.disclosure.rules.least_units, study.disclosure.rules.interval_width));
  }
  for (std::size_t i = 0; i < study.accesses.size(); ++i) {
    const AccessStudy& access = study.accesses[i];
    std::string measures;
    for (const NamedMeasure& named : access.measures) {
      measures += (measures.empty() ? "" : ", ") + named.name;
    }
    std::string cutoffs;
    for (const Cost cutoff : access.cutoffs) {
      cutoffs += (cutoffs.empty() ? "" : ", ") + cost_name(cutoff, access.unit);
    }
    parameters.emplace_back(
        "access." + access.name,
        fmt::format("{}, cutoffs {}, supply {}, demand {}, poverty line {} of the median, where {}, measures {}",
                    travel_text(access.travel), cutoffs, access.supply, access.demand ? access.demand->column : "population",
                    access.poverty_line, conditions_text(access.filters), measures));
  }
  for (const ContinuityStudy& continuity : study.continuities) {
    const CoverageStudy& question = continuity.question;
    parameters.emplace_back(
        "continuity." + question.name,
        fmt::format("{}, limit {} {}, stay {} min, every {} min, gaps in {}, openings in {}, {} hours, where {}{}",
                    travel_text(question.travel), question.limit, question.unit == CostUnit::metres ? "m" : "s",
                    continuity.stay_minutes, continuity.step_minutes, continuity.gap_hours, continuity.open_hours,
                    continuity.budget_hours, conditions_text(question.filters),
                    continuity.year
                        ? fmt::format(", year {}, school holidays: {}", *continuity.year, school_calendar_vintage().english)
                        : std::string{}));
  }
  return parameters;
}

std::vector<std::pair<std::string, std::string>> builtin_data() {
  const BuiltinDescription france = describe_builtin_france();
  return {{"vintage", france.vintage},
          {"producers", joined(france.producers)},
          {"licence", france.licence},
          {"source", france.source},
          {"source_sha256", france.source_sha256}};
}

std::vector<ManifestFile> manifest_inputs(const Study& study, const QualityReport& quality) {
  std::vector<ManifestFile> files;
  for (const InputReport& input : quality.inputs) {
    const fs::path folder = study.file.parent_path();
    const fs::path shown = folder.empty() ? fs::path{input.file} : fs::path{input.file}.lexically_proximate(folder);
    files.push_back({.path = shown.generic_string(),
                     .role = input.role.english,
                     .sha256 = sha256_of_file(input.file),
                     .bytes = static_cast<std::int64_t>(fs::file_size(input.file)),
                     .rows = input.rows_in,
                     .vintages = input.vintages});
  }
  return files;
}

std::vector<ManifestFile> manifest_outputs(const fs::path& folder, const std::vector<WrittenFile>& written) {
  std::vector<ManifestFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) {
      continue;
    }
    ManifestFile file{.path = entry.path().lexically_relative(folder).generic_string(),
                      .role = {},
                      .sha256 = sha256_of_file(entry.path()),
                      .bytes = static_cast<std::int64_t>(entry.file_size()),
                      .rows = 0,
                      .vintages = {}};
    for (const WrittenFile& layer : written) {
      if (layer.path == entry.path()) {
        file.role = layer.layer;
        file.rows = layer.rows;
      }
    }
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(), [](const ManifestFile& a, const ManifestFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace

fs::path publish_results(const Study& study, const StudyInputs& inputs, const StudyResults& results,
                         const PublishOptions& options, Console& console) {
  require_rows_add_up(inputs.quality);
  const fs::path output = options.output.empty() ? study.output.folder : fs::path{options.output};
  RunFolder run{output, {.overwrite = options.overwrite, .keep_runs = study.output.keep_runs}};
  const LayerSet layers = layers_of(study, inputs, results);
  const MapDocument document = map_document_of(study, inputs, results, layers);
  const std::vector<LayerStyle> styles = qgis_styles(document, console.language());
  console.step({.french = "Écriture et relecture des couches", .english = "Writing and re-reading the layers"});
  const std::vector<WrittenFile> written = write_all_formats(
      study.output.formats, {.layers = layers, .document = document, .styles = styles}, run.staging(), console);
  if (std::ranges::find(study.output.formats, OutputFormat::page) != study.output.formats.end()) {
    write_study_page(run.staging() / "carte.html", layers, document, results, console.language());
  }
  write_tables(results.tables, run.staging(), console.language());
  write_week_profiles(inputs, results.continuities, run.staging() / "tableaux", console.language());
  write_hour_worths(inputs, results.continuities, run.staging() / "tableaux", console.language());
  if (std::ranges::find(study.output.formats, OutputFormat::report) != study.output.formats.end()) {
    console.step({.french = "Rédaction du rapport", .english = "Writing the report"});
    write_report(run.staging(), "rapport",
                 make_report({.study = study,
                              .inputs = inputs,
                              .results = results,
                              .layers = layers,
                              .maps = document,
                              .language = console.language()}),
                 ReportFormat::both);
  }
  for (const auto& [name, svg] : continuity_charts(inputs, results.continuities, console.language())) {
    fs::create_directories(run.staging() / "graphiques");
    write_text(run.staging() / "graphiques" / name, svg);
  }
  write_text(run.staging() / "qualite.md", quality_markdown(inputs.quality, console.language()));
  write_text(run.staging() / "quality.json", quality_json(inputs.quality));
  const Manifest manifest{.version = MAILLAGE_VERSION,
                          .libraries = library_versions(),
                          .title = study.title,
                          .parameters = parameters_of(study, inputs, results),
                          .builtin_data = builtin_data(),
                          .inputs = manifest_inputs(study, inputs.quality),
                          .outputs = manifest_outputs(run.staging(), written)};
  write_text(run.staging() / "manifest.json", manifest_json(manifest));
  return run.publish();
}

}  // namespace maillage
