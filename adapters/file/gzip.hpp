#pragma once

#include <string>
#include <string_view>

namespace maillage {

/// A gzip member (RFC 1952) without name or time, at zlib's best compression: same bytes in, same bytes out. Under 4 GiB.
/// \throws OutputError if zlib refuses
[[nodiscard]] std::string gzip(std::string_view bytes);

}  // namespace maillage
