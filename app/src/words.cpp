#include "primer/app/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <string_view>

namespace primer::app {

namespace {

struct Words {
  std::string_view key;
  Severity severity;
  const char* title;
  const char* words;
};

constexpr std::array kWords = {
    Words{"database.full", Severity::kStops, QT_TRANSLATE_NOOP("Problems", "This tablet is full"),
          QT_TRANSLATE_NOOP("Problems",
                            "Answers cannot be saved until there is room. Nothing is lost: they "
                            "wait and are saved as soon as something else is deleted.")},
    Words{"database.read_only", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "This tablet cannot save"),
          QT_TRANSLATE_NOOP("Problems",
                            "Its memory can be read but not written. What was saved before is "
                            "safe. Please give the tablet to whoever looks after it.")},
    Words{"database.newer", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The records are from a newer Primer"),
          QT_TRANSLATE_NOOP("Problems",
                            "This version cannot open them and leaves them as they are. Please "
                            "install the newer version again.")},
    Words{"database.damaged", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The records are damaged"),
          QT_TRANSLATE_NOOP("Problems",
                            "They could not be mended here, and nothing was thrown away. Please "
                            "give the tablet to whoever looks after it.")},
    Words{"database.in_use", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The records are in use"),
          QT_TRANSLATE_NOOP("Problems",
                            "Another program works on them at this moment. Wait until it has "
                            "finished, then try again.")},
    Words{"database.missing", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "There are no records"),
          QT_TRANSLATE_NOOP("Problems", "The folder that should hold them is not there.")},
    Words{"database.failed", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The records cannot be used"),
          QT_TRANSLATE_NOOP("Problems",
                            "Reading or writing them failed. Please start the tablet again; if "
                            "that does not help, give it to whoever looks after it.")},
    Words{"device.key_lost", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The tablet's key is lost"),
          QT_TRANSLATE_NOOP("Problems",
                            "Without it the class's records cannot be opened here. They are "
                            "untouched: a backup on another tablet or stick can bring them back.")},
    Words{"recorder.full", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "Too many answers wait to be saved"),
          QT_TRANSLATE_NOOP("Problems",
                            "Please show this to your teacher before you go on. The answers are "
                            "kept as long as the tablet stays switched on.")},
    Words{"settings.range", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "This setting was not kept"),
          QT_TRANSLATE_NOOP("Problems",
                            "It lies outside of what Primer can do. What stood before stands.")},
    Words{"event.unknown", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "This answer is not here any more"),
          QT_TRANSLATE_NOOP("Problems", "Nothing was changed.")},
    Words{"lesson.missing", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The lesson is not there"),
          QT_TRANSLATE_NOOP("Problems",
                            "Its file is missing from this tablet. Please install Primer again.")},
    Words{"lesson.damaged", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The lesson is damaged"),
          QT_TRANSLATE_NOOP("Problems",
                            "Its file is not what it should be. Please install Primer again.")},
    Words{"lesson.newer", Severity::kStops,
          QT_TRANSLATE_NOOP("Problems", "The lesson is for a newer Primer"),
          QT_TRANSLATE_NOOP("Problems", "Please install the newer version.")},
    Words{"model.missing", Severity::kWarning,
          QT_TRANSLATE_NOOP("Problems", "Handwriting is switched off"),
          QT_TRANSLATE_NOOP("Problems",
                            "The file that reads handwriting is missing. Pupils type their "
                            "answers until Primer is installed again.")},
    Words{"model.damaged", Severity::kWarning,
          QT_TRANSLATE_NOOP("Problems", "Handwriting is switched off"),
          QT_TRANSLATE_NOOP("Problems",
                            "The file that reads handwriting cannot be used. Pupils type their "
                            "answers until Primer is installed again.")},
    Words{
        "knowledge.unusable", Severity::kNotice,
        QT_TRANSLATE_NOOP("Problems", "Exercises are chosen more coarsely"),
        QT_TRANSLATE_NOOP("Problems",
                          "The file that knows how pupils learn is missing or damaged. Everything "
                          "else works. Please install Primer again.")},
    Words{"sound.none", Severity::kNotice, QT_TRANSLATE_NOOP("Problems", "No sound comes out"),
          QT_TRANSLATE_NOOP("Problems",
                            "The loudspeaker or the headphones cannot be used now. Everything else "
                            "works, and listening to you, too.")},
    Words{"pictures.none", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "This pupil has no three pictures yet"),
          QT_TRANSLATE_NOOP("Problems", "Nothing was changed.")},
    Words{"pupil.unknown", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "This pupil is not here any more"),
          QT_TRANSLATE_NOOP("Problems", "Nothing was changed.")},
    Words{"repair.restored", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "The records were mended"),
          QT_TRANSLATE_NOOP("Problems", "They were damaged and hold %n answers again.")},
    Words{"repair.answers_lost", Severity::kWarning,
          QT_TRANSLATE_NOOP("Problems", "Some answers are lost"),
          QT_TRANSLATE_NOOP("Problems",
                            "%n answers could not be read any more and are in no backup.")},
    Words{"repair.left_out", Severity::kWarning,
          QT_TRANSLATE_NOOP("Problems", "Some records are lost"),
          QT_TRANSLATE_NOOP("Problems", "%n records belonged to others that were lost.")},
    Words{"repair.kept_aside", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "The damaged file is kept"),
          QT_TRANSLATE_NOOP("Problems",
                            "It lies in the folder \"damaged\" beside the records, in case "
                            "somebody can read more of it.")},
    Words{"repair.nothing_readable", Severity::kWarning,
          QT_TRANSLATE_NOOP("Problems", "This tablet begins anew"),
          QT_TRANSLATE_NOOP("Problems",
                            "Nothing in the damaged records could be read, and there is no "
                            "backup.")},
    Words{"repair.log_mended", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "The last answers were mended"),
          QT_TRANSLATE_NOOP("Problems",
                            "The log of the last answers was damaged; %n of them were read from "
                            "it all the same.")},
    Words{"repair.device_key", Severity::kNotice,
          QT_TRANSLATE_NOOP("Problems", "The tablet's key was mended"),
          QT_TRANSLATE_NOOP("Problems",
                            "One of its two files was damaged and was written anew from the "
                            "other.")},
};

