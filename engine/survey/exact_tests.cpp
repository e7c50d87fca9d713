#include "engine/survey/exact_tests.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/counter_random.hpp"
#include "engine/core/error.hpp"
#include "engine/survey/distributions.hpp"

namespace maillage {
namespace {

using Counts = std::vector<std::vector<std::int64_t>>;

/// Tables of equal probability differ in the last bits of their logarithms.
constexpr double kSameProbability = 1e-7;

struct Margins {
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> columns;
  std::int64_t total = 0;
};

Margins margins_of(const Counts& counts) {
  Margins margins;
  for (const auto& row : counts) {
    if (row.size() != counts.front().size()) {
      throw ArgumentError("exact test: rows of one length");
    }
    margins.columns.resize(row.size(), 0);
    margins.rows.push_back(0);
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (row[column] < 0) {
        throw ArgumentError("exact test: counts of at least 0");
      }
      margins.rows.back() += row[column];
      margins.columns[column] += row[column];
      margins.total += row[column];
    }
  }
  return margins;
}

std::vector<double> log_factorials(const std::int64_t most) {
  std::vector<double> logs(static_cast<std::size_t>(most) + 1, 0);
  for (std::size_t k = 2; k < logs.size(); ++k) {
    logs[k] = logs[k - 1] + std::log(static_cast<double>(k));
  }
  return logs;
}

/// Sum over cells of -log(count!): the logarithm of a table's probability but for what its margins add.
double log_weight(const Counts& counts, const std::vector<double>& logs) {
  double weight = 0;
  for (const auto& row : counts) {
    for (const std::int64_t count : row) {
      weight -= logs[static_cast<std::size_t>(count)];
    }
  }
  return weight;
}

/// Logarithm of what all tables of the margins share.
double log_constant(const Margins& margins, const std::vector<double>& logs) {
  double constant = -logs[static_cast<std::size_t>(margins.total)];
  for (const auto* side : {&margins.rows, &margins.columns}) {
    for (const std::int64_t count : *side) {
      constant += logs[static_cast<std::size_t>(count)];
    }
  }
  return constant;
}

/// Walks through every table of the margins, cell by cell; the last row and column follow from the others.
class Enumeration {
 public:
  Enumeration(const Margins& margins, const std::vector<double>& logs, const double observed, const std::int64_t most_steps)
      : left_(margins.columns),
        rows_(margins.rows),
        logs_(logs),
        constant_(log_constant(margins, logs)),
        observed_(observed),
        most_steps_(most_steps) {}

  /// False when it was stopped.
  bool run() {
    fill(0, 0, rows_.front(), 0);
    return steps_ <= most_steps_;
  }
  [[nodiscard]] double p() const { return std::min(1.0, p_); }
  [[nodiscard]] std::int64_t tables() const { return tables_; }

 private:
  [[nodiscard]] double log_of(const std::int64_t count) const { return logs_[static_cast<std::size_t>(count)]; }

  void finish(double weight) {
    for (const std::int64_t count : left_) {
      weight -= log_of(count);
    }
    ++tables_;
    if (weight <= observed_ + kSameProbability) {
      p_ += std::exp(weight + constant_);
    }
  }

  void fill(const std::size_t row, const std::size_t column, const std::int64_t left, const double weight) {
    if (++steps_ > most_steps_) {
      return;
    }
    if (row + 1 == rows_.size()) {
      finish(weight);
      return;
    }
    const bool last = column + 1 == left_.size();
    if (last && left > left_[column]) {
      return;
    }
    for (std::int64_t count = last ? left : 0; count <= std::min(left, left_[column]); ++count) {
      left_[column] -= count;
      if (last) {
        fill(row + 1, 0, rows_[row + 1], weight - log_of(count));
      } else {
        fill(row, column + 1, left - count, weight - log_of(count));
      }
      left_[column] += count;
    }
  }

