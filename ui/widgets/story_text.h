#pragma once

// A story to be read aloud: its words follow the reader. Grows as tall as the text; whoever has it
// scrolls.

#include <QStringList>
#include <QWidget>
#include <vector>

#include "primer/app/heard.h"

namespace primer::ui {

class StoryText : public QWidget {
  Q_OBJECT
 public:
  explicit StoryText(QWidget* parent = nullptr);

  void setStory(const QString& title, const QStringList& paragraphs);
  void setLights(const std::vector<app::WordLight>& lights);
  // A word that is offered to who is stuck; -1: none.
  void setOffered(int word);
  // After the reading: the words that were not heard.
  void setSaid(const QList<app::SaidWord>& said);
  int words() const { return words_said_; }
  QString word(int number) const;

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;

 signals:
  void placeWanted(const QRect& place);  // where the reader is: to be kept in view
  void wordPressed(int word);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  struct Word {
    QString text;
    int number = -1;  // among those that are said; -1: a dash
    int paragraph = 0;
    QRectF place;
  };

  double layOut(double width, std::vector<Word>& words) const;
  void cutUp();
  const Word* numbered(int number) const;
  QRect around(const Word& word) const;

  QString title_;
  QStringList paragraphs_;
  std::vector<Word> words_;
  int words_said_ = 0;
  std::vector<app::WordLight> lights_;
  std::vector<bool> missed_;
  int offered_ = -1;
};

}  // namespace primer::ui
