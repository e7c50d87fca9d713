#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// Edit distance with transpositions of neighbours, over bytes. Cost: O(|a| |b|).
/// Source: Damerau (1964), doi:10.1145/363958.363994 (optimal string alignment variant).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The names most like `wanted`, best first, at most `most` of them: those within a third of its length (at least 2 edits),
/// or that start with it. Empty when nothing is near. For "did you mean" in messages.
[[nodiscard]] std::vector<std::string> closest_names(std::string_view wanted, std::span<const std::string> names,
                                                     std::size_t most = 3);

}  // namespace maillage
