// A worked item within the visit: what its lines count for.

#include <QCoreApplication>
#include <algorithm>

#include "visit.h"

namespace primer::app {

namespace {

storage::Verdict recorded(const maths::LineVerdict& verdict) {
  switch (verdict.state) {
    case maths::LineState::kSlip:
      return storage::Verdict::kSlip;
    case maths::LineState::kMisconception:
      return storage::Verdict::kMisconception;
    default:
      return storage::Verdict::kWrong;
  }
}

}  // namespace

GradedAnswer Visit::workAnswer(storage::Verdict verdict, std::chrono::milliseconds now) {
  auto answer = graded(verdict, now);
  answer.text = sheet_.text();
  answer.confidence = sheet_.confidence();
  answer.ink = sheet_.ink();
  return answer;
}

std::vector<GradedAnswer> Visit::takeJudgement(const JudgedWork& judged,
                                               const Worksheet::Written& written, bool done,
                                               std::chrono::milliseconds now) {
  std::vector<GradedAnswer> answers;
  if (!open_) return answers;
  for (const auto& found : sheet_.takeJudgement(judged, written)) {
    ++tries_;
    sheet_.setAttempt(found.row, tries_);
    auto answer = workAnswer(recorded(found.verdict), now);
    answer.misconception = found.verdict.misconception;
    if (tries_ == 1) countFirstTry(false, answer.taken);
    answers.push_back(std::move(answer));
  }
  if (done && sheet_.answered()) {
    ++tries_;
    answers.push_back(workAnswer(
        sheet_.wentAround() ? storage::Verdict::kOffPath : storage::Verdict::kRight, now));
    // Who was told every step has not shown that it goes without.
    if (tries_ == 1) countFirstTry(rung_ < kRungs, answers.back().taken);
    ++right_answers_by_skill_[place()];
    over_words_ = kindWords(lesson().right, {});
    endItem(Try::Outcome::kRight);
  } else if (walk_ && !answers.empty()) {
    endItem(Try::Outcome::kNotYet);
  }
  return answers;
}

GradedAnswer Visit::disagree(int line, std::chrono::milliseconds now) {
  auto answer = workAnswer(storage::Verdict::kAskTeacher, now);
  const auto row = static_cast<std::size_t>(line);
  answer.text = sheet_.lineText(row);
  if (const int told = sheet_.attemptAt(row); told > 0) {
    answer.attempt = told;
    const auto event = events_of_tries_.find(told);
    if (event != events_of_tries_.end()) answer.about = event->second;
  }
  sheet_.keepForTeacher(line);
  return answer;
}

HintView Visit::nextWorkHint() {
  const int row = sheet_.view().first_not_yet;
  // Help about another line begins at its first rung.
  rung_ = row == help_row_ ? std::min(rung_ + 1, kRungs) : 1;
  help_row_ = row;
  if (!sheet_.hasHelp()) {
    rung_ = 0;
    HintView view;
    view.title = QCoreApplication::translate("Worksheet", "What this is about");
    view.text = QString::fromStdString(skill().explain);
    view.rung = 1;
    return view;
  }
  return sheet_.help(rung_);
}

WorkView Visit::workView() {
  auto view = sheet_.view();
  view.attempt = tries_;
  view.item_over = !open_;
  view.over_words = over_words_;
  return view;
}

std::optional<GradedAnswer> Visit::skip(std::chrono::milliseconds now) {
  if (!open_ || !walk_) return std::nullopt;
  ++tries_;
  auto answer = graded(storage::Verdict::kWrong, now);
  if (tries_ == 1) countFirstTry(false, answer.taken);
  endItem(Try::Outcome::kNotYet);
  return answer;
}

}  // namespace primer::app
