// What a pupil says is kept for the teacher by a button, and heard behind the PIN.

#include <gtest/gtest.h>

#include "app/fake_devices.h"
#include "journey.h"
#include "pages/speaking_page.h"
#include "primer/app/listener.h"
#include "spoken.h"

namespace primer::ui {
namespace {

class KeptVoiceJourney : public Journey, public testing::WithParamInterface<QSize> {};

TEST_P(KeptVoiceJourney, FromTheButtonToTheTeachersEar) {
  SystemClock real_clock;
  std::filesystem::path file;
  settings_.lessons = {"number-facts", "say-it"};
  parts_.hearing.devices = std::make_shared<app::FakeDevices>();
  parts_.hearing.open_source = [&](const Clock&) { return app::recordedSource(file)(real_clock); };
  ASSERT_NO_FATAL_FAILURE(startAtHome(GetParam()));
  for (const auto& choice : tutor_->home().skills) {
    if (choice.title == "Tongue twisters") tutor_->chooseSkill(choice.skill);
  }
  ASSERT_TRUE(waitForPage([this] { return window_->speakingPage(); }));
  EXPECT_FALSE(control("Keep it for my teacher") || control("For my teacher"))
      << "there is nothing to keep yet";
  const auto voice =
      test::spoken(window_->speakingPage()->item().spoken.toStdString(), folder_.path(), 170);
  if (!voice) GTEST_SKIP() << "needs espeak-ng";
  file = *voice;
  QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
  QSignalSpy keeps(tutor_.get(), &app::Tutor::keepChanged);
  ASSERT_TRUE(press("Say it"));
  ASSERT_TRUE(wait([&] { return !judged.isEmpty(); }));
  const bool narrow = control("For my teacher") != nullptr;
  ASSERT_TRUE(press(narrow ? "For my teacher" : "Keep it for my teacher"));
  ASSERT_TRUE(wait([&] {
    return control(narrow ? "Kept (newest 40)" : "Kept, with your newest 40") != nullptr;
  }));
  EXPECT_FALSE(control(narrow ? "Kept (newest 40)" : "Kept, with your newest 40")->isEnabled())
      << "once is enough";
  ASSERT_TRUE(press("Home"));
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  tutor_->handOver();
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  tutor_->unlock("2468");
  ASSERT_TRUE(waitForPage([this] { return window_->teacherPage(); }));
  QSignalSpy views(tutor_.get(), &app::Tutor::pupilViewReady);
  tutor_->requestPupilView(tutor_->grid().pupils.first().id);
  ASSERT_TRUE(wait([&] { return !views.isEmpty(); }));
  const auto* table = window_->teacherPage()->answerTable();
  ASSERT_EQ(table->rowCount(), 1);
  auto* row = table->findChildren<Control*>().first();
  EXPECT_TRUE(row->accessibleName().contains("Listen")) << row->accessibleName().toStdString();
  ASSERT_TRUE(tap(row));
  ASSERT_TRUE(wait([this] { return tutor_->listener().isPlaying(); }));
  ASSERT_TRUE(wait([&] { return row->accessibleName().contains("Stop"); }));
  ASSERT_TRUE(tap(row));
  ASSERT_TRUE(wait([this] { return !tutor_->listener().isPlaying(); }));
  EXPECT_TRUE(wait([&] { return row->accessibleName().contains("Listen"); }));
}

INSTANTIATE_TEST_SUITE_P(Screens, KeptVoiceJourney,
                         testing::Values(QSize(1280, 800), QSize(800, 480)));

}  // namespace
}  // namespace primer::ui
