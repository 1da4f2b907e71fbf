// Worked items and quizzes: the sheet is read and judged in the backroom, and only the latest of it
// counts.

#include "tutor_private.h"

namespace primer::app {

void Tutor::Private::readSheet(const Ink& ink, const SheetPaper& paper, bool looks_for_gesture) {
  const auto number = ++latest_ink_;
  ++sheet_version_;
  done_pressed_ = false;
  reading_ = true;
  inBackroom(
      [this, number, ink, paper, problem = visit_->problem()->text,
       looks_for_gesture](Backroom& backroom) -> std::optional<Backroom::ReadSheet> {
        if (latest_ink_ != number) return std::nullopt;  // there is newer ink to read
        return backroom.readSheet(ink, paper, problem, looks_for_gesture);
      },
      [this, number, ink](std::optional<Backroom::ReadSheet> read) {
        if (latest_ink_ != number || !read || !workIsOpen()) return;
        reading_ = false;
        if (read->scratched.empty()) visit_->sheet().take(read->pieces, ink);
        tellWork(std::move(read->scratched));
        if (!judge_wanted_) return;
        const auto wanted = *judge_wanted_;
        judge_wanted_.reset();
        judgeLines(wanted.lines, wanted.done);
      });
}

void Tutor::Private::submitLines(const QStringList& lines) {
  ++latest_ink_;
  ++sheet_version_;
  done_pressed_ = false;
  reading_ = false;
  visit_->sheet().takeTyped(lines);
  tellWork();
}

void Tutor::Private::judgeLines(int lines, bool done) {
  if (reading_) {
    // What asks for more is kept.
    const bool more = judge_wanted_ && (judge_wanted_->done || lines < 0);
    judge_wanted_ = JudgeWanted{more ? -1 : lines, done || (judge_wanted_ && judge_wanted_->done)};
    return;
  }
  const auto version = sheet_version_;
  auto written = visit_->sheet().written(lines);
  inBackroom(
      [problem = *visit_->problem(), written](Backroom&) {
        return judgeWork(problem, written.lines, written.columns);
      },
      [this, version, written, done](const JudgedWork& judged) {
        if (version != sheet_version_ || !workIsOpen()) return;
        for (auto& answer : visit_->takeJudgement(judged, written, done, clock_.steadyTime())) {
          submit(std::move(answer));
        }
        if (!visit_->itemIsOpen()) tellSteps();
        tellWork();
      });
}

void Tutor::Private::tellWork(std::vector<std::size_t> scratched) {
  auto view = visit_->workView();
  view.scratched = std::move(scratched);
  emit tutor_.workChanged(view);
}

void Tutor::Private::submitQuiz(const QuizReply& reply) {
  const auto number = ++latest_ink_;  // a second press while the first is being judged is none
  const auto& question = *visit_->item().question;
  if (question.answering != Answering::kText) {
    tell(visit_->answerQuiz(reply, clock_.steadyTime()));
    return;
  }
  inBackroom([question, text = reply.text.toStdString()](
                 Backroom& backroom) { return backroom.grade(question, text); },
             [this, number, text = reply.text](const writing::GradedShortAnswer& grade) {
               if (latest_ink_ != number || !working() || !visit_->itemIsOpen()) return;
               tell(visit_->answerText(text, grade, clock_.steadyTime()));
             });
}

void Tutor::Private::askForExample() {
  if (visit_->item().kind != ItemKind::kWorking) {
    if (const auto example = visit_->example(examples_++)) emit tutor_.exampleShown(*example);
    return;
  }
  const auto shown = sheet_version_;
  const auto seed = examples_++;
  inBackroom([problem = *visit_->problem(), seed](Backroom&) { return exampleLike(problem, seed); },
             [this, shown](const std::optional<ExampleView>& example) {
               if (example && workIsOpen() && shown <= sheet_version_)
                 emit tutor_.exampleShown(*example);
             });
}

// ---- What pages may ask

void Tutor::readSheet(const Ink& ink, const SheetPaper& paper, bool looks_for_gesture) {
  if (d_->workIsOpen()) d_->readSheet(ink, paper, looks_for_gesture);
}

void Tutor::submitLines(const QStringList& lines) {
  if (d_->workIsOpen()) d_->submitLines(lines);
}

void Tutor::chooseLine(int line, int alternative) {
  if (!d_->workIsOpen() || !d_->visit_->sheet().choose(line, alternative)) return;
  ++d_->sheet_version_;
  d_->keepLater();
  d_->tellWork();
  // Where the pupil says when, only what was judged already is judged again.
  if (d_->rules_.judged != JudgedWhen::kButton || d_->done_pressed_) {
    d_->judgeLines(-1, d_->done_pressed_);
  }
}

void Tutor::judgeLines(int lines) {
  if (d_->workIsOpen()) d_->judgeLines(lines, false);
}

void Tutor::finishWork() {
  if (!d_->workIsOpen()) return;
  d_->done_pressed_ = true;
  d_->judgeLines(-1, true);
}

void Tutor::disagree(int line) {
  if (!d_->workIsOpen() || line < 0 ||
      static_cast<std::size_t>(line) >= d_->visit_->sheet().size()) {
    return;
  }
  d_->submit(d_->visit_->disagree(line, d_->clock_.steadyTime()));
  ++d_->sheet_version_;
  d_->tellWork();
}

void Tutor::askForExample() {
  if (d_->working() && d_->visit_->itemIsOpen()) d_->askForExample();
}

}  // namespace primer::app
