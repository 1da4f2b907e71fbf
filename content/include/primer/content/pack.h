#pragma once

// A compiled lesson: one FlatBuffers file (schema/pack.fbs) with a version and a checksum, the same
// bytes for the same lesson on every machine.
//
// Packs arrive on USB sticks. Opening one trusts nothing: size, FlatBuffers verifier, version,
// checksum, then the same checkLesson() as for a source.

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "primer/base/file_system.h"
#include "primer/content/lesson.h"

namespace primer::content {

// The newest that is read and written. 1: as it began, with fields added since that an older
// program passes over. 2: has questions whose answers are placed on a picture, which it could not
// pose. A pack is written in the oldest version that its lesson can do with.
inline constexpr std::uint32_t kPackVersion = 2;
inline constexpr std::uint64_t kMaxPackBytes = 4 << 20;

// kInvalidArgument with the first fault where checkLesson() finds any.
Result<std::vector<std::byte>> compilePack(const Lesson& lesson);

// kDamaged, kNewerVersion, kLimitExceeded.
Result<Lesson> openPack(std::span<const std::byte> bytes);
Result<Lesson> openPack(const std::filesystem::path& path, FileSystem& files);

}  // namespace primer::content
