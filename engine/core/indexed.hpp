#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/index.hpp"

namespace maillage {

/// The indices 0..n-1 as a range: `for (const CommuneIndex commune : communes.indices())`.
template <typename I>
class IndexRange {
 public:
  class Iterator {
   public:
    using value_type = I;
    using difference_type = std::ptrdiff_t;
    constexpr explicit Iterator(std::size_t position) : position_(position) {}
    constexpr I operator*() const { return I{position_}; }
    constexpr Iterator& operator++() {
      ++position_;
      return *this;
    }
    friend constexpr bool operator==(const Iterator&, const Iterator&) = default;

   private:
    std::size_t position_;
  };

  constexpr explicit IndexRange(std::size_t size) : size_(size) {}
  [[nodiscard]] constexpr Iterator begin() const { return Iterator{0}; }
  [[nodiscard]] constexpr Iterator end() const { return Iterator{size_}; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }

 private:
  std::size_t size_;
};

/// Non-owning view of an array that only an `I` may address. Never stored beyond the call it was made for.
template <typename I, typename T>
class IndexedSpan {
 public:
  constexpr IndexedSpan() = default;
  constexpr explicit IndexedSpan(std::span<T> values) : values_(values) {}

  [[nodiscard]] constexpr T& operator[](I index) const {
    assert(index.value() < values_.size());
    return values_[index.value()];
  }
  [[nodiscard]] constexpr std::size_t size() const { return values_.size(); }
  [[nodiscard]] constexpr bool empty() const { return values_.empty(); }
  [[nodiscard]] constexpr IndexRange<I> indices() const { return IndexRange<I>{values_.size()}; }
  [[nodiscard]] constexpr std::span<T> raw() const { return values_; }
  [[nodiscard]] constexpr auto begin() const { return values_.begin(); }
  [[nodiscard]] constexpr auto end() const { return values_.end(); }

 private:
  std::span<T> values_;
};

/// Owning array that only an `I` may address.
template <typename I, typename T>
class IndexedVector {
 public:
  IndexedVector() = default;
  explicit IndexedVector(std::size_t size, const T& value = T{}) : values_(size, value) {}
  explicit IndexedVector(std::vector<T> values) : values_(std::move(values)) {}

  [[nodiscard]] decltype(auto) operator[](I index) {
    assert(index.value() < values_.size());
    return values_[index.value()];
  }
  [[nodiscard]] decltype(auto) operator[](I index) const {
    assert(index.value() < values_.size());
    return values_[index.value()];
  }
  I push_back(T value) {
    values_.push_back(std::move(value));
    return I{values_.size() - 1};
  }
  void reserve(std::size_t size) { values_.reserve(size); }
  void resize(std::size_t size, const T& value = T{}) { values_.resize(size, value); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] IndexRange<I> indices() const { return IndexRange<I>{values_.size()}; }
  [[nodiscard]] std::vector<T>& raw() { return values_; }
  [[nodiscard]] const std::vector<T>& raw() const { return values_; }
  [[nodiscard]] auto begin() { return values_.begin(); }
  [[nodiscard]] auto end() { return values_.end(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }

  // Implicit for the reason std::vector -> std::span is: a call site reads `gini(access, population)`.
  operator IndexedSpan<I, const T>() const {  // NOLINT(google-explicit-constructor)
    return IndexedSpan<I, const T>{std::span<const T>{values_}};
  }

  friend bool operator==(const IndexedVector&, const IndexedVector&) = default;

 private:
  std::vector<T> values_;
};

}  // namespace maillage
