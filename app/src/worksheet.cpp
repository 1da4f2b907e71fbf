#include "worksheet.h"

#include <QCoreApplication>
#include <algorithm>

#include "primer/app/column_work.h"

namespace primer::app {

namespace {

constexpr std::size_t kMostOffered = 3;
constexpr double kSurest = 0.999;

QString say(const char* text) { return QCoreApplication::translate("Worksheet", text); }

QString plain(const std::string& text) { return QString::fromStdString(text); }

InkBox boxOf(const handwriting::Box& box) { return {box.left, box.top, box.right, box.bottom}; }

LineMark markOf(const maths::LineVerdict& verdict) {
  switch (verdict.state) {
    case maths::LineState::kRight:
      return LineMark::kRight;
    case maths::LineState::kOffPath:
      return LineMark::kDetour;
    case maths::LineState::kIncomplete:
      return LineMark::kNone;  // not a statement yet: it is still being written
    case maths::LineState::kUnreadable:
      return LineMark::kAsk;
    case maths::LineState::kSlip:
    case maths::LineState::kMisconception:
    case maths::LineState::kWrong:
      break;
  }
  return verdict.follows_error ? LineMark::kFollows : LineMark::kNotYet;
}

// "1", "1 and 2", "1, 2 and 3"; completes sentences.
QString listed(const QStringList& numbers) {
  if (numbers.size() < 2) return numbers.join(QString());
  return say(QT_TRANSLATE_NOOP("Worksheet", "%1 and %2"))
      .arg(numbers.mid(0, numbers.size() - 1).join(QStringLiteral(", ")), numbers.last());
}

}  // namespace

void Worksheet::takeLine(const handwriting::LineReading& line, Row& row) {
  row.text = line.text;
  for (const auto& other : line.alternatives) {
    if (row.others.size() == kMostOffered) break;
    if (other.text != row.text) row.others.push_back(other.text);
  }
  row.symbols = line.symbols;
  row.confidence = std::clamp<double>(line.confidence, 0, kSurest);
  row.unsure = line.unsure;
}

void Worksheet::takeColumns(const handwriting::ColumnReading& columns, Row& row) {
  row.confidence = std::clamp<double>(columns.confidence, 0, kSurest);
  row.unsure = columns.unsure;
  if (!columns.text) return;
  row.columns = columnWorkOf(*columns.text);
  row.text = asLine(*row.columns, columns.printed);
  // A result that is still being written is nothing to ask about.
  if (row.text.empty()) row.unfinished = true;
  for (const auto& other : columns.alternatives) {
    row.other_columns.push_back(columnWorkOf(other));
    row.others.push_back(asLine(row.other_columns.back(), columns.printed));
  }
  row.cells = cellsOf(columns, *row.columns);
}

void Worksheet::take(const std::vector<handwriting::WorkPiece>& pieces, Ink ink) {
  ink_ = std::move(ink);
  std::vector<Row> rows;
  for (const auto& found : pieces) {
    Row row;
    row.strokes = found.strokes;
    row.box = boxOf(found.box);
    if (found.columns) {
      takeColumns(*found.columns, row);
    } else {
      takeLine(*found.line, row);
    }
    // The same strokes: what the pupil said of them still holds, and so does the mark.
    const auto same = std::find_if(rows_.begin(), rows_.end(), [&row](const Row& before) {
      return !before.typed && before.strokes == row.strokes;
    });
    if (same != rows_.end()) {
      rows.push_back(*same);
      rows.back().box = row.box;
    } else {
      // A sheet that is gone on with: what was kept for the teacher is still kept.
      remember(row);
      const auto told = toldOf(row.text);
      row.kept = told && told_[*told].kept;
      if (row.kept) row.mark = LineMark::kKept;
      rows.push_back(std::move(row));
    }
  }
  rows_ = std::move(rows);
  finished_ = false;
}

void Worksheet::takeOther(std::size_t other, Row& row) {
  std::swap(row.text, row.others[other]);
  if (row.columns && other < row.other_columns.size()) {
    std::swap(*row.columns, row.other_columns[other]);
  }
}

void Worksheet::remember(Row& row) const {
  const auto said =
      std::find_if(said_before_.begin(), said_before_.end(),
                   [&row](const Confirmed& one) { return one.isAbout(row.strokes, row.box); });
  if (said == said_before_.end()) return;
  const auto other = std::find(row.others.begin(), row.others.end(), said->text);
  if (other != row.others.end()) {
    takeOther(static_cast<std::size_t>(other - row.others.begin()), row);
  }
  row.confirmed = row.text == said->text;
}

std::vector<Confirmed> Worksheet::confirmed() const {
  std::vector<Confirmed> said;
  for (const auto& row : rows_) {
    if (row.confirmed && !row.typed) said.push_back({row.strokes, row.box, row.text});
  }
  return said;
}

void Worksheet::takeTyped(const QStringList& lines) {
  ink_ = {};  // what was written before is not what is answered now
  std::vector<Row> rows;
  for (qsizetype i = 0; i < lines.size(); ++i) {
    Row row;
    row.text = lines[i].toStdString();
    row.typed = true;
    row.confirmed = true;
    const auto place = static_cast<std::size_t>(i);
    if (place < rows_.size() && rows_[place].typed && rows_[place].text == row.text) {
      row = rows_[place];
    }
    rows.push_back(std::move(row));
  }
  rows_ = std::move(rows);
  finished_ = false;
}

bool Worksheet::choose(int line, int alternative) {
  if (line < 0 || static_cast<std::size_t>(line) >= rows_.size()) return false;
  auto& row = rows_[static_cast<std::size_t>(line)];
  if (alternative < -1 ||
      (alternative >= 0 && static_cast<std::size_t>(alternative) >= row.others.size())) {
    return false;
  }
  if (alternative >= 0) takeOther(static_cast<std::size_t>(alternative), row);
  row.confirmed = !row.text.empty();
  row.asked = false;
  row.mark = LineMark::kNone;
  finished_ = false;
  return true;
}

void Worksheet::keepForTeacher(int line) {
  if (line < 0 || static_cast<std::size_t>(line) >= rows_.size()) return;
  auto& row = rows_[static_cast<std::size_t>(line)];
  row.kept = true;
  row.mark = LineMark::kKept;
  if (const auto told = toldOf(row.text)) {
    told_[*told].kept = true;
  } else {
    told_.push_back({row.text, 0, true});
  }
  verdicts_.erase(static_cast<std::size_t>(line));
}

void Worksheet::setAttempt(std::size_t row, int attempt) {
  if (const auto told = toldOf(rows_[row].text)) told_[*told].attempt = attempt;
}

int Worksheet::attemptAt(std::size_t row) const {
  const auto told = toldOf(rows_[row].text);
  return told ? told_[*told].attempt : 0;
}

std::optional<std::size_t> Worksheet::toldOf(const std::string& text) const {
  const auto found = std::find_if(told_.begin(), told_.end(),
                                  [&text](const Told& line) { return line.text == text; });
  if (found == told_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - told_.begin());
}

Worksheet::Written Worksheet::written(int most) const {
  Written written;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (most >= 0 && i >= static_cast<std::size_t>(most)) break;
    const auto& row = rows_[i];
    if (row.kept || row.text.empty()) continue;
    maths::WrittenLine line{row.text, {}};
    // What the pupil has said it is, is not asked about again.
    if (!row.confirmed) line.alternatives = row.others;
    written.lines.push_back(std::move(line));
    written.columns.push_back(row.columns);
    written.places.push_back(i);
  }
  return written;
}

