#include "adapters/builtin/builtin_france.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

// Defined in france.S.
extern "C" {
extern const std::byte maillage_builtin_france_begin;  // NOLINT(readability-identifier-naming)
extern const std::byte maillage_builtin_france_end;    // NOLINT(readability-identifier-naming)
}

namespace maillage {

namespace {

std::span<const std::byte> embedded_bytes() {
  return {&maillage_builtin_france_begin, &maillage_builtin_france_end};
}

using CodeNames = std::vector<std::pair<std::string, std::string>>;

/// Names of the zones that the records name by `code`.
CodeNames names_in_use(const std::vector<BuiltinZone>& zones, const std::vector<CommuneRecord>& records,
                       const std::string CommuneRecord::*code) {
  std::vector<std::string_view> used;
  used.reserve(records.size());
  for (const CommuneRecord& record : records) {
    used.emplace_back(record.*code);
  }
  std::ranges::sort(used);
  CodeNames names;
  for (const BuiltinZone& zone : zones) {
    if (std::ranges::binary_search(used, std::string_view{zone.code})) {
      names.emplace_back(zone.code, zone.name);
    }
  }
  return names;
}

std::vector<std::string> all_metadata(const BuiltinFrance& france, const std::string_view key) {
  std::vector<std::string> values;
  for (const auto& [name, value] : france.metadata) {
    if (name == key) {
      values.push_back(value);
    }
  }
  return values;
}

std::string metadata(const BuiltinFrance& france, const std::string_view key) {
  const std::vector<std::string> values = all_metadata(france, key);
  return values.empty() ? std::string{} : values.front();
}

}  // namespace

const BuiltinFrance& builtin_tables() {
  static const BuiltinFrance france = open_builtin_france(embedded_bytes());
  return france;
}

std::span<const CommuneRecord> builtin_communes() {
  return builtin_tables().records;
}

TerritorySource builtin_france(const BuiltinSelection& selection) {
  return builtin_france(builtin_tables(), selection);
}

TerritorySource builtin_france(const BuiltinFrance& france, const BuiltinSelection& selection) {
  const std::vector<std::size_t> communes = select_communes(france, selection);
  TerritorySource source;
  source.crs = {.definition = "OGC:CRS84", .geographic = true};
  source.contours = decode_contours(france, communes);
  source.records.reserve(communes.size());
  for (const std::size_t commune : communes) {
    source.records.push_back(france.records[commune]);
  }
  const auto selected = [&](const std::string& code) {
    return std::ranges::binary_search(source.records, code, {}, &CommuneRecord::code);
  };
  for (const CodeEvent& event : france.history) {
    if (selected(event.new_code)) {
      source.history.push_back(event);
    }
  }
  for (const auto& postcode : france.postcodes) {
    if (selected(postcode.second)) {
      source.postcodes.push_back(postcode);
    }
  }
  source.departement_names = names_in_use(france.departements, source.records, &CommuneRecord::departement);
  source.region_names = names_in_use(france.regions, source.records, &CommuneRecord::region);
  source.epci_names = names_in_use(france.epcis, source.records, &CommuneRecord::epci);
  return source;
}

BuiltinDescription describe_builtin_france() {
  const BuiltinFrance& france = builtin_tables();
  BuiltinDescription description;
  description.source = metadata(france, "package");
  description.source_sha256 = metadata(france, "package_sha256");
  description.vintage = metadata(france, "vintage");
  description.licence = metadata(france, "licence");
  description.licence_url = metadata(france, "licence_url");
  description.producers = all_metadata(france, "producer");
  description.bytes = embedded_bytes().size();
  description.communes = france.records.size();
  for (const CommuneRecord& record : france.records) {
    description.located += record.point.has_value() ? 1U : 0U;
    description.population += record.population.value_or(0);
    description.without_population += record.population.has_value() ? 0U : 1U;
  }
  description.without_contour = std::stoul(metadata(france, "without_contour"));
  description.epcis = france.epcis.size();
  description.departements = france.departements.size();
  description.regions = france.regions.size();
  description.delegated = std::stoul(metadata(france, "delegated"));
  description.associated = std::stoul(metadata(france, "associated"));
  description.arrondissements = std::stoul(metadata(france, "arrondissements"));
  return description;
}

}  // namespace maillage
