#pragma once

// Hot loops of training are compiled for several CPUs; the fittest is chosen when the program
// starts.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PRIMER_FOR_CPUS __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define PRIMER_FOR_CPUS
#endif
