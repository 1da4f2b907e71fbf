#include "backroom.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

#include "primer/app/pictures.h"
#include "primer/app/words.h"
#include "primer/content/pack.h"
#include "primer/handwriting/number_reader.h"
#include "printed_layout.h"
#include "shipped_sheet_reader.h"

namespace primer::app {

namespace {

class ShippedReader final : public AnswerReader {
 public:
  explicit ShippedReader(handwriting::NumberReader reader) : reader_(std::move(reader)) {}
  handwriting::NumberReading read(const Ink& ink, const handwriting::Box& box) override {
    return reader_.read(ink, box);
  }

 private:
  handwriting::NumberReader reader_;
};

Result<std::unique_ptr<AnswerReader>> openShippedReader() {
  PRIMER_ASSIGN(auto reader, handwriting::NumberReader::openShipped());
  return std::make_unique<ShippedReader>(std::move(reader));
}

QString say(const char* text) { return QCoreApplication::translate("Backroom", text); }

PupilCard cardFrom(const storage::PupilCard& card) {
  PupilCard shown;
  shown.id = card.id;
  shown.picture = QString::fromStdString(card.picture);
  shown.picture_name = pictureName(shown.picture);
  shown.label = QString::fromStdString(card.label);
  shown.asks = card.asks;
  return shown;
}

ClassCard cardFrom(const storage::ClassCard& card) {
  return {card.id, QString::fromStdString(card.label)};
}

UnlockRefusal refusal(const QString& words, std::chrono::milliseconds wait) {
  using std::chrono::ceil;
  return {words, static_cast<int>(ceil<std::chrono::seconds>(wait).count())};
}

}  // namespace

Backroom::Backroom(TutorSettings settings, Clock& clock, FileSystem& files, TutorParts parts)
    : settings_(std::move(settings)), clock_(clock), files_(files), parts_(std::move(parts)) {}

Backroom::~Backroom() = default;

Backroom::Opened Backroom::open() {
  Opened opened;
  openRecords(opened);
  openLesson(opened);
  openReader(opened);
  opened.knowledge =
      std::make_shared<const knowledge::KnowledgeModel>(openKnowledge(&opened.problems));
  return opened;
}

void Backroom::openRecords(Opened& opened) {
  lock();
  heard_.clear();
  to_learn_from_.reset();
  histories_.clear();
  recorder_.reset();
  database_.reset();
  storage::OpenOptions options;
  options.folder = settings_.data_folder;
  options.files = &files_;
  options.clock = &clock_;
  options.max_pages = parts_.most_pages;
  if (parts_.quick_pin) options.pin_cost = storage::PinCost::least();
  auto database = storage::Database::open(options);
  if (!database) {
    opened.problems.append(problemFrom(database.error()));
    return;
  }
  database_ = *std::move(database);
  opened.usable = true;
  for (const auto& note : database_->report().repaired) {
    opened.problems.append(problemFromRepair(note.key, note.count, note.words, note.loss));
  }
  auto recorder = storage::Recorder::start(*database_);
  if (recorder) {
    recorder_ = *std::move(recorder);
    opened.recorder = recorder_.get();
  } else {
    opened.problems.append(problemFrom(recorder.error()));
  }
  auto shown = grid({});
  if (shown) {
    opened.grid = *std::move(shown);
  } else {
    opened.usable = false;
    opened.problems.append(problemFrom(shown.error()));
  }
}

void Backroom::openLesson(Opened& opened) {
  Course::Lessons lessons;
  QList<Problem> faults;
  for (const auto& name : settings_.lessons) {
    auto lesson = content::openPack(settings_.share_folder / "lessons" / (name + ".pack"), files_);
    if (lesson) {
      lessons.push_back(std::make_shared<const content::Lesson>(*std::move(lesson)));
    } else {
      faults.append(problemFrom(lesson.error()));
    }
  }
  if (lessons.empty()) {
    opened.problems.append(faults.first());
    return;
  }
  // Work goes on with the lessons that are there.
  for (auto& fault : faults) {
    fault.severity = Severity::kWarning;
    opened.problems.append(fault);
  }
  course_ = std::make_shared<const Course>(std::move(lessons));
  opened.course = course_;
}

void Backroom::openReader(Opened& opened) {
  auto reader = parts_.open_reader ? parts_.open_reader() : openShippedReader();
  auto sheets = parts_.open_sheet_reader ? parts_.open_sheet_reader() : openShippedSheetReader();
  if (reader && sheets) {
    reader_ = *std::move(reader);
    sheets_ = *std::move(sheets);
    opened.handwriting = true;
  } else {
    opened.problems.append(handwritingProblem(reader ? sheets.error() : reader.error()));
  }
}

// Nobody is turned away because a file is missing: choices are coarser then.
knowledge::KnowledgeModel Backroom::openKnowledge(QList<Problem>* problems) const {
  auto model =
      knowledge::KnowledgeModel::open(settings_.share_folder / "models" / "knowledge.tflite");
  if (model) return *std::move(model);
  if (problems != nullptr) problems->append(knowledgeProblem(model.error()));
  return knowledge::KnowledgeModel::withoutNetwork();
}

Result<LogInGrid> Backroom::grid(const ClassId& wanted) {
  LogInGrid grid;
  PRIMER_ASSIGN(const auto classes, database_->classes());
  if (classes.empty()) return grid;
  const auto* shown = &classes.front();
  for (const auto& card : classes) {
    grid.classes.append(cardFrom(card));
    if (card.id == wanted) shown = &card;
  }
  grid.shown = cardFrom(*shown);
  PRIMER_ASSIGN(const auto pupils, database_->pupils(shown->id));
  for (const auto& pupil : pupils) grid.pupils.append(cardFrom(pupil));
  return grid;
}

Result<LogInGrid> Backroom::createClass(const ClassSetUp& set_up) {
  PRIMER_ASSIGN(const auto pin, storage::Pin::parse(set_up.pin.toStdString()));
  storage::NewClass made;
  made.label = set_up.class_name.trimmed().toStdString();
  for (int i = 0; i < set_up.pupils; ++i) {
    storage::NewPupil pupil;
    pupil.picture = kPictureIds[static_cast<std::size_t>(i) % kPictureIds.size()];
    if (i < set_up.names.size()) pupil.name = set_up.names[i].trimmed().toStdString();
    made.pupils.push_back(std::move(pupil));
  }
  PRIMER_ASSIGN(const auto id, database_->createClass(made, pin));
  return grid(id);
}

handwriting::NumberReading Backroom::read(const Ink& ink, const InkBox& box) {
  if (!reader_ || ink.empty()) return {};
  return reader_->read(ink, {box.left, box.top, box.right, box.bottom});
}

Backroom::ReadSheet Backroom::readSheet(const Ink& ink, const SheetPaper& paper,
                                        const std::string& problem, bool looks_for_gesture) {
  ReadSheet read;
  if (!sheets_ || ink.empty()) return read;
  if (looks_for_gesture) read.scratched = sheets_->scratchedByLast(ink);
  if (!read.scratched.empty()) return read;
  handwriting::WorkContext context;
  for (const auto& rule : paper.rules) context.lines.push_back({rule.top, rule.bottom});
  if (paper.division) context.division = printedDivision(problem, *paper.division);
  read.pieces = sheets_->read(ink, context);
  return read;
}

writing::GradedShortAnswer Backroom::grade(const content::Question& question,
                                           const std::string& answer) {
  if (!grader_) {
    auto opened = writing::Grader::openShipped();
    if (!opened) return {};
    grader_.emplace(*std::move(opened));
  }
  return grader_->grade({question.text, question.references, answer});
}

std::optional<UnlockRefusal> Backroom::unlock(const ClassId& of, const QString& pin) {
  lock();
  const auto parsed = storage::Pin::parse(pin.toStdString());
  if (!parsed) {
    return refusal(say(QT_TRANSLATE_NOOP("Backroom", "A PIN has 4 to 16 digits.")), {});
  }
  auto key = database_->unlock(of, *parsed);
  if (key) {
    key_.emplace(*std::move(key));
    return std::nullopt;
  }
  const auto wait = database_->pinWait().value_or(std::chrono::milliseconds(0));
  if (key.error().key == "pin.wrong") {
    return refusal(say(QT_TRANSLATE_NOOP("Backroom", "That is not the PIN.")), wait);
  }
  if (key.error().key == "pin.wait") {
    return refusal(
        say(QT_TRANSLATE_NOOP("Backroom", "After several wrong guesses the next one has to wait.")),
        wait);
  }
  return refusal(problemFrom(key.error()).words, wait);
}

}  // namespace primer::app
