// A pupil's whole visit without pixels: real records, a reader that reads what the test says.

#include "primer/app/tutor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/desk.h"
#include "primer/app/drawn_ink.h"

namespace primer::app {
namespace {

class QtEnvironment : public testing::Environment {
 public:
  void SetUp() override { application_ = std::make_unique<QCoreApplication>(count_, names_); }
  void TearDown() override { application_.reset(); }

 private:
  int count_ = 1;
  char name_[9] = "app-test";
  char* names_[2] = {name_, nullptr};
  std::unique_ptr<QCoreApplication> application_;
};
const auto* const kEnvironment = testing::AddGlobalTestEnvironment(new QtEnvironment);

class TutorTest : public Desk {};

TEST_F(TutorTest, AWholeVisit) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  EXPECT_TRUE(tutor_->problems().isEmpty());
  EXPECT_EQ(tutor_->grid().shown.label, "4A");
  ASSERT_EQ(tutor_->grid().pupils.size(), 5);
  EXPECT_EQ(tutor_->grid().pupils[0].picture, "kite");
  EXPECT_EQ(tutor_->grid().pupils[0].picture_name, "Kite");

  QSignalSpy saved(tutor_.get(), &Tutor::saved);
  QSignalSpy well_done(tutor_.get(), &Tutor::wellDone);
  ASSERT_NO_FATAL_FAILURE(logIn());
  EXPECT_EQ(tutor_->pupil().picture, "kite");
  for (int sum = 1; sum <= 3; ++sum) {
    EXPECT_EQ(tutor_->item().number, sum);
    if (sum == 2) {
      EXPECT_EQ(write(rightAnswer() + 10).verdict, Verdict::kNotYet);
    }
    clock_.advance(std::chrono::seconds(5));
    EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
    tutor_->nextItem();
  }
  ASSERT_EQ(tutor_->stage(), Stage::kWellDone);
  ASSERT_EQ(well_done.size(), 1);
  const auto summary = well_done[0][0].value<SummaryView>();
  EXPECT_EQ(summary.title, "You worked out 3 sums");
  EXPECT_EQ(summary.right_first_time, 2);
  EXPECT_EQ(summary.mended, 1);
  ASSERT_TRUE(waitUntilSaved());
  ASSERT_EQ(saved.size(), 4);
  EXPECT_EQ(saved.last().at(0).toInt(), 4);

  tutor_->oneMore();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  EXPECT_EQ(tutor_->item().number, 1);
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  EXPECT_TRUE(tutor_->pupil().id.isNull());
  EXPECT_TRUE(tutor_->item().prompt.isEmpty());
}

TEST_F(TutorTest, ReadsWhileThePupilWritesAndJudgesOnlyWhenAsked) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  QSignalSpy read(tutor_.get(), &Tutor::inkRead);
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  script_->set(clearly("12"));
  tutor_->readInk(someInk(), kBox);
  ASSERT_TRUE(wait([&read] { return !read.isEmpty(); }));
  EXPECT_EQ(read[0][0].value<ReadingView>().text, "12");
  EXPECT_TRUE(judged.isEmpty());
  tutor_->readInk({}, kBox);  // rubbed out
  EXPECT_EQ(read.last()[0].value<ReadingView>().text, "");
  tutor_->check();
  ASSERT_EQ(judged.size(), 1);
  EXPECT_EQ(judged[0][0].value<JudgementView>().verdict, Verdict::kCannotRead);
  EXPECT_EQ(tutor_->saveState(), SaveState::kSaved);
}

TEST_F(TutorTest, OnlyTheLatestInkCounts) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  QSignalSpy read(tutor_.get(), &Tutor::inkRead);
  script_->set(clearly(std::to_string(rightAnswer())));
  script_->hold(true);
  tutor_->readInk(someInk(), kBox);
  ASSERT_TRUE(wait([this] { return script_->reads() == 1; }));  // the slow reader has begun
  for (int i = 0; i < 50; ++i) tutor_->readInk(someInk(), kBox);
  tutor_->check();
  script_->hold(false);
  ASSERT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
  EXPECT_EQ(judged[0][0].value<JudgementView>().verdict, Verdict::kRight);
  EXPECT_EQ(read.size(), 1);
  EXPECT_EQ(script_->reads(), 2);  // the first, which had begun, and the last
}

