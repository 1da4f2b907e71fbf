#include "pages/teacher_rules.h"

#include <QGridLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "primer/app/pictures.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/notice.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kAnswerHeight = 60;
constexpr int kGap = 12;
constexpr int kNone = 0;
constexpr double kGently = 0.25;
constexpr double kAsUsual = 0.5;
constexpr double kClosely = 0.75;

// What is set may be none of these: it is offered as well, so that looking changes nothing.
QList<ChoiceRow::Choice> minutes(const QString& none, QList<int> usual, int set) {
  if (set != kNone && !usual.contains(set)) usual.append(set);
  std::sort(usual.begin(), usual.end());
  QList<ChoiceRow::Choice> choices = {{none, double(kNone)}};
  for (const int count : usual) {
    choices.append({RulesPanel::tr("%1 minutes").arg(count), double(count)});
  }
  return choices;
}

}  // namespace

// One of the answers; the one that holds is filled and has a tick.
class ChoiceRow::Answer : public Button {
 public:
  Answer(const Choice& choice, QWidget* parent)
      : Button(choice.word, QStringLiteral("check"), Kind::kTeacherPrimary, parent),
        word_(choice.word),
        value_(choice.value) {
    setDesignHeight(kAnswerHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    wide_ = sizeHint().width();
  }
  double value() const { return value_; }
  int wide() const { return wide_; }  // with the tick, so that nothing moves when it holds
  void setHolds(bool on) {
    setKind(on ? Kind::kTeacherPrimary : Kind::kTeacher);
    setIconName(on ? QStringLiteral("check") : QString());
    setAccessibleName(on ? RulesPanel::tr("%1, chosen").arg(word_) : word_);
  }

 private:
  QString word_;
  double value_;
  int wide_ = 0;
};

ChoiceRow::ChoiceRow(QWidget* parent) : QWidget(parent) {
  auto* grid = new QGridLayout(this);
  setSpacing(grid, {}, kGap);
}

void ChoiceRow::setChoices(const QList<Choice>& choices) {
  const bool same = std::equal(
      answers_.begin(), answers_.end(), choices.begin(), choices.end(),
      [](const Answer* answer, const Choice& choice) { return answer->value() == choice.value; });
  if (same) return;
  for (Answer* answer : answers_) {
    answer->hide();
    answer->deleteLater();
  }
  answers_.clear();
  for (const auto& choice : choices) {
    auto* answer = new Answer(choice, this);
    connect(answer, &Button::clicked, this, [this, value = choice.value] {
      setValue(value);
      emit valueChosen(value);
    });
    answers_.append(answer);
  }
  columns_ = 0;
  arrange();
}

void ChoiceRow::setValue(double value) {
  value_ = value;
  for (Answer* answer : answers_) answer->setHolds(answer->value() == value);
}

void ChoiceRow::arrange() {
  int widest = 1;
  for (const Answer* answer : answers_) widest = std::max(widest, answer->wide());
  const int count = std::max(1, int(answers_.size()));
  const int fit = std::max(1, (width() + px(kGap)) / (widest + px(kGap)));
  // Even rows rather than a full one and a rest.
  const int rows = (count + fit - 1) / fit;
  const int columns = (count + rows - 1) / rows;
  if (columns == columns_) return;
  auto* grid = static_cast<QGridLayout*>(layout());
  for (int column = 0; column < columns_; ++column) grid->setColumnStretch(column, 0);
  columns_ = columns;
  for (int i = 0; i < answers_.size(); ++i) {
    grid->removeWidget(answers_[i]);
    grid->addWidget(answers_[i], i / columns, i % columns);
  }
  for (int column = 0; column < columns; ++column) grid->setColumnStretch(column, 1);
}

void ChoiceRow::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

RulesPanel::RulesPanel(QWidget* parent) : QWidget(parent) {
  column_ = new QVBoxLayout(this);
  setSpacing(column_, {}, 16);
  faults_ = new QVBoxLayout;
  setSpacing(faults_, {}, 12);
  column_->addLayout(faults_);
  session_ = ask(tr("How long does a visit last?"),
                 tr("When the time is over, the pupil ends the item at hand and then the visit. "
                    "Nobody is interrupted, and no clock is shown."));
  pause_ = ask(tr("Remind of a break?"),
               tr("A calm card between two items. A pupil can put it off once, for five minutes."));
  judged_ = ask(tr("When are written lines looked at?"),
                tr("Single answers and quizzes are checked when the pupil says so, always."));
  judged_->setChoices({{tr("After a quiet pause"), double(int(app::JudgedWhen::kPause))},
                       {tr("When the next line begins"), double(int(app::JudgedWhen::kNextLine))},
                       {tr("When “Done” is pressed"), double(int(app::JudgedWhen::kButton))}});
  listening_ = ask(tr("How closely does Primer listen?"),
                   tr("How readily a sound is named as one to try again."));
  listening_->setChoices(
      {{tr("Gently"), kGently}, {tr("As usual"), kAsUsual}, {tr("Closely"), kClosely}});
  pictures_ = ask(
      tr("Three pictures after the log-in picture?"),
      tr("Each child taps three of nine, in order. It keeps classmates from opening each other's "
         "page; it is no lock against anybody who really wants in. You can set it for one pupil "
         "alone, on the pupil's page."));
  pictures_->setChoices({{tr("For nobody"), double(int(app::PicturesAsked::kOfNobody))},
                         {tr("For everybody"), double(int(app::PicturesAsked::kOfEverybody))}});
  pictures_list_ = new TextLabel(
      {}, [] { return teacherFont(type::kTeacher); }, colour::kInk, pictures_->parentWidget());
  pictures_->parentWidget()->layout()->addWidget(pictures_list_);
  for (ChoiceRow* row : {session_, pause_, judged_, listening_, pictures_}) {
    connect(row, &ChoiceRow::valueChosen, this, &RulesPanel::chosen);
  }
  showRules({});
}

ChoiceRow* RulesPanel::ask(const QString& question, const QString& words) {
  auto* card = new Card(this, colour::kCard, radius::kCard - 4);
  card->setEdge(colour::kDeskLine);
  auto* inside = new QVBoxLayout(card);
  setSpacing(inside, {24, 18, 24, 20}, 8);
  inside->addWidget(new TextLabel(
      question, [] { return teacherFont(type::kTeacherHeading, QFont::DemiBold); }, colour::kInk,
      card));
  inside->addWidget(new TextLabel(
      words, [] { return teacherFont(type::kTeacher); }, colour::kInk2, card));
  auto* row = new ChoiceRow(card);
  inside->addSpacing(px(4));
  inside->addWidget(row);
  column_->addWidget(card);
  return row;
}

void RulesPanel::showRules(const app::ClassRules& rules) {
  rules_ = rules;
  while (QLayoutItem* item = faults_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (const QString& fault : rules.faults) {
    faults_->addWidget(
        new Notice(Notice::Weight::kWarning, tr("A setting cannot be read"), fault, this));
  }
  session_->setChoices(minutes(tr("No limit"), {10, 15, 20, 30, 45}, rules.session_minutes));
  session_->setValue(rules.session_minutes);
  pause_->setChoices(minutes(tr("No reminder"), {10, 15, 20, 30}, rules.break_minutes));
  pause_->setValue(rules.break_minutes);
  judged_->setValue(int(rules.judged));
  listening_->setValue(rules.sensitivity <= (kGently + kAsUsual) / 2   ? kGently
                       : rules.sensitivity < (kAsUsual + kClosely) / 2 ? kAsUsual
                                                                       : kClosely);
  pictures_->setValue(int(rules.pictures));
}

void RulesPanel::showPictures(const QList<app::PupilRow>& pupils) {
  QStringList lines;
  for (const app::PupilRow& pupil : pupils) {
    if (!pupil.asked) continue;
    lines += tr("**%1:** %2")
                 .arg(pupil.name.isEmpty() ? pupil.picture_name : pupil.name,
                      app::pictureNames(pupil.pictures));
  }
  pictures_list_->setText(lines.join(QLatin1Char('\n')));
  pictures_list_->setVisible(!lines.isEmpty());
}

void RulesPanel::chosen() {
  const auto* row = qobject_cast<ChoiceRow*>(sender());
  if (row == session_) rules_.session_minutes = int(row->value());
  if (row == pause_) rules_.break_minutes = int(row->value());
  if (row == judged_) rules_.judged = app::JudgedWhen(int(row->value()));
  if (row == listening_) rules_.sensitivity = row->value();
  if (row == pictures_) rules_.pictures = app::PicturesAsked(int(row->value()));
  emit rulesChosen(rules_);
}

}  // namespace primer::ui
