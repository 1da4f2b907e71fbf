#pragma once

// What waits for the teacher: answers with which a pupil disagrees and answers that Primer could
// not judge, with their ink, and two buttons each. What is decided stays in the list and can be
// decided otherwise.

#include <QWidget>

#include "primer/app/teacher_values.h"

class QVBoxLayout;

namespace primer::ui {

class EmptyState;

class DisputeList : public QWidget {
  Q_OBJECT
 public:
  explicit DisputeList(QWidget* parent = nullptr);

  void showDisputes(const QList<app::DisputeRow>& disputes);

 signals:
  void remarked(const primer::LearnerId& pupil, const QString& key, bool right);

 private:
  QWidget* cardOf(const app::DisputeRow& dispute);

  QVBoxLayout* column_;
  QList<QWidget*> cards_;
  EmptyState* none_;
};

}  // namespace primer::ui
