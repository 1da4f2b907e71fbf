#include "pages/lines_page.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "paper/ink_paint.h"
#include "paper/ink_view.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/marks.h"
#include "widgets/maths_print.h"
#include "widgets/scroll_area.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kHalo = 16;
constexpr int kLeastRow = 112;
constexpr int kMostInk = 260;      // design pixels that one item's ink is high at most
constexpr double kInkShown = 0.6;  // of the size in which it was written
constexpr int kProblemSize = 34;
constexpr int kLineSize = 30;

// Lines of mathematics below one another, as they were printed.
class PrintedLines : public QWidget {
 public:
  PrintedLines(const QString& lines, int size, const QColor& colour, QWidget* parent)
      : QWidget(parent), lines_(lines.split(QLatin1Char('\n'))), size_(size), colour_(colour) {
    setAccessibleName(lines);
  }
  QSize sizeHint() const override {
    double high = 0;
    for (const QString& line : lines_) high += lineHeight(line);
    return {px(260), int(high)};
  }
  QSize minimumSizeHint() const override { return {px(120), sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    double y = (height() - sizeHint().height()) / 2.0;
    for (const QString& line : lines_) {
      const double high = lineHeight(line);
      paintMathsIn(painter, {0, y, double(width()), high}, line, readingFont(size_), colour_);
      y += high;
    }
  }

 private:
  double lineHeight(const QString& line) const {
    return mathsSize(line, readingFont(size_)).height() + pxf(8);
  }

  QStringList lines_;
  int size_;
  QColor colour_;
};

Card* rowOf(const app::DoneItem& item, QWidget* parent) {
  auto* card = new Card(parent, colour::kSheet);
  auto* row = new QHBoxLayout(card);
  setSpacing(row, {26, 16, 26, 16}, 26);
  row->addWidget(
      new MarkBadge(item.right ? MarkBadge::Mark::kRight : MarkBadge::Mark::kNotYet, 54, card));
  const auto lines = [card](const QString& text, int size, const QColor& colour) {
    auto* made = new PrintedLines(text, size, colour, card);
    // One grid through all rows, whatever an answer consists of.
    made->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return made;
  };
  row->addWidget(lines(item.prompt, kProblemSize, colour::kInk), 2);
  if (item.ink.empty()) {
    row->addWidget(lines(item.answer, kLineSize, colour::kPen), 3);
  } else {
    auto* ink = new InkView(card);
    ink->setInk(item.ink);
    ink->setMost(kInkShown);
    ink->setLeading(true);
    const double high = inkBounds(item.ink).height() * kInkShown + 24;
    ink->setMinimumHeight(px(std::clamp(high, double(kLeastRow - 32), double(kMostInk))));
    ink->setAccessibleName(item.answer);
    ink->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(ink, 3);
  }
  card->setMinimumHeight(px(kLeastRow));
  return card;
}

}  // namespace

LinesPage::LinesPage(QWidget* parent) : Page(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {28 - kHalo, 8, 28 - kHalo, 12}, 4);
  auto* top = new QHBoxLayout;
  setSpacing(top, {kHalo, 0, kHalo, 0}, 24);
  auto* back = new RoundButton(QStringLiteral("arrow-left"), tr("Back"), this);
  connect(back, &RoundButton::clicked, this, &LinesPage::backPressed);
  auto* title = new TextLabel(
      tr("What you wrote"), [] { return headingFont(type::kTitle); }, colour::kInk, this);
  title->setMaximumLines(1);
  title->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  top->addWidget(back);
  top->addWidget(title, 1);
  column->addLayout(top);
  scroll_ = new ScrollArea(this);
  column->addWidget(scroll_, 1);
}

void LinesPage::showDone(const QList<app::DoneItem>& done) {
  auto* field = new Canvas(nullptr, colour::kPaper);
  auto* rows = new QVBoxLayout(field);
  setSpacing(rows, {kHalo, kHalo, kHalo, kHalo}, 18);
  for (const app::DoneItem& item : done) rows->addWidget(rowOf(item, field));
  rows->addStretch(1);
  scroll_->setWidget(field);
}

void LinesPage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    emit backPressed();
  } else {
    Page::keyPressEvent(event);
  }
}

}  // namespace primer::ui
