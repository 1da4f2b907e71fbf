// Models that never heard whom they judge.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "alignment/alignment.h"
#include "data/by_fold.h"
#include "data/witness_rows.h"
#include "primer/pronunciation-workshop/pronunciation_workshop.h"
#include "primer/pronunciation/speech_frames.h"
#include "test_folder.h"

namespace primer::pronunciation::workshop {
namespace {

using testing::ElementsAre;

constexpr int kFolds = 3;
constexpr std::size_t kFrames = 200;

Utterance rated(const std::string& speaker, bool development = false) {
  Utterance u;
  u.speaker = speaker;
  u.development = development;
  u.ratings.emplace();
  return u;
}

// Five training speakers with two utterances each, a development speaker, and native speech.
std::vector<Utterance> somePeople() {
  std::vector<Utterance> all;
  for (const char* speaker : {"a", "b", "c", "d", "e"}) {
    for (int i = 0; i < 2; ++i) all.push_back(rated(speaker));
  }
  all.push_back(rated("f", true));
  all.emplace_back().speaker = "a";  // native, whatever its name
  return all;
}

TEST(SpeakerFolds, HoldEveryTrainingSpeakerOnce) {
  const auto people = somePeople();
  const auto folds = speakerFolds(people, kFolds);
  ASSERT_TRUE(folds);
  std::set<int> used;
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ((*folds)[i], (*folds)[i / 2 * 2]) << "a speaker stands on both sides";
    used.insert((*folds)[i]);
  }
  EXPECT_THAT(used, ElementsAre(0, 1, 2));
  EXPECT_EQ((*folds)[10], kNoFold);
  EXPECT_EQ((*folds)[11], kNoFold);
  EXPECT_FALSE(speakerFolds(people, 6));
}

// Remembers which files it was opened from.
struct FilesOpened {
  std::vector<std::filesystem::path> files;
  static Result<FilesOpened> open(const std::vector<std::filesystem::path>& files) {
    if (files.front().string().find("lost") != std::string::npos) {
      return fail(ErrorCode::kNotFound, files.front().string());
    }
    return FilesOpened{files};
  }
};

TEST(ByFold, JudgesNobodyByAModelThatHeardThem) {
  const auto people = somePeople();
  const auto folds = *speakerFolds(people, kFolds);
  auto models = ByFold<FilesOpened>::open({"x/one.tflite", "two.tflite"}, kFolds, people);
  ASSERT_TRUE(models);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto& files = models->of(i).files;
    if (folds[i] == kNoFold) {
      EXPECT_THAT(files, ElementsAre("x/one.tflite", "two.tflite")) << i;
    } else {
      const auto fold = ".fold" + std::to_string(folds[i] + 1) + ".tflite";
      EXPECT_THAT(files, ElementsAre("x/one" + fold, "two" + fold)) << i;
    }
  }
  EXPECT_FALSE(ByFold<FilesOpened>::open({"lost.tflite"}, kFolds, people));
  auto plain = ByFold<FilesOpened>::open({"one.tflite"}, 0, people);
  ASSERT_TRUE(plain);
  EXPECT_THAT(plain->of(0).files, ElementsAre("one.tflite"));
}

// A prepared folder of the people above, with a window an utterance.
class PreparedFolder : public testing::Test {
 protected:
  void SetUp() override {
    const auto people = somePeople();
    std::ofstream lines(folder_ / "corpus.jsonl");
    for (std::size_t i = 0; i < people.size(); ++i) {
      const auto& u = people[i];
      lines << R"({"id":"u","source":"s","age":9,"audio":"","speaker":")" << u.speaker
            << R"(","development":)" << (u.development ? "true" : "false") << R"(,"first":)"
            << i * kFrames << R"(,"frames":)" << kFrames
            << R"(,"words":[{"text":"A","ways":[[2]]}])";
      if (u.ratings) {
        lines << R"(,"ratings":{"phones":[[2]],"word_accuracy":[9],"word_total":[9],)"
              << R"("accuracy":9,"fluency":9,"prosody":9,"total":9})";
      }
      lines << "}\n";
    }
    const std::vector<std::int16_t> mel(people.size() * kFrames * kBands, 1000);
    std::ofstream(folder_ / "corpus.mel", std::ios::binary)
        .write(reinterpret_cast<const char*>(mel.data()),
               static_cast<std::streamsize>(mel.size() * sizeof(std::int16_t)));
    Labels labels;
    for (std::size_t i = 0; i < people.size(); ++i) {
      labels.first.push_back(labels.labels.size());
      labels.labels.resize(labels.labels.size() + labelCount(kFrames), Phone{2});
    }
    ASSERT_TRUE(writeLabels(folder_ / "labels.bin", labels));
    addPronunciation(workshop_);
  }

  Result<std::unique_ptr<toolkit::Task>> open(const char* sources, std::optional<int> fold) {
    toolkit::TaskRequest request;
    request.options = {{"work", std::string(folder_.path())}, {"sources", sources}};
    if (fold) request.fold = toolkit::Fold{*fold, kFolds};
    return workshop_.openTask("pronunciation-phones", request);
  }

  const primer::test::TestFolder folder_;
  toolkit::Workshop workshop_;
};

TEST_F(PreparedFolder, AFoldsSpeakersAreJudgedOnAndNeverHeard) {
  std::size_t judged_on = 0;
  for (int fold = 0; fold < kFolds; ++fold) {
    const auto task = open("all", fold);
    ASSERT_TRUE(task) << task.error().message;
    const auto held = (*task)->size(toolkit::Split::kDevelopment);
    // Ten of training speakers and one of native speech; the development speaker is on no side.
    EXPECT_EQ((*task)->size(toolkit::Split::kTraining), 11 - held);
    EXPECT_GE(held, 2u);
    judged_on += held;
  }
  EXPECT_EQ(judged_on, 10u);
  const auto whole = open("all", std::nullopt);
  ASSERT_TRUE(whole);
  EXPECT_EQ((*whole)->size(toolkit::Split::kTraining), 11u);
  EXPECT_EQ((*whole)->size(toolkit::Split::kDevelopment), 1u);
  const auto native = open("native", 0);
  ASSERT_TRUE(native);
  EXPECT_EQ((*native)->size(toolkit::Split::kTraining), 1u);
}

TEST(WitnessRows, AreReadAsTheyWereWritten) {
  const primer::test::TestFolder folder;
  const std::vector<WitnessRow> rows = {{7, kTrue | 4, {0.25f, -1}}, {8, 2, {0, 3}}};
  ASSERT_TRUE(writeWitnesses(folder / "rows.bin", rows, 2));
  const auto read = readWitnesses(folder / "rows.bin", 2);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].utterance, 7u);
  EXPECT_TRUE((*read)[0].is(kTrue) && (*read)[0].is(4) && !(*read)[0].is(2));
  EXPECT_THAT((*read)[0].features, ElementsAre(0.25f, -1));
  EXPECT_FALSE((*read)[1].is(kTrue));
  EXPECT_EQ(readWitnesses(folder / "rows.bin", 3).error().code, ErrorCode::kDamaged);
  std::filesystem::resize_file(folder / "rows.bin", 30);
  EXPECT_EQ(readWitnesses(folder / "rows.bin", 2).error().code, ErrorCode::kDamaged);
  EXPECT_EQ(readWitnesses(folder / "none.bin", 2).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace primer::pronunciation::workshop
