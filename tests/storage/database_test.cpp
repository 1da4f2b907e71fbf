#include "primer/storage/database.h"

#include <gmock/gmock.h>

#include <set>

#include "storage/trial.h"

namespace primer::storage {
namespace {

using test::answerOf;
using test::pin;
using test::Records;

TEST(Database, ANewFolderIsMadeAndOpensAgain) {
  Records records;
  auto& first = records.open();
  EXPECT_TRUE(first.report().created);
  EXPECT_EQ(first.boot(), 1);
  const auto tablet = first.tablet();
  EXPECT_FALSE(tablet.isNull());
  records.close();
  auto& second = records.open();
  EXPECT_FALSE(second.report().created);
  EXPECT_TRUE(second.report().repaired.empty());
  EXPECT_EQ(second.boot(), 2);
  EXPECT_EQ(second.tablet(), tablet);
}

TEST(Database, AMissingFolderCanBeRefused) {
  Records records;
  records.options.must_exist = true;
  const auto opened = Database::open(records.options);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(opened.error().key, "database.missing");
  EXPECT_FALSE(std::filesystem::exists(records.options.folder));
}

TEST(Database, TheGridNeedsNoPin) {
  Records records;
  records.open();
  const auto id = records.makeClass(3);
  records.close();
  auto& database = records.open();
  const auto classes = database.classes();
  ASSERT_TRUE(classes);
  ASSERT_EQ(classes->size(), 1u);
  EXPECT_EQ(classes->front().id, id);
  EXPECT_EQ(classes->front().label, "4A");
  EXPECT_EQ(classes->front().pupils, 3);
  const auto pupils = database.pupils(id);
  ASSERT_TRUE(pupils);
  ASSERT_EQ(pupils->size(), 3u);
  EXPECT_EQ((*pupils)[1].picture, "kite1");
  EXPECT_EQ((*pupils)[1].label, "Ottokar1");
  const auto nobody = database.pupils(ClassId::random());
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().key, "class.unknown");
}

TEST(Database, ThePinOpensNames) {
  Records records;
  auto& database = records.open();
  const auto id = records.makeClass(2);
  const auto added = database.addPupil(id, {"bell", "", ""});
  ASSERT_TRUE(added);
  auto key = database.unlock(id, pin());
  ASSERT_TRUE(key) << key.error().message;
  auto names = database.names(*key);
  ASSERT_TRUE(names);
  ASSERT_EQ(names->size(), 3u);
  EXPECT_EQ((*names)[0].name, "Ottokar Zwiebelfisch0");
  EXPECT_EQ((*names)[2].name, "");
  EXPECT_EQ((*names)[2].card.picture, "bell");
}

TEST(Database, IdsAreRandom) {
  Records records;
  auto& database = records.open();
  const auto first = records.makeClass(20);
  const auto second = records.makeClass(20);
  std::set<LearnerId> ids;
  for (const auto& of : {first, second}) {
    const auto pupils = database.pupils(of);
    ASSERT_TRUE(pupils);
    for (const auto& pupil : *pupils) ids.insert(pupil.id);
  }
  EXPECT_EQ(ids.size(), 40u);
  // Random bytes use all bits: no byte position holds the same value in all ids.
  for (std::size_t i = 0; i < 16; ++i) {
    std::set<std::uint8_t> values;
    for (const auto& id : ids) values.insert(id.bytes()[i]);
    EXPECT_GT(values.size(), 1u) << "byte " << i;
  }
}

TEST(Database, AnEventKeepsAllItsFields) {
  Records records;
  auto& database = records.open();
  const auto id = records.makeClass(1);
  const auto learner = database.pupils(id)->front().id;
  Answer answer = answerOf(learner, 8);
  answer.attempt = 2;
  answer.hints_taken = 3;
  answer.verdict = Verdict::kMisconception;
  answer.misconception = "add-no-carry";
  answer.why_chosen = "seen three days ago";
  answer.sound = {std::byte{1}, std::byte{2}, std::byte{3}};
  records.clock.setWallTime({1'800'000'000'123});
  {
    auto recorder = Recorder::start(database);
    ASSERT_TRUE(recorder);
    ASSERT_TRUE((*recorder)->submit(answer, {}));
    ASSERT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  }
  const auto events = database.events(learner);
  ASSERT_TRUE(events) << events.error().message;
  ASSERT_EQ(events->size(), 1u);
  const Event& event = events->front();
  EXPECT_FALSE(event.id.isNull());
  EXPECT_EQ(event.id.hex()[12], '4') << "a version 4 UUID";
  EXPECT_EQ(event.tablet, database.tablet());
  EXPECT_EQ(event.order, (EventOrder{database.boot(), 1}));
  EXPECT_EQ(event.wall_time.unix_ms, 1'800'000'000'123);
  EXPECT_TRUE(event.wall_time_trusted);
  EXPECT_EQ(event.learner, learner);
  EXPECT_EQ(event.activity, answer.activity);
  EXPECT_EQ(event.item, answer.item);
  EXPECT_EQ(event.skill, answer.skill);
  EXPECT_EQ(event.difficulty, answer.difficulty);
  EXPECT_EQ(event.attempt, 2);
  EXPECT_EQ(event.confidence, answer.confidence);
  EXPECT_EQ(event.verdict, Verdict::kMisconception);
  EXPECT_EQ(event.misconception, "add-no-carry");
  EXPECT_EQ(event.hints_taken, 3);
  EXPECT_EQ(event.taken, answer.taken);
  EXPECT_EQ(event.why_chosen, "seen three days ago");
  EXPECT_TRUE(event.has_ink);
  EXPECT_TRUE(event.has_sound);

  auto key = database.unlock(id, pin());
  ASSERT_TRUE(key);
  const auto opened = database.openedEvents(learner, *key);
  ASSERT_TRUE(opened) << opened.error().message;
  ASSERT_EQ(opened->size(), 1u);
  EXPECT_TRUE(opened->front().readable);
  EXPECT_EQ(opened->front().answer_as_read, answer.answer_as_read);
  EXPECT_EQ(opened->front().ink, answer.ink);
  EXPECT_EQ(*database.sound(event.id, *key), answer.sound);
}

TEST(Database, AnotherClassesKeyOpensNothing) {
  Records records;
  auto& database = records.open();
  const auto own = records.makeClass(1);
  const auto other = records.makeClass(1);
  const auto learner = database.pupils(own)->front().id;
  records.save(learner, 1);
  auto key = database.unlock(other, pin());
  ASSERT_TRUE(key);
  const auto opened = database.openedEvents(learner, *key);
  ASSERT_TRUE(opened);
  EXPECT_FALSE(opened->front().readable);
  EXPECT_EQ(opened->front().answer_as_read, "");
  EXPECT_TRUE(opened->front().ink.empty());
}

TEST(Database, SummariesCountWhatWasJudged) {
  Records records;
  auto& database = records.open();
  const auto id = records.makeClass(2);
  const auto pupils = *database.pupils(id);
  records.clock.setWallTime({1'800'000'000'000});
  auto recorder = Recorder::start(database);
  ASSERT_TRUE(recorder);
  const auto before = (*recorder)->position();
  for (const auto verdict :
       {Verdict::kRight, Verdict::kOffPath, Verdict::kWrong, Verdict::kUnreadable}) {
    auto answer = answerOf(pupils[0].id);
    answer.verdict = verdict;
    answer.hints_taken = 1;
    answer.skill = verdict == Verdict::kWrong ? "times-2-5-10" : "add-within-20";
    ASSERT_TRUE((*recorder)->submit(answer, {}));
  }
  ASSERT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  const auto summaries = database.summaries(id);
  ASSERT_TRUE(summaries) << summaries.error().message;
  ASSERT_EQ(summaries->size(), 2u);
  const auto& one = summaries->front();
  EXPECT_EQ(one.answers, 4);
  EXPECT_EQ(one.judged, 3);
  EXPECT_EQ(one.right, 2);
  EXPECT_EQ(one.hints_taken, 4);
  EXPECT_DOUBLE_EQ(one.rightShare().value(), 2.0 / 3);
  EXPECT_EQ(one.last_seen->unix_ms, 1'800'000'000'000);
  EXPECT_FALSE((*summaries)[1].last_seen);
  EXPECT_FALSE((*summaries)[1].rightShare());

  auto visit = database.visit(pupils[0].id, before);
  ASSERT_TRUE(visit);
  EXPECT_EQ(visit->answers, 4);
  ASSERT_EQ(visit->skills.size(), 2u);
  EXPECT_EQ(visit->skills[0].skill, "add-within-20");
  EXPECT_EQ(visit->skills[0].right, 2);
  visit = database.visit(pupils[0].id, (*recorder)->position());
  ASSERT_TRUE(visit);
  EXPECT_EQ(visit->answers, 0);
}

}  // namespace
}  // namespace primer::storage
