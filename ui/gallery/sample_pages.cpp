#include "gallery/sample_pages.h"

#include "gallery/sample_log_in.h"
#include "gallery/sample_page.h"
#include "gallery/sample_values.h"
#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/lines_page.h"
#include "pages/log_in_page.h"
#include "pages/set_up_page.h"
#include "pages/simple_pages.h"
#include "pages/teacher_page.h"
#include "pages/well_done_page.h"
#include "widgets/button.h"
#include "widgets/keys.h"
#include "widgets/sidebar.h"
#include "widgets/table.h"

namespace primer::ui {
namespace {

SamplePage home(const char* name, const app::HomeView& view) {
  return samplePage<HomePage>(name, [view](HomePage& p) {
    p.showPupil(sample::pupil());
    p.setVoice(true);
    p.showHome(view);
  });
}

SamplePage teacher(const char* name, std::function<void(TeacherPage&)> fill) {
  return samplePage<TeacherPage>(name, [fill](TeacherPage& p) {
    p.showClass(sample::classView());
    fill(p);
  });
}

void turnTo(TeacherPage& p, const QString& place) {
  for (auto* item : p.findChildren<SidebarItem*>()) {
    if (item->text() == place) item->click();
  }
}

void pressNext(SetUpPage& p, int times) {
  const auto keys = p.findChildren<Key*>();
  const auto press = [&keys](const QString& word) {
    for (Key* key : keys) {
      if (key->text() == word && key->isVisibleTo(key->window())) {
        key->click();
        return;
      }
    }
  };
  Button* next = p.findChildren<Button*>().last();
  press("4");
  press("A");
  for (int i = 0; i < times; ++i) {
    next->click();
    for (const char* digit : {"2", "7", "1", "9"}) press(digit);
  }
}

// Before a set, and after it.
std::vector<SamplePage> pagesAround() {
  return {
      samplePage<StartingPage>("page-starting", [](StartingPage&) {}),
      samplePage<StoppedPage>("page-stopped",
                              [](StoppedPage& p) { p.showProblems(sample::problems()); }),
      samplePage<SetUpPage>("page-set-up-name", [](SetUpPage& p) { pressNext(p, 0); }),
      samplePage<SetUpPage>("page-set-up-pin", [](SetUpPage& p) { pressNext(p, 1); }),
      samplePage<SetUpPage>("page-set-up-pupils", [](SetUpPage& p) { pressNext(p, 3); }),
      samplePage<LogInPage>("page-log-in",
                            [](LogInPage& p) {
                              p.setVoice(true);
                              p.showGrid(sample::grid(15));
                            }),
      samplePage<LogInPage>("page-log-in-one", [](LogInPage& p) { p.showGrid(sample::grid(1)); }),
      samplePage<LogInPage>("page-log-in-thirty",
                            [](LogInPage& p) { p.showGrid(sample::grid(30)); }),
      home("page-home-first", sample::firstHome()),
      home("page-home", sample::home(false)),
      home("page-home-long", sample::home(true)),
      home("page-home-longest-name", sample::homeOf(sample::longestName())),
      home("page-home-news", sample::homeWithNews()),
      samplePage<ChoosePage>("page-choose",
                             [](ChoosePage& p) {
                               p.setVoice(true);
                               p.showSkills(sample::home(true).skills);
                             }),
      samplePage<BreakPage>("page-break",
                            [](BreakPage& p) {
                              p.setVoice(true);
                              p.showBreak(sample::breakReminder(true));
                            }),
      samplePage<BreakPage>("page-break-again",
                            [](BreakPage& p) { p.showBreak(sample::breakReminder(false)); }),
      samplePage<WellDonePage>("page-visit-over",
                               [](WellDonePage& p) { p.showSummary(sample::visitOver()); }),
      samplePage<WellDonePage>("page-well-done",
                               [](WellDonePage& p) {
                                 p.setVoice(true);
                                 p.showSummary(sample::summary());
                               }),
      samplePage<LinesPage>("page-lines", [](LinesPage& p) { p.showDone(sample::summary().done); }),
      samplePage<HandOverPage>("page-hand-over",
                               [](HandOverPage& p) { p.showPupil(sample::pupil()); }),
      samplePage<PinPage>("page-pin", [](PinPage& p) { p.refuse("That is not the PIN."); }),
      teacher("page-class", [](TeacherPage& p) { p.showProblems(sample::problems()); }),
      teacher("page-pupil", [](TeacherPage& p) { p.showPupil(sample::pupilView(true)); }),
      teacher("page-pupil-listening",
              [](TeacherPage& p) {
                p.showPupil(sample::pupilView(true));
                for (auto* table : p.findChildren<Table*>()) {
                  if (table == p.answerTable()) emit table->rowPressed(4);
                }
                p.showPlaying(true);
              }),
      teacher("page-pupil-longest-name",
              [](TeacherPage& p) {
                auto view = sample::pupilView(true);
                view.pupil.name = sample::longestName();
                p.showPupil(view);
              }),
      teacher("page-pupil-empty", [](TeacherPage& p) { p.showPupil(sample::pupilView(false)); }),
      teacher("page-tablet",
              [](TeacherPage& p) {
                p.showProblems(sample::problems());
                turnTo(p, TeacherPage::tr("Tablet"));
              }),
      teacher("page-to-look-at",
              [](TeacherPage& p) {
                p.showClass(sample::classToLookAt());
                turnTo(p, TeacherPage::tr("To look at (%1)").arg(2));
              }),
      teacher("page-nothing-to-look-at",
              [](TeacherPage& p) { turnTo(p, TeacherPage::tr("To look at")); }),
      teacher("page-settings", [](TeacherPage& p) { turnTo(p, TeacherPage::tr("Settings")); }),
      teacher("page-settings-fault",
              [](TeacherPage& p) {
                p.showClass(sample::classToLookAt());
                turnTo(p, TeacherPage::tr("Settings"));
              }),
  };
}

}  // namespace

std::vector<SamplePage> samplePages() {
  std::vector<SamplePage> all = pagesAround();
  for (auto& page : sampleLogInPages()) all.push_back(std::move(page));
  for (auto& page : sampleItemPages()) all.push_back(std::move(page));
  return all;
}

}  // namespace primer::ui
