// A worked item through the tutor: what is read, judged, recorded.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desk.h"
#include "primer/maths/steps.h"

namespace primer::app {
namespace {

class TutorWork : public Desk {
 protected:
  // Logs in a pupil whose first sums were right, and chooses a worked skill.
  void startWorked() {
    settings_.sums_in_a_set = 2;
    settings_.first_walk = true;
    if (!tutor_) {
      ASSERT_NO_FATAL_FAILURE(openWithClass());
    }
    ASSERT_NO_FATAL_FAILURE(logIn());
    while (tutor_->stage() == Stage::kWorking) {  // the walk: everything but worked items
      if (tutor_->item().kind == ItemKind::kWorking) {
        tutor_->skipItem();
      } else {
        ASSERT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
      }
      tutor_->nextItem();
    }
    tutor_->goHome();
    ASSERT_EQ(tutor_->stage(), Stage::kHome);
    for (const auto& skill : tutor_->home().skills) {
      if (skill.title == "Adding larger numbers") tutor_->chooseSkill(skill.skill);
    }
    ASSERT_EQ(tutor_->stage(), Stage::kWorking);
    ASSERT_EQ(tutor_->item().kind, ItemKind::kWorking);
    ASSERT_TRUE(waitUntilSaved());
  }

  // The answer in digits.
  int sum() const {
    const auto words = tutor_->item().prompt.split(' ');
    return words[0].toInt() + words[2].toInt();
  }

  Ink strokes(std::size_t count) {
    Ink ink;
    for (std::size_t i = 0; i < count; ++i) {
      ink.strokes.push_back({{static_cast<float>(i), 0}, {20, 30}});
    }
    return ink;
  }

  // Writes so many lines; returns what is shown.
  WorkView read(const std::vector<handwriting::LineReading>& lines) {
    {
      const std::lock_guard lock(sheets_->mutex);
      sheets_->lines = lines;
    }
    QSignalSpy changed(tutor_.get(), &Tutor::workChanged);
    tutor_->readSheet(strokes(lines.size()), {}, true);
    if (!wait([&changed] { return !changed.isEmpty(); })) return {};
    return changed.takeFirst().at(0).value<WorkView>();
  }
  WorkView judged(const std::function<void()>& ask) {
    QSignalSpy changed(tutor_.get(), &Tutor::workChanged);
    ask();
    if (!wait([&changed] { return !changed.isEmpty(); })) return {};
    return changed.takeLast().at(0).value<WorkView>();
  }

  QList<AnswerRow> answers() {
    QSignalSpy seen(tutor_.get(), &Tutor::pupilViewReady);
    const auto pupil = tutor_->pupil().id;
    tutor_->handOver();
    EXPECT_TRUE(waitFor(Stage::kLogIn));
    tutor_->unlock(kClass4A.pin);
    EXPECT_TRUE(waitFor(Stage::kTeacher));
    tutor_->requestPupilView(pupil);
    EXPECT_TRUE(wait([&seen] { return !seen.isEmpty(); }));
    return seen.isEmpty() ? QList<AnswerRow>() : seen[0][0].value<PupilView>().answers;
  }
};

TEST_F(TutorWork, ReadsLiveAndJudgesWhenAsked) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  const auto right = std::to_string(sum());
  const auto view = read({surely(right)});
  ASSERT_EQ(view.lines.size(), 1);
  EXPECT_EQ(view.lines[0].text, QString::fromStdString(right));
  EXPECT_EQ(view.lines[0].mark, LineMark::kNone) << "judged before it was asked";
  const auto seen = judged([this] { tutor_->judgeLines(-1); });
  EXPECT_EQ(seen.lines[0].mark, LineMark::kRight);
  EXPECT_TRUE(seen.ready);
  EXPECT_FALSE(seen.item_over) << "it is over when the pupil says so";
  EXPECT_TRUE(judged([this] { tutor_->finishWork(); }).item_over);
}

TEST_F(TutorWork, AWrongLineIsOneEventAndTheAnswerAnother) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  const auto right = sum();
  read({surely(std::to_string(right + 1))});
  EXPECT_EQ(judged([this] { tutor_->judgeLines(-1); }).first_not_yet, 0);
  judged([this] { tutor_->judgeLines(-1); });  // once more: the same line
  read({surely(std::to_string(right + 1)), surely(std::to_string(right))});
  EXPECT_TRUE(judged([this] { tutor_->finishWork(); }).item_over);
  ASSERT_TRUE(waitUntilSaved());
  const auto given = answers();
  ASSERT_GE(given.size(), 2);
  EXPECT_EQ(given[0].verdict, Verdict::kRight);
  EXPECT_EQ(given[0].attempt, 2);
  EXPECT_FALSE(given[0].ink.empty());
  EXPECT_EQ(given[1].verdict, Verdict::kNotYet);
  EXPECT_EQ(given[1].attempt, 1);
  EXPECT_EQ(given[1].reason, "You chose these.");
  EXPECT_NE(given[1].item, given.last().item);
}

