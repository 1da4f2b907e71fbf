#pragma once

// The sheet of one worked item: what was read in each row, what the pupil said about it, what was
// judged. No threads, no disk; rows are known again by their strokes, so that a stroke further down
// forgets nothing.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "column_cells.h"
#include "confirmed.h"
#include "primer/app/values.h"
#include "primer/handwriting/work_reader.h"
#include "work_judge.h"

namespace primer::app {

inline constexpr int kRungs = 3;  // of every ladder of help: one that points, teaches, tells

class Worksheet {
 public:
  void start() { *this = Worksheet(); }

  void take(const std::vector<handwriting::WorkPiece>& pieces, Ink ink);
  void takeTyped(const QStringList& lines);
  // False where there is no such line or alternative.
  bool choose(int line, int alternative);
  void keepForTeacher(int line);

  // The lines to be judged: the first `most` rows (-1: all) without those that are kept for the
  // teacher; `places` are their rows.
  struct Written {
    std::vector<maths::WrittenLine> lines;
    std::vector<std::optional<maths::ColumnWork>> columns;  // of a line that is column work
    std::vector<std::size_t> places;
  };
  Written written(int most) const;

  // A line that was told not to fit, and as which try it was recorded.
  struct Told {
    std::string text;
    int attempt = 0;
    bool kept = false;  // the pupil disagrees: it is not looked at any more
  };
  const std::vector<Told>& told() const { return told_; }
  void setTold(std::vector<Told> told) { told_ = std::move(told); }
  // The lines of which the pupil has said what they are; and the same, before the first ink of a
  // sheet that is gone on with.
  std::vector<Confirmed> confirmed() const;
  void setConfirmed(std::vector<Confirmed> said) { said_before_ = std::move(said); }
  void setAttempt(std::size_t row, int attempt);
  int attemptAt(std::size_t row) const;  // 0: it was never told not to fit

  // What was found in a judgement of written(): the rows that do not fit and were not told before.
  struct Found {
    std::size_t row = 0;
    maths::LineVerdict verdict;
  };
  std::vector<Found> takeJudgement(const JudgedWork& judged, const Written& of);

  // Help at this rung (1 to 3): of the line that does not fit, else of the next step.
  HintView help(int rung) const;
  bool hasHelp() const;

  std::size_t size() const { return rows_.size(); }
  std::string lineText(std::size_t row) const { return rows_[row].text; }
  bool answered() const { return finished_ && !firstNotYet() && !asks(); }
  bool wentAround() const;   // a line was right by a detour
  std::string text() const;  // all lines, one below the other
  // Of the least sure line, 1 where the pupil said what each is; none where it was typed.
  std::optional<double> confidence() const;
  const Ink& ink() const { return ink_; }
  bool empty() const { return rows_.empty(); }

  WorkView view() const;

 private:
  struct Row {
    std::vector<std::size_t> strokes;
    std::string text;
    std::vector<std::string> others;
    std::vector<handwriting::LineSymbol> symbols;
    std::optional<maths::ColumnWork> columns;
    ColumnCells cells;  // of column work
    JudgedCells judged_cells;
    std::vector<maths::ColumnWork> other_columns;  // of `others`, where it is column work
    InkBox box;
    double confidence = 0;
    bool unsure = false;
    bool confirmed = false;
    bool kept = false;
    bool typed = false;
    bool unfinished = false;  // column work without all of its result
    bool asked = false;       // another reading of it would be right
    LineMark mark = LineMark::kNone;
    std::optional<std::pair<std::size_t, std::size_t>> wrong_part;
    std::string judged_text;  // what the mark is about
  };

  void remember(Row& row) const;
  static void takeOther(std::size_t other, Row& row);  // swaps what it is with another reading
  static void takeLine(const handwriting::LineReading& line, Row& row);
  static void takeColumns(const handwriting::ColumnReading& columns, Row& row);
  bool tells(const Row& row) const { return row.mark == LineMark::kNotYet; }
  std::optional<std::size_t> toldOf(const std::string& text) const;  // place in told_
  bool asks() const;
  std::optional<std::size_t> firstNotYet() const;
  QList<InkBox> tinted(const Row& row) const;

  std::vector<Row> rows_;
  Ink ink_;
  std::vector<Told> told_;
  std::vector<Confirmed> said_before_;
  std::map<std::size_t, maths::LineVerdict> verdicts_;  // of rows that do not fit
  std::array<std::string, 3> next_step_;
  bool next_is_line_ = true;
  std::optional<maths::Picture> next_picture_;
  bool finished_ = false;
};

}  // namespace primer::app
