#include "quiz/entry_board.h"

#include <QFontMetricsF>
#include <QGridLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/keys.h"

namespace primer::ui {
namespace {

constexpr qsizetype kMostDigits = 12;
constexpr qsizetype kMostLetters = 200;
constexpr qsizetype kMostOfAWord = 24;
constexpr int kKeyHeight = 68;
constexpr int kLookMs = 3000;  // look, cover, write

}  // namespace

// What is typed, with a caret, and the unit behind it.
class EntryBoard::Field : public QWidget {
 public:
  explicit Field(EntryBoard* board) : QWidget(board), board_(board) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  }
  void setText(const QString& text) {
    text_ = text;
    fits_.clear();
    setAccessibleName(tr("You typed %1").arg(text.isEmpty() ? tr("nothing") : text));
    update();
  }
  void setUnit(const QString& unit, bool in_words, bool large) {
    unit_ = unit;
    in_words_ = in_words;
    large_ = large;
    update();
  }
  void setRight(bool right) {
    right_ = right;
    update();
  }
  // Per letter; those that do not fit stand on amber.
  void setFits(const QList<bool>& fits) {
    fits_ = fits;
    update();
  }
  // Something to look at instead of what is typed.
  void setShown(const QString& shown) {
    shown_ = shown;
    update();
  }
  QSize sizeHint() const override { return {px(300), px(72)}; }
  QSize minimumSizeHint() const override { return {px(160), px(50)}; }

 protected:
  void mouseReleaseEvent(QMouseEvent*) override { emit board_->typingWanted(); }
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont font = readingFont(large_ ? 40 : 30);
    const QFontMetricsF metrics(font);
    const double unit = unit_.isEmpty() ? 0 : metrics.horizontalAdvance(unit_) + pxf(18);
    QRectF box(rect());
    if (!in_words_) {
      const double width = std::min<double>(this->width() - unit, pxf(300));
      box.setWidth(width);
      box.moveLeft((this->width() - width - unit) / 2);
    }
    const double half = pxf(1.75);
    painter.setPen(QPen(right_ ? colour::kLeaf : colour::kSky, 2 * half));
    painter.setBrush(right_ ? colour::kLeafSoft : colour::kSheet);
    painter.drawPath(rounded(box.adjusted(half, half, -half, -half), pxf(radius::kSmall + 4)));
    painter.setFont(font);
    painter.setPen(colour::kPen);
    const QRectF room = box.adjusted(pxf(20), 0, -pxf(20), 0);
    // Of a long answer the end is seen: there the next letter comes.
    const QString& text = shown_.isEmpty() ? text_ : shown_;
    const double needed = metrics.horizontalAdvance(text);
    painter.save();
    painter.setClipRect(room.adjusted(-pxf(4), 0, pxf(6), 0));
    double left = in_words_ ? room.left() : room.center().x() - needed / 2;
    if (needed > room.width()) left = room.right() - needed;
    for (qsizetype i = 0; i < std::min(fits_.size(), text.size()) && shown_.isEmpty(); ++i) {
      if (fits_[i]) continue;
      const double from = left + metrics.horizontalAdvance(text.left(i));
      const double to = left + metrics.horizontalAdvance(text.left(i + 1));
      const double high = metrics.height() * 0.72;
      painter.fillRect(QRectF(from, room.center().y() - high / 2, to - from, high),
                       colour::kAmberSoft);
    }
    painter.drawText(QRectF(left, room.top(), needed + pxf(4), room.height()),
                     int(Qt::AlignVCenter) | int(Qt::AlignLeft) | int(Qt::TextSingleLine), text);
    if (!right_ && shown_.isEmpty()) {
      painter.setPen(QPen(colour::kSky, pxf(3), Qt::SolidLine, Qt::RoundCap));
      const double x = left + needed + pxf(3);
      painter.drawLine(QPointF(x, room.center().y() - metrics.ascent() / 2),
                       QPointF(x, room.center().y() + metrics.ascent() / 2));
    }
    painter.restore();
    if (unit_.isEmpty()) return;
    painter.setPen(colour::kInk);
    painter.drawText(QRectF(box.right() + pxf(18), 0, unit, height()),
                     int(Qt::AlignVCenter) | int(Qt::AlignLeft), unit_);
  }

 private:
  EntryBoard* board_;
  QString text_;
  QString unit_;
  QString shown_;
  QList<bool> fits_;
  bool in_words_ = false;
  bool large_ = false;
  bool right_ = false;
};

EntryBoard::EntryBoard(QWidget* parent) : AnswerBoard(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {4, 0, 4, 2}, 8);
  auto* across = new QHBoxLayout;
  setSpacing(across, {}, 16);
  hear_ = new RoundButton(QStringLiteral("speaker"), {}, this);
  field_ = new Field(this);
  across->addWidget(hear_);
  across->addWidget(field_, 1);
  column->addLayout(across);
  looking_.setSingleShot(true);
  looking_.setInterval(kLookMs);
  connect(&looking_, &QTimer::timeout, this, [this] { lookAtWord(false); });
  connect(hear_, &RoundButton::clicked, this,
          [this] { voice_ ? emit hearWanted() : lookAtWord(true); });
  makeNumberKeys();
  column->addWidget(numbers_, 0, Qt::AlignHCenter);
  letters_ = new LetterKeys(this);
  column->addWidget(letters_, 0, Qt::AlignHCenter);
  connect(letters_, &LetterKeys::textPressed, this, &EntryBoard::add);
  connect(letters_, &LetterKeys::backspacePressed, this, &EntryBoard::rubOut);
}

