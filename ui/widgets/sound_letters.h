#pragma once

// A text to be said: words that light up while they are heard, and afterwards each sound under its
// letters in one of three states, each with a shape of its own.

#include <QWidget>
#include <vector>

#include "primer/app/heard.h"
#include "widgets/canvas.h"

namespace primer::ui {

class SoundLetters : public QWidget, public TextFitting {
  Q_OBJECT
 public:
  explicit SoundLetters(QWidget* parent = nullptr);

  // A text, nothing of it said yet.
  void setText(const QString& text);
  void setLights(const std::vector<app::WordLight>& lights);
  // What was said of it. Sounds that are clear now and were not the time before have a sparkle.
  void setSaid(const QList<app::SaidWord>& said);
  bool hasMarks() const { return !said_.isEmpty(); }
  int grown() const { return grown_; }  // sounds with a sparkle

  bool textFits() const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  void wordPressed(int word);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  struct Sound {
    QString letters;
    bool marked = false;  // punctuation has no mark
    app::SoundMark mark = app::SoundMark::kCannotTell;
    bool grew = false;
    double left = 0, width = 0;  // in the word
  };
  struct Word {
    QString token;    // as it stands in the text
    int number = -1;  // among the words that are said; -1: a dash
    bool said = true;
    std::vector<Sound> sounds;
    QRectF place;
  };

  void cutUp();  // text_ and said_ to words_
  void layOut();
  // False where it does not fit, or takes more lines.
  bool place(int font_px, std::size_t most_lines);
  void paintWord(QPainter& painter, const Word& word) const;
  void paintMark(QPainter& painter, const QPointF& at, const Sound& sound) const;
  void paintLegend(QPainter& painter) const;
  double legendHeight() const;

  QString text_;
  std::vector<app::WordLight> lights_;
  QList<app::SaidWord> said_;
  QList<app::SaidWord> before_;  // of the time before
  int grown_ = 0;
  std::vector<Word> words_;
  int font_px_ = 0;
  bool fits_ = true;
};

}  // namespace primer::ui
