#include "primer/base/large_blocks.h"

#include <malloc.h>

namespace primer {

void returnLargeBlocks() { mallopt(M_MMAP_THRESHOLD, 256 * 1024); }

}  // namespace primer