void EntryBoard::makeNumberKeys() {
  numbers_ = new QWidget(this);
  auto* grid = new QGridLayout(numbers_);
  setSpacing(grid, {}, 12);
  const QStringList keys = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", ".", "/"};
  for (int i = 0; i < keys.size(); ++i) {
    auto* key = new Key(keys[i], numbers_);
    key->setDesignSize(88, kKeyHeight);
    connect(key, &Key::clicked, this, [this, word = keys[i]] { add(word); });
    grid->addWidget(key, i / 6, i % 6);
  }
  auto* rub_out = new Key(QStringLiteral("backspace"), tr("Rub out"), numbers_);
  rub_out->setDesignSize(88, kKeyHeight);
  connect(rub_out, &Key::clicked, this, &EntryBoard::rubOut);
  grid->addWidget(rub_out, 0, 6);
}

void EntryBoard::setQuestion(const app::ItemView& item) {
  spelt_ = item.quiz.answering == app::Answering::kSpell;
  in_words_ = spelt_ || item.quiz.answering == app::Answering::kText;
  word_ = item.quiz.word;
  over_ = false;
  field_->setRight(false);
  field_->setUnit(item.quiz.unit, in_words_, !in_words_ || spelt_);
  lookAtWord(false);
  setVoice(voice_);
  keys_away_ = false;
  showKeys();
  letters_->setCapitals(!spelt_);
  const QString words = item.prompt + word_;
  letters_->setAccents(std::any_of(words.begin(), words.end(), [](QChar c) {
    return c.isLetter() && c.unicode() > 0x7f;  // a lesson in a language that has them
  }));
  show({});
}

void EntryBoard::setVoice(bool there) {
  voice_ = there;
  hear_->setVisible(spelt_ && !over_);
  hear_->setIconName(there ? QStringLiteral("speaker") : QStringLiteral("eye"));
  hear_->setAccessibleName(there ? tr("Hear the word") : tr("Look at the word"));
}

void EntryBoard::lookAtWord(bool on) {
  field_->setShown(on ? word_ : QString());
  on ? looking_.start() : looking_.stop();
}

QStringList EntryBoard::inGaps() const { return spelt_ ? QStringList{text_} : QStringList(); }

void EntryBoard::showKeys() {
  const bool keys = !over_ && !keys_away_;
  numbers_->setVisible(keys && !in_words_);
  letters_->setVisible(keys && in_words_);
}

void EntryBoard::setKeysAway(bool away) {
  if (keys_away_ == away) return;
  keys_away_ = away;
  showKeys();
}

void EntryBoard::show(const QString& text) {
  text_ = text;
  field_->setText(text);
  emit changed();
}

void EntryBoard::add(const QString& text) {
  const auto most = spelt_ ? kMostOfAWord : in_words_ ? kMostLetters : kMostDigits;
  if (over_ || text_.size() + text.size() > most) return;
  lookAtWord(false);  // covered: what is written is written from memory
  if (in_words_ && text_.isEmpty()) letters_->setCapitals(false);
  show(text_ + text);
}

void EntryBoard::rubOut() {
  if (over_ || text_.isEmpty()) return;
  show(text_.left(text_.size() - 1));
}

app::QuizReply EntryBoard::reply() const {
  app::QuizReply reply;
  reply.text = text_.trimmed();
  return reply;
}

void EntryBoard::takeUp(const app::QuizReply& reply) {
  const auto text = reply.text.left(in_words_ ? kMostLetters : kMostDigits);
  if (in_words_ && !text.isEmpty()) letters_->setCapitals(false);
  show(text);
}

void EntryBoard::showJudgement(const app::JudgementView& judgement) {
  const bool right = judgement.verdict == app::Verdict::kRight;
  over_ = judgement.item_over;
  if (!over_) {
    // Words may be mended; of a number a new one is wanted.
    if (!in_words_) show({});
    if (spelt_) field_->setFits(judgement.fits);
    return;
  }
  showKeys();
  lookAtWord(false);
  hear_->hide();
  const bool told = !in_words_ || spelt_;  // there is one right answer, and it is shown
  if (!right && told) {
    const auto parts = judgement.solution.text.split(QLatin1Char(' '));
    show(parts.first());
  }
  field_->setRight(right || told);
}

bool EntryBoard::takeKey(int key, const QString& text) {
  if (key == Qt::Key_Backspace) {
    rubOut();
    return true;
  }
  if (text.size() != 1) return false;
  static const QString kOfNumbers = QStringLiteral("0123456789./");
  const QString typed = text == QLatin1String(",") && !in_words_ ? QStringLiteral(".") : text;
  const bool fits = spelt_      ? typed[0].isLetter() || typed[0] == QLatin1Char('\'')
                    : in_words_ ? typed[0].isPrint()
                                : kOfNumbers.contains(typed[0]);
  if (fits) add(typed);
  return fits;
}

}  // namespace primer::ui
