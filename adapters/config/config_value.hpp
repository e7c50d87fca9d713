#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace maillage {

/// A value of a configuration file with the place it stands at, so that every complaint can name a line.
struct ConfigValue {
  using Array = std::vector<ConfigValue>;
  using Table = std::vector<std::pair<std::string, ConfigValue>>;  ///< in the order of the file

  std::variant<std::string, std::int64_t, double, bool, Array, Table> value;
  std::int64_t line = 0;  ///< 1-based
};

/// Parses a TOML 1.0 document. Larger than 1 MiB, or with keys of more than 16 parts, it is refused before parsing.
/// \param name  file name for messages
/// \throws StudyError naming file and line.
[[nodiscard]] ConfigValue parse_toml(std::string_view document, const std::string& name);

}  // namespace maillage
