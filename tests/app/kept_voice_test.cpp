// "Keep it for my teacher": nothing is kept unless the pupil wants it; what is kept is sealed, and
// the teacher hears it behind the PIN.

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "app/desk.h"
#include "app/fake_devices.h"
#include "primer/app/listener.h"
#include "spoken.h"

namespace primer::app {
namespace {

class KeptVoice : public Desk {
 protected:
  // At a tongue twister that is said once, clearly.
  void sayOne() {
    settings_.lessons = {"number-facts", "say-it"};
    parts_.hearing.devices = devices_;
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
    QObject::connect(tutor_.get(), &Tutor::keepChanged, tutor_.get(),
                     [this](KeepState state) { states_.push_back(state); });
    const auto voice = test::spoken(tutor_->item().spoken.toStdString(), folder_.path(), 170);
    if (!voice) GTEST_SKIP() << "needs espeak-ng";
    file_ = *voice;
    ASSERT_NO_FATAL_FAILURE(sayIt());
  }
  void sayIt() {
    QSignalSpy judged(tutor_.get(), &Tutor::judged);
    tutor_->listen();
    tutor_->listener().letItEnd();
    ASSERT_TRUE(wait([&] { return !judged.isEmpty(); }));
    EXPECT_EQ(last(), KeepState::kOffered);
  }
  void keep() {
    tutor_->keepForTeacher();
    ASSERT_TRUE(wait([this] { return last() == KeepState::kKept; }));
    EXPECT_EQ(tutor_->saveState(), SaveState::kSaved) << "it is told when it is on the disk";
  }
  KeepState last() const { return states_.empty() ? KeepState::kNothing : states_.back(); }

  PupilView teachersView() {
    tutor_->handOver();
    EXPECT_TRUE(waitFor(Stage::kLogIn));
    tutor_->unlock("2468");
    EXPECT_TRUE(waitFor(Stage::kTeacher));
    QSignalSpy views(tutor_.get(), &Tutor::pupilViewReady);
    tutor_->requestPupilView(tutor_->grid().pupils.first().id);
    EXPECT_TRUE(wait([&views] { return !views.isEmpty(); }));
    return views.isEmpty() ? PupilView() : views[0][0].value<PupilView>();
  }

  SystemClock real_clock_;
  std::shared_ptr<FakeDevices> devices_ = std::make_shared<FakeDevices>();
  std::filesystem::path file_;
  std::vector<KeepState> states_;
};

TEST_F(KeptVoice, NothingIsKeptUnlessThePupilWantsIt) {
  ASSERT_NO_FATAL_FAILURE(sayOne());
  if (file_.empty()) return;
  const auto view = teachersView();
  ASSERT_EQ(view.answers.size(), 1);
  EXPECT_EQ(view.answers[0].sound, -1);
  EXPECT_EQ(last(), KeepState::kNothing) << "the offer went with the page";
}

TEST_F(KeptVoice, IsHeardByTheTeacherBehindThePin) {
  ASSERT_NO_FATAL_FAILURE(sayOne());
  if (file_.empty()) return;
  ASSERT_NO_FATAL_FAILURE(keep());
  tutor_->keepForTeacher();  // once is enough
  tutor_->playKept(0);       // and not for the pupil's ears
  const auto view = teachersView();
  ASSERT_EQ(view.answers.size(), 1) << "it lies with its answer";
  ASSERT_EQ(view.answers[0].sound, 0);
  EXPECT_FALSE(tutor_->listener().isPlaying());
  tutor_->playKept(7);
  tutor_->playKept(0);
  ASSERT_TRUE(wait([this] { return tutor_->listener().isPlaying(); }));
  tutor_->lock();
  ASSERT_TRUE(wait([this] { return !tutor_->listener().isPlaying(); })) << "a lock ends it";
  tutor_->listener().playBack();
  QTest::qWait(60);
  EXPECT_FALSE(tutor_->listener().isPlaying()) << "and nothing of it is left in memory";
}

TEST_F(KeptVoice, WhoHandsOverAtOnceLosesNothing) {
  ASSERT_NO_FATAL_FAILURE(sayOne());
  if (file_.empty()) return;
  tutor_->keepForTeacher();
  const auto view = teachersView();
  ASSERT_EQ(view.answers.size(), 1);
  EXPECT_EQ(view.answers[0].sound, 0);
}

// A pupil who says it better than it had to be may keep that, too: no judgement changes.
TEST_F(KeptVoice, WhatIsSaidOnceMoreIsAnEventOfItsOwn) {
  ASSERT_NO_FATAL_FAILURE(sayOne());
  if (file_.empty()) return;
  const bool over = tutor_->steps().first() != Step::kNow;
  ASSERT_NO_FATAL_FAILURE(sayIt());
  ASSERT_NO_FATAL_FAILURE(keep());
  const auto view = teachersView();
  ASSERT_EQ(view.answers.size(), 2);
  EXPECT_EQ(view.answers[0].sound, 0) << "the newest first";
  EXPECT_EQ(view.answers[1].sound, -1);
  if (!over) return;
  EXPECT_EQ(view.answers[0].verdict, Verdict::kCannotRead);
  EXPECT_EQ(view.pupil.answers_all, 1) << "it does not count";
}

}  // namespace
}  // namespace primer::app
