#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/indexed.hpp"

namespace maillage {

/// Compressed sparse rows: for every `I`, a run of `T`, all runs in one array.
template <typename I, typename T>
class Csr {
 public:
  Csr() : first_{0} {}
  /// \param first  n + 1 non-decreasing offsets into `values`; first.front() == 0, first.back() == values.size()
  Csr(std::vector<std::uint64_t> first, std::vector<T> values) : first_(std::move(first)), values_(std::move(values)) {
    assert(!first_.empty() && first_.front() == 0 && first_.back() == values_.size());
  }

  [[nodiscard]] std::span<const T> operator[](I index) const {
    assert(index.value() + 1 < first_.size());
    return std::span<const T>{values_}.subspan(first_[index.value()], first_[index.value() + 1] - first_[index.value()]);
  }
  /// Appends one run; rows are filled in index order.
  void push_row(std::span<const T> row) {
    values_.insert(values_.end(), row.begin(), row.end());
    first_.push_back(values_.size());
  }
  [[nodiscard]] std::size_t rows() const { return first_.size() - 1; }
  [[nodiscard]] IndexRange<I> indices() const { return IndexRange<I>{rows()}; }
  [[nodiscard]] std::span<const T> values() const { return values_; }

  friend bool operator==(const Csr&, const Csr&) = default;

 private:
  std::vector<std::uint64_t> first_;
  std::vector<T> values_;
};

}  // namespace maillage
