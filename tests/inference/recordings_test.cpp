// One-operator models with the outputs that the format's reference kernels gave for them
// (recordings/record.py): integers must be the same bytes, floats agree to 1e-5.

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "inference/recording_file.h"
#include "primer/inference/session.h"

namespace primer::inference {
namespace {

constexpr float kFloatTolerance = 1e-5f;

using testing::Recording;
using testing::recordings;

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
