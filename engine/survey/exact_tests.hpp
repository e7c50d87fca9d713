#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace maillage {

/// How a test's p was found.
enum class ExactMethod {
  enumeration,  ///< all tables of the same margins: exact
  monte_carlo   ///< random tables of the same margins: p is near, see its standard error
};

struct ExactOptions {
  std::int64_t most_steps = 5'000'000;  ///< of the enumeration, beyond which tables are drawn
  std::int64_t draws = 100'000;         ///< fewer when units * draws exceed 2e8, at least 999
  std::uint64_t seed = 1;
};

/// Independence of rows and columns, both margins given.
struct IndependenceTest {
  double p = 1;
  ExactMethod method = ExactMethod::enumeration;
  std::int64_t tables = 0;    ///< enumerated or drawn
  double standard_error = 0;  ///< of p, when drawn
};

/// Fisher's exact test for tables of any size: the probability of tables no more probable than the one found.
/// Every draw has random numbers of its own, so the seed alone tells the result. p of draws counts the table found itself:
/// never 0. \throws ArgumentError on counts below 0 or rows of unequal length
/// Cost: O(steps), or O(draws * units). Sources: Freeman & Halton (1951), doi:10.1093/biomet/38.1-2.141; Phipson & Smyth
/// (2010), doi:10.2202/1544-6115.1585.
[[nodiscard]] IndependenceTest fisher_freeman_halton(const std::vector<std::vector<std::int64_t>>& counts,
                                                     const ExactOptions& options = {});

/// Whether two answers of the same units differ: practice and intention.
struct PairedTest {
  std::int64_t first_only = 0;  ///< units that have the first answer and not the second
  std::int64_t second_only = 0;
  double exact_p = 1;  ///< two-sided binomial
  double mid_p = 1;    ///< the same less half the probability of what was found: nearer its level, recommended
};

/// McNemar's test by the binomial distribution. \throws ArgumentError on counts below 0
/// Sources: McNemar (1947), doi:10.1007/BF02295996; Fagerland, Lydersen & Laake (2013), doi:10.1186/1471-2288-13-91.
[[nodiscard]] PairedTest mcnemar_test(std::int64_t first_only, std::int64_t second_only);

}  // namespace maillage