TEST_F(TutorTest, DoubtIsAskedAboutAndOneTapAnswers) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  QSignalSpy saved(tutor_.get(), &Tutor::saved);
  const auto answer = std::to_string(rightAnswer());
  auto doubtful = clearly(answer);
  const auto other = answer[0] == '9' ? "8" : "9";
  doubtful.digits[0] =
      readDigit({{other, 0.5F}, {answer.substr(0, 1).c_str(), 0.5F}}, /*unsure=*/true);
  doubtful.unsure = true;
  const auto asked = write(doubtful);
  EXPECT_EQ(asked.verdict, Verdict::kAsk);
  EXPECT_TRUE(asked.reading.digits[0].doubtful);
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  tutor_->chooseAlternative(0, 0);
  ASSERT_EQ(judged.size(), 1);  // at once: nothing of it waits for another thread
  EXPECT_EQ(judged[0][0].value<JudgementView>().verdict, Verdict::kRight);
  ASSERT_TRUE(waitUntilSaved());
  EXPECT_EQ(saved.size(), 1);  // the question itself left no record
}

TEST_F(TutorTest, ScribblesAreNeverGraded) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  QSignalSpy saved(tutor_.get(), &Tutor::saved);
  EXPECT_EQ(write(handwriting::NumberReading()).verdict, Verdict::kCannotRead);
  const auto again = write(handwriting::NumberReading());
  EXPECT_EQ(again.verdict, Verdict::kCannotRead);
  EXPECT_TRUE(again.offer_keypad);
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  tutor_->submitTyped(QString::number(rightAnswer()));
  EXPECT_EQ(judged[0][0].value<JudgementView>().verdict, Verdict::kRight);
  EXPECT_EQ(judged[0][0].value<JudgementView>().attempt, 1);
  ASSERT_TRUE(waitUntilSaved());
  EXPECT_EQ(saved.size(), 1);
}

TEST_F(TutorTest, TheRecordsAreReadAgainAfterARestart) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  for (int set = 0; set < 3; ++set) {
    ASSERT_NO_FATAL_FAILURE(logIn(2));
    for (int sum = 0; sum < 3; ++sum) {
      write(rightAnswer());
      tutor_->nextItem();
    }
    tutor_->handOver();
    ASSERT_TRUE(waitFor(Stage::kLogIn));
  }
  ASSERT_NO_FATAL_FAILURE(open());
  ASSERT_EQ(tutor_->stage(), Stage::kLogIn);  // the class is there
  QSignalSpy well_done(tutor_.get(), &Tutor::wellDone);
  ASSERT_NO_FATAL_FAILURE(logIn(2));
  EXPECT_NE(tutor_->item().reason, "This is new: Adding up to 10.") << "it begins anew";
  for (int sum = 0; sum < 3; ++sum) {
    write(rightAnswer());
    tutor_->nextItem();
  }
  int grown = 0;
  for (const auto& flower : well_done[0][0].value<SummaryView>().garden) grown += flower.grown;
  EXPECT_GE(grown, 8);  // twelve right answers, at most five to a flower
}

TEST_F(TutorTest, SlotsOfAnotherStageDoNothing) {
  ASSERT_NO_FATAL_FAILURE(open());
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  tutor_->check();
  tutor_->submitTyped("4");
  tutor_->nextItem();
  tutor_->handOver();
  tutor_->oneMore();
  tutor_->unlock("2468");
  tutor_->logIn(LearnerId::random());
  EXPECT_EQ(tutor_->stage(), Stage::kSetUp);
  tutor_->createClass(kClass4A);
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  tutor_->logIn(LearnerId::random());  // nobody of this class
  tutor_->nextItem();
  QCoreApplication::processEvents();
  EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  EXPECT_TRUE(judged.isEmpty());
}

