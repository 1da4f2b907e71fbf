#include "window/item_pages.h"

#include "pages/quiz_page.h"
#include "pages/reading_page.h"
#include "pages/speaking_page.h"
#include "pages/work_page.h"
#include "pages/working_page.h"
#include "primer/app/listener.h"

namespace primer::ui {
namespace {

using app::Tutor;

ItemPage* makeWorking(Tutor& tutor) {
  auto* page = new WorkingPage;
  QObject::connect(page, &WorkingPage::readingWanted, &tutor, &Tutor::readInk);
  QObject::connect(page, &WorkingPage::alternativeChosen, &tutor, &Tutor::chooseAlternative);
  QObject::connect(page, &WorkingPage::checkPressed, &tutor, &Tutor::check);
  QObject::connect(page, &WorkingPage::typed, &tutor, &Tutor::submitTyped);
  QObject::connect(page, &WorkingPage::exampleWanted, &tutor, &Tutor::askForExample);
  QObject::connect(&tutor, &Tutor::inkRead, page, &WorkingPage::showReading);
  return page;
}

ItemPage* makeWork(Tutor& tutor) {
  auto* page = new WorkPage;
  QObject::connect(page, &WorkPage::readingWanted, &tutor, &Tutor::readSheet);
  QObject::connect(page, &WorkPage::linesTyped, &tutor, &Tutor::submitLines);
  QObject::connect(page, &WorkPage::judgeWanted, &tutor, &Tutor::judgeLines);
  QObject::connect(page, &WorkPage::donePressed, &tutor, &Tutor::finishWork);
  QObject::connect(page, &WorkPage::lineChosen, &tutor, &Tutor::chooseLine);
  QObject::connect(page, &WorkPage::disagreed, &tutor, &Tutor::disagree);
  QObject::connect(page, &WorkPage::exampleWanted, &tutor, &Tutor::askForExample);
  QObject::connect(&tutor, &Tutor::workChanged, page, &WorkPage::showWork);
  return page;
}

ItemPage* makeQuiz(Tutor& tutor) {
  auto* page = new QuizPage;
  QObject::connect(page, &QuizPage::answered, &tutor, &Tutor::submitQuiz);
  auto& listener = tutor.listener();
  QObject::connect(page, &QuizPage::listenWanted, &tutor, &Tutor::listen);
  QObject::connect(page, &QuizPage::mayEnd, &listener, &app::Listener::letItEnd);
  QObject::connect(page, &QuizPage::stopWanted, &listener, &app::Listener::stop);
  QObject::connect(&listener, &app::Listener::heardNow, page, &QuizPage::showHeard);
  QObject::connect(&tutor, &Tutor::answerHeard, page, &QuizPage::showAnswerHeard);
  QObject::connect(page, &QuizPage::exampleWanted, &tutor, &Tutor::askForExample);
  return page;
}

// What the two pages that listen have in common.
template <typename P>
P* makeListening(Tutor& tutor) {
  auto* page = new P;
  auto& listener = tutor.listener();
  listener.prepare();
  QObject::connect(page, &P::listenWanted, &tutor, &Tutor::listen);
  QObject::connect(page, &P::mayEnd, &listener, &app::Listener::letItEnd);
  QObject::connect(page, &P::stopWanted, &listener, &app::Listener::stop);
  QObject::connect(page, &P::playBackWanted, &listener, &app::Listener::playBack);
  QObject::connect(page, &P::stopPlayingWanted, &listener, &app::Listener::stopPlaying);
  QObject::connect(&listener, &app::Listener::heardNow, page, &P::showHeard);
  QObject::connect(&listener, &app::Listener::playingChanged, page, &P::showPlaying);
  QObject::connect(&tutor, &Tutor::said, page, &P::showSaid);
  QObject::connect(page, &P::keepWanted, &tutor, &Tutor::keepForTeacher);
  QObject::connect(&tutor, &Tutor::keepChanged, page, &P::showKeep);
  return page;
}

ItemPage* makeSpeaking(Tutor& tutor) {
  auto* page = makeListening<SpeakingPage>(tutor);
  QObject::connect(page, &SpeakingPage::drillWanted, &tutor, &Tutor::practiseSound);
  return page;
}

ItemPage* makeReading(Tutor& tutor) {
  auto* page = makeListening<ReadingPage>(tutor);
  QObject::connect(page, &ReadingPage::readQuietly, &tutor, &Tutor::readQuietly);
  QObject::connect(page, &ReadingPage::questionAnswered, &tutor, &Tutor::answerQuestion);
  return page;
}

struct Row {
  app::ItemKind kind;
  ItemPage* (*make)(Tutor& tutor);
};

// A new kind is one row here.
constexpr Row kPages[] = {
    {app::ItemKind::kNumber, makeWorking}, {app::ItemKind::kWorking, makeWork},
    {app::ItemKind::kQuiz, makeQuiz},      {app::ItemKind::kSaying, makeSpeaking},
    {app::ItemKind::kStory, makeReading},
};

}  // namespace

ItemPages::ItemPages(app::Tutor& tutor, std::function<void(ItemPage*)> welcome)
    : tutor_(tutor), welcome_(std::move(welcome)) {}

ItemPage* ItemPages::made(app::ItemKind kind) const {
  const auto found = pages_.find(kind);
  return found == pages_.end() ? nullptr : found->second;
}

ItemPage* ItemPages::need(app::ItemKind kind) {
  if (auto* page = made(kind)) return page;
  for (const auto& row : kPages) {
    if (row.kind != kind) continue;
    auto* page = row.make(tutor_);
    pages_.emplace(kind, page);
    welcome_(page);
    return page;
  }
  Q_UNREACHABLE();
}

}  // namespace primer::ui
