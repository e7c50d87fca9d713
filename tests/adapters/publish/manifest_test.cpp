#include "adapters/publish/manifest.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace maillage {
namespace {

TEST(ManifestJson, SumsUpTheVintagesOfEachInput) {
  Manifest manifest;
  manifest.inputs.push_back({.path = "lieux.csv",
                             .role = "structures",
                             .sha256 = "ab",
                             .bytes = 5,
                             .rows = 3,
                             .vintages = {{"2019", 2}, {"unknown", 1}}});
  manifest.inputs.push_back(
      {.path = "communes.shp", .role = "commune contours", .sha256 = "cd", .bytes = 7, .rows = 1, .vintages = {}});
  const auto json = nlohmann::json::parse(manifest_json(manifest));
  EXPECT_EQ(json["inputs"][0]["vintage"], (nlohmann::json{{"2019", 2}, {"unknown", 1}}));
  EXPECT_FALSE(json["inputs"][1].contains("vintage"));
}

}  // namespace
}  // namespace maillage