TEST_F(TutorTest, AnImpatientTeacherMakesOneClass) {
  ASSERT_NO_FATAL_FAILURE(open());
  tutor_->createClass(kClass4A);
  tutor_->createClass(kClass4A);
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  ASSERT_NO_FATAL_FAILURE(open());
  EXPECT_EQ(tutor_->grid().classes.size(), 1);
}

TEST_F(TutorTest, ASetUpWithFaultsIsRefusedFieldByField) {
  ASSERT_NO_FATAL_FAILURE(open());
  QSignalSpy refused(tutor_.get(), &Tutor::classRefused);
  const auto faults = [&](ClassSetUp set_up) {
    tutor_->createClass(set_up);
    return refused.isEmpty() ? ClassSetUpFaults()
                             : refused.takeFirst().at(0).value<ClassSetUpFaults>();
  };
  auto bad = kClass4A;
  bad.class_name = "  ";
  EXPECT_FALSE(faults(bad).class_name.isEmpty());
  bad = kClass4A;
  bad.pin = bad.pin_again = "12a4";
  EXPECT_FALSE(faults(bad).pin.isEmpty());
  bad = kClass4A;
  bad.pin_again = "2469";
  EXPECT_FALSE(faults(bad).pin_again.isEmpty());
  EXPECT_TRUE(faults(bad).pin.isEmpty());
  bad = kClass4A;
  bad.pupils = 31;
  EXPECT_FALSE(faults(bad).pupils.isEmpty());
  EXPECT_EQ(tutor_->stage(), Stage::kSetUp);
}

// ---- Something is missing or broken ---------------------------------------------------------

TEST_F(TutorTest, WithoutHandwritingPupilsType) {
  parts_.open_reader = []() -> Result<std::unique_ptr<AnswerReader>> {
    return fail(ErrorCode::kDamaged, "ink-symbols.tflite: cut short");
  };
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  EXPECT_FALSE(tutor_->handwritingAvailable());
  EXPECT_EQ(problemKeys(), QStringList{"model.damaged"});
  ASSERT_NO_FATAL_FAILURE(logIn());
  EXPECT_TRUE(tutor_->item().keypad_only);
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  tutor_->submitTyped(QString::number(rightAnswer()));
  EXPECT_EQ(judged[0][0].value<JudgementView>().verdict, Verdict::kRight);
  EXPECT_TRUE(waitUntilSaved());
}

TEST_F(TutorTest, WithoutTheLessonItSaysSoAndTriesAgain) {
  settings_.share_folder = folder_ / "share";
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  EXPECT_EQ(problemKeys(), (QStringList{"lesson.missing", "knowledge.unusable"}));
  EXPECT_EQ(tutor_->problems()[0].severity, Severity::kStops);
  QSignalSpy told(tutor_.get(), &Tutor::problemsChanged);
  tutor_->logIn(tutor_->grid().pupils[0].id);
  EXPECT_EQ(told.size(), 1);
  EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  std::filesystem::create_directories(settings_.share_folder / "lessons");
  std::filesystem::copy(shareFolder() / "lessons", settings_.share_folder / "lessons");
  std::filesystem::create_directories(settings_.share_folder / "models");
  std::filesystem::copy(shareFolder() / "models" / "knowledge.tflite",
                        settings_.share_folder / "models" / "knowledge.tflite");
  tutor_->tryAgain();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  EXPECT_TRUE(tutor_->problems().isEmpty());
  ASSERT_NO_FATAL_FAILURE(logIn());
}

