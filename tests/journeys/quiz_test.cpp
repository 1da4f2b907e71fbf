// A quiz through the real window: by finger, by keyboard, by one switch.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gallery/sample_quiz.h"
#include "journey.h"
#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/quiz_page.h"
#include "quiz/line_board.h"
#include "quiz/option_tile.h"
#include "quiz/tile_board.h"

namespace primer::ui {
namespace {

class QuizJourney : public Journey {
 protected:
  void startQuiz(const char* skill,
                 std::vector<std::string> lessons = {"number-facts", "number-sense"},
                 QSize size = {1280, 800}) {
    settings_.lessons = std::move(lessons);
    ASSERT_NO_FATAL_FAILURE(startAtHome(size));
    ASSERT_TRUE(press("Choose for myself"));
    ASSERT_TRUE(press(skill));
    ASSERT_TRUE(waitForPage([this] { return window_->quizPage(); }));
  }
  QuizPage* page() { return window_->quizPage(); }
  app::JudgementView checked() {
    QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
    EXPECT_TRUE(press("Check"));
    EXPECT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
    return judged.isEmpty() ? app::JudgementView()
                            : judged.takeFirst().at(0).value<app::JudgementView>();
  }
  int rightOption() {  // its place among those that are shown; its id is 0 in our lessons
    const auto& options = page()->item().quiz.options;
    const auto right = std::find_if(options.begin(), options.end(),
                                    [](const app::QuizOption& option) { return option.id == 0; });
    return int(right - options.begin());
  }
  int wanted() {
    static const QRegularExpression digits("\\d+");
    return digits.match(page()->item().prompt).captured().toInt();
  }
};

TEST_F(QuizJourney, AFlagIsSteppedToItsPlaceAndTheAnswerIsSaved) {
  ASSERT_NO_FATAL_FAILURE(startQuiz("Numbers on a line"));
  QSignalSpy saved(tutor_.get(), &app::Tutor::saved);
  EXPECT_FALSE(control("Check")->isEnabled()) << "nothing was answered yet";
  ASSERT_TRUE(press("One step further"));
  const auto wrong = checked();
  EXPECT_EQ(wrong.verdict, app::Verdict::kNotYet);
  EXPECT_EQ(wrong.words, "That is not far enough.");
  EXPECT_EQ(page()->advice()->kind(), AdviceCard::Kind::kNotYet);
  while (page()->line()->reply().at < wanted()) ASSERT_TRUE(press("One step further"));
  const auto right = checked();
  EXPECT_EQ(right.verdict, app::Verdict::kRight);
  EXPECT_FALSE(right.why.isEmpty());
  EXPECT_EQ(tutor_->steps()[0], app::Step::kNotYet) << "right at the second try";
  EXPECT_TRUE(wait([&saved] { return saved.size() == 2; })) << "each try is an answer";
  ASSERT_TRUE(press("Next"));
  EXPECT_TRUE(wait([this] { return page()->item().number == 2; }));
}

TEST_F(QuizJourney, AKeyboardAloneIsEnough) {
  ASSERT_NO_FATAL_FAILURE(startQuiz("Numbers on a line"));
  for (int i = 0; i < wanted(); ++i) QTest::keyClick(page(), Qt::Key_Right);
  QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
  QTest::keyClick(page(), Qt::Key_Return);
  ASSERT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
  EXPECT_EQ(judged[0][0].value<app::JudgementView>().verdict, app::Verdict::kRight);
}

TEST_F(QuizJourney, OneSwitchIsEnough) {
  ASSERT_NO_FATAL_FAILURE(startQuiz("Numbers on a line"));
  auto& scan = window_->scan();
  scan.setPace(std::chrono::hours(1));  // stepped by hand here
  scan.setOn(true);
  const auto pressWhenLit = [&](const char* name) {
    for (int i = 0; i < 40; ++i) {
      if (scan.lit() != nullptr && scan.lit()->accessibleName() == QLatin1String(name)) {
        QTest::keyClick(window_.get(), Qt::Key_Space);
        return true;
      }
      scan.step();
    }
    return false;
  };
  for (int i = 0; i < wanted(); ++i) ASSERT_TRUE(pressWhenLit("One step further"));
  EXPECT_EQ(page()->line()->reply().at, wanted());
  QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
  ASSERT_TRUE(pressWhenLit("Check"));
  ASSERT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
  EXPECT_EQ(judged[0][0].value<app::JudgementView>().verdict, app::Verdict::kRight);
  scan.setOn(false);
  EXPECT_EQ(scan.lit(), nullptr);
}

TEST_F(QuizJourney, AWordIsHeardAndSpelt) {
  ASSERT_NO_FATAL_FAILURE(startQuiz("Short words", {"number-facts", "spell-it"}));
  const QString word = page()->item().quiz.word;
  ASSERT_FALSE(word.isEmpty());
  EXPECT_FALSE(page()->item().prompt.contains(word)) << "it is not to be read off";
  EXPECT_TRUE(page()->item().spoken.contains(word));
  for (const QChar letter : word.chopped(1)) {
    QTest::keyClick(page(), Qt::Key(letter.toUpper().unicode()));
  }
  const auto wrong = checked();
  EXPECT_EQ(wrong.verdict, app::Verdict::kNotYet);
  EXPECT_EQ(wrong.words, "One letter is missing.");
  EXPECT_EQ(wrong.fits, QList<bool>(word.size() - 1, true));
  ASSERT_TRUE(press("Type on"));
  ASSERT_TRUE(press(word.right(1)));
  const auto right = checked();
  EXPECT_EQ(right.verdict, app::Verdict::kRight);
  EXPECT_TRUE(right.why.contains(word));
}

TEST_F(QuizJourney, WhatWasHeardOfAnAnswerIsShownBeforeItIsChecked) {
  ASSERT_NO_FATAL_FAILURE(startQuiz("Sums in your head", {"number-facts", "say-sums"}));
  ASSERT_EQ(page()->item().quiz.answering, app::Answering::kSay);
  for (const auto* tile : page()->findChildren<OptionTile*>()) {
    EXPECT_FALSE(tile->isVisible()) << "no answer stands there to be read off";
  }
  EXPECT_FALSE(control("Check")->isEnabled());
  app::ChosenView unheard;
  emit tutor_->answerHeard(unheard);
  EXPECT_FALSE(control("Check")->isEnabled());
  app::ChosenView heard;
  heard.choice = 1;
  emit tutor_->answerHeard(heard);
  EXPECT_EQ(checked().verdict, app::Verdict::kNotYet);
  heard.choice = 0;
  emit tutor_->answerHeard(heard);
  EXPECT_EQ(checked().verdict, app::Verdict::kRight);
}

TEST_F(QuizJourney, WhereNothingCanBeHeardAnAnswerIsTapped) {
  ASSERT_NO_FATAL_FAILURE(startQuiz("Sums in your head", {"number-facts", "say-sums"}));
  app::ChosenView trouble;
  trouble.trouble = app::ListenTrouble::kNoMicrophone;
  emit tutor_->answerHeard(trouble);
  for (auto* tile : page()->findChildren<OptionTile*>()) {
    const bool right = !page()->item().quiz.options.isEmpty() && tile->isVisible() &&
                       tile->text() == page()->item().quiz.options[rightOption()].text;
    if (right) {
      ASSERT_TRUE(tap(tile));
    }
  }
  EXPECT_EQ(checked().verdict, app::Verdict::kRight);
}

// Look, cover, write.
TEST(QuizPageAlone, WithoutAVoiceAWordIsLookedAt) {
  QuizPage page;
  page.resize(1280, 800);
  QSignalSpy said(&page, &QuizPage::readAloudPressed);
  page.setVoice([](const QString&) { return false; });
  page.showItem(sample::spellQuestion());
  page.show();
  EXPECT_TRUE(said.isEmpty());
  const auto covered = page.grab().toImage();
  for (auto* control : page.findChildren<Control*>()) {
    if (control->accessibleName() == QLatin1String("Look at the word")) control->click();
  }
  EXPECT_NE(page.grab().toImage(), covered);
  QTest::keyClick(&page, Qt::Key_S);
  page.setVoice([](const QString&) { return true; });
  page.showItem(sample::spellQuestion());
  EXPECT_EQ(said.size(), 1);
}

TEST_F(QuizJourney, PairsArePutTogetherAndTakenApartByTaps) {
  ASSERT_NO_FATAL_FAILURE(startQuiz("Numbers in words"));
  const auto quiz = page()->item().quiz;
  ASSERT_EQ(quiz.answering, app::Answering::kMatch);
  const auto tile = [this](const QString& text) -> OptionTile* {
    for (auto* found : page()->findChildren<OptionTile*>()) {
      if (found->text() == text) return found;
    }
    return nullptr;
  };
  // All to the wrong one: each to the partner of the next.
  for (int i = 0; i < quiz.options.size(); ++i) {
    const int next = quiz.options[(i + 1) % quiz.options.size()].id;
    ASSERT_TRUE(tap(tile(quiz.options[i].text)));
    for (const auto& partner : quiz.partners) {
      if (partner.id == next) {
        ASSERT_TRUE(tap(tile(partner.text)));
      }
    }
  }
  ASSERT_TRUE(page()->tiles()->answered());
  EXPECT_EQ(checked().verdict, app::Verdict::kNotYet);
  EXPECT_FALSE(page()->tiles()->answered()) << "what does not fit is taken apart";
  for (const auto& option : quiz.options) {
    ASSERT_TRUE(tap(tile(option.text)));
    for (const auto& partner : quiz.partners) {
      if (partner.id == option.id) {
        ASSERT_TRUE(tap(tile(partner.text)));
      }
    }
  }
  EXPECT_EQ(checked().verdict, app::Verdict::kRight);
}

TEST_F(QuizJourney, EveryTargetIsLargeEnoughAndAllWordsAreSeen) {
  for (const QSize size : {QSize(1280, 800), QSize(800, 480)}) {
    ASSERT_NO_FATAL_FAILURE(startQuiz("Numbers in words", {"number-facts", "number-sense"}, size));
    // Twice: text that wraps needs its width first.
    for (int i = 0; i < 2; ++i) {
      page()->grab();
      QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    for (auto* found : page()->findChildren<Control*>()) {
      if (!found->isVisible()) continue;
      EXPECT_GE(std::min(found->width(), found->height()), size.width() > 1000 ? 64 : 44)
          << found->accessibleName().toStdString();
    }
    for (auto* found : page()->findChildren<QWidget*>()) {
      const auto* text = dynamic_cast<const TextFitting*>(found);
      if (text != nullptr && found->isVisible()) {
        EXPECT_TRUE(text->textFits()) << found->accessibleName().toStdString();
      }
    }
    window_.reset();
    tutor_.reset();
    settings_.data_folder = folder_ / "again";
  }
}

}  // namespace
}  // namespace primer::ui
