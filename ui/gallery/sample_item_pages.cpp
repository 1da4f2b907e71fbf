#include <QCoreApplication>

#include "gallery/sample_page.h"
#include "gallery/sample_placing.h"
#include "gallery/sample_quiz.h"
#include "gallery/sample_values.h"
#include "gallery/sample_voice.h"
#include "pages/quiz_page.h"
#include "pages/reading_page.h"
#include "pages/ruled_sheet.h"
#include "pages/sheet.h"
#include "pages/speaking_page.h"
#include "pages/work_page.h"
#include "pages/working_page.h"
#include "paper/ink_box.h"
#include "quiz/option_tile.h"
#include "quiz/placed_thing.h"
#include "widgets/button.h"

namespace primer::ui {
namespace {

SamplePage working(const char* name, std::function<void(WorkingPage&)> fill, bool written = true) {
  return samplePage<WorkingPage>(name, [fill, written](WorkingPage& p) {
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
  return samplePage<WorkPage>(name, [fill](WorkPage& p) {
    p.showPupil(sample::pupil());
    p.showSteps(sample::steps());
    p.showItem(sample::workedItem());
    p.showSaveState(app::SaveState::kSaved);
    p.grab();
    fill(p);
  });
}

// An item on a page that can speak.
template <typename P>
SamplePage spoken(const char* name, const app::ItemView& item, std::function<void(P&)> fill) {
  return samplePage<P>(name, [item, fill](P& p) {
    p.showPupil(sample::pupil());
    p.showSteps(sample::steps());
    p.setVoice([](const QString&) { return true; });
    p.showItem(item);
    p.showSaveState(app::SaveState::kSaved);
    p.grab();
    fill(p);
  });
}

SamplePage speaking(const char* name, const app::ItemView& item,
                    std::function<void(SpeakingPage&)> fill) {
  return spoken<SpeakingPage>(name, item, std::move(fill));
}

template <typename Pressed>
void press(ItemPage& page, const QString& word) {
  for (auto* one : page.findChildren<Pressed*>()) {
    if (one->text() == word && one->isEnabled()) return one->click();
  }
}

SamplePage reading(const char* name, std::function<void(ReadingPage&)> fill) {
  return spoken<ReadingPage>(name, sample::story(), std::move(fill));
}

SamplePage quiz(
    const char* name, const app::ItemView& item,
    std::function<void(QuizPage&)> fill = [](QuizPage&) {}) {
  return spoken<QuizPage>(name, item, std::move(fill));
}

// An answer that was begun.
app::ItemView begun(app::ItemView item, app::QuizReply reply) {
  item.begun.reply = std::move(reply);
  return item;
}

}  // namespace

std::vector<SamplePage> sampleItemPages() {
  return {
      speaking("page-speaking", sample::saying(), [](SpeakingPage&) {}),
      speaking("page-speaking-pair", sample::sayingPair(), [](SpeakingPage&) {}),
      speaking("page-speaking-long", sample::longestSaying(), [](SpeakingPage&) {}),
      speaking("page-speaking-no-voice", sample::saying(),
               [](SpeakingPage& p) {
                 p.setVoice({});
                 p.showItem(sample::saying());
               }),
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
      reading("page-reading-quietly",
              [](ReadingPage& p) {
                p.showHeard(sample::noMicrophone());
                app::JudgementView quiet;
                quiet.item_over = true;
                quiet.words = QCoreApplication::translate("Speaking", "You read it to yourself.");
                p.showJudgement(quiet);
              }),
      reading("page-reading-answered",
              [](ReadingPage& p) {
                p.showSaid(sample::storyRead());
                p.showJudgement(sample::saidJudgement(true));
                press<Button>(p, ReadingPage::tr("The questions"));
                for (const auto& question : p.item().questions) {
                  press<OptionTile>(p, question.right);
                }
              }),
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
                press<Button>(p, ReadingPage::tr("The questions"));
              }),
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
      working(
          "page-working-explained", [](WorkingPage& p) { p.showItem(sample::explainedItem()); },
          false),
      working(
          "page-working-example",
          [](WorkingPage& p) {
            p.showItem(sample::explainedItem());
            p.showExample(sample::sumExample());
          },
          false),
      working("page-working-explained-idea",
              [](WorkingPage& p) {
                p.showItem(sample::explainedItem());
                p.showJudgement(sample::notYet());
                p.showHint(sample::hint());
              }),
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
      quiz("page-quiz-longest", begun(sample::longestQuestion(), {{1}, 0, {}}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYet()); }),
      quiz("page-quiz-all", begun(sample::chooseAllQuestion(), {{0, 2}, 0, {}})),
      quiz("page-quiz-order", begun(sample::orderQuestion(), {{0, 4, 1}, 0, {}})),
      quiz("page-quiz-order-not-yet", begun(sample::orderQuestion(), {{0, 4, 1, 2, 5, 3}, 0, {}}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYet()); }),
      quiz("page-quiz-match", begun(sample::matchQuestion(), {{2, 3, -1, -1, -1}, 0, {}})),
      quiz("page-quiz-match-right", begun(sample::matchQuestion(), {{2, 3, 4, 0, 1}, 0, {}}),
           [](QuizPage& p) {
             p.showJudgement(sample::quizOver({{2, 3, 4, 0, 1}, 0, {}}));
           }),
      quiz("page-quiz-line", begun(sample::lineQuestion(), {{}, 9, {}})),
      quiz("page-quiz-line-not-yet", begun(sample::lineQuestion(), {{}, 7, {}}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYet()); }),
      quiz("page-quiz-number", begun(sample::numberQuestion(), {{}, 0, "1.5"})),
      quiz("page-quiz-number-not-yet", begun(sample::numberQuestion(), {{}, 0, "48"}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYet()); }),
      quiz("page-quiz-number-right", begun(sample::numberQuestion(), {{}, 0, "1.5"}),
           [](QuizPage& p) {
             p.showJudgement(sample::quizOver({{}, 0, "1.5 m"}));
           }),
      quiz("page-quiz-spell", begun(sample::spellQuestion(), {{}, 0, "shi"})),
      quiz("page-quiz-spell-not-yet", begun(sample::spellQuestion(), {{}, 0, "chip"}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYetSpelt()); }),
      quiz("page-quiz-spell-right", begun(sample::spellQuestion(), {{}, 0, "ship"}),
           [](QuizPage& p) {
             p.showJudgement(sample::quizOver({{}, 0, "ship"}));
           }),
      quiz("page-quiz-say", sample::sayQuestion()),
      quiz("page-quiz-say-heard", sample::sayQuestion(),
           [](QuizPage& p) { p.showAnswerHeard(sample::answerHeard(1)); }),
      quiz("page-quiz-say-not-yet", sample::sayQuestion(),
           [](QuizPage& p) {
             p.showAnswerHeard(sample::answerHeard(1));
             p.showJudgement(sample::quizNotYet());
           }),
      quiz("page-quiz-say-no-microphone", sample::sayQuestion(),
           [](QuizPage& p) { p.showAnswerHeard(sample::answerNotHeard()); }),
      quiz("page-quiz-say-right", sample::sayQuestion(),
           [](QuizPage& p) {
             p.showAnswerHeard(sample::answerHeard(0));
             p.showJudgement(sample::quizOver({{0}, 0, {}}));
           }),
      quiz("page-quiz-place-clock", begun(sample::clockQuestion(), {{3, -1}, 0, {}})),
      quiz("page-quiz-place-clock-right", begun(sample::clockQuestion(), {{2, 5}, 0, {}}),
           [](QuizPage& p) {
             p.showJudgement(sample::quizOver({{2, 5}, 0, {}}));
           }),
      quiz("page-quiz-place-plates",
           begun(sample::platesQuestion(), {{0, 0, 0, 0, 1, 1, 2, -1, -1, -1}, 0, {}})),
      quiz("page-quiz-place-rings", begun(sample::ringsQuestion(), {{1, 0, -1, 3, -1, 1}, 0, {}})),
      quiz("page-quiz-place-rings-not-yet",
           begun(sample::ringsQuestion(), {{1, 1, 2, 3, -1, 1}, 0, {}}),
           [](QuizPage& p) {
             p.showJudgement(sample::placedNotYet({true, false, true, true, false, true}));
           }),
      quiz("page-quiz-place-ruler", begun(sample::rulerQuestion(), {{-1, -1, 0}, 0, {}})),
      quiz("page-quiz-place-fractions",
           begun(sample::fractionLineQuestion(), {{1, -1, -1, -1}, 0, {}})),
      quiz("page-quiz-place-square", begun(sample::squareQuestion(), {{-1, 0, -1, 2}, 0, {}})),
      quiz("page-quiz-place-grid", sample::gridQuestion()),
      quiz("page-quiz-place-plant-told", begun(sample::plantQuestion(), {{-1, 0, -1, -1}, 0, {}}),
           [](QuizPage& p) {
             p.showHint(sample::placedTold({2, 0, 3, 1}));
           }),
      quiz("page-quiz-place-cube", sample::cubeQuestion()),
      quiz("page-quiz-place-triangle", sample::triangleQuestion()),
      quiz("page-quiz-place-fraction", sample::fractionQuestion(),
           [](QuizPage& p) { press<PlacedThing>(p, p.item().quiz.placing.things[0].text); }),
      quiz("page-quiz-place-bars", begun(sample::barsQuestion(), {{1, -1, -1}, 0, {}})),
      quiz("page-quiz-place-strips", begun(sample::stripsQuestion(), {{-1, 2, -1, -1}, 0, {}})),
      quiz("page-quiz-place-left-handed", sample::squareQuestion(),
           [](QuizPage& p) {
             p.setLeftHanded(true);
             p.showItem(begun(sample::squareQuestion(), {{-1, 0, -1, 2}, 0, {}}));
           }),
      quiz("page-quiz-text", sample::textQuestion()),
      quiz("page-quiz-text-not-yet",
           begun(sample::textQuestion(), {{}, 0, "Because it has more tens than the other"}),
           [](QuizPage& p) { p.showJudgement(sample::quizNotYet()); }),
      quiz("page-quiz-text-for-teacher",
           begun(sample::textQuestion(), {{}, 0, "Because it comes after 45"}),
           [](QuizPage& p) { p.showJudgement(sample::quizForTeacher()); }),
  };
}

}  // namespace primer::ui
