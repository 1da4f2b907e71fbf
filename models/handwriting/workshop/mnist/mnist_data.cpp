#include "mnist/mnist_data.h"

#include <zlib.h>

#include <cstring>
#include <memory>
#include <span>
#include <string>

namespace primer::handwriting {

namespace {

constexpr std::uint32_t kMaxImages = 1'000'000;

// A gzip file of big-endian numbers and bytes.
class IdxFile {
 public:
  explicit IdxFile(const std::filesystem::path& path)
      : path_(path), file_(gzopen(path.c_str(), "rb")) {}
  ~IdxFile() {
    if (file_ != nullptr) gzclose(file_);
  }
  IdxFile(const IdxFile&) = delete;
  IdxFile& operator=(const IdxFile&) = delete;

  bool isOpen() const { return file_ != nullptr; }

  bool read(std::span<std::uint8_t> bytes) {
    return gzread(file_, bytes.data(), static_cast<unsigned>(bytes.size())) ==
           static_cast<int>(bytes.size());
  }

  bool readNumber(std::uint32_t& number) {
    std::array<std::uint8_t, 4> bytes{};
    if (!read(bytes)) return false;
    number = std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
             std::uint32_t{bytes[2]} << 8 | bytes[3];
    return true;
  }

  tl::unexpected<Error> missing() const {
    return fail(ErrorCode::kNotFound, path_.string() + " is not there");
  }
  tl::unexpected<Error> damaged(const std::string& why) const {
    return fail(ErrorCode::kDamaged, path_.string() + ": " + why);
  }

 private:
  std::filesystem::path path_;
  gzFile file_;
};

}  // namespace

Result<MnistImages> readMnist(const std::filesystem::path& data) {
  const auto folder = data / "handwriting" / "mnist";
  IdxFile images(folder / "train-images-idx3-ubyte.gz");
  IdxFile labels(folder / "train-labels-idx1-ubyte.gz");
  if (!images.isOpen()) return images.missing();
  if (!labels.isOpen()) return labels.missing();

  std::uint32_t magic = 0, count = 0, rows = 0, columns = 0, label_magic = 0, label_count = 0;
  if (!images.readNumber(magic) || !images.readNumber(count) || !images.readNumber(rows) ||
      !images.readNumber(columns) || magic != 0x803) {
    return images.damaged("not an IDX file of images");
  }
  if (rows != kMnistSide || columns != kMnistSide || count == 0 || count > kMaxImages) {
    return images.damaged("28x28 images are expected");
  }
  if (!labels.readNumber(label_magic) || !labels.readNumber(label_count) || label_magic != 0x801) {
    return labels.damaged("not an IDX file of labels");
  }
  if (label_count != count) {
    return labels.damaged(std::to_string(label_count) + " labels for " + std::to_string(count) +
                          " images");
  }
  MnistImages set;
  set.images.resize(count);
  set.labels.resize(count);
  for (auto& image : set.images) {
    if (!images.read(image)) return images.damaged("cut short");
  }
  if (!labels.read(set.labels)) return labels.damaged("cut short");
  for (std::size_t i = 0; i < set.labels.size(); ++i) {
    if (set.labels[i] > 9) {
      return labels.damaged("label " + std::to_string(i) + " is not a digit");
    }
  }
  return set;
}

}  // namespace primer::handwriting
