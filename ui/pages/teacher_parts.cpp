#include "pages/teacher_parts.h"

#include <QCoreApplication>
#include <cmath>

#include "theme/typeface.h"
#include "widgets/card.h"
#include "widgets/text_label.h"

namespace primer::ui {

TextLabel* teacherTitle(QWidget* parent) {
  auto* label = new TextLabel(
      {}, [] { return teacherFont(type::kTeacherTitle, QFont::Bold); }, colour::kInk, parent);
  label->setMaximumLines(1);
  label->setAlignment(Qt::AlignLeading | Qt::AlignBottom);
  return label;
}

TextLabel* teacherNote(QWidget* parent) {
  return new TextLabel(
      {}, [] { return teacherFont(type::kTeacher); }, colour::kInk2, parent);
}

Card* teacherCard(QWidget* parent) {
  auto* card = new Card(parent, colour::kCard, radius::kCard - 4);
  card->setEdge(colour::kDeskLine);
  return card;
}

QString percentWords(double share) {
  return QCoreApplication::translate("TeacherPage", "%1%").arg(int(std::lround(share * 100)));
}

}  // namespace primer::ui
