#pragma once

// Things said to the teacher: something wrong with the tablet, and "nothing here yet".

#include "widgets/card.h"
#include "widgets/text_label.h"

namespace primer::ui {

// What is wrong, what it means and what to do: a sign, a title, a sentence.
class Notice : public Card {
  Q_OBJECT
 public:
  enum class Weight { kGood, kNotice, kWarning };

  Notice(Weight weight, const QString& title, const QString& words, QWidget* parent = nullptr);
};

// A place that has nothing to show yet says why, and what will be here.
class EmptyState : public QWidget {
  Q_OBJECT
 public:
  EmptyState(const QString& icon, const QString& title, const QString& words,
             QWidget* parent = nullptr);

 private:
  TextLabel* title_;
  TextLabel* words_;
};

// An icon on a soft round.
class IconRound : public QWidget {
  Q_OBJECT
 public:
  IconRound(const QString& icon, int design_side, const QColor& ground, const QColor& ink,
            QWidget* parent = nullptr);

  void setIcon(const QString& icon);
  void setInk(const QColor& ink);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString icon_;
  int design_side_;
  QColor ground_;
  QColor ink_;
};

}  // namespace primer::ui
