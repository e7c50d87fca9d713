#pragma once

#include <string>
#include <string_view>

namespace maillage {

/// A text in UTF-8, and the encoding its bytes were in.
struct DecodedText {
  std::string utf8;
  std::string encoding;  ///< "UTF-8", "UTF-8 (BOM)", "windows-1252", "ISO-8859-1"
};

/// Bytes in UTF-8 as they are; else as Windows-1252, or ISO-8859-1 where no byte is in the range they differ in.
/// \param wanted  an encoding that wins over what is found; empty: detected. \throws InputError for one that is not known, or UTF-8 that is not
[[nodiscard]] DecodedText decode_text(std::string_view bytes, const std::string& wanted, const std::string& source);

/// Position of the first byte that is not valid UTF-8, npos if all is.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view bytes);

}  // namespace maillage
