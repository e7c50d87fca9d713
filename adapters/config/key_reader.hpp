#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/config/config_value.hpp"
#include "engine/core/text.hpp"

namespace maillage {

/// Reads the keys of one table of a study file and remembers which it was asked for, so that what is left is an error with a
/// suggestion. Every reading function throws StudyError naming file, line, key, the value found and what was expected.
class KeyReader {
 public:
  /// \param path  where the table stands, for messages: "territory", "structures[2]"; empty at the top
  KeyReader(const ConfigValue& table, std::string file, std::string path);

  /// Whether the key is there at all.
  [[nodiscard]] bool has(const std::string& key) { return find(key) != nullptr; }
  [[nodiscard]] std::optional<std::string> text(const std::string& key);
  [[nodiscard]] std::optional<std::int64_t> integer(const std::string& key);
  /// An integer or a real.
  [[nodiscard]] std::optional<double> number(const std::string& key);
  [[nodiscard]] std::optional<bool> boolean(const std::string& key);
  /// One text or a list of texts.
  [[nodiscard]] std::vector<std::string> texts(const std::string& key);
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& key);
  /// A list of integers or reals.
  [[nodiscard]] std::vector<double> numbers(const std::string& key);
  /// A path, or a list of them, made relative to the study file's folder.
  [[nodiscard]] std::vector<std::filesystem::path> paths(const std::string& key);
  /// A table of texts: key -> text.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> text_map(const std::string& key);
  /// A table whose values are a text or a list of texts.
  [[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> texts_map(const std::string& key);
  /// A table of numbers: key -> integer or real.
  [[nodiscard]] std::vector<std::pair<std::string, double>> number_map(const std::string& key);
  /// The sub-table of that name.
  [[nodiscard]] std::optional<KeyReader> table(const std::string& key);
  /// The tables of an array of tables [[key]].
  [[nodiscard]] std::vector<KeyReader> tables(const std::string& key);
  /// A text that is one of `choices`.
  [[nodiscard]] std::optional<std::string> choice(const std::string& key, const std::vector<std::string>& choices);

  /// \throws StudyError when the table holds a key that was never asked for.
  void refuse_unknown_keys() const;
  /// An error about this key, or about the table when `key` is empty.
  [[noreturn]] void fail(const std::string& key, const Text& reason) const;

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::int64_t line() const { return table_->line; }

 private:
  [[nodiscard]] const ConfigValue* find(const std::string& key);
  [[nodiscard]] std::vector<std::string> texts_of(const std::string& key, const ConfigValue& value) const;
  [[noreturn]] void fail_type(const std::string& key, const ConfigValue& value, const Text& wanted) const;

  const ConfigValue* table_;
  std::string file_;
  std::string path_;
  std::vector<std::string> asked_;
};

}  // namespace maillage
