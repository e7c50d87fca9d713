#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace maillage {

/// Reads a JSON text (RFC 8259) once, from left to right, without building a document. Every function leaves the cursor behind what it
/// read. Anything that is not JSON throws InputError naming file and line. Nesting beyond 500 levels is refused.
class JsonCursor {
 public:
  JsonCursor(std::string_view text, const std::string& source) : text_(text), source_(&source) {}

  /// The next character that is not blank, not consumed; '\0' at the end.
  [[nodiscard]] char peek();
  /// Nothing but blanks is left.
  [[nodiscard]] bool at_end();
  /// Consumes that character if it is next. \throws when it is something else
  void expect(char wanted);
  /// After an element: true when another follows ("," consumed), false at the closing character (consumed).
  [[nodiscard]] bool more(char closing);
  /// Opens an object or array; false when it is empty (closed already).
  [[nodiscard]] bool open(char opening, char closing);

  /// A string, unescaped; the view holds until the next call.
  [[nodiscard]] std::string_view string();
  /// A number. \param token  the text it was written with, when not null
  double number(std::string_view* token = nullptr);
  /// "true", "false" or "null".
  [[nodiscard]] std::string_view literal();
  /// Passes over any value; returns its text.
  std::string_view skip();

  [[nodiscard]] std::size_t position() const { return at_; }
  void seek(const std::size_t position) { at_ = position; }
  [[noreturn]] void fail(const char* french, const char* english) const;

 private:
  void blanks();
  void unescape();
  [[nodiscard]] std::uint32_t hexadecimal4();

  std::string_view text_;
  const std::string* source_;
  std::size_t at_ = 0;
  std::string buffer_;
};

}  // namespace maillage
