#pragma once

#include <span>
#include <vector>

namespace maillage {

/// How p values of many tests are made to bound the expected share of false discoveries.
/// - benjamini_hochberg: for independent or positively dependent tests, as those of neighbouring units are held to be.
///   Source: Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
/// - benjamini_yekutieli: for any dependence; greater by about ln(n).
///   Source: Benjamini & Yekutieli (2001), doi:10.1214/aos/1013699998. For local statistics: Castro & Singer (2006),
///   doi:10.1111/j.0016-7363.2006.00682.x.
enum class FalseDiscovery { benjamini_hochberg, benjamini_yekutieli };

/// Adjusted p values: what is at most q is significant at the false discovery rate q. In the order given, at most 1.
/// \throws ArgumentError for a p outside [0, 1].  Cost: O(n log n).
[[nodiscard]] std::vector<double> adjusted_p(std::span<const double> p, FalseDiscovery method);

}  // namespace maillage
