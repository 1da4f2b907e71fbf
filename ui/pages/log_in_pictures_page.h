#pragma once

// "Now your three pictures": nine to tap, what was tapped so far, and nothing that has to be read.

#include <QTimer>

#include "pages/page.h"

class QGridLayout;

namespace primer::ui {

class PictureBadge;
class PictureTile;
class RoundButton;
class TextLabel;

class LogInPicturesPage : public Page {
  Q_OBJECT
 public:
  explicit LogInPicturesPage(QWidget* parent = nullptr);

  // Asks (again): nothing is tapped then.
  void ask(const app::PicturesView& view);
  void setVoice(bool there);  // without one there is no button for it
  QStringList tapped() const { return tapped_; }

 signals:
  void picturesGiven(const QStringList& tapped);  // as many as were asked for
  void backPressed();
  void readAloudPressed(const QString& text);

 private:
  class Places;

  void tap(const QString& picture);
  void takeBack();
  void refresh();

  app::PicturesView view_;
  QStringList tapped_;
  QTimer breath_;  // while it runs nothing can be tapped

  PictureBadge* who_;
  TextLabel* words_;
  Places* places_;
  RoundButton* undo_;
  RoundButton* voice_;
  QGridLayout* grid_;
  QList<PictureTile*> tiles_;
};

}  // namespace primer::ui