TEST_F(TutorWork, HelpHasThreeRungsAboutTheLine) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  read({surely(std::to_string(sum() + 10))});
  judged([this] { tutor_->judgeLines(-1); });
  QSignalSpy hints(tutor_.get(), &Tutor::hintShown);
  QStringList texts;
  for (int rung = 1; rung <= 3; ++rung) {
    tutor_->askForHint();
    ASSERT_EQ(hints.size(), rung);
    const auto hint = hints[rung - 1][0].value<HintView>();
    EXPECT_EQ(hint.rung, rung);
    EXPECT_FALSE(texts.contains(hint.text));
    texts += hint.text;
  }
}

TEST_F(TutorWork, WhatIsScratchedOutIsForThePageToTakeAway) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  {
    const std::lock_guard lock(sheets_->mutex);
    sheets_->scratched = {0, 1};
  }
  const auto view = read({surely("12"), surely("13")});
  EXPECT_THAT(view.scratched, testing::ElementsAre(0U, 1U));
}

TEST_F(TutorWork, DisagreeingKeepsTheInkForTheTeacher) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  read({surely(std::to_string(sum() + 1))});
  judged([this] { tutor_->judgeLines(-1); });
  const auto view = judged([this] { tutor_->disagree(0); });
  EXPECT_EQ(view.lines[0].mark, LineMark::kKept);
  EXPECT_EQ(view.first_not_yet, -1);
  ASSERT_TRUE(waitUntilSaved());
  EXPECT_FALSE(answers().first().ink.empty());
}

TEST_F(TutorWork, ATeacherWhoAgreesMendsThePupilsHistory) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  const auto problem = tutor_->item().prompt;
  read({surely(std::to_string(sum() + 1))});
  judged([this] { tutor_->judgeLines(-1); });
  judged([this] { tutor_->disagree(0); });
  const auto pupil = tutor_->pupil();
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));

  QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
  const auto view = [&views] { return views.last()[0].value<ClassView>(); };
  tutor_->unlock(kClass4A.pin);
  ASSERT_TRUE(wait([&views] { return !views.isEmpty(); }));
  ASSERT_EQ(view().disputes.size(), 1);
  EXPECT_EQ(view().disputes_open, 1);
  const auto dispute = view().disputes.first();
  EXPECT_EQ(dispute.pupil, pupil.id);
  EXPECT_EQ(dispute.name, "Ada");
  EXPECT_EQ(dispute.answer.item, problem);
  EXPECT_EQ(dispute.answer.ink, strokes(1));
  EXPECT_FALSE(dispute.right.has_value());
  const auto shareOf = [&view] { return *view().pupils.first().right_share; };
  const double before = shareOf();
  const auto remark = [&](bool right) {
    const auto seen = views.size();
    tutor_->remark(dispute.pupil, dispute.key, right);
    ASSERT_TRUE(wait([&] { return views.size() > seen; }));
  };
  remark(false);
  EXPECT_EQ(view().disputes_open, 0);
  EXPECT_EQ(view().disputes.first().right, false);
  EXPECT_EQ(shareOf(), before);
  remark(true);  // the last word counts
  EXPECT_EQ(view().disputes.first().right, true);
  EXPECT_GT(shareOf(), before) << "the line that was told not to fit counts as right";
  tutor_->lock();

  tutor_->logIn(pupil.id);
  ASSERT_TRUE(waitFor(Stage::kHome));
  EXPECT_TRUE(tutor_->home().news.contains(problem)) << tutor_->home().news.toStdString();
  EXPECT_TRUE(tutor_->home().news.contains("You were right"));
  EXPECT_TRUE(tutor_->home().spoken.contains(tutor_->home().news));
  // The line is still kept when the sheet is gone on with, and not told a second time.
  tutor_->openDoor(DoorKind::kGoOn);
  ASSERT_EQ(tutor_->item().prompt, problem);
  read({surely(std::to_string(sum() + 1))});
  const auto again = judged([this] { tutor_->judgeLines(-1); });
  EXPECT_EQ(again.lines[0].mark, LineMark::kKept);
  read({surely(std::to_string(sum() + 1)), surely(std::to_string(sum()))});
  EXPECT_TRUE(judged([this] { tutor_->finishWork(); }).item_over);
  ASSERT_TRUE(waitUntilSaved());
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  tutor_->logIn(pupil.id);
  ASSERT_TRUE(waitFor(Stage::kHome));
  EXPECT_TRUE(tutor_->home().news.isEmpty()) << "it is said once";
}

