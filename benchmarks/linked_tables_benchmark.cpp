#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/core/counter_random.hpp"
#include "engine/survey/linked_tables.hpp"
#include "engine/survey/weighted_figures.hpp"

namespace maillage {
namespace {

/// Answers among `categories`, the first more frequent, `missing` percent without.
Attribute question(const std::string& name, const std::size_t units, const std::uint32_t categories, const std::uint32_t missing) {
  CounterRandom random{5, DrawPurpose::random_table, static_cast<std::uint32_t>(name.back()), categories};
  std::vector<std::vector<std::string>> texts;
  for (std::size_t unit = 0; unit < units; ++unit) {
    const std::uint32_t drawn = std::min(random.below(categories), random.below(categories + 1));
    texts.push_back({random.below(100) < missing ? std::string{} : std::string(1, static_cast<char>('a' + drawn))});
  }
  return attribute_of_texts(name, {name, name}, texts);
}

void cross(LinkedTables& linked, const std::size_t rows, const std::size_t columns) {
  linked.tables.push_back(published_crossing(linked.attributes[rows], linked.attributes[columns]));
}

void report(benchmark::State& state, const LinkedTables& linked) {
  std::size_t primary = 0;
  for (auto _ : state) {
    primary = protect(linked, {}).deduced.size();
  }
  state.counters["tables"] = static_cast<double>(linked.tables.size());
  state.counters["primary"] = static_cast<double>(primary);
}

/// Ten questions, all 45 crossings, 2,000 respondents; the argument is the percentage without answer.
void all_pairs(benchmark::State& state) {
  LinkedTables linked;
  for (char name = '0'; name <= '9'; ++name) {
    linked.attributes.push_back(question({'q', name}, 2'000, 2 + static_cast<std::uint32_t>(name - '0') % 4,
                                         static_cast<std::uint32_t>(state.range(0))));
  }
  for (std::size_t one = 0; one < linked.attributes.size(); ++one) {
    linked.tables.push_back(published_distribution(linked.attributes[one]));
    for (std::size_t other = one + 1; other < linked.attributes.size(); ++other) {
      cross(linked, one, other);
    }
  }
  report(state, linked);
}
BENCHMARK(all_pairs)->Name("survey/all_pairs")->Arg(0)->Arg(1)->Arg(3)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

/// Questions by a kind of 9 and a class of 4 categories, 258 respondents; weighted when the second argument is 1.
void by_two(benchmark::State& state) {
  LinkedTables linked;
  linked.attributes = {question("b0", 258, 9, 0), question("b1", 258, 4, 0)};
  for (std::int64_t k = 0; k < state.range(0); ++k) {
    linked.attributes.push_back(question({'q', static_cast<char>('0' + k)}, 258, 2 + static_cast<std::uint32_t>(k) % 4, 3));
  }
  const std::vector<Attribute> by(linked.attributes.begin(), linked.attributes.begin() + 2);
  std::vector<double> weights;
  for (std::size_t unit = 0; unit < 258; ++unit) {
    const auto kind = static_cast<double>(by[0].values[UnitIndex{unit}].front().value());
    const auto size = static_cast<double>(by[1].values[UnitIndex{unit}].front().value());
    weights.push_back((0.5 + 0.2 * kind) * (1.3 - 0.2 * size));
  }
  const WeightBasis basis{.weights = weights, .margins = by, .decimals = 1};
  const auto weigh = [&](const WeightedFigures& figures) {
    if (state.range(1) == 1) {
      linked.sums.insert(linked.sums.end(), figures.sums.begin(), figures.sums.end());
      linked.figures.insert(linked.figures.end(), figures.figures.begin(), figures.figures.end());
    }
  };
  for (std::size_t k = 0; k < linked.attributes.size(); ++k) {
    linked.tables.push_back(published_distribution(linked.attributes[k]));
    weigh(weighted_distribution_figures(linked.attributes[k], basis, linked.limits));
    for (std::size_t other = 0; other < 2 && other < k; ++other) {
      cross(linked, k, other);
      weigh(weighted_crossing_figures(linked.attributes[k], linked.attributes[other], basis, linked.limits));
    }
  }
  report(state, linked);
}
BENCHMARK(by_two)
    ->Name("survey/by_two")
    ->Args({1, 1})
    ->Args({10, 0})
    ->Args({10, 1})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace maillage
