// Items that are said: what counts, what is told of the utterances before, and that nobody is led
// from sums to a microphone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QSignalSpy>

#include "app/desk.h"
#include "app/lesson.h"
#include "draft.h"
#include "primer/app/listener.h"
#include "spoken.h"
#include "visit.h"

namespace primer::app {
namespace {

using std::chrono::milliseconds;

class VisitAloud : public testing::Test {
 protected:
  Visit makeVisit(int sums = 3, PupilHistory history = {}) {
    return {course_, model_, std::move(history), {7, sums, false}};
  }
  std::size_t skill(const char* id) const { return course_->at(*course_->find("say-it", id)); }
  // Of the skill, from the beginning of a set.
  ItemView begin(Visit& visit, const char* id) {
    EXPECT_TRUE(visit.chooseSkill(skill(id)));
    visit.startSet();
    return visit.startItem(now_, {});
  }
  // What was said of it, with a sound to try or without.
  static SaidView said(const ItemView& item, const QString& to_try = {}, double fluency = 0.9,
                       int pace = 100) {
    SaidView view;
    for (const auto& word : item.spoken.split(' ')) {
      view.words.append({word, true, {{word, "TH", SoundMark::kClear}}, 0, 100});
    }
    view.words_said = static_cast<int>(view.words.size());
    if (!to_try.isEmpty()) view.to_try.append({to_try, "th", 0, "thin", "s", "how"});
    view.fluency = fluency;
    view.words_per_minute = pace;
    return view;
  }

  static ChosenView heard(int choice) {
    ChosenView chosen;
    chosen.choice = choice;
    return chosen;
  }

