#pragma once

#include <fmt/format.h>

#include <filesystem>

#include "engine/core/error.hpp"

namespace maillage {

/// Does what a study asks for; a mistake of the study that only the data show ("no structure has ...") names its file.
template <typename Action>
void naming_study(const std::filesystem::path& file, const Action& action) {
  try {
    action();
  } catch (const StudyError& error) {
    if (error.message().french.starts_with(file.string())) {
      throw;
    }
    throw StudyError(Text{.french = fmt::format("{} : {}", file.string(), error.message().french),
                          .english = fmt::format("{}: {}", file.string(), error.message().english)});
  }
}

}  // namespace maillage
