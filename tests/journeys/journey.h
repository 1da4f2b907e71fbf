#pragma once

// The real window in front of a real tutor and real records; only the reading is scripted, so that
// a journey goes where the test wants it to.

#include <QAbstractButton>
#include <QApplication>
#include <fstream>

#include "app/desk.h"
#include "pages/home_page.h"
#include "pages/log_in_page.h"
#include "pages/set_up_page.h"
#include "pages/sheet.h"
#include "pages/simple_pages.h"
#include "pages/teacher_page.h"
#include "pages/well_done_page.h"
#include "pages/working_page.h"
#include "paper/ink_box.h"
#include "theme/metrics.h"
#include "tour/hand.h"
#include "ui/ui_environment.h"
#include "widgets/advice_card.h"
#include "widgets/chip.h"
#include "widgets/control.h"
#include "widgets/door_card.h"
#include "widgets/picture_tile.h"
#include "widgets/table.h"
#include "window/window.h"

namespace primer::ui {

class Journey : public app::Desk {
 protected:
  void TearDown() override {
    window_.reset();
    app::Desk::TearDown();
  }

  // Opens the window on the records of the test's folder, as a start of the program does.
  void start(QSize size = {1280, 800}) {
    window_.reset();
    tutor_.reset();
    tutor_ = std::make_unique<app::Tutor>(settings_, clock_, realFileSystem(), parts_);
    setScale(scaleFor(size));
    window_ = std::make_unique<Window>(*tutor_);
    window_->resize(size);
    window_->show();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window_.get()));
    tutor_->start();
    ASSERT_TRUE(wait([this] { return tutor_->stage() != app::Stage::kStarting; }));
  }

  // The records hold a class of five already.
  void startWithClass(QSize size = {1280, 800}) {
    ASSERT_NO_FATAL_FAILURE(openWithClass());
    ASSERT_NO_FATAL_FAILURE(start(size));
    ASSERT_EQ(window_->currentPage(), window_->logInPage());
  }

  void startAtHome(QSize size = {1280, 800}) {
    ASSERT_NO_FATAL_FAILURE(startWithClass(size));
    ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
    ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  }

  void startWorking(QSize size = {1280, 800}) {
    ASSERT_NO_FATAL_FAILURE(startAtHome(size));
    ASSERT_TRUE(press(tutor_->home().doors.first().title));
    ASSERT_TRUE(waitForPage([this] { return window_->workingPage(); }));
  }

  template <typename Page>
  bool waitForPage(Page page) {
    return wait([this, page] { return page() && window_->currentPage() == page(); });
  }

  Control* control(const QString& name) {
    for (Control* found : window_->currentPage()->findChildren<Control*>()) {
      if (found->isVisible() && found->accessibleName() == name) return found;
    }
    return nullptr;
  }
  // Finds what is called so on the page that is shown, and taps it.
  bool press(const QString& name) {
    if (!wait([this, name] { return control(name) && control(name)->isEnabled(); })) return false;
    scrollTo(control(name));
    return tap(control(name));
  }
  bool type(const QString& keys) {
    for (const QChar key : keys) {
      if (!press(QString(key))) return false;
    }
    return true;
  }

  WorkingPage* working() { return window_->workingPage(); }
  InkBox* paper() { return working()->sheet()->inkBox(); }

  // Writes; what is read is what the script says.
  void writeInk(const handwriting::NumberReading& reading) {
    script_->set(reading);
    QSignalSpy read(tutor_.get(), &app::Tutor::inkRead);
    ui::write(paper(), writtenNumber(QStringLiteral("12"), {40, 40}, 84));
    ASSERT_TRUE(wait([&read] { return !read.isEmpty(); }));
  }
  app::JudgementView checkNow() {
    QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
    EXPECT_TRUE(press("Check"));
    if (!wait([&judged] { return !judged.isEmpty(); })) {
      ADD_FAILURE() << "nothing was judged";
      return {};
    }
    return judged.takeFirst().at(0).value<app::JudgementView>();
  }
  std::string answer() { return std::to_string(rightAnswer()); }

  // A reading of the right answer whose first digit is doubted; the wrong one stands first.
  handwriting::NumberReading doubted(const std::string& number) {
    auto reading = app::clearly(number);
    const std::string other = number[0] == '9' ? "8" : "9";
    reading.digits[0] =
        app::readDigit({{other.c_str(), 0.5F}, {number.substr(0, 1).c_str(), 0.5F}}, true);
    reading.text = other + number.substr(1);
    reading.unsure = true;
    return reading;
  }

  std::unique_ptr<Window> window_;
};

}  // namespace primer::ui
