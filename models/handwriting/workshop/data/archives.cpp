#include "primer/handwriting-workshop/archives.h"

#include <lzma.h>
#include <zip.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <vector>

namespace primer::handwriting::workshop {

namespace {

constexpr std::size_t kLimit = std::size_t{1} << 30;
constexpr std::size_t kBlock = std::size_t{1} << 20;

tl::unexpected<Error> notFound(const std::filesystem::path& path) {
  return fail(ErrorCode::kNotFound, path.string() + ": cannot be opened");
}
tl::unexpected<Error> damaged(const std::filesystem::path& path) {
  return fail(ErrorCode::kDamaged, path.string() + ": is cut short or not what its name says");
}
tl::unexpected<Error> tooLarge(const std::filesystem::path& path) {
  return fail(ErrorCode::kLimitExceeded, path.string() + ": unpacks to more than 1 GiB");
}

}  // namespace

Result<std::string> readXz(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return notFound(path);
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, UINT64_MAX, LZMA_CONCATENATED) != LZMA_OK) {
    return fail(ErrorCode::kInternal, "the xz decoder does not start");
  }
  const std::unique_ptr<lzma_stream, void (*)(lzma_stream*)> guard(&stream, lzma_end);
  std::vector<char> in(kBlock);
  std::string text;
  lzma_ret status = LZMA_OK;
  while (status == LZMA_OK) {
    if (stream.avail_in == 0 && file) {
      file.read(in.data(), static_cast<std::streamsize>(in.size()));
      stream.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
      stream.avail_in = static_cast<std::size_t>(file.gcount());
    }
    const std::size_t before = text.size();
    if (before > kLimit) return tooLarge(path);
    text.resize(before + kBlock);
    stream.next_out = reinterpret_cast<std::uint8_t*>(text.data() + before);
    stream.avail_out = kBlock;
    status = lzma_code(&stream, file ? LZMA_RUN : LZMA_FINISH);
    text.resize(text.size() - stream.avail_out);
  }
  if (status != LZMA_STREAM_END) return damaged(path);
  return text;
}

Result<std::string> readGzip(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) return notFound(path);
  std::string text;
  std::vector<char> block(kBlock);
  int count = 0;
  while ((count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()))) > 0) {
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > kLimit) return tooLarge(path);
  }
  int error = Z_OK;
  gzerror(file.get(), &error);
  if (count < 0 || error != Z_OK) return damaged(path);
  return text;
}

Status visitZip(const std::filesystem::path& path,
                const std::function<void(std::string_view, std::string_view)>& visit) {
  int error = 0;
  const std::unique_ptr<zip_t, void (*)(zip_t*)> archive(zip_open(path.c_str(), ZIP_RDONLY, &error),
                                                         zip_discard);
  if (!archive) return error == ZIP_ER_NOZIP ? damaged(path) : notFound(path);
  std::string content;
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0));
  for (zip_uint64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    if (zip_stat_index(archive.get(), i, 0, &about) != 0) return damaged(path);
    const std::string_view name = about.name;
    if (name.empty() || name.back() == '/') continue;
    if (about.size > kLimit) return tooLarge(path);
    content.resize(about.size);
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> entry(
        zip_fopen_index(archive.get(), i, 0), zip_fclose);
    if (!entry || zip_fread(entry.get(), content.data(), about.size) !=
                      static_cast<zip_int64_t>(about.size)) {
      return damaged(path);
    }
    visit(name, content);
  }
  return {};
}

void visitLines(std::string_view text, const std::function<void(std::string_view)>& visit) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace primer::handwriting::workshop
