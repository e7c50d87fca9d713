#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace maillage {

/// An arithmetic expression over named numbers: + - * / ^, comparisons, ?:, min, max, sqrt, abs and the like.
class Expression {
 public:
  /// \param known  the names it may use
  /// \throws StudyError when it cannot be read, or uses another name (with the nearest ones)
  Expression(const std::string& text, std::vector<std::string> known);
  ~Expression();
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;

  /// Positions in `known` of the names it uses, ascending.
  [[nodiscard]] const std::vector<std::size_t>& used() const;
  /// \param values  parallel to `known`; those that are not used do not matter.  \returns what it comes to; not finite where
  /// it makes no sense (a division by zero)
  [[nodiscard]] double value(std::span<const double> values);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace maillage
