#pragma once

// What is heard and read lies in blocks of many megabytes.

namespace primer {

// Each block of 256 kB or more goes back to the system as soon as it is freed: else the allocator
// raises its threshold with every one, and keeps some. Once, at the start of a program.
void returnLargeBlocks();

}  // namespace primer
