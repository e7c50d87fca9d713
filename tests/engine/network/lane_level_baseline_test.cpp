#define LANE_LEVEL_NAMESPACE maillage_baseline
#define LANE_LEVEL_RUN run_baseline
#define LANE_LEVEL_TARGET
#include "tests/support/compile_lane_level.hpp"
