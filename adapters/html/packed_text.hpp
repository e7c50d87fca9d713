#pragma once

#include <string>
#include <string_view>

namespace maillage::detail {

/// Bytes in base64 (RFC 4648), without line breaks.
[[nodiscard]] std::string base64(std::string_view bytes);
/// "sha256-..." as content security policies name a script or a style (CSP level 3).
[[nodiscard]] std::string policy_hash(std::string_view text);

}  // namespace maillage::detail
