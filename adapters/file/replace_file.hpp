#pragma once

#include <filesystem>

namespace maillage {

/// A name beside `target`, free for the new file that will replace it: "roads.mlg.part-1234", by process.
/// What an earlier process of that number left there is removed.
[[nodiscard]] std::filesystem::path name_beside(const std::filesystem::path& target);

/// Puts a finished file in the place of `target` in one step, and syncs the folder: whoever opens `target` finds the old
/// file or the new one, also after a power cut. `finished` is removed when that fails. \throws OutputError
void replace_file(const std::filesystem::path& finished, const std::filesystem::path& target);

}  // namespace maillage