std::vector<Worksheet::Found> Worksheet::takeJudgement(const JudgedWork& judged,
                                                       const Written& of) {
  std::vector<Found> found;
  verdicts_.clear();
  for (std::size_t i = 0; i < of.places.size() && i < judged.lines.size(); ++i) {
    const auto place = of.places[i];
    // Rows may have changed while it was judged: then this is about other ink.
    if (place >= rows_.size() || rows_[place].text != of.lines[i].text) continue;
    auto& row = rows_[place];
    const auto& verdict = judged.lines[i];
    row.asked = !verdict.second_reading.empty();
    if (row.asked) {
      const auto offered = std::find(row.others.begin(), row.others.end(), verdict.second_reading);
      if (offered != row.others.end()) std::rotate(row.others.begin(), offered, offered + 1);
    }
    row.mark = markOf(verdict);
    row.wrong_part = judged.wrong_part[i];
    row.judged_cells = {};
    if (i < judged.columns.size() && judged.columns[i]) {
      row.judged_cells = primer::app::judged(row.cells, *judged.columns[i]);
    }
    if (row.mark != LineMark::kNotYet) continue;
    // What was not surely read is never called wrong: it is asked about.
    if (row.unsure && !row.confirmed) {
      row.asked = true;
      row.mark = LineMark::kAsk;
      continue;
    }
    verdicts_[place] = verdict;
    if (!toldOf(row.text)) {
      told_.push_back({row.text, 0});
      found.push_back({place, verdict});
    }
  }
  finished_ = judged.finished && of.lines.size() == written(-1).lines.size();
  next_step_ = judged.next_step;
  next_is_line_ = judged.next_is_line;
  next_picture_ = judged.next_picture;
  return found;
}

