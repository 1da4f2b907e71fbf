#pragma once

// What is said about an utterance as a whole: a kind sentence and a few things in words, never a
// score.

#include <QList>
#include <QPair>
#include <QWidget>
#include <vector>

namespace primer::ui {

class TextLabel;

class SpeakingFacts : public QWidget {
  Q_OBJECT
 public:
  static constexpr std::size_t kRows = 4;

  explicit SpeakingFacts(QWidget* parent = nullptr);

  // `facts`: name and value, at most kRows.
  void tell(const QString& heading, const QString& words,
            const QList<QPair<QString, QString>>& facts = {});

 private:
  struct Row {
    TextLabel* name;
    TextLabel* value;
  };

  TextLabel* heading_;
  TextLabel* words_;
  std::vector<Row> rows_;
};

}  // namespace primer::ui
