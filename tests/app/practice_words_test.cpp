// Words that a story left hard: they come back alone on a later day, with the reason in words, and
// leave when they were said right on two days.

#include "practice_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desk.h"
#include "app/lesson.h"
#include "backroom.h"
#include "spoken_evidence.h"
#include "visit.h"

namespace primer::app {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kDay = 86'400'000;
WallTime onDay(int day) { return {1'795'000'000'000 + day * kDay}; }

std::vector<std::string> textsOf(const std::vector<PracticeWords::Word>& words) {
  std::vector<std::string> texts;
  for (const auto& word : words) texts.push_back(word.text);
  return texts;
}

TEST(PracticeWordsTest, ComeOnALaterDayAndLeaveAfterTwoGoodOnes) {
  PracticeWords practice;
  practice.meet("umbrella", "Rain on the roof", onDay(0));
  EXPECT_TRUE(practice.due(onDay(0)).empty()) << "not on the day when it was hard";
  EXPECT_TRUE(practice.due(onDay(-3)).empty()) << "a clock that ran backwards";
  auto due = practice.due(onDay(1));
  ASSERT_EQ(textsOf(due), std::vector<std::string>{"umbrella"});
  EXPECT_EQ(practiceReason(due[0], onDay(1)),
            "This word was hard in \"Rain on the roof\" yesterday.");
  practice.practised("umbrella", true, onDay(1));
  EXPECT_TRUE(practice.due(onDay(1)).empty());
  practice.practised("umbrella", true, onDay(1));
  EXPECT_EQ(practice.words().size(), 1U) << "twice on one day is one day";
  int day = 2;
  while (practice.due(onDay(day)).empty() && day < 40) ++day;
  ASSERT_LT(day, 40);
  due = practice.due(onDay(day));
  EXPECT_THAT(practiceReason(due[0], onDay(day)).toStdString(),
              testing::StartsWith("You said it well "));
  practice.practised("umbrella", true, onDay(day));
  EXPECT_TRUE(practice.words().empty());
  practice.meet("umbrella", "The lost sock", onDay(day + 1));
  EXPECT_EQ(practice.words().size(), 1U) << "hard again, back again";
}

TEST(PracticeWordsTest, AMissDoesNotCountAndNothingElseIsPractised) {
  PracticeWords practice;
  practice.meet("don't", "Rain on the roof", onDay(0));
  practice.practised("elephant", true, onDay(1));
  practice.practised("dont", false, onDay(1));
  ASSERT_EQ(practice.words().size(), 1U);
  EXPECT_EQ(practice.words()[0].days_right, 0);
  EXPECT_FALSE(practice.due(onDay(30)).empty());
  for (int i = 0; i < 40; ++i) practice.meet("word" + std::to_string(i), "S", onDay(2));
  EXPECT_EQ(practice.words().size(), PracticeWords::kMostWords);
}

class PracticeVisit : public testing::Test {
 protected:
  Visit makeVisit(const std::vector<std::string>& words) {
    PracticeWords practice;
    for (const auto& word : words) practice.meet(word, "The red kite", onDay(0));
    PupilHistory history;
    history.due_words = practice.due(onDay(1));
    return {course_, model_, std::move(history), {7, 3, false}};
  }
  static SaidView said(const ItemView& item) {
    SaidView view;
    view.words.append({item.spoken, true, {{item.spoken, "AH", SoundMark::kClear}}, 0, 100});
    view.words_said = 1;
    return view;
  }