bool Worksheet::asks() const {
  return std::any_of(rows_.begin(), rows_.end(),
                     [](const Row& row) { return row.mark == LineMark::kAsk; });
}

std::optional<std::size_t> Worksheet::firstNotYet() const {
  // A line that was mended further down is no longer the one to look at.
  for (std::size_t i = rows_.size(); i > 0; --i) {
    if (tells(rows_[i - 1])) return i - 1;
    if (rows_[i - 1].mark == LineMark::kRight || rows_[i - 1].mark == LineMark::kDetour) break;
  }
  return std::nullopt;
}

bool Worksheet::hasHelp() const { return firstNotYet() || !next_step_[0].empty(); }

HintView Worksheet::help(int rung) const {
  HintView view;
  view.rung = std::clamp(rung, 1, kRungs);
  view.title = view.rung == 1   ? say(QT_TRANSLATE_NOOP("Worksheet", "A nudge"))
               : view.rung == 2 ? say(QT_TRANSLATE_NOOP("Worksheet", "The idea"))
                                : say(QT_TRANSLATE_NOOP("Worksheet", "The next step"));
  const auto place = static_cast<std::size_t>(view.rung) - 1;
  const auto wrong = firstNotYet();
  const auto told = wrong ? verdicts_.find(*wrong) : verdicts_.end();
  if (told != verdicts_.end()) {
    view.text = plain(told->second.hints[place]);
    if (view.rung == 1 && view.text.isEmpty()) view.text = plain(told->second.explanation);
    if (view.rung == 2 && told->second.picture) {
      view.picture = plain(maths::toSvg(*told->second.picture));
    }
  } else if (view.rung == kRungs && next_is_line_ && !next_step_[2].empty()) {
    view.text = say(QT_TRANSLATE_NOOP("Worksheet", "Write: %1")).arg(printed(next_step_[2]));
  } else {
    view.text = plain(next_step_[place]);
    if (view.rung == 2 && next_picture_) view.picture = plain(maths::toSvg(*next_picture_));
  }
  return view;
}

bool Worksheet::wentAround() const {
  return std::any_of(rows_.begin(), rows_.end(),
                     [](const Row& row) { return row.mark == LineMark::kDetour; });
}

std::string Worksheet::text() const {
  std::string all;
  for (const auto& row : rows_) all += (all.empty() ? "" : "\n") + row.text;
  return all;
}

std::optional<double> Worksheet::confidence() const {
  double least = 1;
  bool typed = true;
  for (const auto& row : rows_) {
    typed = typed && row.typed;
    if (!row.confirmed) least = std::min(least, row.confidence);
  }
  if (typed) return std::nullopt;
  return least;
}

