#include "adapters/mlg/network_layout.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "engine/core/parallel.hpp"

namespace maillage::mlg {
namespace {

constexpr std::size_t kChecksumBlock = std::size_t{4} << 20U;
constexpr std::size_t kMostHierarchies = 64;

using Json = nlohmann::json;

}  // namespace

std::uint64_t checksum(const std::span<const std::byte> bytes) {
  std::vector<std::uint64_t> blocks((bytes.size() + kChecksumBlock - 1) / kChecksumBlock);
  parallel_for_blocks(bytes.size(), kChecksumBlock, [&](const std::size_t begin, const std::size_t end) {
    blocks[begin / kChecksumBlock] = XXH3_64bits(bytes.data() + begin, end - begin);
  });
  return XXH3_64bits(blocks.data(), blocks.size() * sizeof(std::uint64_t));
}

std::string metadata_json(const NetworkBundle& bundle) {
  const NetworkMetadata& metadata = bundle.metadata;
  const NetworkOrigin& origin = metadata.origin;
  Json json{{"program_version", metadata.program_version},
            {"source", {{"name", origin.source_name}, {"bytes", origin.source_bytes}, {"sha256", origin.source_sha256}}},
            {"profile", {{"name", origin.profile_name}, {"sha256", origin.profile_sha256}}},
            {"settings", origin.settings},
            {"mode", bundle.network.mode},
            {"crs", bundle.network.crs},
            {"vintage", metadata.vintage},
            {"licence", metadata.licence},
            {"attribution", metadata.attribution},
            {"counts", metadata.counts},
            {"audit", metadata.audit},
            {"notes", metadata.notes}};
  Json metrics = Json::array();
  for (const MetricHierarchy& hierarchy : bundle.hierarchies) {
    metrics.push_back(hierarchy.metric);
  }
  json["metrics"] = std::move(metrics);
  // A file name need not be UTF-8; the JSON must be.
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

void read_metadata_json(const std::string_view text, NetworkBundle& bundle) {
  const Json json = Json::parse(text);
  NetworkMetadata& metadata = bundle.metadata;
  NetworkOrigin& origin = metadata.origin;
  json.at("program_version").get_to(metadata.program_version);
  json.at("source").at("name").get_to(origin.source_name);
  json.at("source").at("bytes").get_to(origin.source_bytes);
  json.at("source").at("sha256").get_to(origin.source_sha256);
  json.at("profile").at("name").get_to(origin.profile_name);
  json.at("profile").at("sha256").get_to(origin.profile_sha256);
  json.at("settings").get_to(origin.settings);
  json.at("mode").get_to(bundle.network.mode);
  json.at("crs").get_to(bundle.network.crs);
  json.at("vintage").get_to(metadata.vintage);
  json.at("licence").get_to(metadata.licence);
  json.at("attribution").get_to(metadata.attribution);
  json.at("counts").get_to(metadata.counts);
  json.at("audit").get_to(metadata.audit);
  json.at("notes").get_to(metadata.notes);
  for (const Json& metric : json.at("metrics")) {
    bundle.hierarchies.push_back({.metric = metric.get<std::string>(), .hierarchy = {}});
  }
  if (bundle.hierarchies.size() > kMostHierarchies) {
    throw std::runtime_error("too many metrics");
  }
}

}  // namespace maillage::mlg
