#include "pages/teacher_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <cmath>

#include "pages/teacher_change.h"
#include "pages/teacher_disputes.h"
#include "pages/teacher_parts.h"
#include "pages/teacher_pupil.h"
#include "pages/teacher_rules.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/notice.h"
#include "widgets/page_stack.h"
#include "widgets/picture_tile.h"
#include "widgets/scroll_area.h"
#include "widgets/sidebar.h"
#include "widgets/table.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

enum SidePlace : int { kClassPlace, kDisputesPlace, kRulesPlace, kTabletPlace };  // of the sidebar
constexpr int kRow = 60;

// A place of the teacher's page: scrolled as a whole.
struct Place {
  ScrollArea* area;
  Canvas* ground;
  QVBoxLayout* column;
};

Place makePlace(QWidget* parent) {
  auto* area = new ScrollArea(parent);
  auto* ground = new Canvas(nullptr, colour::kDesk);
  auto* column = new QVBoxLayout(ground);
  setSpacing(column, {24, 20, 24, 24}, 16);
  area->setWidget(ground);
  return {area, ground, column};
}

QList<Cell> pupilCells(const app::PupilRow& pupil) {
  Cell who;
  who.picture = pupil.picture;
  who.text = pupil.name.isEmpty() ? pupil.picture_name : pupil.name;
  who.strong = true;
  Cell today;
  today.text = QString::number(pupil.answers_today);
  today.quiet = pupil.answers_today == 0;
  Cell all;
  all.text = QString::number(pupil.answers_all);
  all.quiet = pupil.answers_all == 0;
  Cell share;
  if (pupil.right_share) {
    share.share = *pupil.right_share;
    share.text = percentWords(*pupil.right_share);
  } else {
    share.text = QStringLiteral("–");
    share.quiet = true;
  }
  Cell seen;
  seen.text = pupil.last_seen_words.isEmpty() ? QStringLiteral("–") : pupil.last_seen_words;
  seen.quiet = true;
  return {who, today, all, share, seen};
}

}  // namespace

TeacherPage::TeacherPage(QWidget* parent) : Page(parent, colour::kDesk) {
  auto* row = new QHBoxLayout(this);
  setSpacing(row, {}, 0);
  sidebar_ = new Sidebar(this);
  sidebar_->addPlace(tr("Class"), QStringLiteral("pupils"));
  sidebar_->addPlace(tr("To look at"), QStringLiteral("question"));
  sidebar_->addPlace(tr("Settings"), QStringLiteral("settings"));
  sidebar_->addPlace(tr("Tablet"), QStringLiteral("tablet"));
  row->addWidget(sidebar_);
  places_ = new PageStack(this);
  places_->add(makeClass());
  places_->add(makePupil());
  places_->add(makeDisputes());
  places_->add(makeRules());
  places_->add(makeTablet());
  row->addWidget(places_, 1);
  connect(sidebar_, &Sidebar::lockPressed, this, &TeacherPage::lockPressed);
  connect(sidebar_, &Sidebar::placePressed, this, [this](int place) {
    switch (place) {
      case kClassPlace:
        openClass();
        emit classWanted();
        break;
      case kDisputesPlace:
        places_->turnTo(places_->page(kDisputes));
        break;
      case kRulesPlace:
        places_->turnTo(places_->page(kRules));
        break;
      default:
        places_->turnTo(places_->page(kTablet));
    }
  });
  openClass();
}

QWidget* TeacherPage::makeClass() {
  const Place place = makePlace(this);
  auto* top = new QHBoxLayout;
  setSpacing(top, {2, 0, 2, 0}, 16);
  class_title_ = teacherTitle(place.ground);
  class_summary_ = teacherNote(place.ground);
  class_summary_->setAlignment(Qt::AlignLeading | Qt::AlignBottom);
  top->addWidget(class_title_);
  top->addWidget(class_summary_, 1);
  place.column->addLayout(top);
  class_notices_ = new QVBoxLayout;
  setSpacing(class_notices_, {}, 12);
  place.column->addLayout(class_notices_);
  Card* card = teacherCard(place.ground);
  auto* inside = new QVBoxLayout(card);
  setSpacing(inside, {12, 8, 12, 8}, 0);
  class_table_ = new Table({{tr("Pupil"), 170, 3, false},
                            {tr("Today"), 64, 1, true},
                            {tr("In all"), 64, 1, true},
                            {tr("Right first time"), 180, 2, false},
                            {tr("Last seen"), 160, 1, true}},
                           kRow, card);
  inside->addWidget(class_table_);
  place.column->addWidget(card);
  place.column->addStretch(1);
  connect(class_table_, &Table::rowPressed, this, [this](int row) {
    if (row < class_.pupils.size()) emit pupilPressed(class_.pupils[row].id);
  });
  return place.area;
}

QWidget* TeacherPage::makePupil() {
  const Place place = makePlace(this);
  pupil_ = new PupilPanel(place.ground);
  place.column->addWidget(pupil_);
  place.column->addStretch(1);
  connect(pupil_, &PupilPanel::backPressed, this, [this] {
    openClass();
    emit classWanted();
  });
  connect(pupil_->change(), &PupilChangeCard::renamed, this, &TeacherPage::renamed);
  connect(pupil_->change(), &PupilChangeCard::pictureChosen, this, &TeacherPage::pictureChosen);
  connect(pupil_->change(), &PupilChangeCard::picturesChanged, this, &TeacherPage::picturesChanged);
  connect(pupil_, &PupilPanel::soundPressed, this, &TeacherPage::soundPressed);
  connect(pupil_, &PupilPanel::stopPlayingWanted, this, &TeacherPage::stopPlayingWanted);
  return place.area;
}

