#include "adapters/builtin/builtin_blob.hpp"

#include <utility>

#include "adapters/builtin/byte_reader.hpp"
#include "adapters/builtin/sections.hpp"

namespace maillage {

namespace {

constexpr std::size_t kCodeLength = 5;  // INSEE codes and postcodes
std::vector<BuiltinZone> read_zones(ByteReader& reader) {
  std::vector<BuiltinZone> zones(reader.count());
  for (BuiltinZone& zone : zones) {
    zone.code = reader.text();
    zone.name = reader.text();
  }
  return zones;
}

/// Communes are stored departement after departement: numbers the blocks and gives each commune its departement and region.
void read_blocks(ByteReader& reader, BuiltinFrance& france) {
  std::size_t arcs = 0;
  for (std::size_t i = 0; i < france.departements.size(); ++i) {
    BuiltinFrance::Block& block = france.blocks[i];
    BuiltinZone& region = france.regions[reader.below(france.regions.size())];
    block.first_commune = france.records.size();
    block.communes = reader.count();
    block.first_arc = arcs;
    block.arcs = reader.below(kLargestSection);
    arcs += block.arcs;
    france.departements[i].communes = block.communes;
    region.communes += block.communes;
    CommuneRecord record;
    record.departement = france.departements[i].code;
    record.region = region.code;
    record.source = "france";
    france.records.resize(block.first_commune + block.communes, record);
  }
}

void read_records(ByteReader& reader, BuiltinFrance& france) {
  std::int64_t row = 0;
  for (CommuneRecord& record : france.records) {
    record.code = reader.text(kCodeLength);
    record.row = ++row;
  }
  for (CommuneRecord& record : france.records) {
    record.name = reader.text();
  }
  for (CommuneRecord& record : france.records) {
    const std::uint64_t population = reader.number();
    if (population > 0) {
      record.population = static_cast<std::int64_t>(population - 1);
    }
  }
  for (CommuneRecord& record : france.records) {
    const std::size_t epci = reader.below(france.epcis.size() + 1);
    if (epci > 0) {
      record.epci = france.epcis[epci - 1].code;
      ++france.epcis[epci - 1].communes;
    }
  }
  std::int64_t x = 0;
  std::int64_t y = 0;
  for (CommuneRecord& record : france.records) {
    if (reader.byte() != 0) {
      // Unsigned: damage may make these sums overflow, and any position is then as wrong as another.
      x = static_cast<std::int64_t>(static_cast<std::uint64_t>(x) + static_cast<std::uint64_t>(reader.signed_number()));
      y = static_cast<std::int64_t>(static_cast<std::uint64_t>(y) + static_cast<std::uint64_t>(reader.signed_number()));
      record.point = to_degrees(x, y);
    }
  }
}

void read_links(ByteReader& reader, BuiltinFrance& france) {
  const std::size_t postcodes = reader.count();
  france.postcodes.reserve(postcodes);
  for (std::size_t i = 0; i < postcodes; ++i) {
    std::string postcode = reader.text(kCodeLength);
    france.postcodes.emplace_back(std::move(postcode), france.records[reader.below(france.records.size())].code);
  }
  const std::size_t events = reader.count();
  france.history.reserve(events);
  for (std::size_t i = 0; i < events; ++i) {
    std::string old_code = reader.text(kCodeLength);
    std::string new_code = france.records[reader.below(france.records.size())].code;
    const auto kind = static_cast<CodeEventKind>(reader.below(static_cast<std::size_t>(CodeEventKind::arrondissement) + 1));
    france.history.push_back({std::move(old_code), std::move(new_code), kind, ""});
  }
}

}  // namespace

BuiltinFrance open_builtin_france(const std::span<const std::byte> bytes) {
  const std::vector<Section> sections = split_sections(bytes);
  const std::vector<std::byte> tables = decompress(sections[0]);
  ByteReader reader{tables};
  BuiltinFrance france;
  france.metadata.resize(reader.count());
  for (auto& [key, value] : france.metadata) {
    key = reader.text();
    value = reader.text();
  }
  france.regions = read_zones(reader);
  france.departements = read_zones(reader);
  france.epcis = read_zones(reader);
  if (sections.size() != france.departements.size() + 1) {
    throw_damaged("sections");
  }
  for (std::size_t i = 1; i < sections.size(); ++i) {
    france.blocks.push_back({.section = sections[i]});
  }
  read_blocks(reader, france);
  read_records(reader, france);
  read_links(reader, france);
  if (!reader.at_end()) {
    throw_damaged("tables");
  }
  return france;
}

}  // namespace maillage
