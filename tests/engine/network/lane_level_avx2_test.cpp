#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LANE_LEVEL_NAMESPACE maillage_avx2
#define LANE_LEVEL_RUN run_avx2
#define LANE_LEVEL_TARGET __attribute__((target("avx2")))
#include "tests/support/compile_lane_level.hpp"
#endif