  std::shared_ptr<const Course> course_ = std::make_shared<const Course>(
      Course::Lessons{shippedLesson(), shippedLesson("say-it"), shippedLesson("read-aloud")});
  std::shared_ptr<const knowledge::KnowledgeModel> model_ = shippedKnowledge();
};

TEST_F(PracticeVisit, WithoutWordsNothingIsOffered) {
  auto visit = makeVisit({});
  EXPECT_EQ(visit.course().size(), course_->size());
  EXPECT_FALSE(visit.chooseSkill(course_->size()));
}

TEST_F(PracticeVisit, AreOfferedFirstAndGoneWhenSaid) {
  auto visit = makeVisit({"enough", "umbrella"});
  auto home = visit.home(onDay(1), {});
  ASSERT_EQ(home.skills.first().title, "Words from your stories");
  EXPECT_EQ(home.garden.size(), static_cast<qsizetype>(course_->size()));
  ASSERT_TRUE(visit.chooseSkill(static_cast<std::size_t>(home.skills.first().skill)));
  visit.startSet();
  for (const auto* word : {"enough", "umbrella"}) {
    const auto item = visit.startItem(milliseconds(0), onDay(1));
    EXPECT_EQ(item.kind, ItemKind::kSaying);
    EXPECT_EQ(item.prompt, word);
    EXPECT_EQ(item.of, 2);
    EXPECT_EQ(item.reason, "This word was hard in \"The red kite\" yesterday.");
    auto what = said(item);
    what.to_try.append({"AH", "u", 0, word, {}, "how"});
    const auto judged = visit.takeSaid(what, milliseconds(2000));
    EXPECT_EQ(judged.view.verdict, Verdict::kRight) << "it was read, however it sounded";
    ASSERT_TRUE(judged.to_record);
    EXPECT_EQ(visit.course().lesson(judged.to_record->lesson).id, PracticeWords::kActivity);
  }
  EXPECT_TRUE(visit.setIsOver());
  EXPECT_NE(visit.home(onDay(1), {}).skills.first().title, "Words from your stories");
  visit.startSet();  // "one more" goes on with something else
  EXPECT_EQ(visit.startItem(milliseconds(0), onDay(1)).kind, ItemKind::kNumber);
}

TEST_F(PracticeVisit, ComeBeforeTheNextStoryAndNeverKeepItAway) {
  auto visit = makeVisit({"enough", "umbrella", "through", "thought"});
  ASSERT_TRUE(visit.chooseSkill(course_->at(*course_->find("read-aloud", "short-stories"))));
  visit.startSet();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(visit.startItem(milliseconds(0), onDay(1)).kind, ItemKind::kSaying);
    EXPECT_FALSE(visit.takeOtherText(milliseconds(1000))) << "once more, please";
    const auto missed = visit.takeOtherText(milliseconds(2000));
    ASSERT_TRUE(missed);
    EXPECT_TRUE(missed->view.item_over);
    EXPECT_EQ(missed->to_record->verdict, storage::Verdict::kWrong);
  }
  const auto story = visit.startItem(milliseconds(0), onDay(1));
  EXPECT_EQ(story.kind, ItemKind::kStory);
  EXPECT_FALSE(visit.takeOtherText(milliseconds(0)));
  EXPECT_FALSE(visit.takeOtherText(milliseconds(0)));
  // What was hard in it goes with the event.
  SaidView read = said(story);
  read.record = StoryRecord{40, 38, true, false, "easy", {"kite", "string"}, "kite –"};
  read.evidence = std::make_shared<const SpokenEvidence>();
  const auto judged = visit.takeSaid(read, milliseconds(9000));
  ASSERT_TRUE(judged.to_record);
  const auto evidence = decodeEvidence(judged.to_record->evidence);
  ASSERT_TRUE(evidence);
  EXPECT_EQ(evidence->hard_words, (std::vector<std::string>{"kite", "string"}));
}

class PracticeRecords : public Desk {};

TEST_F(PracticeRecords, AreFoundInThePupilsEventsAndToldToTheTeacher) {
  settings_.lessons = {"number-facts", "read-aloud"};
  Backroom backroom(settings_, clock_, realFileSystem(), parts_);
  const auto opened = backroom.open();
  const auto grid = backroom.createClass(kClass4A);
  ASSERT_TRUE(grid);
  const auto pupil = grid->pupils.first().id;
  const auto record = [&](const char* activity, const char* item, const SpokenEvidence& left) {
    storage::Answer answer;
    answer.learner = pupil;
    answer.activity = activity;
    answer.skill = "short-stories";
    answer.item = item;
    answer.verdict = storage::Verdict::kRight;
    answer.evidence = encodeEvidence(left);
    ASSERT_TRUE(opened.recorder->submit(std::move(answer), {}));
    ASSERT_TRUE(opened.recorder->waitUntilSaved(std::chrono::seconds(60)));
  };
  SpokenEvidence left;
  left.hard_words = {"kite", "string"};
  record("read-aloud", "read-aloud/short-stories/the-red-kite", left);
  EXPECT_TRUE(backroom.logIn(pupil, grid->shown.id)->history.due_words.empty());
  clock_.setWallTime({clock_.wallTime().unix_ms + kDay});
  const auto due = backroom.logIn(pupil, grid->shown.id)->history.due_words;
  ASSERT_EQ(textsOf(due), (std::vector<std::string>{"kite", "string"}));
  EXPECT_EQ(due[0].story, "The red kite");
  EXPECT_TRUE(backroom.logIn(grid->pupils.last().id, grid->shown.id)->history.due_words.empty());
  record(PracticeWords::kActivity, "practice-words/hard-words/kite", {});
  EXPECT_EQ(textsOf(backroom.logIn(pupil, grid->shown.id)->history.due_words),
            std::vector<std::string>{"string"});
  ASSERT_FALSE(backroom.unlock(grid->shown.id, "2468"));
  const auto view = backroom.pupilView(pupil);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->words_to_practise,
            QStringList({"kite (The red kite, yesterday)", "string (The red kite, yesterday)"}));
  EXPECT_EQ(view->answers.first().item, "kite");
  EXPECT_EQ(view->answers.first().how, "spoken");
}

}  // namespace
}  // namespace primer::app
