#include "engine/survey/distributions.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

void require(const bool holds, const char* what) {
  if (!holds) {
    throw ArgumentError(what);
  }
}

bool is_probability(const double value) {
  return value > 0 && value < 1;
}

}  // namespace

double normal_quantile(const double probability) {
  require(is_probability(probability), "normal quantile: a probability within (0, 1)");
  return boost::math::quantile(boost::math::normal{}, probability);
}

double chi_square_tail(const double statistic, const double degrees_of_freedom) {
  require(degrees_of_freedom > 0, "chi-square: degrees of freedom above 0");
  if (!(statistic > 0)) {
    return 1;
  }
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared{degrees_of_freedom}, statistic));
}

double beta_quantile(const double probability, const double a, const double b) {
  require(is_probability(probability) && a > 0 && b > 0, "beta quantile: a probability within (0, 1), parameters above 0");
  return boost::math::quantile(boost::math::beta_distribution<double>{a, b}, probability);
}

double fair_coin_cdf(const double successes, const double trials) {
  require(trials >= 1 && successes >= 0 && successes <= trials, "fair coin: successes within 0..trials");
  return boost::math::cdf(boost::math::binomial{trials, 0.5}, successes);
}

double fair_coin_probability(const double successes, const double trials) {
  require(trials >= 1 && successes >= 0 && successes <= trials, "fair coin: successes within 0..trials");
  return boost::math::pdf(boost::math::binomial{trials, 0.5}, successes);
}

}  // namespace maillage
