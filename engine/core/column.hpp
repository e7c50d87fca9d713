#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace maillage {

/// Read-only array that either owns its values or views values kept elsewhere (a mapped file), so that what was built in
/// memory and what was mapped from a file are one type. A viewing column must not outlive what it views. Move only.
template <typename T>
class Column {
 public:
  Column() = default;
  Column(std::vector<T> values) : owned_(std::move(values)), values_(owned_) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] static Column viewing(std::span<const T> values) {
    Column column;
    column.values_ = values;
    return column;
  }
  Column(Column&& other) noexcept : owned_(std::move(other.owned_)), values_(std::exchange(other.values_, {})) {}
  Column& operator=(Column&& other) noexcept {
    owned_ = std::move(other.owned_);
    values_ = std::exchange(other.values_, {});
    return *this;
  }
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;
  ~Column() = default;

  [[nodiscard]] const T& operator[](std::size_t position) const { return values_[position]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] const T* data() const { return values_.data(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] std::span<const T> view() const { return values_; }

 private:
  std::vector<T> owned_;
  std::span<const T> values_;
};

}  // namespace maillage
