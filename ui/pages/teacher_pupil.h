#pragma once

// One pupil, for the teacher: the answers with their ink or sound, and the words to practise.

#include <QWidget>

#include "primer/app/teacher_values.h"

namespace primer::ui {

class Button;
class EmptyState;
class PictureBadge;
class PupilChangeCard;
class Table;
class TextLabel;

class PupilPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PupilPanel(QWidget* parent = nullptr);

  void showPupil(const app::PupilView& view);
  // Of what a pupil kept: whether it is being played.
  void showPlaying(bool playing);
  const Table* answers() const { return table_; }
  PupilChangeCard* change() const { return change_; }

 signals:
  void backPressed();
  void soundPressed(int sound);  // app::AnswerRow::sound
  void stopPlayingWanted();

 private:
  void openChange(bool on);

  QList<app::AnswerRow> answers_;  // with ink and sound, as they stand in the table
  int playing_row_ = -1;           // of the answers, that is or will be played
  bool playing_ = false;

  LearnerId shown_;
  PupilChangeCard* change_;
  Button* change_button_;
  PictureBadge* picture_;
  TextLabel* name_;
  TextLabel* summary_;
  Table* table_;
  EmptyState* no_answers_;
  TextLabel* practice_;
  TextLabel* older_;
};

}  // namespace primer::ui
