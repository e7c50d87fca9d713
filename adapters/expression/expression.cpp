#include "adapters/expression/expression.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <muParser.h>

#include <algorithm>

#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"

namespace maillage {

struct Expression::State {
  mu::Parser parser;
  std::vector<double> slots;
  std::vector<std::size_t> used;
};

Expression::Expression(const std::string& text, std::vector<std::string> known) : state_(std::make_unique<State>()) {
  state_->slots.assign(known.size(), 0);
  const auto fail = [&](const std::string& french, const std::string& english) {
    throw StudyError({.french = fmt::format("expression « {} » : {}", text, french),
                      .english = fmt::format("expression '{}': {}", text, english)});
  };
  try {
    state_->parser.SetDecSep('.');
    state_->parser.SetArgSep(',');
    state_->parser.SetExpr(text);
    std::vector<std::string> names;  // copied: defining one changes the parser's own list
    for (const auto& [name, slot] : state_->parser.GetUsedVar()) {
      names.push_back(name);
    }
    for (const std::string& name : names) {
      const auto found = std::ranges::find(known, name);
      if (found == known.end()) {
        const auto near = closest_names(name, known, 3);
        const std::string possible = fmt::format("{}", fmt::join(near.empty() ? known : near, ", "));
        fail(fmt::format("« {} » n'est pas un nombre connu ; noms possibles : {}.", name, possible),
             fmt::format("'{}' is not a known number; possible names: {}.", name, possible));
      }
      const auto position = static_cast<std::size_t>(found - known.begin());
      state_->used.push_back(position);
      state_->parser.DefineVar(name, &state_->slots[position]);
    }
    std::ranges::sort(state_->used);
    (void)state_->parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    fail(fmt::format("illisible près du caractère {} (« {} »).", error.GetPos() + 1, error.GetToken()),
         fmt::format("not readable near character {} ('{}').", error.GetPos() + 1, error.GetToken()));
  }
}

Expression::~Expression() = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;

const std::vector<std::size_t>& Expression::used() const {
  return state_->used;
}

double Expression::value(const std::span<const double> values) {
  for (const std::size_t position : state_->used) {
    state_->slots[position] = values[position];
  }
  return state_->parser.Eval();
}

}  // namespace maillage
