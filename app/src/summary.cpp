// The words of the well-done page: what this pupil did, each from the answers of the set.

#include <QCoreApplication>
#include <algorithm>

#include "visit.h"

namespace primer::app {

namespace {

constexpr int kMostKindsNamed = 3;  // more lines nobody of six reads

QString say(const char* text, int n = -1) {
  return QCoreApplication::translate("Summary", text, nullptr, n);
}

// English needs no plural table this way; other languages use %n.
QString count(int n, const char* one, const char* many) { return n == 1 ? say(one) : say(many, n); }

// A quiz has questions; everything else that is worked out is a sum.
bool asksQuestions(const content::Skill& skill) { return skill.kind == content::Kind::kQuiz; }

}  // namespace

QList<Flower> Visit::garden() const {
  QList<Flower> flowers;
  for (std::size_t s = 0; s < course_->size(); ++s) {
    if (isPractice(course_->placeOf(s).lesson)) continue;  // its words come and go
    const int now = right_answers_by_skill_[s];
    Flower flower;
    flower.skill = QString::fromStdString(course_->skill(s).title);
    flower.grown = std::min(now, kFlowerOpensAt);
    flower.opened_now = right_before_set_[s] < kFlowerOpensAt && now >= kFlowerOpensAt;
    flowers.append(flower);
  }
  return flowers;
}

QString Visit::whatWasDone(int right) const {
  if (item_.kind == ItemKind::kSaying) {
    return count(right, QT_TRANSLATE_NOOP("Summary", "You said one thing clearly"),
                 QT_TRANSLATE_NOOP("Summary", "You said %n things clearly"));
  }
  if (item_.kind == ItemKind::kStory) {
    return say(QT_TRANSLATE_NOOP("Summary", "You read a story aloud"));
  }
  const auto questions = std::count_if(set_.begin(), set_.end(), [this](const Done& done) {
    return asksQuestions(course_->skill(done.skill));
  });
  if (questions == 0) {
    return count(right, QT_TRANSLATE_NOOP("Summary", "You worked out one sum"),
                 QT_TRANSLATE_NOOP("Summary", "You worked out %n sums"));
  }
  if (static_cast<std::size_t>(questions) == set_.size()) {
    return count(right, QT_TRANSLATE_NOOP("Summary", "You answered one question"),
                 QT_TRANSLATE_NOOP("Summary", "You answered %n questions"));
  }
  return count(right, QT_TRANSLATE_NOOP("Summary", "You got one answer right"),
               QT_TRANSLATE_NOOP("Summary", "You got %n answers right"));
}

SummaryView Visit::summary(WallTime now) const {
  SummaryView view;
  view.lesson_title = QString::fromStdString(lesson().title);
  int mended_alone = 0;
  int for_teacher = 0;
  int quiet = 0;
  int run = 0;
  int longest_run = 0;
  std::vector<int> right_by_skill(course_->size(), 0);
  for (const auto& done : set_) {
    view.done.append(done.shown);
    const auto skill = QString::fromStdString(course_->skill(done.skill).title);
    if (!view.skills.contains(skill)) view.skills.append(skill);
    run = done.right && done.tries == 1 ? run + 1 : 0;
    longest_run = std::max(longest_run, run);
    if (done.for_teacher) {
      ++for_teacher;
      continue;
    }
    if (done.quiet) {
      ++quiet;
      continue;
    }
    if (!done.right) {
      ++view.laid_aside;
      continue;
    }
    ++right_by_skill[done.skill];
    if (done.tries == 1) {
      ++view.right_first_time;
    } else {
      ++view.mended;
      if (done.hints < 3) ++mended_alone;  // the answer was not told
    }
  }
  view.garden = garden();
  const int right = view.right_first_time + view.mended;
  const auto opened = std::find_if(view.garden.begin(), view.garden.end(),
                                   [](const auto& flower) { return flower.opened_now; });
  if (walk_ && setIsOver()) {
    view.title = say(QT_TRANSLATE_NOOP("Summary", "You walked all the way"));
    view.lines.append(say(QT_TRANSLATE_NOOP("Summary", "Now I know where you can begin.")));
  } else if (opened != view.garden.end()) {
    view.title = say(QT_TRANSLATE_NOOP("Summary", "A new flower opened"));
    view.lines.append(whatWasDone(right) + QLatin1Char('.'));
  } else if (right > 0) {
    view.title = whatWasDone(right);
  } else if (quiet > 0) {
    view.title = say(QT_TRANSLATE_NOOP("Summary", "You read a story"));
  } else if (set_.empty()) {
    view.title = say(QT_TRANSLATE_NOOP("Summary", "Until next time"));
  } else {
    view.title = say(QT_TRANSLATE_NOOP("Summary", "You kept at it"));
  }
  const auto kinds = std::count_if(right_by_skill.begin(), right_by_skill.end(),
                                   [](int right_ones) { return right_ones > 0; });
  const bool many_kinds = kinds > kMostKindsNamed;
  if (many_kinds) {
    view.lines.append(say(QT_TRANSLATE_NOOP("Summary", "You met %n kinds of exercises."),
                          static_cast<int>(kinds)));
  }
  for (std::size_t s = 0; s < right_by_skill.size() && !many_kinds; ++s) {
    if (right_by_skill[s] == 0) continue;
    const auto did = QString::fromStdString(course_->skill(s).did);
    if (itemIsAloud()) {
      view.lines.append(say(QT_TRANSLATE_NOOP("Summary", "You %1.")).arg(did));
      continue;
    }
    const auto words =
        asksQuestions(course_->skill(s))
            ? count(right_by_skill[s], QT_TRANSLATE_NOOP("Summary", "You %1: one question."),
                    QT_TRANSLATE_NOOP("Summary", "You %1: %n questions."))
            : count(right_by_skill[s], QT_TRANSLATE_NOOP("Summary", "You %1: one sum."),
                    QT_TRANSLATE_NOOP("Summary", "You %1: %n sums."));
    view.lines.append(words.arg(did));
  }
  if (mended_alone > 0) {
    view.lines.append(count(mended_alone, QT_TRANSLATE_NOOP("Summary", "You mended one yourself."),
                            QT_TRANSLATE_NOOP("Summary", "You mended %n yourself.")));
  }
  if (longest_run >= 4) {
    view.lines.append(
        say(QT_TRANSLATE_NOOP("Summary", "%n in a row were right the first time."), longest_run));
  }
  if (for_teacher > 0 && !guest_) {
    view.lines.append(count(for_teacher,
                            QT_TRANSLATE_NOOP("Summary", "Your teacher will read one."),
                            QT_TRANSLATE_NOOP("Summary", "Your teacher will read %n.")));
  }
  if (view.laid_aside > 0 && !guest_) {
    view.lines.append(count(view.laid_aside,
                            QT_TRANSLATE_NOOP("Summary", "One will come back another day."),
                            QT_TRANSLATE_NOOP("Summary", "%n will come back another day.")));
  }
  if (guest_) {
    view.lines.append(
        say(QT_TRANSLATE_NOOP("Summary", "You are a guest: nothing of this is kept.")));
  }
  const auto next = path_.next(now);
  view.next = say(QT_TRANSLATE_NOOP("Summary", "Next: %1."))
                  .arg(QString::fromStdString(course_->skill(next.place()).title));
  return view;
}

}  // namespace primer::app
