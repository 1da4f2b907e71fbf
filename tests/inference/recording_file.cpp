#include "inference/recording_file.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>

namespace primer::inference::testing {
namespace {

class RecordingFile {
 public:
  RecordingFile() {
    std::ifstream file(PRIMER_RECORDINGS, std::ios::binary);
    text_.assign(std::istreambuf_iterator<char>(file), {});
  }
  bool atEnd() const { return at_ >= text_.size(); }

  std::vector<std::byte> field() {
    std::uint32_t length = 0;
    std::memcpy(&length, text_.data() + at_, sizeof(length));
    const auto bytes = std::as_bytes(std::span(text_).subspan(at_ + sizeof(length), length));
    at_ += sizeof(length) + length;
    return {bytes.begin(), bytes.end()};
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Recording> recordings() {
  RecordingFile file;
  std::vector<Recording> all;
  while (!file.atEnd()) {
    const auto name = file.field();
    Recording recording;
    recording.name.assign(reinterpret_cast<const char*>(name.data()), name.size());
    recording.model = file.field();
    recording.inputs = file.field();
    recording.outputs = file.field();
    all.push_back(std::move(recording));
  }
  return all;
}

}  // namespace primer::inference::testing
