#include "widgets/example_card.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/maths_print.h"
#include "widgets/scroll_area.h"
#include "widgets/sum_picture.h"
#include "widgets/svg_picture.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kMathsSize = 34;
constexpr int kLineHeight = 56;
constexpr int kPictureWidth = 520;
constexpr int kLeastLine = 150;
constexpr int kMostLine = 300;
constexpr int kDrawingWidth = 300;
constexpr int kDrawingWidthSmall = 210;  // on a low screen the words need the room

// One line of mathematics.
class MathsLine : public QWidget {
 public:
  MathsLine(const QString& text, int width, QWidget* parent)
      : QWidget(parent), text_(text), width_(width) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setAccessibleName(text);
  }
  QSize sizeHint() const override {
    return {width_, std::max(px(kLineHeight),
                             int(mathsSize(text_, readingFont(kMathsSize)).height()) + px(10))};
  }
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    paintMathsIn(painter, QRectF(rect()), text_, readingFont(kMathsSize), colour::kInk);
  }

 private:
  QString text_;
  int width_;
};

// As wide as the widest line, and no wider than leaves the words their room.
int widthOf(const app::ExampleView& example) {
  double widest = px(kLeastLine);
  for (const auto& step : example.steps) {
    if (!step.drawing.isEmpty()) continue;
    widest = std::max(widest, mathsSize(step.line, readingFont(kMathsSize)).width);
  }
  return std::min(int(widest) + px(10), px(kMostLine));
}

}  // namespace

ExampleCard::ExampleCard(QWidget* parent) : Card(parent, colour::kSkySoft) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {32, 22, 32, 20}, 12);
  auto* title = new TextLabel(
      tr("One like this"), [] { return headingFont(type::kHeading); }, colour::kInk, this);
  title->setMaximumLines(1);
  column->addWidget(title);
  scroll_ = new ScrollArea(this);
  column->addWidget(scroll_, 1);
  back_ = new Button(tr("Back to mine"), QStringLiteral("pencil"), Button::Kind::kSecondary, this);
  connect(back_, &Button::clicked, this, &ExampleCard::backPressed);
  column->addWidget(back_, 0, Qt::AlignTrailing);
}

void ExampleCard::showExample(const app::ExampleView& example, const Sum* sum) {
  auto* field = new Canvas(nullptr, colour::kSkySoft);
  auto* rows = new QVBoxLayout(field);
  setSpacing(rows, {}, 8);
  const int line_width = widthOf(example);
  rows->addWidget(new MathsLine(example.problem, px(kMostLine), field));
  for (const auto& step : example.steps) {
    auto* row = new QHBoxLayout;
    setSpacing(row, {}, 20);
    if (step.drawing.isEmpty()) {
      row->addWidget(new MathsLine(step.line, line_width, field), 0, Qt::AlignTop);
    } else {
      auto* drawing = new SvgPicture(field);
      drawing->setSvg(step.drawing);
      drawing->setAccessibleName(step.line);
      drawing->setFixedWidth(px(scale() < 1 ? kDrawingWidthSmall : kDrawingWidth));
      row->addWidget(drawing, 0, Qt::AlignTop);
    }
    auto* words = new TextLabel(
        step.words, [] { return readingFont(type::kNote); }, colour::kInk2, field);
    words->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    words->setLineSpacing(0.82);
    words->setMinimumHeight(px(kLineHeight));
    row->addWidget(words, 1);
    rows->addLayout(row);
  }
  if (sum != nullptr && SumPicture::canShow(*sum)) {
    auto* picture = new SumPicture(field);
    picture->setSum(*sum, true);
    picture->setMaximumWidth(px(kPictureWidth));
    rows->addSpacing(px(space::kGap));
    rows->addWidget(picture);
  }
  rows->addStretch(1);
  scroll_->setWidget(field);
}

}  // namespace primer::ui
