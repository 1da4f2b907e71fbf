#include "class_rules.h"

#include <QCoreApplication>

namespace primer::app {

namespace {

static_assert(ClassRules::kLeastMinutes == storage::ClassSettings::kShortest.count());
static_assert(ClassRules::kMostMinutes == storage::ClassSettings::kLongest.count());

QString say(const char* text) { return QCoreApplication::translate("Rules", text); }

int minutesOf(const std::optional<std::chrono::minutes>& set) {
  return set ? static_cast<int>(set->count()) : 0;
}

std::optional<std::chrono::minutes> minutesFrom(int minutes) {
  return minutes == 0 ? std::nullopt : std::optional(std::chrono::minutes(minutes));
}

// "session_minutes: 7000 is not 5 to 240": which setting it is about.
QString faultWords(const std::string& fault) {
  const auto name = fault.substr(0, fault.find(':'));
  const auto what =
      name == "session_minutes" ? say(QT_TRANSLATE_NOOP("Rules", "How long a visit lasts"))
      : name == "break_minutes" ? say(QT_TRANSLATE_NOOP("Rules", "The reminder of a break"))
      : name == "judged"        ? say(QT_TRANSLATE_NOOP("Rules", "When lines are looked at"))
                                : say(QT_TRANSLATE_NOOP("Rules", "How closely Primer listens"));
  return say(QT_TRANSLATE_NOOP("Rules",
                               "%1: what is written in the records cannot be used (%2). The usual "
                               "setting stands until you choose another."))
      .arg(what, QString::fromStdString(fault));
}

}  // namespace

ClassRules rulesFrom(const storage::StoredClassSettings& stored) {
  ClassRules rules;
  rules.session_minutes = minutesOf(stored.settings.session);
  rules.break_minutes = minutesOf(stored.settings.break_after);
  switch (stored.settings.judged) {
    case storage::JudgedWhen::kPause:
      rules.judged = JudgedWhen::kPause;
      break;
    case storage::JudgedWhen::kNextLine:
      rules.judged = JudgedWhen::kNextLine;
      break;
    case storage::JudgedWhen::kButton:
      rules.judged = JudgedWhen::kButton;
      break;
  }
  rules.sensitivity = stored.settings.sensitivity;
  for (const auto& fault : stored.faults) rules.faults.append(faultWords(fault));
  return rules;
}

storage::ClassSettings settingsFrom(const ClassRules& rules) {
  storage::ClassSettings settings;
  settings.session = minutesFrom(rules.session_minutes);
  settings.break_after = minutesFrom(rules.break_minutes);
  settings.judged = rules.judged == JudgedWhen::kPause      ? storage::JudgedWhen::kPause
                    : rules.judged == JudgedWhen::kNextLine ? storage::JudgedWhen::kNextLine
                                                            : storage::JudgedWhen::kButton;
  settings.sensitivity = rules.sensitivity;
  return settings;
}

}  // namespace primer::app
