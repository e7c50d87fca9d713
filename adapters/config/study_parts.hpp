#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/config/key_reader.hpp"
#include "adapters/config/study.hpp"

/// Parts that several tables of a study have.
namespace maillage {

/// One path. \throws StudyError on a list of several
[[nodiscard]] std::optional<std::filesystem::path> single_path(KeyReader& reader, const std::string& key);

/// A travel table. \param travel  what holds where the table is silent
[[nodiscard]] TravelStudy read_travel(KeyReader reader, TravelStudy travel);

/// Whether it may be part of a column's name: lower case, digits and _, at most 40, a letter first.
[[nodiscard]] bool is_identifier(std::string_view name);

/// The conditions of `where`.
[[nodiscard]] std::vector<AttributeCondition> read_filters(KeyReader& reader);

/// Name, label, limit, travel and filters of a question of coverage. Other keys are left to the caller.
[[nodiscard]] CoverageStudy read_question(KeyReader& reader, TravelStudy travel);

}  // namespace maillage
