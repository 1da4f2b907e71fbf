#pragma once

// One card that talks to the pupil: a nudge, a kind word about the answer, or "I cannot read this
// yet". A sign, a heading, a sentence or two, perhaps a picture and one button.

#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/sum_picture.h"
#include "widgets/svg_picture.h"
#include "widgets/text_label.h"

class QBoxLayout;
class QVBoxLayout;

namespace primer::ui {

class AdviceCard : public Card {
  Q_OBJECT
 public:
  enum class Kind { kYourTurn, kNudge, kRight, kNotYet, kCannotRead };

  explicit AdviceCard(QWidget* parent = nullptr);

  void setAdvice(Kind kind, const QString& heading, const QString& text);
  // Null: no picture. Where the card is too low for everything, the picture gives way first, then
  // the button (what it does can be done elsewhere), then the lines stand closer, then sign and
  // heading of an explanation go, which say nothing of their own, then the text gets smaller.
  void setSum(const Sum* sum, bool solved = false);
  // The same for a drawing of ours; empty: none. One of the two at a time.
  void setDrawing(const QString& svg);
  // The buttons at the end of the words instead of below them, for a low and wide card.
  void setWide(bool on);
  void setAction(const QString& word);  // empty: no button
  void setSecondAction(const QString& word);
  // What it would take to show the words at their full size, without picture and buttons.
  int fullHeight(int width) const;
  Kind kind() const { return kind_; }
  QString heading() const { return heading_->text(); }
  QString text() const { return text_->text(); }
  int textSize() const { return text_size_; }  // of the words, in design pixels

 signals:
  void actionPressed();
  void secondActionPressed();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitContents();
  // What of the card is shown, where not all of it has room.
  struct Shown {
    bool picture = false;
    bool action = false;
    bool second = false;
    bool sign = true;
    bool heading = true;
  };
  int heightOf(int width, const Shown& shown) const;
  int headingHeight(int width, const Shown& shown, bool button) const;

  class Sign;
  Kind kind_ = Kind::kNudge;
  bool picture_wanted_ = false;
  bool action_wanted_ = false;
  bool second_wanted_ = false;
  bool drawing_wanted_ = false;
  int text_size_;
  bool wide_ = false;
  bool small_ = false;  // the second action as a round button
  QBoxLayout* box_;
  QVBoxLayout* column_;  // sign, heading, words, picture
  QBoxLayout* actions_;
  Sign* sign_;
  TextLabel* heading_;
  TextLabel* text_;
  SumPicture* picture_;
  SvgPicture* drawing_;
  Button* action_;
  Button* second_;
  RoundButton* second_small_;  // in the heading, where the card has no room for the word
};

}  // namespace primer::ui
