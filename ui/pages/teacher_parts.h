#pragma once

// What the teacher's pages are made of.

#include <QString>

class QWidget;

namespace primer::ui {

class Card;
class TextLabel;

TextLabel* teacherTitle(QWidget* parent);  // a page's heading, in one line
TextLabel* teacherNote(QWidget* parent);   // quiet words
Card* teacherCard(QWidget* parent);        // with an edge instead of a shadow
QString percentWords(double share);        // "72%"

}  // namespace primer::ui
