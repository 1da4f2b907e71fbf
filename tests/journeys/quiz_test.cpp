// A quiz through the real window: by finger, by keyboard, by one switch.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  void startQuiz(const char* skill, QSize size = {1280, 800}) {
    settings_.lessons = {"number-facts", "number-sense"};
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
    ASSERT_NO_FATAL_FAILURE(startQuiz("Numbers in words", size));
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
