#include "data/witness_rows.h"

#include <fstream>

namespace primer::pronunciation::workshop {

Status writeWitnesses(const std::filesystem::path& path, const std::vector<WitnessRow>& rows,
                      std::size_t width) {
  std::ofstream file(path, std::ios::binary);
  const auto put = [&file](const void* bytes, std::size_t size) {
    file.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  };
  const std::uint32_t head[] = {static_cast<std::uint32_t>(rows.size()),
                                static_cast<std::uint32_t>(width)};
  put(head, sizeof head);
  for (const auto& row : rows) {
    const std::uint32_t about[] = {static_cast<std::uint32_t>(row.utterance), row.flags};
    put(about, sizeof about);
    put(row.features.data(), width * sizeof(float));
  }
  return file ? Status() : fail(ErrorCode::kIo, path.string() + " cannot be written");
}

Result<std::vector<WitnessRow>> readWitnesses(const std::filesystem::path& path,
                                              std::size_t width) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::kNotFound, path.string() + " is not there");
  const auto get = [&file](void* bytes, std::size_t size) {
    file.read(static_cast<char*>(bytes), static_cast<std::streamsize>(size));
  };
  std::uint32_t head[2] = {};
  get(head, sizeof head);
  std::vector<WitnessRow> rows;
  while (file && head[1] == width && rows.size() < head[0]) {
    std::uint32_t about[2] = {};
    get(about, sizeof about);
    WitnessRow row{about[0], about[1], std::vector<float>(width)};
    get(row.features.data(), width * sizeof(float));
    rows.push_back(std::move(row));
  }
  if (!file || rows.size() != head[0] || file.peek() != std::ifstream::traits_type::eof()) {
    return fail(ErrorCode::kDamaged, path.string() + " is cut short or of another version");
  }
  return rows;
}

}  // namespace primer::pronunciation::workshop
