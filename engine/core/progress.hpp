#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace maillage {

/// How the engine tells a caller that a long step goes on: step name, done, total (0 when unknown).
/// The engine prints nothing itself; an empty function is silence.
using Progress = std::function<void(std::string_view step, std::size_t done, std::size_t total)>;

}  // namespace maillage
