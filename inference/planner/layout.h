#pragma once

// How the elements of a tensor lie in its buffer. Inputs, outputs, constants and whatever an
// observer looks at are plain; a level of CPU whose kernels want another layout between themselves
// (channels in blocks, rows with room for padding) adds it here, a pass that gives it to the
// tensors between them before nodes are prepared, and its bytes below. The arena asks only for the
// bytes.

#include <cstdint>

namespace primer::inference {

enum class Layout : std::uint8_t {
  kPlain,  // as in the file: row major, without gaps
};

// Bytes of a tensor that takes `plain_bytes` as in the file.
constexpr std::uint64_t layoutBytes(Layout, std::uint64_t plain_bytes) { return plain_bytes; }

}  // namespace primer::inference