QWidget* TeacherPage::makeDisputes() {
  const Place place = makePlace(this);
  auto* top = new QHBoxLayout;
  setSpacing(top, {2, 0, 2, 0}, 16);
  auto* heading = teacherTitle(place.ground);
  heading->setText(tr("To look at"));
  disputes_summary_ = teacherNote(place.ground);
  disputes_summary_->setAlignment(Qt::AlignLeading | Qt::AlignBottom);
  top->addWidget(heading);
  top->addWidget(disputes_summary_, 1);
  place.column->addLayout(top);
  disputes_ = new DisputeList(place.ground);
  connect(disputes_, &DisputeList::remarked, this, &TeacherPage::remarked);
  place.column->addWidget(disputes_);
  place.column->addStretch(1);
  return place.area;
}

QWidget* TeacherPage::makeRules() {
  const Place place = makePlace(this);
  auto* top = new QHBoxLayout;
  setSpacing(top, {2, 0, 2, 0}, 16);
  auto* heading = teacherTitle(place.ground);
  heading->setText(tr("Settings"));
  auto* when = teacherNote(place.ground);
  when->setText(tr("Kept at once. They hold from a pupil's next visit on."));
  when->setAlignment(Qt::AlignLeading | Qt::AlignBottom);
  top->addWidget(heading);
  top->addWidget(when, 1);
  place.column->addLayout(top);
  rules_notices_ = new QVBoxLayout;
  setSpacing(rules_notices_, {}, 12);
  place.column->addLayout(rules_notices_);
  rules_ = new RulesPanel(place.ground);
  connect(rules_, &RulesPanel::rulesChosen, this, &TeacherPage::rulesChosen);
  place.column->addWidget(rules_);
  place.column->addStretch(1);
  return place.area;
}

QWidget* TeacherPage::makeTablet() {
  const Place place = makePlace(this);
  TextLabel* heading = teacherTitle(place.ground);
  heading->setText(tr("This tablet"));
  place.column->addWidget(heading);
  tablet_notices_ = new QVBoxLayout;
  setSpacing(tablet_notices_, {}, 12);
  place.column->addLayout(tablet_notices_);
  Card* card = teacherCard(place.ground);
  auto* inside = new QVBoxLayout(card);
  setSpacing(inside, {24, 18, 24, 20}, 8);
  auto* promise = new TextLabel(
      tr("What stays here"), [] { return teacherFont(type::kTeacherHeading, QFont::DemiBold); },
      colour::kInk, card);
  auto* words = teacherNote(card);
  words->setColour(colour::kInk);
  words->setText(
      tr("Everything that pupils do is kept on this tablet and nowhere else. Names, ink and "
         "the voices that pupils keep for you are sealed; only your PIN opens them. Primer opens "
         "no network connection."));
  inside->addWidget(promise);
  inside->addWidget(words);
  place.column->addWidget(card);
  place.column->addStretch(1);
  return place.area;
}

void TeacherPage::showPlaying(bool playing) { pupil_->showPlaying(playing); }

const Table* TeacherPage::answerTable() const { return pupil_->answers(); }

void TeacherPage::openClass() {
  sidebar_->setCurrent(kClassPlace);
  places_->turnTo(places_->page(kClass));
}

void TeacherPage::fillNotices(QVBoxLayout* column, const QList<app::Problem>& problems,
                              bool with_detail) {
  while (QLayoutItem* item = column->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (const app::Problem& problem : problems) {
    const auto weight = problem.severity == app::Severity::kNotice ? Notice::Weight::kNotice
                                                                   : Notice::Weight::kWarning;
    QString words = problem.words;
    if (with_detail && !problem.detail.isEmpty()) words += QLatin1Char('\n') + problem.detail;
    column->addWidget(new Notice(weight, problem.title, words, column->parentWidget()));
  }
}

void TeacherPage::showProblems(const QList<app::Problem>& problems) {
  fillNotices(class_notices_, problems, false);
  fillNotices(rules_notices_, problems, false);
  fillNotices(tablet_notices_, problems, true);
  if (problems.isEmpty()) {
    tablet_notices_->addWidget(new Notice(Notice::Weight::kGood, tr("All is well"),
                                          tr("The records, the lessons and handwriting work."),
                                          tablet_notices_->parentWidget()));
  }
}

void TeacherPage::showClass(const app::ClassView& view) {
  class_ = view;
  class_title_->setText(view.title);
  class_summary_->setText(view.summary);
  showProblems(view.problems);
  QList<QList<Cell>> rows;
  for (const app::PupilRow& pupil : view.pupils) rows.append(pupilCells(pupil));
  class_table_->setRows(rows, true);
  disputes_->showDisputes(view.disputes);
  disputes_summary_->setText(view.disputes_open == 0 ? QString()
                             : view.disputes_open == 1
                                 ? tr("One waits for you.")
                                 : tr("%1 wait for you.").arg(view.disputes_open));
  sidebar_->setWord(kDisputesPlace, view.disputes_open == 0
                                        ? tr("To look at")
                                        : tr("To look at (%1)").arg(view.disputes_open));
  rules_->showRules(view.rules);
  rules_->showPictures(view.pupils);
}

void TeacherPage::showPupil(const app::PupilView& view) {
  pupil_->showPupil(view);
  sidebar_->setCurrent(kClassPlace);
  places_->turnTo(places_->page(kPupil));
}

}  // namespace primer::ui
