#include "tour/stage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QThread>
#include <fstream>

#include "primer/base/thread_clock.h"
#include "theme/metrics.h"
#include "tour/hand.h"
#include "widgets/canvas.h"
#include "widgets/control.h"

namespace primer::ui {
namespace {

constexpr int kPatienceMs = 20'000;
constexpr int kSettleMs = 300;

}  // namespace

Stage::Stage(const TourSettings& settings, const app::TutorSettings& tutor, app::TutorParts parts)
    : settings_(settings),
      tutor_(tutor, clock_, realFileSystem(), std::move(parts)),
      window_(tutor_) {
  setScale(scaleFor(settings.size));
  window_.resize(settings.size);
  window_.show();
}

void Stage::turn(QEventLoop::ProcessEventsFlags flags) {
  const double ms = threadMilliseconds([flags] { QCoreApplication::processEvents(flags); });
  turns_.push_back({ms, pictures()});
}

bool Stage::wait(const std::function<bool()>& holds) { return waitFor(holds, kPatienceMs); }
bool Stage::waitLong(const std::function<bool()>& holds) { return waitFor(holds, 4 * kPatienceMs); }

bool Stage::waitFor(const std::function<bool()>& holds, int patience_ms) {
  QElapsedTimer clock;
  clock.start();
  while (!holds()) {
    if (clock.elapsed() > patience_ms) return false;
    turn(QEventLoop::AllEvents);
    if (!holds()) QThread::msleep(1);
  }
  return true;
}

void Stage::must(bool holds, const std::string& what) {
  if (!holds) throw Stuck{what};
}

void Stage::should(bool holds, const std::string& what) {
  if (!holds) failures_.push_back(what);
}

void Stage::pause(int ms) {
  QElapsedTimer clock;
  clock.start();
  do {
    turn(QEventLoop::AllEvents);
    QThread::msleep(1);
  } while (clock.elapsed() < ms);
}

void Stage::take(const std::string& name, const std::string& title, const std::string& what,
                 const char* who) {
  pause(30);  // layouts settle in events of their own
  waitFor([this] { return cutTexts(window_).empty(); }, kSettleMs);
  const int number = int(index_.size()) + 1;
  const std::string file = (number < 10 ? "0" : "") + std::to_string(number) + "-" + name + ".png";
  for (const QWidget* cut : cutTexts(window_)) {
    should(false, file + ": not all of this is to be seen: " + cut->accessibleName().toStdString());
  }
  const bool saved =
      window_.grab().save(QString::fromStdString((settings_.folder / file).string()));
  must(saved, "cannot write " + (settings_.folder / file).string());
  index_.push_back({{"file", file}, {"title", title}, {"what", what}, {"who", who}});
}

void Stage::tapOn(QWidget* widget, const std::string& what) {
  must(wait([widget] { return widget && widget->isVisible() && widget->isEnabled(); }),
       what + " cannot be tapped");
  scrollTo(widget);
  must(tap(widget), what + " lies below something else");
}

void Stage::press(QWidget* page, const QString& word) {
  for (Control* control : page->findChildren<Control*>()) {
    if (control->isVisible() && control->accessibleName() == word) {
      pressed_ = word;
      since_pressed_.start();
      tapOn(control, word.toStdString());
      return;
    }
  }
  throw Stuck{"there is no " + word.toStdString()};
}

void Stage::type(QWidget* page, const QString& keys) {
  for (const QChar key : keys) press(page, QString(key));
}

Status Stage::writeIndex() const {
  const std::filesystem::path file = settings_.folder / "tour.json";
  std::ofstream out(file);
  out << index_.dump(2) << '\n';
  if (!out.flush()) return fail(ErrorCode::kIo, "cannot write " + file.string());
  return {};
}

}  // namespace primer::ui
