#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maillage {

/// What encoding the bytes of a text were in, and the text itself where they had to be changed.
struct DecodedText {
  std::string encoding;                    ///< "UTF-8", "UTF-8 (BOM)", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-1"
  std::size_t mark_bytes = 0;              ///< of the mark at the start, 0 when there is none
  std::optional<std::string> converted;    ///< nothing when the bytes after the mark are UTF-8 already
  std::vector<std::int64_t> mended_lines;  ///< 1-based lines of a UTF-8 text that had bytes that are none, each once

  /// The text, without mark. \param bytes  those that were decoded; the view is of them or of this object
  [[nodiscard]] std::string_view utf8(const std::string_view bytes) const {
    return converted ? std::string_view{*converted} : bytes.substr(mark_bytes);
  }
};

/// Bytes in UTF-8 as they are; else as Windows-1252, or ISO-8859-1 where no byte is in the range they differ in (0x80 to
/// 0x9F). A text that has the UTF-8 mark, or more UTF-8 letters than stray bytes, is UTF-8 all the same: only its stray
/// bytes are read as Windows-1252, and their lines listed, so that one bad row does not garble the accents of all others.
/// UTF-16 is told by its mark, and read whatever is wanted.
/// \param wanted  an encoding that wins over what is found; empty: detected
/// \throws InputError for an encoding that is not known, bytes that are not UTF-8 where UTF-8 is wanted, or an
///         unpaired surrogate of UTF-16 (naming its line)
[[nodiscard]] DecodedText decode_text(std::string_view bytes, const std::string& wanted, const std::string& source);

/// Line ends in the text: LF, CR LF, or CR alone.
[[nodiscard]] std::int64_t count_line_ends(std::string_view text);

/// Position of the first byte at or after `from` that is not valid UTF-8, npos if all is. Source: Unicode 15, table 3-7.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view bytes, std::size_t from = 0);

}  // namespace maillage