  std::shared_ptr<const Course> course_ =
      std::make_shared<const Course>(Course::Lessons{shippedLesson(), shippedLesson("say-it")});
  std::shared_ptr<const knowledge::KnowledgeModel> model_ = shippedKnowledge();
  milliseconds now_{1000};
};

TEST_F(VisitAloud, NobodyIsLedFromSumsToAMicrophone) {
  auto visit = makeVisit(200);
  visit.startSet();
  for (int i = 0; i < 60; ++i) {
    ASSERT_EQ(visit.startItem(now_, WallTime{1'000'000LL * i}).kind, ItemKind::kNumber);
    visit.take({Try::Outcome::kRight, "1", 1.0, {}, {}}, now_ += milliseconds(4000));
  }
  const auto home = visit.home({}, {});
  const auto aloud = std::count_if(home.skills.begin(), home.skills.end(), [&](const auto& choice) {
    return choice.title == "Tongue twisters";
  });
  EXPECT_EQ(aloud, 1) << "it is there to be chosen";
}

TEST_F(VisitAloud, ClearIsRightAndEndsTheItem) {
  auto visit = makeVisit();
  const auto item = begin(visit, "th-in-thin");
  EXPECT_EQ(item.kind, ItemKind::kSaying);
  EXPECT_EQ(item.sound, "TH");
  EXPECT_FALSE(item.explain.isEmpty());
  EXPECT_FALSE(item.reason.isEmpty());
  auto what = said(item);
  const auto judged = visit.takeSaid(what, now_ + milliseconds(3000));
  EXPECT_EQ(judged.view.verdict, Verdict::kRight);
  EXPECT_TRUE(judged.view.item_over);
  ASSERT_TRUE(judged.to_record);
  EXPECT_EQ(judged.to_record->verdict, storage::Verdict::kRight);
  EXPECT_EQ(judged.to_record->text, item.spoken.toStdString());
  EXPECT_EQ(judged.to_record->taken, milliseconds(3000));
  EXPECT_EQ(visit.steps().first(), Step::kRight);
  // Said once more: told, and no second event.
  auto more = said(item, "TH");
  const auto again = visit.takeSaid(more, now_);
  EXPECT_FALSE(again.to_record);
  EXPECT_FALSE(again.view.words.isEmpty());
  EXPECT_EQ(visit.steps().first(), Step::kRight);
}

TEST_F(VisitAloud, ASoundToTryIsPartlyRightAndNamedForTheTeacher) {
  auto visit = makeVisit();
  const auto item = begin(visit, "th-in-thin");
  for (int attempt = 1; attempt <= 4; ++attempt) {
    auto what = said(item, "TH");
    const auto judged = visit.takeSaid(what, now_);
    EXPECT_EQ(judged.view.verdict, Verdict::kNotYet);
    EXPECT_EQ(judged.view.item_over, attempt == 4) << "and then it is laid aside";
    EXPECT_FALSE(judged.view.words.isEmpty());
    ASSERT_TRUE(judged.to_record);
    EXPECT_EQ(judged.to_record->verdict, storage::Verdict::kPartly);
    EXPECT_EQ(judged.to_record->misconception, "sound-th");
    EXPECT_EQ(judged.to_record->attempt, attempt);
    EXPECT_THAT(judged.to_record->text, testing::HasSubstr("th (thin) → s"));
  }
}

TEST_F(VisitAloud, PairsAreOfferedForTheSoundThatWasMissedMost) {
  PupilHistory history;
  history.missed_sounds = {{"r", 5}, {"zh", 9}};
  auto visit = makeVisit(3, std::move(history));
  const auto item = begin(visit, "tongue-twisters");
  auto clear = said(item);
  visit.takeSaid(clear, now_);
  EXPECT_FALSE(clear.drill);
  visit.startItem(now_, {});
  auto what = said(item, "TH");
  what.to_try.append({"R", "r", 0, "three", "w", "how"});
  what.to_try.append({"ZH", "s", 0, "measure", "sh", "how"});  // no lesson has pairs for it
  visit.takeSaid(what, now_);
  ASSERT_TRUE(what.drill);
  EXPECT_EQ(what.drill->phone, "R");
  EXPECT_NE(what.drill->word, what.drill->other);
  EXPECT_FALSE(visit.chooseDrill("ZH"));
  ASSERT_TRUE(visit.chooseDrill("R"));
  visit.startSet();
  for (int i = 0; i < 3; ++i) {
    const auto pair = visit.startItem(now_, {});
    EXPECT_EQ(pair.sound, "R");
    EXPECT_FALSE(pair.other.isEmpty()) << "pairs, and nothing else";
    auto heard_one = said(pair, "R");
    visit.takeChosen(heard(0), heard_one, now_);
    EXPECT_FALSE(heard_one.drill) << "who is at the pairs needs no offer";
  }
}

TEST_F(VisitAloud, AWordLeftOutIsNotYetRight) {
  auto visit = makeVisit();
  const auto item = begin(visit, "tongue-twisters");
  auto what = said(item);
  what.words.first().said = false;
  --what.words_said;
  const auto judged = visit.takeSaid(what, now_);
  EXPECT_EQ(judged.view.verdict, Verdict::kNotYet);
  EXPECT_EQ(judged.to_record->text.front(), '(');
  EXPECT_TRUE(judged.to_record->misconception.empty());
}

// Without a microphone a story is read to oneself: it is over, counts neither way, and its
// questions can be answered.
TEST_F(VisitAloud, AStoryThatNobodyCanHearMayBeReadQuietly) {
  course_ = std::make_shared<const Course>(
      Course::Lessons{shippedLesson(), shippedLesson("say-it"), shippedLesson("read-aloud")});
  auto visit = makeVisit();
  const auto stories = course_->at(*course_->find("read-aloud", "short-stories"));
  ASSERT_TRUE(visit.chooseSkill(stories));
  visit.startSet();
  const auto item = visit.startItem(now_, {});
  ASSERT_FALSE(item.questions.isEmpty());
  const auto judged = visit.takeQuietly(now_ + milliseconds(60'000));
  ASSERT_TRUE(judged);
  EXPECT_TRUE(judged->view.item_over);
  EXPECT_EQ(judged->to_record->verdict, storage::Verdict::kNotJudged);
  EXPECT_EQ(judged->to_record->text, "read quietly");
  EXPECT_EQ(visit.steps(), QList<Step>{Step::kRight}) << "done, and no miss";
  EXPECT_TRUE(visit.answerQuestion(0, item.questions[0].right, now_));
  EXPECT_FALSE(visit.takeQuietly(now_)) << "once";
  const auto summary = visit.summary({});
  EXPECT_EQ(summary.title, "You read a story");
  EXPECT_EQ(summary.laid_aside, 0);
  EXPECT_TRUE(std::all_of(summary.garden.begin(), summary.garden.end(), [](const Flower& flower) {
    return flower.grown == 0;
  })) << "nothing was heard, so nothing is known";

  auto next = makeVisit();
  ASSERT_TRUE(next.resume(visit.draft(now_, {}), now_, {}));
  EXPECT_EQ(next.summary({}).title, "You read a story") << "also after a kill";

  begin(visit, "tongue-twisters");
  EXPECT_FALSE(visit.takeQuietly(now_)) << "what is to be said is not read";
}

TEST_F(VisitAloud, FlowAndPaceAreMeansOfTheLastTen) {
  auto visit = makeVisit();
  const auto item = begin(visit, "tongue-twisters");
  auto first = said(item, {}, 0.9, 100);
  visit.takeSaid(first, now_);
  EXPECT_EQ(first.flow, "smooth");
  EXPECT_EQ(first.words_per_minute, 100);
  auto stumbling = said(item, {}, 0.1, 40);
  visit.takeSaid(stumbling, now_);
  EXPECT_EQ(stumbling.flow, "steady") << "one bad day is not told alone";
  EXPECT_EQ(stumbling.words_per_minute, 70);
  for (int i = 0; i < 12; ++i) {
    stumbling = said(item, {}, 0.1, 40);
    visit.takeSaid(stumbling, now_);
  }
  EXPECT_EQ(stumbling.flow, "taking its time");
  EXPECT_EQ(stumbling.words_per_minute, 40);
}

TEST_F(VisitAloud, OfTwoWordsThatSoundAlikeItIsToldWhichWasHeard) {
  auto visit = makeVisit(40);
  ASSERT_TRUE(visit.chooseSkill(skill("th-in-thin")));
  visit.startSet();
  ItemView item;
  for (int i = 0; i < 40 && item.other.isEmpty(); ++i) {
    item = visit.startItem(now_, WallTime{60'000LL * i});
    if (!item.other.isEmpty()) break;
    auto what = said(item);
    visit.takeSaid(what, now_ += milliseconds(3000));
  }
  ASSERT_FALSE(item.other.isEmpty()) << "who says the words well gets the pairs";
  SaidView what;
  auto judged = visit.takeChosen(heard(1), what, now_);
  EXPECT_EQ(judged.view.verdict, Verdict::kNotYet);
  EXPECT_TRUE(judged.view.words.contains(item.other));
  EXPECT_EQ(judged.to_record->misconception, "sound-th");
  EXPECT_EQ(judged.to_record->text, item.other.toStdString());
  ASSERT_EQ(what.to_try.size(), 1);
  EXPECT_EQ(what.to_try.first().phone, "TH");
  what = {};
  judged = visit.takeChosen(heard(0), what, now_);
  EXPECT_EQ(judged.view.verdict, Verdict::kRight);
  EXPECT_TRUE(what.to_try.isEmpty());
}

// ---- With records, thread and sound

class TutorAloud : public Desk {
 protected:
  // At a tongue twister; `said` stands in for the microphone.
  void begin() {
    settings_.sums_in_a_set = 3;
    settings_.lessons = {"number-facts", "say-it"};
    parts_.hearing.open_source = [this](const Clock&) -> Result<std::unique_ptr<SoundSource>> {
      return recordedSource(file_)(real_clock_);
    };
    ASSERT_NO_FATAL_FAILURE(openWithClass());
    tutor_->logIn(tutor_->grid().pupils.first().id);
    ASSERT_TRUE(waitFor(Stage::kHome));
    for (const auto& choice : tutor_->home().skills) {
      if (choice.title == "Tongue twisters") tutor_->chooseSkill(choice.skill);
    }
    ASSERT_EQ(tutor_->item().kind, ItemKind::kSaying);
  }

  SystemClock real_clock_;
  std::filesystem::path file_;
};

TEST_F(TutorAloud, ATroubleIsToldAndLeavesNoRecord) {
  ASSERT_NO_FATAL_FAILURE(begin());
  file_ = folder_ / "nothing.wav";
  QSignalSpy said(tutor_.get(), &Tutor::said);
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  tutor_->listen();
  ASSERT_TRUE(wait([&] { return !said.isEmpty(); }));
  EXPECT_EQ(said.first().at(0).value<SaidView>().trouble, ListenTrouble::kNoMicrophone);
  EXPECT_TRUE(judged.isEmpty());
  EXPECT_EQ(tutor_->saveState(), SaveState::kSaved);
}

TEST_F(TutorAloud, GoingHomeEndsTheListening) {
  ASSERT_NO_FATAL_FAILURE(begin());
  const auto voice = test::spoken("Three thin fish", folder_.path());
  if (!voice) GTEST_SKIP() << "needs espeak-ng";
  file_ = *voice;
  QSignalSpy said(tutor_.get(), &Tutor::said);
  QSignalSpy heard(&tutor_->listener(), &Listener::heardNow);
  tutor_->listen();
  ASSERT_TRUE(wait([&] { return heard.size() > 2; }));
  tutor_->goHome();
  EXPECT_FALSE(tutor_->listener().isListening());
  heard.clear();
  QTest::qWait(120);
  EXPECT_TRUE(heard.isEmpty());
  EXPECT_TRUE(said.isEmpty());
}

TEST_F(TutorAloud, AnUtteranceIsOneEventAndSaved) {
  ASSERT_NO_FATAL_FAILURE(begin());
  const auto voice = test::spoken(tutor_->item().spoken.toStdString(), folder_.path(), 170);
  if (!voice) GTEST_SKIP() << "needs espeak-ng";
  file_ = *voice;
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  QSignalSpy saved(tutor_.get(), &Tutor::saved);
  tutor_->listen();
  tutor_->listener().letItEnd();
  ASSERT_TRUE(wait([&] { return !judged.isEmpty(); }));
  ASSERT_TRUE(wait([&] { return !saved.isEmpty(); }));
  EXPECT_EQ(saved.size(), 1);
}

}  // namespace
}  // namespace primer::app
