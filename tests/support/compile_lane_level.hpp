/// Compiles the kernels anew in a namespace of their own, for the one kind of processor that LANE_LEVEL_TARGET names.
/// Included by files that are one level each; nothing else may stand in them.
#include "engine/core/lane_kernel.hpp"
#undef MAILLAGE_LANE_KERNEL
#define MAILLAGE_LANE_KERNEL LANE_LEVEL_TARGET
#define maillage LANE_LEVEL_NAMESPACE

#include "engine/core/parallel.cpp"
#include "engine/network/label_join.cpp"
#include "engine/network/label_sweep.cpp"
#include "engine/network/nearest_sweep.cpp"
#include "engine/network/travel_table.cpp"
// A name that two of the files have for themselves.
#define kNoSlot kNoSlotOfCatchments
#include "engine/network/catchment_sweep.cpp"
//
#include "tests/support/run_lane_level.hpp"
