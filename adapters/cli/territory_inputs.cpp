#include "adapters/cli/territory_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "adapters/builtin/builtin_france.hpp"
#include "adapters/cli/read_layer.hpp"
#include "adapters/cog/official_file.hpp"
#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"
#include "engine/territory/commune_columns.hpp"

namespace maillage {
namespace {

/// Codes of zones given by code or by name.
std::vector<std::string> zone_codes(const std::vector<std::string>& wanted, const std::span<const BuiltinZone> zones) {
  std::vector<std::string> codes;
  for (const std::string& value : wanted) {
    const auto found = std::find_if(zones.begin(), zones.end(), [&](const BuiltinZone& zone) {
      return zone.code == value || fold_text(zone.name) == fold_text(value);
    });
    codes.push_back(found == zones.end() ? value : found->code);
  }
  return codes;
}

InputReport report_of(const Text& role, const std::filesystem::path& file, const Reading<FeatureTable>& table,
                      const Reading<TerritorySource>& source) {
  InputReport report{.role = role,
                     .file = file.string(),
                     .format = table.value.format,
                     .encoding = table.value.encoding,
                     .crs = table.value.crs.definition,
                     .sha256 = {},
                     .bytes = 0,
                     .rows_in = table.rows_in,
                     .rows_used = table.rows_in,
                     .rejections = table.rejections,
                     .repairs = table.repairs,
                     .vintages = {}};
  report.rejections.insert(report.rejections.end(), source.rejections.begin(), source.rejections.end());
  report.repairs.insert(report.repairs.end(), source.repairs.begin(), source.repairs.end());
  report.rows_used -= static_cast<std::int64_t>(report.rejections.size());
  return report;
}

/// One file of contours or of attributes, whatever its format.
void read_commune_file(const std::filesystem::path& file, const Text& role, const TerritoryStudy& study,
                       TerritoryInputs& inputs) {
  const Reading<FeatureTable> table =
      read_layer(file, {.layer = study.layer, .encoding = {}, .delimiter = {}, .crs = study.crs});
  Reading<TerritorySource> source = read_communes(table.value, study.columns);
  inputs.reports.push_back(report_of(role, file, table, source));
  inputs.sources.push_back(std::move(source.value));
}

bool is_official(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string beginning(4096, '\0');
  stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<std::size_t>(stream.gcount()));
  return detect_official_file(beginning) != OfficialFile::other;
}

/// What the built-in France knows of all communes, for territories whose contours are the user's own.
TerritorySource builtin_without_contours() {
  const BuiltinFrance& france = builtin_tables();
  TerritorySource source;
  source.built_in = true;
  source.records = france.records;
  for (std::size_t i = 0; i < source.records.size(); ++i) {
    source.contours.end_area();
  }
  source.crs = {.definition = "OGC:CRS84", .geographic = true};
  source.history = france.history;
  source.postcodes = france.postcodes;
  const auto names = [](const std::vector<BuiltinZone>& zones) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const BuiltinZone& zone : zones) {
      pairs.emplace_back(zone.code, zone.name);
    }
    return pairs;
  };
  source.departement_names = names(france.departements);
  source.region_names = names(france.regions);
  source.epci_names = names(france.epcis);
  return source;
}

void read_official(const std::filesystem::path& file, const Text& role, TerritoryInputs& inputs) {
  Reading<TerritorySource> source = read_official_file(file);
  inputs.reports.push_back({.role = role,
                            .file = file.string(),
                            .format = file.extension() == ".json" ? "JSON" : "CSV",
                            .encoding = {},
                            .crs = {},
                            .sha256 = {},
                            .bytes = 0,
                            .rows_in = source.rows_in,
                            .rows_used = source.rows_in - static_cast<std::int64_t>(source.rejections.size()),
                            .rejections = std::move(source.rejections),
                            .repairs = std::move(source.repairs),
                            .vintages = {}});
  inputs.sources.push_back(std::move(source.value));
}

TerritorySelection selection_of(const TerritoryStudy& study) {
  const BuiltinFrance& france = builtin_tables();
  return {.regions = zone_codes(study.regions, france.regions),
          .departements = zone_codes(study.departements, france.departements),
          .epcis = zone_codes(study.epcis, france.epcis),
          .communes = study.communes};
}

std::string name_of_zones(const std::vector<std::string>& codes, const std::span<const BuiltinZone> zones) {
  std::string names;
  for (const std::string& code : codes) {
    const auto found = std::find_if(zones.begin(), zones.end(), [&](const BuiltinZone& zone) { return zone.code == code; });
    names += (names.empty() ? "" : ", ") + (found == zones.end() ? code : found->name);
  }
  return names;
}

std::string name_of_selection(const TerritorySelection& selection, const bool france) {
  const BuiltinFrance& tables = builtin_tables();
  std::string name = name_of_zones(selection.regions, tables.regions);
  for (const std::string& more :
       {name_of_zones(selection.departements, tables.departements), name_of_zones(selection.epcis, tables.epcis)}) {
    name += (name.empty() || more.empty() ? "" : ", ") + more;
  }
  if (name.empty() && !selection.communes.empty()) {
    name = fmt::format("{} communes", selection.communes.size());
  }
  return name.empty() && france ? "France" : name;
}

}  // namespace

std::string territory_name(const TerritoryStudy& study) {
  return study.name.empty() ? name_of_selection(selection_of(study), study.france) : study.name;
}

TerritoryInputs read_territory_inputs(const TerritoryStudy& study, const std::optional<TerritoryStudy>& guess,
                                      Console& console) {
  TerritoryInputs inputs;
  for (const auto& file : study.contours) {
    console.step({.french = fmt::format("Lecture des contours : {}", file.string()),
                  .english = fmt::format("Reading contours: {}", file.string())});
    read_commune_file(file, {.french = "contours des communes", .english = "commune contours"}, study, inputs);
  }
  for (const auto& file : study.tables) {
    console.step({.french = fmt::format("Lecture de la table : {}", file.string()),
                  .english = fmt::format("Reading table: {}", file.string())});
    const Text role{.french = "table des communes", .english = "commune table"};
    if (is_official(file)) {
      read_official(file, role, inputs);
    } else {
      read_commune_file(file, role, study, inputs);
    }
  }
  for (const auto& file : study.history) {
    read_official(file, {.french = "histoire des codes", .english = "code history"}, inputs);
  }
  const TerritoryStudy& wanted = guess ? *guess : study;
  inputs.selection = selection_of(wanted);
  inputs.name = territory_name(study.name.empty() ? wanted : study);
  BuiltinSelection builtin{.france = inputs.selection.empty(),
                           .regions = inputs.selection.regions,
                           .departements = inputs.selection.departements,
                           .epcis = inputs.selection.epcis,
                           .communes = inputs.selection.communes};
  TerritorySource france = study.contours.empty() ? builtin_france(builtin) : builtin_without_contours();
  inputs.sources.push_back(std::move(france));
  return inputs;
}

}  // namespace maillage
