#pragma once

/// Functions marked so are compiled for AVX-512, AVX2 and the baseline, and chosen when the program starts. Results are the
/// same on all: whole numbers, or doubles of which no product is contracted with a sum (-ffp-contract=off).
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define MAILLAGE_LANE_KERNEL __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define MAILLAGE_LANE_KERNEL
#endif