TEST_F(TutorWork, WhereThePupilSaysWhenAChosenReadingIsNotJudgedBefore) {
  settings_.sums_in_a_set = 2;
  settings_.first_walk = true;
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  QSignalSpy views(tutor_.get(), &Tutor::classViewReady);
  tutor_->unlock(kClass4A.pin);
  ASSERT_TRUE(wait([&views] { return views.size() == 1; }));
  ClassRules rules;
  rules.judged = JudgedWhen::kButton;
  tutor_->setClassRules(rules);
  ASSERT_TRUE(wait([&views] { return views.size() == 2; }));
  tutor_->lock();
  ASSERT_NO_FATAL_FAILURE(startWorked());
  EXPECT_EQ(tutor_->item().judged, JudgedWhen::kButton);
  const auto right = std::to_string(sum());
  read({perhaps(std::to_string(sum() + 1), right)});
  tutor_->chooseLine(0, 0);
  QTest::qWait(100);
  EXPECT_EQ(judged([this] { tutor_->chooseLine(0, -1); }).lines[0].mark, LineMark::kNone);
  EXPECT_TRUE(judged([this] { tutor_->finishWork(); }).item_over);
}

TEST_F(TutorWork, ATypedAnswerDoesNotCarryTheInkBeforeIt) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  read({surely(std::to_string(sum() + 1))});
  judged([this] { tutor_->judgeLines(-1); });
  tutor_->submitLines({});  // as when the keys are chosen
  tutor_->submitLines({QString::number(sum())});
  EXPECT_TRUE(judged([this] { tutor_->finishWork(); }).item_over);
  ASSERT_TRUE(waitUntilSaved());
  const auto given = answers();
  ASSERT_GE(given.size(), 2);
  EXPECT_TRUE(given[0].ink.empty());
  EXPECT_FALSE(given[1].ink.empty());
}

TEST_F(TutorWork, TypedLinesCountAsWrittenOnesDo) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  tutor_->submitLines({QString::number(sum())});
  EXPECT_TRUE(judged([this] { tutor_->finishWork(); }).item_over);
}

TEST_F(TutorWork, AnExampleIsAnotherProblem) {
  ASSERT_NO_FATAL_FAILURE(startWorked());
  QSignalSpy shown(tutor_.get(), &Tutor::exampleShown);
  tutor_->askForExample();
  ASSERT_TRUE(wait([&shown] { return !shown.isEmpty(); }));
  EXPECT_NE(shown[0][0].value<ExampleView>().problem, tutor_->item().prompt);
}

}  // namespace
}  // namespace primer::app
