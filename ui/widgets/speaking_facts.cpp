#include "widgets/speaking_facts.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {
constexpr int kLeastText = 18;  // of a longer language
}  // namespace

SpeakingFacts::SpeakingFacts(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {}, 8);
  heading_ = new TextLabel(
      {}, [] { return headingFont(type::kHeading); }, colour::kInk, this);
  words_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk, this);
  words_->setLineSpacing(0.88);
  words_->setMayShrink(kLeastText);
  column->addWidget(heading_);
  column->addWidget(words_);
  for (std::size_t i = 0; i < kRows; ++i) {
    auto* line = new QHBoxLayout;
    setSpacing(line, {}, 12);
    Row row{new TextLabel(
                {}, [] { return readingFont(type::kNote); }, colour::kInk, this),
            new TextLabel(
                {}, [] { return readingFont(type::kNote, true); }, colour::kInk, this)};
    row.name->setMaximumLines(1);
    row.value->setMaximumLines(1);
    row.name->setMayShrink(kLeastText);
    row.value->setMayShrink(kLeastText);
    row.value->setAlignment(Qt::AlignTrailing | Qt::AlignTop);
    line->addWidget(row.name);
    line->addWidget(row.value, 1);
    column->addLayout(line);
    rows_.push_back(row);
  }
  column->addStretch(1);
}

void SpeakingFacts::tell(const QString& heading, const QString& words,
                         const QList<QPair<QString, QString>>& facts) {
  heading_->setText(heading);
  heading_->setVisible(!heading.isEmpty());
  words_->setText(words);
  words_->setVisible(!words.isEmpty());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const bool there = qsizetype(i) < facts.size();
    rows_[i].name->setText(there ? facts[qsizetype(i)].first : QString());
    rows_[i].value->setText(there ? facts[qsizetype(i)].second : QString());
    rows_[i].name->setVisible(there);
    rows_[i].value->setVisible(there);
  }
}

}  // namespace primer::ui
