#pragma once

#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"

namespace maillage::detail {

[[nodiscard]] inline nlohmann::json text_json(const Text& text) {
  return {{"fr", text.french}, {"en", text.english}};
}

}  // namespace maillage::detail
