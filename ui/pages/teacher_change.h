#pragma once

// What a teacher changes about a pupil: the name, the picture, the three pictures to log in with.
// Each is kept by its own button; what came of it is said above.

#include "primer/app/teacher_values.h"
#include "widgets/card.h"

class QGridLayout;
class QVBoxLayout;

namespace primer::ui {

class Button;
class ChoiceRow;
class LetterKeys;
class PictureTile;
class TextLabel;

class PupilChangeCard : public Card {
  Q_OBJECT
 public:
  explicit PupilChangeCard(QWidget* parent = nullptr);

  void showPupil(const app::PupilView& view);
  // Piece by piece on a screen: drawing all of it for the first time would keep the pen waiting.
  void setOpen(bool on);

 signals:
  void renamed(const primer::LearnerId& pupil, const QString& name);
  void pictureChosen(const primer::LearnerId& pupil, const QString& picture);
  void picturesChanged(const primer::LearnerId& pupil, primer::app::PicturesChange change);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QVBoxLayout* makePiece();
  void makeName();
  void makePicture();
  void makePictures();
  void showPieces(int shown);
  void setName(const QString& name);
  void arrange();

  app::PupilView view_;
  QString name_;            // as it is typed
  QList<QWidget*> pieces_;  // from the top
  QVBoxLayout* told_;
  TextLabel* name_label_;
  Button* keep_;
  LetterKeys* keys_;
  QGridLayout* grid_;
  QList<PictureTile*> tiles_;
  ChoiceRow* asked_;
  TextLabel* pictures_;
  Button* others_;
};

}  // namespace primer::ui
