#include "src/memory_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace primer::speech {

namespace {

sf_count_t sizeOf(std::span<const std::byte> bytes) {
  return static_cast<sf_count_t>(bytes.size());
}

}  // namespace

SF_VIRTUAL_IO MemoryFile::calls() {
  SF_VIRTUAL_IO calls{};
  calls.get_filelen = [](void* self) { return sizeOf(static_cast<MemoryFile*>(self)->content()); };
  calls.seek = seek;
  calls.read = read;
  calls.write = write;
  calls.tell = [](void* self) { return static_cast<MemoryFile*>(self)->at_; };
  return calls;
}

sf_count_t MemoryFile::seek(sf_count_t offset, int whence, void* self) {
  auto& file = *static_cast<MemoryFile*>(self);
  const sf_count_t size = sizeOf(file.content());
  const sf_count_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.at_ : size;
  if (offset < -from || offset > size - from) return -1;
  file.at_ = from + offset;
  return file.at_;
}

sf_count_t MemoryFile::read(void* to, sf_count_t count, void* self) {
  auto& file = *static_cast<MemoryFile*>(self);
  const auto content = file.content();
  const sf_count_t most = std::clamp<sf_count_t>(count, 0, sizeOf(content) - file.at_);
  if (most > 0) std::memcpy(to, content.data() + file.at_, static_cast<std::size_t>(most));
  file.at_ += most;
  return most;
}

sf_count_t MemoryFile::write(const void* from, sf_count_t count, void* self) {
  auto& file = *static_cast<MemoryFile*>(self);
  if (count <= 0) return 0;
  const auto end = static_cast<std::size_t>(file.at_ + count);
  if (end > file.written_.size()) file.written_.resize(end);
  std::memcpy(file.written_.data() + file.at_, from, static_cast<std::size_t>(count));
  file.at_ += count;
  return count;
}

}  // namespace primer::speech
