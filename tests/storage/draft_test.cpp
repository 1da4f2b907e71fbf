// The sheet that a pupil has begun: kept, replaced, given back, and gone when it is finished.

#include <gtest/gtest.h>

#include <fstream>

#include "src/sqlite/connection.h"
#include "storage/trial.h"

namespace primer::storage {
namespace {

using test::answerOf;
using test::inkBytes;
using test::Records;

std::vector<std::byte> bytes(const std::string& text) {
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

class Draft : public testing::Test {
 protected:
  Draft()
      : database_(&records_.open()), learner_(database_->pupils(records_.makeClass(2))->at(0).id) {
    start();
  }
  void start() {
    auto recorder = Recorder::start(*database_);
    ASSERT_TRUE(recorder) << recorder.error().message;
    recorder_ = std::move(*recorder);
  }
  void reopen() {
    recorder_.reset();
    records_.close();
    database_ = &records_.open();
    start();
  }
  void written() { ASSERT_TRUE(recorder_->waitUntilSaved(test::kLongEnough)); }
  std::vector<std::byte> kept() {
    auto draft = database_->draft(learner_);
    if (draft) return *draft;
    ADD_FAILURE() << draft.error().message;
    return {};
  }

  Records records_;
  Database* database_;
  LearnerId learner_;
  std::unique_ptr<Recorder> recorder_;
};

TEST_F(Draft, TheLatestIsGivenBackOverAStart) {
  EXPECT_TRUE(kept().empty());
  for (int i = 0; i < 50; ++i) recorder_->keepDraft(learner_, bytes("one " + std::to_string(i)));
  written();
  EXPECT_EQ(kept(), bytes("one 49"));
  recorder_->keepDraft(learner_, bytes("two"));
  reopen();  // the recorder writes what waits before it goes
  EXPECT_EQ(kept(), bytes("two"));
  recorder_->keepDraft(learner_, {});
  written();
  EXPECT_TRUE(kept().empty());
  reopen();
  EXPECT_TRUE(kept().empty());
  EXPECT_EQ(database_->draft(LearnerId::random()), std::vector<std::byte>());
}

TEST_F(Draft, GoesWithTheAnswerThatFinishesIt) {
  recorder_->keepDraft(learner_, bytes("half a sum"));
  auto answer = answerOf(learner_);
  answer.draft = bytes("the next sum");
  ASSERT_TRUE(recorder_->submit(answer, {}));
  written();
  EXPECT_EQ(kept(), bytes("the next sum")) << "what waited before the answer is older";
  answer.draft.reset();
  ASSERT_TRUE(recorder_->submit(answer, {}));
  written();
  EXPECT_EQ(kept(), bytes("the next sum")) << "an answer without a word about it leaves it";
  answer.draft.emplace();
  ASSERT_TRUE(recorder_->submit(answer, {}));
  written();
  EXPECT_TRUE(kept().empty());
}

TEST_F(Draft, WaitsForADiskThatHasNoRoomAndNothingOlderComesBack) {
  recorder_->keepDraft(learner_, bytes("before"));
  written();
  recorder_.reset();
  records_.close();
  records_.options.max_pages = 40;
  database_ = &records_.open();
  start();
  std::vector<std::byte> large(400 * 4096);
  recorder_->keepDraft(learner_, large);
  EXPECT_FALSE(recorder_->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(kept(), bytes("before"));
  auto answer = answerOf(learner_);
  answer.draft = bytes("after");
  ASSERT_TRUE(recorder_->submit(answer, {}));
  written();
  EXPECT_EQ(kept(), bytes("after"));
}

TEST_F(Draft, LiesSealedAndBoundToItsPupil) {
  const std::string words = "tintenfisch auf halbem wege";
  recorder_->keepDraft(learner_, bytes(words));
  written();
  recorder_.reset();
  const auto other = database_->pupils(database_->classes()->front().id)->at(1).id;
  records_.close();
  for (const auto& file : std::filesystem::recursive_directory_iterator(records_.options.folder)) {
    if (!file.is_regular_file()) continue;
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(content.find("tintenfisch"), std::string::npos) << file.path();
  }
  {
    auto db = connect(records_.options.folder / "primer.db", Access::kReadWrite);
    SQLite::Statement move(**db, "UPDATE drafts SET learner_id = ?");
    bindValue(move, 1, toBlob(other.bytes()));
    move.exec();
  }
  database_ = &records_.open();
  const auto refused = database_->draft(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDamaged);
  EXPECT_EQ(refused.error().key, "draft.damaged");
}

TEST_F(Draft, GoesWithItsPupil) {
  recorder_->keepDraft(learner_, bytes("half a sum"));
  written();
  recorder_.reset();
  records_.close();
  auto db = connect(records_.options.folder / "primer.db", Access::kReadWrite);
  SQLite::Statement erase(**db, "DELETE FROM pupils WHERE learner_id = ?");
  bindValue(erase, 1, toBlob(learner_.bytes()));
  erase.exec();
  EXPECT_EQ((*db)->execAndGet("SELECT count(*) FROM drafts").getInt(), 0);
}

}  // namespace
}  // namespace primer::storage