  std::vector<std::int64_t> left_;  ///< units of each column that no row has taken yet
  std::vector<std::int64_t> rows_;
  const std::vector<double>& logs_;
  double constant_;
  double observed_;
  std::int64_t most_steps_;
  std::int64_t steps_ = 0;
  std::int64_t tables_ = 0;
  double p_ = 0;
};

/// Draws tables of the margins: the columns of all units, shuffled over the rows.
IndependenceTest drawn(const Margins& margins, const std::vector<double>& logs, const double observed,
                       const ExactOptions& options) {
  constexpr std::int64_t kMostWork = 200'000'000;
  constexpr std::int64_t kLeastDraws = 999;
  const std::int64_t draws =
      std::max(std::min(options.draws, kMostWork / std::max(std::int64_t{1}, margins.total)), kLeastDraws);
  std::vector<std::uint32_t> columns;
  for (std::size_t column = 0; column < margins.columns.size(); ++column) {
    columns.insert(columns.end(), static_cast<std::size_t>(margins.columns[column]), static_cast<std::uint32_t>(column));
  }
  std::vector<std::uint32_t> shuffled;
  Counts table(margins.rows.size(), std::vector<std::int64_t>(margins.columns.size(), 0));
  std::int64_t as_extreme = 0;
  for (std::int64_t draw = 0; draw < draws; ++draw) {
    CounterRandom random{options.seed, DrawPurpose::random_table, static_cast<std::uint32_t>(draw), 0};
    shuffled = columns;
    for (std::size_t k = shuffled.size(); k > 1; --k) {
      std::swap(shuffled[k - 1], shuffled[random.below(static_cast<std::uint32_t>(k))]);
    }
    std::size_t unit = 0;
    for (std::size_t row = 0; row < table.size(); ++row) {
      std::fill(table[row].begin(), table[row].end(), 0);
      for (std::int64_t k = 0; k < margins.rows[row]; ++k) {
        ++table[row][shuffled[unit++]];
      }
    }
    as_extreme += log_weight(table, logs) <= observed + kSameProbability ? 1 : 0;
  }
  const double p = static_cast<double>(as_extreme + 1) / static_cast<double>(draws + 1);
  return {.p = p,
          .method = ExactMethod::monte_carlo,
          .tables = draws,
          .standard_error = std::sqrt(p * (1 - p) / static_cast<double>(draws))};
}

}  // namespace

IndependenceTest fisher_freeman_halton(const std::vector<std::vector<std::int64_t>>& counts, const ExactOptions& options) {
  if (counts.empty() || counts.front().empty()) {
    return {};
  }
  const Margins margins = margins_of(counts);
  const std::vector<double> logs = log_factorials(margins.total);
  const double observed = log_weight(counts, logs);
  Enumeration enumeration{margins, logs, observed, options.most_steps};
  if (enumeration.run()) {
    return {.p = enumeration.p(), .method = ExactMethod::enumeration, .tables = enumeration.tables(), .standard_error = 0};
  }
  return drawn(margins, logs, observed, options);
}

PairedTest mcnemar_test(const std::int64_t first_only, const std::int64_t second_only) {
  if (first_only < 0 || second_only < 0) {
    throw ArgumentError("McNemar: counts of at least 0");
  }
  PairedTest test{.first_only = first_only, .second_only = second_only, .exact_p = 1, .mid_p = 1};
  const std::int64_t discordant = first_only + second_only;
  if (discordant == 0) {
    return test;
  }
  const auto fewer = static_cast<double>(std::min(first_only, second_only));
  const auto trials = static_cast<double>(discordant);
  const double tails = 2 * fair_coin_cdf(fewer, trials);
  const double found = fair_coin_probability(fewer, trials);
  test.exact_p = std::min(1.0, tails);
  test.mid_p = first_only == second_only ? 1 - found / 2 : tails - found;
  return test;
}

}  // namespace maillage
