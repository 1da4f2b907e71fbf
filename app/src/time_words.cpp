#include "time_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace primer::app {

namespace {
QString say(const char* text) { return QCoreApplication::translate("Time", text); }
QDateTime local(WallTime at) { return QDateTime::fromMSecsSinceEpoch(at.unix_ms); }
}  // namespace

bool sameDay(WallTime left, WallTime right) { return local(left).date() == local(right).date(); }

int daysBetween(WallTime from, WallTime to) {
  return static_cast<int>(local(from).date().daysTo(local(to).date()));
}

QString daysAgoWords(int days) {
  const auto words = [](const char* text, int n = -1) {
    return QCoreApplication::translate("LearningPath", text, nullptr, n);
  };
  if (days <= 0) return words(QT_TRANSLATE_NOOP("LearningPath", "today"));
  if (days == 1) return words(QT_TRANSLATE_NOOP("LearningPath", "yesterday"));
  if (days < 7) return words(QT_TRANSLATE_NOOP("LearningPath", "%n days ago"), days);
  if (days < 14) return words(QT_TRANSLATE_NOOP("LearningPath", "last week"));
  if (days < 60) return words(QT_TRANSLATE_NOOP("LearningPath", "%n weeks ago"), days / 7);
  return words(QT_TRANSLATE_NOOP("LearningPath", "a long time ago"));
}

QString timeWords(WallTime at, bool trusted, WallTime now) {
  if (!trusted) return say(QT_TRANSLATE_NOOP("Time", "time not known"));
  const auto moment = local(at);
  const auto today = local(now).date();
  const auto clock = QLocale().toString(moment.time(), QStringLiteral("HH:mm"));
  if (moment.date() == today) return say(QT_TRANSLATE_NOOP("Time", "today, %1")).arg(clock);
  if (moment.date() == today.addDays(-1)) {
    return say(QT_TRANSLATE_NOOP("Time", "yesterday, %1")).arg(clock);
  }
  const bool this_year = moment.date().year() == today.year();
  return QLocale().toString(moment.date(),
                            this_year ? QStringLiteral("d MMMM") : QStringLiteral("d MMMM yyyy"));
}

}  // namespace primer::app
