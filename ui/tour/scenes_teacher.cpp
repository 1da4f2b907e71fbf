// Behind the PIN.

#include "pages/log_in_page.h"
#include "pages/simple_pages.h"
#include "pages/teacher_page.h"
#include "tour/scenes.h"
#include "widgets/control.h"
#include "widgets/sidebar.h"
#include "widgets/table.h"

namespace primer::ui {

namespace {

constexpr const char* kWrongPin = "111111";

}  // namespace

void Tour::teacher() {
  press(window().logInPage(), "For the teacher");
  must(wait([this] { return window().currentPage() == window().pinPage(); }),
       "the PIN page did not come");
  std::optional<app::UnlockRefusal> refusal;
  QObject::connect(&tutor(), &app::Tutor::unlockRefused, &window(),
                   [&refusal](const app::UnlockRefusal& heard) { refusal = heard; });
  type(window().pinPage(), kWrongPin);
  press(window().pinPage(), "Ready");
  must(wait([&refusal] { return refusal.has_value(); }), "a wrong PIN was not refused");
  take("wrong-pin", "A wrong PIN", "Nothing is shown, and guessing gets slower.", "teacher");
  pause(refusal->wait_seconds * 1000);
  type(window().pinPage(), kPin);
  press(window().pinPage(), "Ready");
  must(wait([this] { return window().currentPage() == window().teacherPage(); }),
       "the right PIN did not open the teacher's page");
  must(wait([this] { return window().teacherPage()->classTable()->rowCount() == 15; }),
       "the class did not come");
  take("class", "The class",
       "Who worked, how it went, and what is wrong with the tablet, if "
       "anything.",
       "teacher");

  std::optional<app::PupilView> pupil;
  QObject::connect(&tutor(), &app::Tutor::pupilViewReady, &window(),
                   [&pupil](const app::PupilView& heard) { pupil = heard; });
  const auto rows = window().teacherPage()->classTable()->findChildren<Control*>();
  must(rows.size() == 15, "the class has no rows");
  tapOn(rows[6], "the row of the moon");
  must(wait([&pupil] { return pupil.has_value(); }), "the pupil's answers did not come");
  should(int(pupil->answers.size()) == graded_, "the teacher sees " +
                                                    std::to_string(pupil->answers.size()) +
                                                    " answers of " + std::to_string(graded_));
  int with_ink = 0;
  for (const app::AnswerRow& answer : pupil->answers) with_ink += answer.ink.empty() ? 0 : 1;
  should(with_ink == graded_ - typed_, "the ink of " + std::to_string(with_ink) + " answers of " +
                                           std::to_string(graded_ - typed_) + " is there");
  take("pupil", "One pupil's answers",
       "The sum, the ink as it was written, what was read, how it "
       "was.",
       "teacher");
  changeThePupil();
  const auto turnTo = [this](const QString& name) {
    for (SidebarItem* place : window().teacherPage()->findChildren<SidebarItem*>()) {
      if (place->text().startsWith(name)) tapOn(place, "the teacher's " + name.toStdString());
    }
  };
  std::optional<app::ClassView> view;
  QObject::connect(&tutor(), &app::Tutor::classViewReady, &window(),
                   [&view](const app::ClassView& heard) { view = heard; });
  turnTo(QStringLiteral("To look at"));
  take("to-look-at", "To look at", "Where a pupil disagrees, the ink waits for the teacher.",
       "teacher");
  press(window().teacherPage(), "Not yet");  // 98 is not the sum, however sure the pupil was
  must(wait([&view] { return view && view->disputes_open == 0; }), "the re-mark was not kept");
  take("decided", "The teacher has decided",
       "From now on the answer counts as the teacher says, and the pupil is told.", "teacher");
  turnTo(QStringLiteral("Settings"));
  press(window().teacherPage(), "20 minutes");
  must(wait([&view] { return view && view->rules.session_minutes == 20; }),
       "the length of a visit was not kept");
  take("settings", "Settings",
       "How long a visit lasts, when a break is due, when lines are looked at, how closely Primer "
       "listens.",
       "teacher");
  pictures_ = askForPictures();
  turnTo(QStringLiteral("Tablet"));
  take("tablet", "This tablet", "What works, what does not, and where the data is.", "technician");
  press(window().teacherPage(), "Lock");
  must(wait([this] { return window().currentPage() == window().logInPage(); }),
       "the teacher's page was not locked");
}

}  // namespace primer::ui
