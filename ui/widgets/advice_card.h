#pragma once

// One card that talks to the pupil: a nudge, a kind word about the answer, or "I cannot read this
// yet". A sign, a heading, a sentence or two, perhaps a picture and one button.

#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/sum_picture.h"
#include "widgets/text_label.h"

namespace primer::ui {

class AdviceCard : public Card {
  Q_OBJECT
 public:
  enum class Kind { kNudge, kRight, kNotYet, kCannotRead };

  explicit AdviceCard(QWidget* parent = nullptr);

  void setAdvice(Kind kind, const QString& heading, const QString& text);
  void setSum(const Sum* sum);          // null: no picture
  void setAction(const QString& word);  // empty: no button
  Kind kind() const { return kind_; }
  QString heading() const { return heading_->text(); }
  QString text() const { return text_->text(); }

 signals:
  void actionPressed();

 private:
  class Sign;
  Kind kind_ = Kind::kNudge;
  Sign* sign_;
  TextLabel* heading_;
  TextLabel* text_;
  SumPicture* picture_;
  Button* action_;
};

}  // namespace primer::ui
