#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "maps/field_dictionary.hpp"
#include "maps/layer.hpp"

namespace maillage {

/// A layer being filled: it has every field of the dictionary, in its order, with no value yet.
class LayerBuilder {
 public:
  /// \param definitions  of the study, in its order  \param carried  names of carried columns
  LayerBuilder(LayerKind kind, std::size_t features, std::span<const CoverageDefinition> definitions,
               std::span<const std::string> carried = {});

  /// Sets a common field: `value_of(feature)` for each. \throws ArgumentError on a field that the layer has not.
  template <typename ValueOf>
  void fill(const std::string_view field, const ValueOf& value_of) {
    fill_column(common_column(field), value_of);
  }
  /// Sets a field of the definition at `position`.
  template <typename ValueOf>
  void fill(const std::size_t position, const std::string_view field, const ValueOf& value_of) {
    fill_column(coverage_column(position, field), value_of);
  }
  /// Sets the carried column at `position`.
  template <typename ValueOf>
  void fill_carried(const std::size_t position, const ValueOf& value_of) {
    fill_column(layer_.columns.at(first_carried_ + position), value_of);
  }
  /// Adds fields after those there are, with no value yet. \returns the column of the first; they are filled by column.
  std::size_t add(std::vector<Field> fields);
  template <typename ValueOf>
  void fill_at(const std::size_t column, const ValueOf& value_of) {
    fill_column(layer_.columns.at(column), value_of);
  }
  [[nodiscard]] Layer& layer() { return layer_; }
  /// \throws StudyError if two fields have the same short name
  [[nodiscard]] Layer take();

 private:
  template <typename ValueOf>
  static void fill_column(std::vector<Value>& column, const ValueOf& value_of) {
    for (std::size_t feature = 0; feature < column.size(); ++feature) {
      column[feature] = value_of(feature);
    }
  }
  std::vector<Value>& common_column(std::string_view field);
  std::vector<Value>& coverage_column(std::size_t position, std::string_view field);

  Layer layer_;
  std::vector<std::string> common_names_;
  std::vector<std::string> coverage_names_;  // without prefix; the same for every definition
  std::size_t first_carried_ = 0;
  std::size_t features_ = 0;
};

/// Text as a value: nothing when empty.
[[nodiscard]] inline Value text_value(const std::string& text) {
  return text.empty() ? Value{} : Value{text};
}

/// Texts of a multi-response attribute in one: "a; b".
[[nodiscard]] Value joined_value(std::span<const std::string> texts);

/// A cost as a value: nothing when unreachable.
[[nodiscard]] Value cost_value(Cost cost);

/// `part / whole * scale` as a value: nothing when whole is 0.
[[nodiscard]] Value ratio_value(std::int64_t part, std::int64_t whole, double scale);

}  // namespace maillage
