// The ten lines of models/README.md that run the spoken digits, on a file that the workshop's own
// architecture makes.

#include <gtest/gtest.h>

#include <algorithm>

#include "primer/base/file_system.h"
#include "primer/base/program.h"
#include "primer/inference/session.h"
#include "primer/speech-workshop/speech_workshop.h"
#include "primer/speech/clip_features.h"
#include "primer/toolkit/metadata.h"
#include "sounds.h"
#include "test_folder.h"

namespace primer::speech {
namespace {

constexpr ClipOptions kClip = {.mel = {8000, 256, 128, 32, 60, 3800}, .frames = 64};

long readDigit(const std::string& file, const std::vector<std::int16_t>& samples) {
  auto model = primer::inference::Model::open(file);
  if (!model) return -primer::reportError("digits", model.error());
  auto clip =
      primer::speech::ClipOptions::of(**model).and_then(primer::speech::ClipFeatures::create);
  if (!clip) return -primer::reportError("digits", clip.error());
  auto session = primer::inference::Session::create(*model);
  if (!session) return -primer::reportError("digits", session.error());
  std::vector<std::int16_t> parts(clip->size());
  clip->make(samples, parts);  // 16-bit sound, 8 kHz
  std::transform(parts.begin(), parts.end(), session->input<float>(0).begin(),
                 [](int part) { return static_cast<float>(part) / 256.0f; });
  session->run();
  const auto scores = session->output<float>(0);
  return std::max_element(scores.begin(), scores.end()) - scores.begin();
}

TEST(ReadmeExample, RunsTheSpokenDigits) {
  toolkit::Workshop workshop;
  addSpeech(workshop);
  toolkit::TaskInfo task;
  task.inputs = {{"clip", {64, 32, 1}}};
  task.outputs.resize(1);
  task.outputs[0].size = 10;
  const auto graph = workshop.build("digits-cnn", nullptr, task, 4);
  ASSERT_TRUE(graph) << graph.error().message;
  const primer::test::TestFolder folder;
  const auto write = [&](const std::string& name, const std::vector<std::byte>& bytes) {
    EXPECT_TRUE(realFileSystem().writeAtomically(folder / name, bytes));
    return (folder / name).string();
  };
  const auto whole =
      toolkit::writeMetadata(*graph, {{"preprocessing", kClip.describe()}, {"name", "digits"}});
  ASSERT_TRUE(whole) << whole.error().message;
  const auto file = write("digits.tflite", *whole);
  const auto noise = readDigit(file, test::noise(6000, 4000));
  EXPECT_GE(noise, 0);
  EXPECT_LT(noise, 10);

  // A file that does not say how its input is prepared is not run at all.
  EXPECT_EQ(readDigit(write("silent.tflite", *graph), test::noise(6000, 4000)), -kExitUnusable);
  const auto odd = toolkit::writeMetadata(*graph, {{"name", "digits"}});
  EXPECT_EQ(readDigit(write("odd.tflite", *odd), test::noise(6000, 4000)), -kExitUnusable);
  EXPECT_EQ(readDigit((folder / "none.tflite").string(), {}), -kExitUnusable);
}

}  // namespace
}  // namespace primer::speech
