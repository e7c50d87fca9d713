#pragma once

#include <cstdlib>
#include <filesystem>

namespace maillage::testing {

inline constexpr const char* kNoEtalab =
    "set MAILLAGE_ETALAB_DIR to the data folder of npm's @etalab/decoupage-administratif 6.0.0";

/// Where Etalab's communes.json lies: MAILLAGE_ETALAB_DIR, or where ./run-tests puts it; empty when nowhere.
inline std::filesystem::path etalab_folder() {
  const char* const variable = std::getenv("MAILLAGE_ETALAB_DIR");
  const std::filesystem::path fetched = std::filesystem::path{MAILLAGE_SOURCE_DIR} / "build/test-data/package/data";
  for (const std::filesystem::path& folder : {std::filesystem::path{variable != nullptr ? variable : ""}, fetched}) {
    if (!folder.empty() && std::filesystem::exists(folder / "communes.json")) {
      return folder;
    }
  }
  return {};
}

}  // namespace maillage::testing
