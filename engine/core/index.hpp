#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace maillage {

/// Dense position 0..n-1 of one kind of thing. `Tag` keeps the kinds apart: a CommuneIndex cannot address structures.
/// An index never leaves the process; outside, things are known by their code or key.
template <typename Tag>
class Index {
 public:
  using value_type = std::uint32_t;

  /// The index of nothing ("no commune").
  constexpr Index() = default;
  constexpr explicit Index(std::size_t position) : position_(static_cast<value_type>(position)) {}

  [[nodiscard]] static constexpr Index none() { return Index{}; }
  [[nodiscard]] constexpr bool is_none() const { return position_ == kNone; }
  [[nodiscard]] constexpr value_type value() const { return position_; }

  friend constexpr auto operator<=>(const Index&, const Index&) = default;

 private:
  static constexpr value_type kNone = std::numeric_limits<value_type>::max();
  value_type position_ = kNone;
};

}  // namespace maillage