const Words* find(std::string_view key) {
  const auto found = std::find_if(kWords.begin(), kWords.end(),
                                  [key](const Words& words) { return words.key == key; });
  return found == kWords.end() ? nullptr : &*found;
}

// The key under which an error without words of its own is told.
std::string_view keyOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNoSpace:
      return "database.full";
    case ErrorCode::kReadOnly:
      return "database.read_only";
    case ErrorCode::kNewerVersion:
      return "database.newer";
    case ErrorCode::kDamaged:
      return "database.damaged";
    default:
      return "database.failed";
  }
}

QString say(const char* text, int n = -1) {
  return QCoreApplication::translate("Problems", text, nullptr, n);
}

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace

Problem problemFrom(const Error& error) {
  const auto* words = find(error.key);
  if (words == nullptr) words = find(keyOf(error.code));
  Problem problem;
  problem.key = error.key.empty() ? fromView(words->key) : QString::fromStdString(error.key);
  problem.severity = words->severity;
  problem.title = say(words->title);
  problem.words = say(words->words);
  problem.detail = QString::fromStdString(error.message);
  return problem;
}

Problem problemFromRepair(const std::string& key, std::int64_t count, const std::string& english,
                          bool loss) {
  Problem problem;
  problem.key = QString::fromStdString(key);
  problem.severity = loss ? Severity::kWarning : Severity::kNotice;
  problem.detail = QString::fromStdString(english);
  if (const auto* words = find(key)) {
    problem.title = say(words->title);
    problem.words = say(words->words, static_cast<int>(count));
  } else {  // of a later version of the records
    problem.title = say(QT_TRANSLATE_NOOP("Problems", "The records were mended"));
    problem.words = problem.detail;
  }
  return problem;
}

Problem knowledgeProblem(const Error& error) {
  Error told = error;
  told.key = "knowledge.unusable";
  return problemFrom(told);
}

Problem noSoundProblem() {
  return problemFrom(Error(ErrorCode::kNotFound, "nothing to play with", "sound.none"));
}

Problem handwritingProblem(const Error& error) {
  Error told = error;
  told.key = error.code == ErrorCode::kNotFound ? "model.missing" : "model.damaged";
  return problemFrom(told);
}

}  // namespace primer::app
