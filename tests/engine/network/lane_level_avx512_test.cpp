#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define LANE_LEVEL_NAMESPACE maillage_avx512
#define LANE_LEVEL_RUN run_avx512
#define LANE_LEVEL_TARGET __attribute__((target("avx512f")))
#include "tests/support/compile_lane_level.hpp"
#endif