TEST_F(TutorTest, ADamagedLessonIsTold) {
  settings_.share_folder = folder_ / "share";
  std::filesystem::create_directories(settings_.share_folder / "lessons");
  std::ofstream(settings_.share_folder / "lessons/number-facts.pack") << "not a pack, not at all";
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  EXPECT_EQ(problemKeys(), (QStringList{"lesson.damaged", "knowledge.unusable"}));
}

TEST_F(TutorTest, RecordsThatCannotBeUsedStopIt) {
  std::ofstream(folder_ / "data") << "a file where the folder should be";
  ASSERT_NO_FATAL_FAILURE(open());
  EXPECT_EQ(tutor_->stage(), Stage::kStopped);
  ASSERT_FALSE(tutor_->problems().isEmpty());
  EXPECT_EQ(tutor_->problems()[0].severity, Severity::kStops);
  std::filesystem::remove(folder_ / "data");
  tutor_->tryAgain();
  EXPECT_TRUE(waitFor(Stage::kSetUp));
}

TEST_F(TutorTest, AFullDiskKeepsTheAnswersAndSaysSo) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  parts_.most_pages = 1;  // smaller than it is already: it cannot grow
  ASSERT_NO_FATAL_FAILURE(open());
  ASSERT_EQ(tutor_->stage(), Stage::kLogIn);
  ASSERT_NO_FATAL_FAILURE(logIn());
  QSignalSpy saved(tutor_.get(), &Tutor::saved);
  int given = 0;
  // What room there is inside of the file fills up first.
  while (tutor_->saveState() != SaveState::kFailing && given < 150) {
    write(rightAnswer());
    ++given;
    tutor_->nextItem();
    if (tutor_->stage() == Stage::kWellDone) tutor_->oneMore();
    wait([this] { return tutor_->saveState() != SaveState::kSaving; });
  }
  ASSERT_EQ(tutor_->saveState(), SaveState::kFailing);
  EXPECT_EQ(problemKeys(), QStringList{"database.full"});
  EXPECT_LT(saved.size(), given);                            // nothing is called saved that is not
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);  // the pupil may go on
  tutor_->handOver();
  EXPECT_TRUE(waitFor(Stage::kLogIn));
}

// ---- With the shipped recogniser -------------------------------------------------------------

TEST_F(TutorTest, ReadsRealInkWithTheShippedModel) {
  parts_.open_reader = {};
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  if (!tutor_->handwritingAvailable()) GTEST_SKIP() << "no model is shipped yet";
  ASSERT_NO_FATAL_FAILURE(logIn());
  QSignalSpy judged(tutor_.get(), &Tutor::judged);
  int right = 0;
  for (int sum = 0; sum < 3; ++sum) {
    judged.clear();
    tutor_->readInk(drawNumberIn(kBox, QString::number(rightAnswer()), 5), kBox);
    tutor_->check();
    ASSERT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
    auto judgement = judged.last()[0].value<JudgementView>();
    if (judgement.verdict == Verdict::kAsk) {
      tutor_->confirmReading();
      judgement = judged.last()[0].value<JudgementView>();
    }
    if (judgement.verdict == Verdict::kRight) ++right;
    if (!judgement.item_over) tutor_->submitTyped(QString::number(rightAnswer()));
    tutor_->nextItem();
  }
  EXPECT_EQ(right, 3);

  tutor_->oneMore();
  for (const auto& odd :
       {Ink{{{{400, 100, 0, 1}}}}, Ink{{{{-900, -900, 0, 1}, {-880, -850, 9, 1}}}},
        Ink{std::vector<Stroke>(40, {{10, 10, 0, 1}, {700, 150, 9, 1}})}}) {
    judged.clear();
    tutor_->readInk(odd, kBox);
    tutor_->check();
    ASSERT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
    const auto verdict = judged.last()[0].value<JudgementView>().verdict;
    EXPECT_TRUE(verdict == Verdict::kCannotRead || verdict == Verdict::kAsk);
    EXPECT_EQ(judged.last()[0].value<JudgementView>().attempt, 0);
  }
}

}  // namespace
}  // namespace primer::app
