#include "gallery/sample_pages.h"

#include <QCoreApplication>
#include <QLayout>

#include "gallery/sample_quiz.h"
#include "gallery/sample_values.h"
#include "gallery/sample_voice.h"
#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/lines_page.h"
#include "pages/log_in_page.h"
#include "pages/quiz_page.h"
#include "pages/reading_page.h"
#include "pages/ruled_sheet.h"
#include "pages/set_up_page.h"
#include "pages/sheet.h"
#include "pages/simple_pages.h"
#include "pages/speaking_page.h"
#include "pages/teacher_page.h"
#include "pages/well_done_page.h"
#include "pages/work_page.h"
#include "pages/working_page.h"
#include "paper/ink_box.h"
#include "theme/metrics.h"
#include "widgets/button.h"
#include "widgets/keys.h"
#include "widgets/sidebar.h"
#include "widgets/table.h"

namespace primer::ui {
namespace {

// What was hidden or shown changes how small a page can be; a window that is not shown is not told.
void settle(QWidget& page) {
  const auto inside = page.findChildren<QWidget*>();
  for (auto widget = inside.rbegin(); widget != inside.rend(); ++widget) {
    if ((*widget)->layout() != nullptr) (*widget)->layout()->activate();
  }
  if (page.layout() != nullptr) page.layout()->activate();
}

template <typename P>
SamplePage page(const char* name, std::function<void(P&)> fill) {
  return {name, [fill](QSize size) {
            auto made = std::make_unique<P>();
            made->resize(size);
            applyScale(made.get());
            fill(*made);
            // Laid out as if it were shown: twice, since text that wraps needs its width first.
            made->ensurePolished();
            made->grab();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            made->grab();
            // A window of its own grows with what it held for a moment, and stays so: on a screen
            // a page is as large as the screen.
            settle(*made);
            made->resize(size);
            made->grab();
            return std::unique_ptr<QWidget>(std::move(made));
          }};
}

SamplePage working(const char* name, std::function<void(WorkingPage&)> fill, bool written = true) {
  return page<WorkingPage>(name, [fill, written](WorkingPage& p) {
    p.showPupil(sample::pupil());
    p.showSteps(sample::steps());
    p.showItem(sample::item());
    p.showSaveState(app::SaveState::kSaved);
    p.grab();
    if (written) p.sheet()->inkBox()->setInk(sample::ink());
    fill(p);
  });
}

SamplePage worked(const char* name, std::function<void(WorkPage&)> fill) {
  return page<WorkPage>(name, [fill](WorkPage& p) {
    p.showPupil(sample::pupil());
    p.showSteps(sample::steps());
    p.showItem(sample::workedItem());
    p.showSaveState(app::SaveState::kSaved);
    p.grab();
    fill(p);
  });
}

// What the two pages that listen have in common.
template <typename P>
SamplePage listening(const char* name, const app::ItemView& item, std::function<void(P&)> fill) {
  return page<P>(name, [item, fill](P& p) {
    p.showPupil(sample::pupil());
    p.showSteps(sample::steps());
    p.setVoice(true);
    p.showItem(item);
    p.showSaveState(app::SaveState::kSaved);
    p.grab();
    fill(p);
  });
}

SamplePage speaking(const char* name, const app::ItemView& item,
                    std::function<void(SpeakingPage&)> fill) {
  return listening<SpeakingPage>(name, item, std::move(fill));
}

SamplePage reading(const char* name, std::function<void(ReadingPage&)> fill) {
  return listening<ReadingPage>(name, sample::story(), std::move(fill));
}

SamplePage home(const char* name, const app::HomeView& view) {
  return page<HomePage>(name, [view](HomePage& p) {
    p.showPupil(sample::pupil());
    p.setVoice(true);
    p.showHome(view);
  });
}

SamplePage quiz(
    const char* name, const app::ItemView& item,
    std::function<void(QuizPage&)> fill = [](QuizPage&) {}) {
  return page<QuizPage>(name, [item, fill](QuizPage& p) {
    p.showPupil(sample::pupil());
    p.showSteps(sample::steps());
    p.setVoice(true);
    p.showItem(item);
    p.showSaveState(app::SaveState::kSaved);
    p.grab();
    fill(p);
  });
}

// An answer that was begun.
app::ItemView begun(app::ItemView item, app::QuizReply reply) {
  item.begun.reply = std::move(reply);
  return item;
}

SamplePage teacher(const char* name, std::function<void(TeacherPage&)> fill) {
  return page<TeacherPage>(name, [fill](TeacherPage& p) {
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

}  // namespace

const std::vector<SamplePage>& samplePages() {
  static const std::vector<SamplePage> all = {
      page<StartingPage>("page-starting", [](StartingPage&) {}),
      page<StoppedPage>("page-stopped", [](StoppedPage& p) { p.showProblems(sample::problems()); }),
      page<SetUpPage>("page-set-up-name", [](SetUpPage& p) { pressNext(p, 0); }),
      page<SetUpPage>("page-set-up-pin", [](SetUpPage& p) { pressNext(p, 1); }),
      page<SetUpPage>("page-set-up-pupils", [](SetUpPage& p) { pressNext(p, 3); }),
      page<LogInPage>("page-log-in",
                      [](LogInPage& p) {
                        p.setVoice(true);
                        p.showGrid(sample::grid(15));
                      }),
      page<LogInPage>("page-log-in-one", [](LogInPage& p) { p.showGrid(sample::grid(1)); }),
      page<LogInPage>("page-log-in-thirty", [](LogInPage& p) { p.showGrid(sample::grid(30)); }),
      home("page-home-first", sample::firstHome()),
      home("page-home", sample::home(false)),
      home("page-home-long", sample::home(true)),
      home("page-home-news", sample::homeWithNews()),
      speaking("page-speaking", sample::saying(), [](SpeakingPage&) {}),
      speaking("page-speaking-pair", sample::sayingPair(), [](SpeakingPage&) {}),
      speaking("page-speaking-long", sample::longestSaying(), [](SpeakingPage&) {}),
      speaking("page-speaking-listening", sample::saying(),
               [](SpeakingPage& p) {
                 for (int i = 0; i < 20; ++i) p.showHeard(sample::heardSome(2));
               }),
      speaking("page-speaking-no-microphone", sample::saying(),
               [](SpeakingPage& p) { p.showHeard(sample::noMicrophone()); }),
      speaking("page-speaking-said", sample::saying(),
               [](SpeakingPage& p) {
                 p.showSaid(sample::saidWithSlips());
                 p.showJudgement(sample::saidJudgement(false));
               }),
      speaking("page-speaking-keep", sample::saying(),
               [](SpeakingPage& p) {
                 p.showSaid(sample::saidWithSlips());
                 p.showJudgement(sample::saidJudgement(false));
                 p.showKeep(app::KeepState::kOffered);
               }),
      speaking("page-speaking-kept", sample::longestSaying(),
               [](SpeakingPage& p) {
                 p.showSaid(sample::saidClearly(sample::longestSaying()));
                 p.showJudgement(sample::saidJudgement(true));
                 p.showKeep(app::KeepState::kKept);
               }),
      speaking("page-speaking-grown", sample::saying(),
               [](SpeakingPage& p) {
                 p.showSaid(sample::saidWithSlips());
                 p.showJudgement(sample::saidJudgement(false));
                 auto again = sample::saidWithSlips();
                 again.words[0].sounds[0].mark = app::SoundMark::kClear;
                 again.words[1].sounds[0].mark = app::SoundMark::kClear;
                 again.words[2].sounds[2].mark = app::SoundMark::kClear;
                 again.to_try.clear();
                 again.sounds_clear = 12;
                 p.showSaid(again);
                 p.showJudgement(sample::saidJudgement(true));
               }),
      speaking("page-speaking-long-said", sample::longestSaying(),
               [](SpeakingPage& p) {
                 p.showSaid(sample::saidClearly(sample::longestSaying()));
                 p.showJudgement(sample::saidJudgement(true));
               }),
      reading("page-reading", [](ReadingPage&) {}),
      reading("page-reading-following",
              [](ReadingPage& p) {
                for (int i = 0; i < 20; ++i) p.showHeard(sample::heardSome(14));
              }),
      reading("page-reading-stuck",
              [](ReadingPage& p) {
                auto heard = sample::heardSome(29);
                heard.silent_ms = ReadingPage::kStuckMs;
                p.showHeard(heard);
              }),
      reading("page-reading-no-microphone",
              [](ReadingPage& p) { p.showHeard(sample::noMicrophone()); }),
      reading("page-reading-read",
              [](ReadingPage& p) {
                p.showSaid(sample::storyRead());
                p.showJudgement(sample::saidJudgement(true));
              }),
      reading("page-reading-keep",
              [](ReadingPage& p) {
                p.showSaid(sample::storyRead());
                p.showJudgement(sample::saidJudgement(true));
                p.showKeep(app::KeepState::kOffered);
              }),
      reading("page-reading-question",
              [](ReadingPage& p) {
                p.showSaid(sample::storyRead());
                p.showJudgement(sample::saidJudgement(true));
                for (auto* button : p.findChildren<Button*>()) {
                  if (button->text() == QStringLiteral("The questions")) button->click();
                }
              }),
      page<ChoosePage>("page-choose",
                       [](ChoosePage& p) { p.showSkills(sample::home(true).skills); }),
      working(
          "page-working-walk",
          [](WorkingPage& p) {
            app::ItemView item = sample::item();
            item.of = 12;
            item.walk = true;
            p.showItem(item);
          },
          false),
      working(
          "page-working", [](WorkingPage&) {}, false),
      working("page-working-read", [](WorkingPage& p) { p.showReading(sample::reading(false)); }),
      working("page-working-doubt", [](WorkingPage& p) { p.showReading(sample::reading(true)); }),
      working("page-working-right", [](WorkingPage& p) { p.showJudgement(sample::right()); }),
      working("page-working-not-yet", [](WorkingPage& p) { p.showJudgement(sample::notYet()); }),
      working("page-working-hint",
              [](WorkingPage& p) {
                p.showJudgement(sample::notYet());
                p.showHint(sample::hint());
              }),
      working("page-working-unreadable",
              [](WorkingPage& p) {
                p.showReading(sample::unreadable());
                p.showJudgement(sample::cannotRead());
              }),
      working("page-working-left-handed",
              [](WorkingPage& p) {
                p.setLeftHanded(true);
                p.showReading(sample::reading(true));
              }),
      working(
          "page-working-keys",
          [](WorkingPage& p) {
            app::ItemView item = sample::item();
            item.keypad_only = true;
            p.showItem(item);
            p.sheet()->typeDigit(1);
            p.sheet()->typeDigit(5);
          },
          false),
      worked("page-work", [](WorkPage&) {}),
      worked("page-work-not-yet",
             [](WorkPage& p) {
               p.showWork(sample::work(true));
               p.showHint(sample::workHint());
             }),
      worked("page-work-doubt", [](WorkPage& p) { p.showWork(sample::work(false)); }),
      worked("page-work-keys",
             [](WorkPage& p) {
               app::ItemView item = sample::workedItem();
               item.keypad_only = true;
               p.showItem(item);
               p.sheet()->typeText("2x+6=16");
               p.sheet()->finishTypedLine();
               p.sheet()->typeText("x=10/2");
             }),
      worked("page-work-example", [](WorkPage& p) { p.showExample(sample::example()); }),
      quiz("page-quiz-not-yet", begun(sample::chooseQuestion(), {{2}, 0, {}}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYet()); }),
      quiz("page-quiz-right", begun(sample::chooseQuestion(), {{1}, 0, {}}),
           [](QuizPage& p) {
             p.showJudgement(sample::quizOver({{1}, 0, {}}));
           }),
      quiz("page-quiz-gap", begun(sample::gapQuestion(), {{0, -1}, 0, {}})),
      quiz("page-quiz-gap-not-yet", begun(sample::gapQuestion(), {{2, 1}, 0, {}}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYet()); }),
      page<BreakPage>("page-break",
                      [](BreakPage& p) {
                        p.setVoice(true);
                        p.showBreak(sample::breakReminder(true));
                      }),
      page<BreakPage>("page-break-again",
                      [](BreakPage& p) { p.showBreak(sample::breakReminder(false)); }),
      page<WellDonePage>("page-visit-over",
                         [](WellDonePage& p) { p.showSummary(sample::visitOver()); }),
      page<WellDonePage>("page-well-done",
                         [](WellDonePage& p) {
                           p.setVoice(true);
                           p.showSummary(sample::summary());
                         }),
      page<LinesPage>("page-lines", [](LinesPage& p) { p.showDone(sample::summary().done); }),
      page<HandOverPage>("page-hand-over", [](HandOverPage& p) { p.showPupil(sample::pupil()); }),
      page<PinPage>("page-pin", [](PinPage& p) { p.refuse("That is not the PIN."); }),
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
      teacher("page-pupil-empty", [](TeacherPage& p) { p.showPupil(sample::pupilView(false)); }),
      teacher("page-tablet",
              [](TeacherPage& p) {
                p.showProblems(sample::problems());
                turnTo(p, "Tablet");
              }),
      teacher("page-to-look-at",
              [](TeacherPage& p) {
                p.showClass(sample::classToLookAt());
                turnTo(p, "To look at (2)");
              }),
      teacher("page-nothing-to-look-at", [](TeacherPage& p) { turnTo(p, "To look at"); }),
      teacher("page-settings", [](TeacherPage& p) { turnTo(p, "Settings"); }),
      teacher("page-settings-fault",
              [](TeacherPage& p) {
                p.showClass(sample::classToLookAt());
                turnTo(p, "Settings");
              }),
  };
  return all;
}

}  // namespace primer::ui
