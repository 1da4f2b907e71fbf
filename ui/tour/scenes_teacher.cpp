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
  const auto places = window().teacherPage()->findChildren<SidebarItem*>();
  for (SidebarItem* place : places) {
    if (place->text() == QStringLiteral("Tablet")) tapOn(place, "the tablet's place");
  }
  take("tablet", "This tablet", "What works, what does not, and where the data is.", "technician");
  press(window().teacherPage(), "Lock");
  must(wait([this] { return window().currentPage() == window().logInPage(); }),
       "the teacher's page was not locked");
}

}  // namespace primer::ui
