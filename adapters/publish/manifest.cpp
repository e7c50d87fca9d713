#include "adapters/publish/manifest.hpp"

#include <nlohmann/json.hpp>

namespace maillage {
namespace {

nlohmann::json pairs_json(const std::vector<std::pair<std::string, std::string>>& pairs) {
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [key, value] : pairs) {
    object[key] = value;
  }
  return object;
}

nlohmann::json files_json(const std::vector<ManifestFile>& files) {
  nlohmann::json list = nlohmann::json::array();
  for (const ManifestFile& file : files) {
    nlohmann::json object{
        {"path", file.path}, {"role", file.role}, {"sha256", file.sha256}, {"bytes", file.bytes}, {"rows", file.rows}};
    for (const auto& [year, rows] : file.vintages) {
      object["vintage"][year] = rows;
    }
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace

std::string manifest_json(const Manifest& manifest) {
  const nlohmann::json root{{"maillage", manifest.version},
                            {"libraries", pairs_json(manifest.libraries)},
                            {"title", manifest.title},
                            {"parameters", pairs_json(manifest.parameters)},
                            {"builtin_data", pairs_json(manifest.builtin_data)},
                            {"inputs", files_json(manifest.inputs)},
                            {"outputs", files_json(manifest.outputs)}};
  return root.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace maillage
