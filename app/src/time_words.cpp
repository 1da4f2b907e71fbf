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
