#pragma once

// The end of a set: what the pupil did, in words and as flowers, and two ways on; one where the
// teacher's time for a visit has gone by.

#include <QVariantAnimation>

#include "pages/page.h"

namespace primer::ui {

class Button;
class RoundButton;
class TextLabel;

class WellDonePage : public Page {
  Q_OBJECT
 public:
  explicit WellDonePage(QWidget* parent = nullptr);

  void showSummary(const app::SummaryView& summary);
  void showSaved(bool all);
  void setVoice(bool there);  // without one there is no button for it
  const app::SummaryView& summary() const { return summary_; }

 signals:
  void oneMorePressed();
  void finishedPressed();
  void homePressed();
  void lookPressed();
  void readAloudPressed(const QString& text);

 protected:
  void paintGround(QPainter& painter) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QRectF flowerBed(qsizetype flowers) const;
  void showLines();

  app::SummaryView summary_;
  QVariantAnimation opening_;
  TextLabel* title_;
  TextLabel* lines_;
  TextLabel* next_;
  Button* look_;
  Button* one_more_;
  Button* finished_;
  RoundButton* home_;
  RoundButton* voice_;  // in the corner of the sky
};

}  // namespace primer::ui
