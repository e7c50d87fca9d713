#pragma once

#include <cstdlib>
#include <filesystem>

namespace maillage::testing {

inline constexpr const char* kNoEtalab =
    "set MAILLAGE_ETALAB_DIR to the data folder of npm's @etalab/decoupage-administratif 6.0.0";

/// Where Etalab's communes.json lies on this machine; empty when nowhere.
inline std::filesystem::path etalab_folder() {
  const char* const variable = std::getenv("MAILLAGE_ETALAB_DIR");
  for (const std::filesystem::path& folder : {std::filesystem::path{variable != nullptr ? variable : ""}, std::filesystem::path{"/tmp/df/package/data"}}) {
    if (!folder.empty() && std::filesystem::exists(folder / "communes.json")) {
      return folder;
    }
  }
  return {};
}

}  // namespace maillage::testing
