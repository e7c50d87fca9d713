#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/text.hpp"

namespace maillage {

/// Why a run cannot go on, in both languages. The message names the thing at fault, the value found, the value wanted and
/// the way out: "communes.gpkg: la couche « zones » n'a pas de système de coordonnées ; indiquez crs = \"EPSG:2154\"".
class Error : public std::runtime_error {
 public:
  explicit Error(Text message) : std::runtime_error(message.english), message_(std::move(message)) {}
  [[nodiscard]] const Text& message() const { return message_; }

 private:
  Text message_;
};

/// An input cannot be used at all: missing (exit code 66) or bad data (65).
class InputError : public Error {
 public:
  enum class Kind { bad_data, missing };
  explicit InputError(Text message, const Kind kind = Kind::bad_data) : Error(std::move(message)), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// The study file is wrong: unknown key, wrong type, contradictory settings. Exit code 78.
class StudyError : public Error {
 public:
  using Error::Error;
};

/// An output cannot be created (exit code 73) or written whole (74).
class OutputError : public Error {
 public:
  enum class Kind { cannot_create, write_failed };
  explicit OutputError(Text message, const Kind kind = Kind::write_failed) : Error(std::move(message)), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// Another run holds the output folder. Exit code 75.
class LockedError : public Error {
 public:
  using Error::Error;
};

/// A caller broke a documented precondition; a defect of ours, told in English only.
class ArgumentError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// One row of an input that could not be used, or was used only after a repair; listed in the quality report.
struct RowNote {
  std::string source;               ///< file name, or file name and layer
  std::optional<std::int64_t> row;  ///< 1-based line in a text file (the header is line 1), feature number elsewhere
  std::string key;                  ///< the row's own identifier or code where it has one
  std::string column;               ///< column at fault, empty when the whole row is
  std::string value;                ///< value found
  std::string reason;               ///< stable snake_case reason, counted in the report: "unknown_commune_code"
  std::string detail;               ///< the rest of what is known, without words: "80021 -> 80164, 3.2 km"

  friend bool operator==(const RowNote&, const RowNote&) = default;
};

/// What reading an input gave: the value, and every row that was rejected or repaired.
/// Invariant kept by every reader: rows_in == rows used + rejections.size().
template <typename T>
struct Reading {
  T value;
  std::int64_t rows_in = 0;
  std::vector<RowNote> rejections;  ///< rows that are not in `value`
  std::vector<RowNote> repairs;     ///< rows that are in `value`, changed or doubtful, with the reason
};

}  // namespace maillage