// The symbols of the part that went wrong; all of them where it cannot be told, or where what is
// read does not lie in a row (fractions).
QList<InkBox> Worksheet::tinted(const Row& row) const {
  if (row.mark != LineMark::kNotYet) return {};
  if (!row.judged_cells.wrong.empty())
    return {row.judged_cells.wrong.begin(), row.judged_cells.wrong.end()};
  auto symbols = row.symbols;
  std::sort(symbols.begin(), symbols.end(),
            [](const auto& a, const auto& b) { return a.box.left < b.box.left; });
  std::string in_a_row;
  for (const auto& symbol : symbols) in_a_row += symbol.symbol;
  if (!row.wrong_part || in_a_row != row.text) return {row.box};
  InkBox box{0, row.box.top, 0, row.box.bottom};
  bool any = false;
  std::size_t at = 0;
  for (const auto& symbol : symbols) {
    const auto end = at + symbol.symbol.size();
    if (end > row.wrong_part->first && at < row.wrong_part->second) {
      box.left = any ? std::min(box.left, symbol.box.left) : symbol.box.left;
      box.right = any ? std::max(box.right, symbol.box.right) : symbol.box.right;
      any = true;
    }
    at = end;
  }
  if (!any) return {row.box};
  return {box};
}

WorkView Worksheet::view() const {
  WorkView view;
  QStringList right;
  QStringList asked;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto& row = rows_[i];
    LineView line;
    line.text = printed(row.text);
    for (const auto& other : row.others) line.alternatives.append(printed(other));
    line.doubtful = !row.text.empty() && ((row.unsure && !row.confirmed) || row.asked);
    line.box = row.box;
    line.mark = row.mark;
    if (row.text.empty()) line.mark = row.unfinished ? LineMark::kNone : LineMark::kAsk;
    line.not_yet = tinted(row);
    const bool shows_cells = row.mark == LineMark::kNotYet ? !row.judged_cells.wrong.empty()
                                                           : row.mark == LineMark::kNone;
    if (shows_cells) {
      line.fits = {row.judged_cells.right.begin(), row.judged_cells.right.end()};
    }
    const auto number = QString::number(i + 1);
    if (line.mark == LineMark::kRight || line.mark == LineMark::kDetour) right.append(number);
    if (line.mark == LineMark::kAsk) asked.append(number);
    view.lines.append(line);
  }
  if (const auto wrong = firstNotYet()) view.first_not_yet = static_cast<int>(*wrong);
  view.ready = answered();
  QStringList words;
  if (view.first_not_yet >= 0) {
    const auto& row = rows_[static_cast<std::size_t>(view.first_not_yet)];
    words += row.cells.places.empty() && row.judged_cells.wrong.empty()
                 ? say(QT_TRANSLATE_NOOP("Worksheet", "Line %1 does not fit yet."))
                       .arg(view.first_not_yet + 1)
                 : say(QT_TRANSLATE_NOOP("Worksheet", "The tinted place does not fit yet."));
  }
  if (!asked.isEmpty() && view.first_not_yet < 0) {
    words += say(QT_TRANSLATE_NOOP("Worksheet", "Tap line %1 and tell me what it is."))
                 .arg(asked.first());
  }
  const bool so_far = std::any_of(rows_.begin(), rows_.end(), [](const Row& row) {
    return row.mark == LineMark::kNone && !row.judged_cells.right.empty();
  });
  if (so_far && view.first_not_yet < 0 && asked.isEmpty()) {
    words += say(QT_TRANSLATE_NOOP("Worksheet", "Right so far."));
  }
  if (right.size() == 1) {
    words += say(QT_TRANSLATE_NOOP("Worksheet", "Line %1 is right.")).arg(right.first());
  } else if (right.size() > 1) {
    words += say(QT_TRANSLATE_NOOP("Worksheet", "Lines %1 are right.")).arg(listed(right));
  }
  view.words = words.join(QLatin1Char(' '));
  return view;
}

}  // namespace primer::app
