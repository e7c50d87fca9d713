#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "maps/layer.hpp"

namespace maillage::detail {

/// What a field of continuity needs to be there.
enum class FieldNeeds { always, year, together, next };

/// One line of the field dictionary as it is written in the code. `layers` has bit 1 << LayerKind for each layer that has
/// the field. Fields per definition: `name` and `short_name` are what follows the prefix; unit "cost" is the definition's
/// unit.
struct FieldEntry {
  std::uint32_t layers;
  std::string_view name;
  std::string_view short_name;
  FieldType type;
  std::string_view unit;
  int decimals;
  std::string_view label_french;
  std::string_view label_english;
  std::string_view meaning_french;
  std::string_view meaning_english;
  FieldNeeds needs = FieldNeeds::always;
};

[[nodiscard]] std::span<const FieldEntry> common_field_entries();
[[nodiscard]] std::span<const FieldEntry> coverage_field_entries();
/// Per question of access; and per measure of it, where the short name is followed by the measure's number.
[[nodiscard]] std::span<const FieldEntry> access_field_entries();
[[nodiscard]] std::span<const FieldEntry> measure_field_entries();

/// Per question of continuity; and per window of it, where the short name is followed by the window's number.
[[nodiscard]] std::span<const FieldEntry> continuity_field_entries();
[[nodiscard]] const FieldEntry& window_field_entry();
/// At most, where hours are not known.
[[nodiscard]] const FieldEntry& most_of_window_field_entry();

}  // namespace maillage::detail
