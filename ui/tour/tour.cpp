#include "tour/tour.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <system_error>

#include "tour/scenes.h"

namespace primer::ui {
namespace {

namespace fs = std::filesystem;

constexpr int kSums = 6;
constexpr std::uint64_t kSeed = 20;  // of the sums, so that every tour shows the same ones

app::TutorSettings tutorSettings(const fs::path& data) {
  app::TutorSettings settings;
  settings.data_folder = data;
  settings.sums_in_a_set = kSums;
  settings.seed = kSeed;
  settings.speech_sensitivity = 1;  // a made voice is clear: the strictest teacher
  return settings;
}

app::TutorParts tutorParts(const MadeVoice& voice) {
  app::TutorParts parts;
  parts.hearing.open_source = voice.source();
  return parts;
}

}  // namespace

QString answerTo(const QString& prompt) {
  static const QRegularExpression pattern(QStringLiteral("(\\d+)\\s*([+\\-−×÷])\\s*(\\d+)"));
  const auto match = pattern.match(prompt);
  const int left = match.captured(1).toInt();
  const int right = match.captured(3).toInt();
  switch (match.captured(2).isEmpty() ? u' ' : match.captured(2).at(0).unicode()) {
    case u'+':
      return QString::number(left + right);
    case u'-':
    case u'−':
      return QString::number(left - right);
    case u'×':
      return QString::number(left * right);
    case u'÷':
      return right == 0 ? QString() : QString::number(left / right);
    default:
      return {};
  }
}

Tour::Tour(const TourSettings& settings, const fs::path& data)
    : Tour(settings, data, MadeVoice(data)) {}

Tour::Tour(const TourSettings& settings, const fs::path& data, MadeVoice voice)
    : Stage(settings, tutorSettings(data), tutorParts(voice)), voice_(std::move(voice)) {
  QObject::connect(&tutor(), &app::Tutor::inkRead, &window(),
                   [this](const app::ReadingView& reading) { reading_ = reading; });
  QObject::connect(&tutor(), &app::Tutor::judged, &window(),
                   [this](const app::JudgementView& judgement) {
                     judgement_ = judgement;
                     if (pressed() == QLatin1String("Check"))
                       judged_ms_.push_back(sincePressedMs());
                   });
  // Connected after the window: the page is filled by then.
  QObject::connect(&tutor(), &app::Tutor::itemShown, &window(), [this] {
    if (pressed() == QLatin1String("Next")) next_ms_.push_back(sincePressedMs());
  });
  QObject::connect(&tutor(), &app::Tutor::hintShown, &window(),
                   [this](const app::HintView& hint) { hint_ = hint; });
  QObject::connect(&tutor(), &app::Tutor::workChanged, &window(),
                   [this](const app::WorkView& work) { work_ = work; });
  QObject::connect(&tutor(), &app::Tutor::said, &window(),
                   [this](const app::SaidView& said) { said_ = said; });
}

void Tour::tellTimes() {
  const auto tell = [](const char* what, std::vector<double> ms) {
    if (ms.empty()) return;
    std::sort(ms.begin(), ms.end());
    std::fprintf(stderr, "%s: median %.1f, 99 in 100 within %.1f, longest %.1f ms of %zu\n", what,
                 ms[ms.size() / 2], ms[ms.size() * 99 / 100], ms.back(), ms.size());
  };
  tell("pen-up to print", reading_ms_);
  tell("end of listening to marks", marks_ms_);
  tell("word to light", light_ms_);
  tell("\"Check\" to verdict", judged_ms_);
  tell("\"Next\" to the next item", next_ms_);
  std::vector<double> busy;
  Turn longest;
  for (const Turn& turn : turns()) {
    if (turn.ms > 0.2) busy.push_back(turn.ms);  // an empty look at the clock is no frame
    if (turn.ms > longest.ms) longest = turn;
  }
  tell("a turn of the window's thread", busy);
  std::fprintf(stderr, "the longest of these came after picture %zu\n", longest.after);
}

std::vector<std::string> Tour::play() {
  try {
    tutor().start();
    setUp();
    guest();
    logIn();
    walk();
    home();
    sumExample();
    rightAnswer();
    doubtfulDigit();
    notYet();
    cannotRead();
    otherHand();
    chooseFreely();
    work();
    quiz();
    placing();
    spelling();
    sayAnAnswer();
    speaking();
    readingAloud();
    handOver();
    numberKeys();
    toTheEnd();
    wellDone();
    shortDivision();
    teacher();
    threePictures(pictures_);
    tellTimes();
  } catch (const Stuck& stuck) {
    failures_.push_back("stuck after picture " + std::to_string(pictures()) + ": " + stuck.what);
  }
  return failures_;
}

Result<std::vector<std::string>> playTour(const TourSettings& settings) {
  std::error_code made;
  fs::create_directories(settings.folder, made);
  if (made) {
    return fail(ErrorCode::kIo, "cannot make " + settings.folder.string() + ": " + made.message());
  }
  const QTemporaryDir data;
  if (!data.isValid()) return fail(ErrorCode::kIo, "no room for a data folder");
  Tour tour(settings, data.path().toStdString());
  std::vector<std::string> failures = tour.play();
  PRIMER_TRY(tour.writeIndex());
  return failures;
}

}  // namespace primer::ui
