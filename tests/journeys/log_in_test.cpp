// From the tap on a picture to home, in a class that has worked for long.

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QThread>
#include <algorithm>
#include <cstdlib>

#include "app/large_class.h"
#include "app/lesson.h"
#include "journey.h"
#include "primer/base/thread_clock.h"

namespace primer::ui {
namespace {

int fromEnvironment(const char* name, int otherwise) {
  const char* set = std::getenv(name);
  return set ? std::max(1, std::atoi(set)) : otherwise;
}

class LogInOfALargeClass : public Journey {
 protected:
  // Until `holds`; gives the longest turn of this thread on the way, in milliseconds.
  template <typename Holds>
  double longestTurnUntil(Holds holds) {
    double longest = 0;
    QElapsedTimer patience;
    patience.start();
    while (!holds() && patience.elapsed() < 60'000) {
      longest = std::max(longest, threadMilliseconds([] { QCoreApplication::processEvents(); }));
      if (!holds()) QThread::usleep(200);
    }
    EXPECT_TRUE(holds());
    return longest;
  }

  // Taps pupil `number`, waits for home; tells how long it took and the longest turn.
  void tapAndTell(int number, const std::string& what) {
    const auto tiles = window_->logInPage()->findChildren<PictureTile*>();
    QElapsedTimer took;
    took.start();
    ASSERT_TRUE(tap(tiles.at(number)));
    const double longest =
        longestTurnUntil([this] { return window_->currentPage() == window_->homePage(); });
    const auto home = took.nsecsElapsed() / 1e6;
    const double after = longestTurnUntil([&took, home] { return took.elapsed() > home + 300; });
    std::printf("%s: %.0f ms to home, longest turn %.1f ms\n", what.c_str(), home,
                std::max(longest, after));
    RecordProperty(what, std::to_string(home));
    tutor_->handOver();
    ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  }
};

// PRIMER_PUPILS and PRIMER_ANSWERS make it as large as wanted: app/README.md has the figures.
TEST_F(LogInOfALargeClass, LeadsHome) {
  settings_.lessons = app::TutorSettings().lessons;
  ASSERT_NO_FATAL_FAILURE(app::fillLargeClass(
      settings_.data_folder, clock_, *app::shippedLesson(), *app::shippedLesson("say-it"),
      {fromEnvironment("PRIMER_PUPILS", 5), fromEnvironment("PRIMER_ANSWERS", 60)}));
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_EQ(window_->currentPage(), window_->logInPage());
  ASSERT_NO_FATAL_FAILURE(tapAndTell(0, "first of the day"));
  ASSERT_NO_FATAL_FAILURE(tapAndTell(1, "second"));
  ASSERT_NO_FATAL_FAILURE(tapAndTell(1, "the same again"));
  ASSERT_NO_FATAL_FAILURE(tapAndTell(2, "another"));
}

using LogInBySwitch = Journey;

TEST_F(LogInBySwitch, LeadsHomeAndEndsWhenTheTabletIsHandedOver) {
  ASSERT_NO_FATAL_FAILURE(startWithClass());
  auto& scan = window_->scan();
  scan.setPace(std::chrono::hours(1));  // stepped by hand here
  ASSERT_TRUE(press("One switch"));
  ASSERT_TRUE(scan.isOn());
  const Control* moon = window_->logInPage()->findChildren<PictureTile*>().at(2);
  for (int i = 0; i < 40 && scan.lit() != moon; ++i) scan.step();
  ASSERT_EQ(scan.lit(), moon);
  QTest::keyClick(window_.get(), Qt::Key_Space);
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  EXPECT_EQ(tutor_->pupil().picture,
            window_->logInPage()->findChildren<PictureTile*>().at(2)->picture());
  EXPECT_TRUE(scan.isOn()) << "who logs in with a switch goes on with it";
  tutor_->handOver();
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  EXPECT_FALSE(scan.isOn());
}

TEST_F(LogInBySwitch, EndsWhereNobodyLogsIn) {
  ASSERT_NO_FATAL_FAILURE(startWithClass());
  auto& scan = window_->scan();
  scan.setPace(std::chrono::hours(1));
  ASSERT_TRUE(press("One switch"));
  int steps = 0;
  while (scan.isOn() && steps < 1000) scan.step(), ++steps;
  EXPECT_FALSE(scan.isOn());
  // Five pupils, three buttons and the guest's, three times round.
  EXPECT_GE(steps, 3 * 8);
  EXPECT_LE(steps, 3 * 12);
  QSignalSpy turned(tutor_.get(), &app::Tutor::stageChanged);
  QTest::mouseClick(window_->logInPage(), Qt::LeftButton, {}, {3, 3});
  QCoreApplication::processEvents();
  EXPECT_TRUE(turned.isEmpty()) << "a touch is a touch again";
}

}  // namespace
}  // namespace primer::ui
