// One-operator models with the outputs that the format's reference kernels gave for them
// (recordings/record.py): integers must be the same bytes, floats agree to 1e-5.

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "primer/inference/session.h"

namespace primer::inference {
namespace {

constexpr float kFloatTolerance = 1e-5f;

struct Recording {
  std::string name;
  std::vector<std::byte> model;
  std::vector<std::byte> inputs;
  std::vector<std::byte> outputs;
};

// What GoogleTest shows of a recording.
void PrintTo(const Recording& recording, std::ostream* out) { *out << recording.name; }

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

class Recorded : public ::testing::TestWithParam<Recording> {};

void expectSame(ElementType type, std::span<const std::byte> ours,
                std::span<const std::byte> theirs) {
  if (type != ElementType::kFloat32) {
    for (std::size_t i = 0; i < ours.size(); ++i) {
      ASSERT_EQ(std::to_integer<int>(ours[i]), std::to_integer<int>(theirs[i])) << "byte " << i;
    }
    return;
  }
  for (std::size_t i = 0; i < ours.size(); i += sizeof(float)) {
    float a = 0;
    float b = 0;
    std::memcpy(&a, &ours[i], sizeof(a));
    std::memcpy(&b, &theirs[i], sizeof(b));
    ASSERT_NEAR(a, b, kFloatTolerance * std::max(1.0f, std::abs(b))) << "element " << i / 4;
  }
}

TEST_P(Recorded, IsTheSame) {
  const auto& recording = GetParam();
  const auto model = Model::fromBytes(recording.model, recording.name);
  ASSERT_TRUE(model) << model.error().message;
  auto session = Session::create(*model);
  ASSERT_TRUE(session) << session.error().message;
  std::size_t in = 0;
  std::size_t out = 0;
  while (in < recording.inputs.size()) {
    for (std::size_t i = 0; i < (*model)->inputCount(); ++i) {
      const auto bytes = session->inputBytes(i);
      ASSERT_LE(in + bytes.size(), recording.inputs.size());
      std::memcpy(bytes.data(), &recording.inputs[in], bytes.size());
      in += bytes.size();
    }
    session->run();
    for (std::size_t i = 0; i < (*model)->outputCount(); ++i) {
      const auto bytes = session->outputBytes(i);
      ASSERT_LE(out + bytes.size(), recording.outputs.size());
      expectSame((*model)->output(i).type, bytes,
                 std::span(recording.outputs).subspan(out, bytes.size()));
      out += bytes.size();
    }
  }
  EXPECT_EQ(in, recording.inputs.size());
  EXPECT_EQ(out, recording.outputs.size());
}

INSTANTIATE_TEST_SUITE_P(Reference, Recorded, ::testing::ValuesIn(recordings()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace primer::inference
