#include "pages/teacher_pupil.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "pages/teacher_change.h"
#include "pages/teacher_parts.h"
#include "theme/metrics.h"
#include "theme/tokens.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/table.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kInkRow = 76;
constexpr int kWrittenColumn = 1;

MarkBadge::Mark markOf(app::Verdict verdict) {
  switch (verdict) {
    case app::Verdict::kRight:
      return MarkBadge::Mark::kRight;
    case app::Verdict::kNotYet:
      return MarkBadge::Mark::kNotYet;
    case app::Verdict::kCannotRead:
    case app::Verdict::kForTeacher:
    case app::Verdict::kAsk:
      break;
  }
  return MarkBadge::Mark::kCannotRead;
}

// What was written, or what was said where the pupil kept it.
Cell writtenCell(const app::AnswerRow& answer, bool playing) {
  Cell cell;
  cell.ink = answer.ink;
  if (!answer.ink.empty()) return cell;
  if (answer.sound >= 0) {
    cell.icon = playing ? QStringLiteral("stop") : QStringLiteral("speaker");
    cell.text = playing ? PupilPanel::tr("Stop") : PupilPanel::tr("Listen");
    cell.action = true;
    return cell;
  }
  cell.text = answer.how;
  cell.quiet = true;
  return cell;
}

bool sameAnswers(const QList<app::AnswerRow>& a, const QList<app::AnswerRow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const app::AnswerRow& one, const app::AnswerRow& other) {
                      return one.item == other.item && one.answer == other.answer &&
                             one.verdict_words == other.verdict_words && one.at == other.at &&
                             one.attempt == other.attempt && one.sound == other.sound;
                    });
}

QList<Cell> answerCells(const app::AnswerRow& answer) {
  Cell item;
  item.text = answer.item;
  item.maths = true;
  item.strong = true;
  const Cell ink = writtenCell(answer, false);
  Cell read;
  read.text = answer.answer;
  read.maths = true;
  Cell verdict;
  verdict.mark = markOf(answer.verdict);
  verdict.text = answer.verdict_words;
  Cell attempt;
  attempt.text = QString::number(answer.attempt);
  Cell when;
  when.text = answer.at_words;
  when.quiet = true;
  return {item, ink, read, verdict, attempt, when};
}

}  // namespace

PupilPanel::PupilPanel(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {}, 16);
  auto* top = new QHBoxLayout;
  setSpacing(top, {0, 0, 2, 0}, 16);
  auto* back = new Button(tr("Class"), QStringLiteral("arrow-left"), Button::Kind::kTeacher, this);
  back->setDesignHeight(60);
  connect(back, &Button::clicked, this, &PupilPanel::backPressed);
  picture_ = new PictureBadge({}, 56, this);
  name_ = teacherTitle(this);
  name_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  summary_ = teacherNote(this);
  summary_->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
  top->addWidget(back);
  top->addWidget(picture_);
  top->addWidget(name_, 1);
  change_button_ = new Button(tr("Change"), QStringLiteral("pencil"), Button::Kind::kTeacher, this);
  change_button_->setDesignHeight(60);
  connect(change_button_, &Button::clicked, this, [this] { openChange(change_->isHidden()); });
  top->addWidget(summary_, 1);
  top->addWidget(change_button_);
  column->addLayout(top);
  change_ = new PupilChangeCard(this);
  column->addWidget(change_);
  openChange(false);
  practice_ = teacherNote(this);
  column->addWidget(practice_);
  Card* card = teacherCard(this);
  auto* inside = new QVBoxLayout(card);
  setSpacing(inside, {12, 8, 12, 8}, 0);
  table_ = new Table({{tr("Asked"), 112, 4, false},
                      {tr("Answered"), 130, 3, false},
                      {tr("Read as"), 130, 4, false},
                      {tr("It was"), 130, 2, false},
                      {tr("Try"), 36, 0, true},
                      {tr("When"), 140, 1, true}},
                     kInkRow, card);
  inside->addWidget(table_);
  connect(table_, &Table::rowPressed, this, [this](int row) {
    if (row == playing_row_ && playing_) return emit stopPlayingWanted();
    playing_row_ = row;
    emit soundPressed(answers_.value(row).sound);
  });
  no_answers_ = new EmptyState(QStringLiteral("pencil"), tr("No answers yet"),
                               tr("What this pupil writes will stand here, with the ink."), card);
  inside->addWidget(no_answers_);
  column->addWidget(card);
  older_ = teacherNote(this);
  column->addWidget(older_);
}

void PupilPanel::openChange(bool on) {
  change_->setOpen(on);
  change_button_->setWord(on ? tr("Done") : tr("Change"));
  change_button_->setIconName(on ? QStringLiteral("check") : QStringLiteral("pencil"));
}

void PupilPanel::showPlaying(bool playing) {
  playing_ = playing;
  for (int row = 0; row < answers_.size(); ++row) {
    if (answers_[row].sound < 0) continue;
    table_->setCell(row, kWrittenColumn,
                    writtenCell(answers_[row], playing && row == playing_row_));
  }
}

void PupilPanel::showPupil(const app::PupilView& view) {
  const app::PupilRow& pupil = view.pupil;
  const bool another = pupil.id != shown_;
  if (another) openChange(false);
  shown_ = pupil.id;
  change_->showPupil(view);
  picture_->setPicture(pupil.picture);
  name_->setText(pupil.name.isEmpty() ? pupil.picture_name : pupil.name);
  QStringList facts = {pupil.answers_all == 1 ? tr("1 answer")
                                              : tr("%1 answers").arg(pupil.answers_all)};
  if (pupil.right_share) facts += tr("%1 right first time").arg(percentWords(*pupil.right_share));
  summary_->setText(facts.join(QStringLiteral(" · ")));
  // After a new name the answers are those that stand there: making the table anew would keep the
  // pen waiting.
  if (another || !sameAnswers(answers_, view.answers)) {
    QList<QList<Cell>> rows;
    for (const app::AnswerRow& answer : view.answers) rows.append(answerCells(answer));
    playing_row_ = -1;
    table_->setRows(rows, false);
    table_->setVisible(!rows.isEmpty());
    no_answers_->setVisible(rows.isEmpty());
  }
  answers_ = view.answers;
  practice_->setText(
      tr("Words to practise: %1.").arg(view.words_to_practise.join(QStringLiteral(", "))));
  practice_->setVisible(!view.words_to_practise.isEmpty());
  older_->setText(view.answers_not_shown == 1
                      ? tr("One older answer is kept, too.")
                      : tr("%1 older answers are kept, too.").arg(view.answers_not_shown));
  older_->setVisible(view.answers_not_shown > 0);
}

}  // namespace primer::ui
